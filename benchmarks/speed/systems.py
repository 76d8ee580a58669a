"""The systems of the table: how each pipeline is made, and how many mentions it found in a Doc.

Imports are inside the builders: every system runs in a process of its own and loads only what it needs.
"""

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

TERMS = tuple((Path(__file__).resolve().parent / "terms.txt").read_text("utf-8").split("\n")[:-1])


class Pipeline(Protocol):
    """A spaCy ``Language`` or what behaves like one."""

    def pipe(self, texts: Iterable[str]) -> Iterable[Any]: ...


def _entities(doc: Any) -> int:
    return len(doc.ents)


def _mentions(doc: Any) -> int:
    return len(doc.spans["radnlp"])


@dataclass(frozen=True, slots=True, kw_only=True)
class System:
    """One row of the table.

    Attributes:
        title: How the table calls it.
        build: Makes the pipeline; imports what it needs.
        count: Number of mentions in a finished Doc.
        read: What is asked of every Doc while the clock runs, beyond letting it come out of the pipe.
        docs: Whether Docs come out, whose tokens can be counted.
        sample: How many of a round's reports it is given; None for all. Its rate is that of the sample.
    """

    title: str
    build: Callable[[], Pipeline]
    count: Callable[[Any], int] = _entities
    read: Callable[[Any], object] | None = None
    docs: bool = True
    sample: int | None = None


def _blank_en() -> Any:
    import spacy

    nlp = spacy.blank("en")
    nlp.max_length = 20_000_000
    return nlp


def _radnlp_tokenizer() -> Pipeline:
    from radnlp.pipes import blank_pipeline

    return blank_pipeline()


def _medspacy() -> Any:
    import medspacy.context
    import medspacy.target_matcher  # noqa: F401  registers the factory
    from loguru import logger
    from medspacy.ner import TargetRule

    logger.disable("PyRuSH")
    nlp = _blank_en()
    nlp.add_pipe("sentencizer")
    nlp.add_pipe("medspacy_target_matcher").add([TargetRule(term, "LESION") for term in TERMS])
    nlp.add_pipe("medspacy_context")
    return nlp


def _context_cues() -> Iterator[tuple[str, str, str]]:
    """Category, direction and literal of ConText's default rules, to give edsnlp the same English cues."""
    for rule in _medspacy().get_pipe("medspacy_context").rules:
        yield rule.category, rule.direction, rule.literal.lower()


def _edsnlp(*, normalizer: bool) -> Any:
    cues = list(_context_cues())  # first, since edsnlp changes how spaCy looks up its factories

    import edsnlp

    def pick(category: str, *directions: str) -> list[str]:
        return sorted({cue[2] for cue in cues if cue[0] == category and (not directions or cue[1] in directions)})

    pseudo = sorted({literal for _, direction, literal in cues if direction == "PSEUDO"})
    common = {
        "attr": "NORM" if normalizer else "LOWER",
        "termination": sorted({literal for _, direction, literal in cues if direction == "TERMINATE"}),
    }
    both = ("FORWARD", "BIDIRECTIONAL"), ("BACKWARD", "BIDIRECTIONAL")
    nlp = edsnlp.blank("eds")
    if normalizer:
        nlp.add_pipe("eds.normalizer")
    nlp.add_pipe("eds.sentences")
    nlp.add_pipe("eds.matcher", config={"terms": {"lesion": list(TERMS)}, "attr": common["attr"]})
    for name, category, verbs in (
        ("eds.negation", "NEGATED_EXISTENCE", ("verbs",)),
        ("eds.hypothesis", "POSSIBLE_EXISTENCE", ("verbs_eds", "verbs_hyp")),
    ):
        before, after = (pick(category, *directions) for directions in both)
        own: dict[str, Any] = {verb: [] for verb in verbs}
        nlp.add_pipe(name, config={"pseudo": pseudo, "preceding": before, "following": after, **own, **common})
    nlp.add_pipe("eds.history", config={"history": pick("HISTORICAL"), **common})
    return nlp


def _negspacy() -> Any:
    from negspacy.negation import Negex  # noqa: F401  registers the factory
    from negspacy.termsets import termset

    nlp = _blank_en()
    nlp.add_pipe("sentencizer")
    ruler = nlp.add_pipe("entity_ruler", config={"phrase_matcher_attr": "LOWER"})
    ruler.add_patterns([{"label": "LESION", "pattern": term} for term in TERMS])
    nlp.add_pipe("negex", config={"neg_termset": termset("en_clinical").get_patterns()})
    return nlp


def _radnlp(engine: str) -> Callable[[], Pipeline]:
    def build() -> Pipeline:
        import radnlp

        return radnlp.load("chest_ct", settings={"status": {"engine": engine}})

    return build


class _Batch:
    """What ``radnlp extract`` runs: reports in, lines of JSON out, no Docs between."""

    def __init__(self) -> None:
        from radnlp.pipeline import build
        from radnlp.records import PipelineSpec

        self._nlp = build(PipelineSpec(schema="chest_ct"))

    def pipe(self, texts: Iterable[str]) -> Iterator[Any]:
        from radnlp.pipeline import lines
        from radnlp.records import Report

        return lines(self._nlp, (Report(id=str(number), text=text) for number, text in enumerate(texts)))


def _mentions_in_line(found: Any) -> int:
    return len(json.loads(found.line)["mentions"])


def _result(doc: Any) -> object:
    return doc._.rad


#: In the order of the table. The first is what the others are divided by.
SYSTEMS = {
    "blank": System(title="blank tokenizer, spaCy `en`", build=_blank_en),
    "tokenizer": System(title="blank tokenizer, radnlp's", build=_radnlp_tokenizer),
    "negspacy": System(title="negspacy: sentencizer, 60 terms, negation", build=_negspacy),
    "edsnlp_lower": System(
        title="edsnlp without its normalizer: sentences, 60 terms, negation, hypothesis, history",
        build=lambda: _edsnlp(normalizer=False),
    ),
    "edsnlp": System(
        title="edsnlp as documented: the same after `eds.normalizer`", build=lambda: _edsnlp(normalizer=True)
    ),
    "medspacy": System(title="medspaCy: sentencizer, 60 target rules, ConText", build=_medspacy),
    "radnlp_medspacy": System(
        title="radnlp `chest_ct`, engine `medspacy`", build=_radnlp("medspacy"), count=_mentions, sample=5
    ),
    "radnlp_native": System(title="radnlp `chest_ct`, engine `native`", build=_radnlp("native"), count=_mentions),
    "radnlp_native_read": System(
        title="radnlp `chest_ct`, engine `native`, and `doc._.rad` read",
        build=_radnlp("native"),
        count=_mentions,
        read=_result,
    ),
    "radnlp_batch": System(
        title="radnlp `chest_ct`, engine `native`, as `radnlp extract` runs it: no Docs",
        build=_Batch,
        count=_mentions_in_line,
        docs=False,
    ),
}
