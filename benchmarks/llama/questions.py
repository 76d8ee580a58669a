"""The questions that the provider ``llama`` asks about some reports, and a model of random weights to ask them of."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path

from radnlp_llama.plugin import radnlp_register_relation_mappers
from radnlp_llama.runtime.random_gguf import LLAMA_3_8B, Shape, write_random_gguf
from radnlp_llama.tasks.providers import relation_mapper

from radnlp.batch import read_reports
from radnlp.pipeline import Assembly
from radnlp.pipes import Draft
from radnlp.records import Fixed, Generated, GenerationRequest, MappingRequest, OneOf, Part, Report, SomeOf

SAMPLES = Path(__file__).resolve().parent.parent / "samples"
#: Vocabulary of the random model: so many words of the questions become one token each.
WORDS = 4000


class Noted:
    """Stands in for a model: notes what is asked and answers nothing."""

    def __init__(self) -> None:
        self.requests: list[GenerationRequest] = []

    def generate(self, requests: Sequence[GenerationRequest]) -> list[Generated]:
        """A fault for each."""
        self.requests += requests
        return [Generated(text="", fault="only_noted") for _ in requests]

    def shown(self, request: GenerationRequest) -> str:
        """The bare question."""
        return request.prefix + request.rest


def read(paths: Sequence[str], limit: int) -> list[Report]:
    """The reports of files or folders, in every form that radnlp reads."""
    found = list(read_reports(paths or [str(SAMPLES)]))
    return found[:limit] if limit else found


def questions(schema: str, reports: Iterable[Report]) -> list[GenerationRequest]:
    """What stage two asks about the keys that the rules find, one question a report; none about reports without keys.

    Of a schema that decides in steps this is the first round.
    """
    assembly = Assembly.of(schema)
    drafts = [Draft(report=report) for report in reports]
    for stage in (assembly.text(), assembly.mentions(), assembly.status(), assembly.keys("rules")):
        stage.work(drafts)
    (provider,) = radnlp_register_relation_mappers()
    noted = Noted()
    mapper = relation_mapper(assembly.schema, assembly.lexicon, provider.settings, generator=noted)
    mapper.map(
        [
            MappingRequest(view=draft.view(), keys=tuple(key for key in draft.keys or () if key.status != "absent"))
            for draft in drafts
        ]
    )
    first = {request.prefix: None for request in noted.requests}
    return [request for request in noted.requests if request.prefix == next(iter(first))]


def _texts(part: Part) -> tuple[str, ...]:
    """What a part of a form can write."""
    if isinstance(part, Fixed):
        return (part.text,)
    return part.options if isinstance(part, (OneOf, SomeOf)) else ()


def random_model(path: Path, requests: Sequence[GenerationRequest], *, seed: int, large: bool) -> Path:
    """A GGUF of random weights whose tokens are the commonest words of the questions.

    Args:
        path: The file.
        requests: Whose words.
        seed: Of the weights.
        large: In the shape of Llama-3-8B, half precision: 16 GB; else small.
    """
    texts = [request.rest for request in requests] + [request.prefix for request in requests[:1]] * len(requests)
    texts += [text for request in requests for part in request.form or () for text in _texts(part)]
    # Words as they stand in sentences, names in parts ("located", "_in"), and signs in a row ('":{"'), as Llama 3 has.
    counted = Counter(word for text in texts for word in re.findall(r"[ _]?[A-Za-z]+|[^\sA-Za-z0-9]{2,6}", text))
    words = ["assistant", *(word for word, _ in counted.most_common(WORDS))]
    shape = LLAMA_3_8B if large else Shape(layers=4, width=256, heads=8, kv_heads=4, inner=512)
    return write_random_gguf(path, seed=seed, shape=shape, words=words, half=large)
