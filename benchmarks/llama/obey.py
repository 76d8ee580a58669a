"""Whether every answer parses and obeys the schema, on 300 development reports, half English, half Japanese.

    RADNLP_DATA=... python benchmarks/llama/obey.py                      # two models of random weights
    RADNLP_DATA=... python benchmarks/llama/obey.py MODEL.gguf           # one of your own

Reports: RadNLP 2024 (NTCIR-18, chest CT, Japanese and English), Kikuchi et al. (Japanese CT), Open-i (chest X-ray; no
row with uid % 5 == 0). Stage one is `rules`. A random model knows nothing: what is counted is that whatever it writes
is an answer of the form and of the schema, checked here by a reader of its own; that another model writes something
else; and that a second run asks the model nothing. Writes numbers only.
"""

from __future__ import annotations

import argparse
import csv
import json
import os
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from radnlp_llama.cache import CachedGenerator
from radnlp_llama.plugin import radnlp_register_relation_mappers, radnlp_register_sentence_classifiers
from radnlp_llama.runtime.generator import LlamaGenerator, RuntimeOptions
from radnlp_llama.runtime.random_gguf import Shape, write_random_gguf
from radnlp_llama.tasks.providers import relation_mapper, sentence_classifier

from radnlp.api import (
    Fixed,
    Form,
    FreeText,
    Generated,
    GenerationRequest,
    MappingRequest,
    OneOf,
    Report,
    Schema,
    SomeOf,
    TextGenerator,
)
from radnlp.pipeline import Assembly
from radnlp.pipes import Draft

#: Small, but with room for a prompt of a token a byte.
SHAPE = Shape(layers=1, width=32, heads=2, kv_heads=1, inner=64, context=16384)
(RELATIONS,) = radnlp_register_relation_mappers()
(SENTENCES,) = radnlp_register_sentence_classifiers()


@dataclass(slots=True)
class Watched:
    """A generator whose questions and answers are looked at on the way."""

    inner: TextGenerator
    asked: list[tuple[GenerationRequest, Generated]] = field(default_factory=list)

    def generate(self, requests: Sequence[GenerationRequest]) -> list[Generated]:
        answers = list(self.inner.generate(requests))
        self.asked += zip(requests, answers, strict=True)
        return answers

    def shown(self, request: GenerationRequest) -> str:
        return self.inner.shown(request)


def obeys(form: Form, text: str) -> bool:
    """Whether a text is one that the form allows; knows nothing of how the runtime or the plugin's reader do it."""
    at = 0
    for part in form:
        if isinstance(part, Fixed):
            if not text.startswith(part.text, at):
                return False
            at += len(part.text)
        elif isinstance(part, OneOf):
            found = [option for option in part.options if text.startswith(option, at)]
            if not found:
                return False
            at += len(max(found, key=len))
        elif isinstance(part, SomeOf):
            for number, option in enumerate(part.options):
                before = part.separator if any(text.startswith(o, at - len(o)) for o in part.options[:number]) else ""
                if text.startswith(before + option, at):
                    at += len(before) + len(option)
            if not text.startswith(part.end, at):
                return False
            at += len(part.end)
        elif isinstance(part, FreeText):
            end = text.find(part.end, at)
            if end < 0 or any(sign in text[at:end] for sign in '"\\') or any(ord(sign) < 32 for sign in text[at:end]):
                return False
            at = end + len(part.end)
    return at == len(text)


def reports(folder: Path) -> Iterator[tuple[str, Report]]:
    """Schema and report: 108 + 42 English, 108 + 42 Japanese."""
    for language, schema in (("en", "chest_ct"), ("ja", "ja_ct")):
        for line in (folder / "radnlp2024" / f"reports.{language}.jsonl").read_text("utf-8").splitlines()[:108]:
            row = json.loads(line)
            yield schema, Report(id=f"{language}-{row['id']}", text=row["text"])
    with (folder / "indiana" / "dev.csv").open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if int(row["uid"]) % 5 and row["findings"]]
    for row in rows[:42]:
        yield "chest_xray", Report(id=f"x-{row['uid']}", text=f"{row['findings']}\n\n{row['impression']}")
    lines = (folder / "kikuchi" / "train.jsonl").read_text("utf-8").splitlines()[:42]
    for number, line in enumerate(lines):
        yield "ja_ct", Report(id=f"k-{number}", text="\n".join(json.loads(line)["finding_lines"]))


def run(
    schema: str, batch: Sequence[Report], generator: TextGenerator, *, sentences: bool
) -> tuple[Counter[str], Watched]:
    """Relations, and where asked for sentence classes, of the reports of one schema; what went wrong is counted."""
    assembly = Assembly.of(schema)
    watched = Watched(generator)
    mapper = relation_mapper(assembly.schema, assembly.lexicon, RELATIONS.settings, generator=watched)
    drafts = [Draft(report=report) for report in batch]
    for stage in (assembly.text(), assembly.mentions(), assembly.status(), assembly.keys("rules")):
        stage.work(drafts)
    requests = [
        MappingRequest(view=draft.view(), keys=tuple(key for key in draft.keys or () if key.status != "absent"))
        for draft in drafts
    ]
    counts: Counter[str] = Counter()
    for request, result in zip(requests, mapper.map(requests), strict=True):
        counts.update(f"issue {issue.code}" for issue in result.issues)
        counts["relations"] += len(result.relations)
        counts["unlicensed"] += sum(
            not licensed(assembly.schema, row.key, row.type, row.value) for row in result.relations
        )
        counts["without anchor"] += sum(not row.key_evidence for row in result.relations)
        counts["reports asked about"] += bool(request.keys)
    if sentences:
        classifier = sentence_classifier(assembly.schema, assembly.lexicon, SENTENCES.settings, generator=watched)
        for labels in classifier.label([draft.view() for draft in drafts]):
            counts["sentences labelled"] += sum(label.label is not None for label in labels)
    return counts, watched


def licensed(schema: Schema, key: str, relation: str, value: str) -> bool:
    return any(row.id == relation and value in schema.values_of(row) for row in schema.relation_types_of(key))


def answered(path: Path, rows: Sequence[tuple[str, Report]], *, batch: int, cache: Path) -> dict[str, str]:
    """Run a model over everything twice and print what was counted; report -> its answers."""
    model = LlamaGenerator(path, options=RuntimeOptions(batch=batch))
    total: Counter[str] = Counter()
    texts: dict[str, str] = {}
    for turn in ("first run", "second run"):
        inner = Watched(model)
        generator = CachedGenerator(inner, cache, identity=model.identity)
        started = time.monotonic()
        total = Counter()
        texts = {}
        for schema in dict.fromkeys(schema for schema, _ in rows):
            some = [report for name, report in rows if name == schema]
            counts, watched = run(schema, some, generator, sentences=schema == "ja_ct")
            total.update(counts)
            total["answers"] += len(watched.asked)
            total["answers that obey"] += sum(obeys(q.form or (), a.text) for q, a in watched.asked)
            total["answers that are JSON"] += sum(is_json(a.text) for _, a in watched.asked)
            for question, answer in watched.asked:
                texts[question.id] = texts.get(question.id, "") + answer.text
        total["questions to the model"] = len(inner.asked)
        print(f"{path.name}, {turn}: {time.monotonic() - started:.0f} s")
        for name, number in sorted(total.items()):
            print(f"  {name}: {number}")
        generator.close() if turn == "second run" else None
    return texts


def is_json(text: str) -> bool:
    try:
        return isinstance(json.loads(text), dict)
    except ValueError:
        return False


def several_keys(rows: Sequence[tuple[str, Report]]) -> set[str]:
    """The reports with two or more keys to ask about."""
    found = set()
    for schema in dict.fromkeys(schema for schema, _ in rows):
        assembly = Assembly.of(schema)
        drafts = [Draft(report=report) for name, report in rows if name == schema]
        for stage in (assembly.text(), assembly.mentions(), assembly.status(), assembly.keys("rules")):
            stage.work(drafts)
        found |= {d.report.id for d in drafts if sum(key.status != "absent" for key in d.keys or ()) >= 2}
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("model", nargs="?", type=Path, help="a GGUF; without one, two of random weights")
    parser.add_argument("--batch", type=int, default=8)
    parser.add_argument("--reports", type=int, default=300, help="how many of them, taken evenly")
    parser.add_argument("--seeds", type=int, nargs="+", default=[1, 2])
    options = parser.parse_args()
    data = os.environ.get("RADNLP_DATA")
    if data is None:
        raise SystemExit("RADNLP_DATA is not set; let it name the folder with radnlp2024, kikuchi and indiana")
    everything = list(reports(Path(data)))
    rows = everything[:: max(1, len(everything) // options.reports)][: options.reports]
    print(f"{len(rows)} reports: {dict(Counter(schema for schema, _ in rows))}")
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        paths = (
            [options.model]
            if options.model
            else [write_random_gguf(place / f"seed{seed}.gguf", seed=seed, shape=SHAPE) for seed in options.seeds]
        )
        told = [answered(path, rows, batch=options.batch, cache=place / f"{path.name}.sqlite") for path in paths]
    if len(told) == 2:
        both = several_keys(rows) & set(told[0])
        differ = sum(told[0][report] != told[1][report] for report in both)
        print(f"reports with two or more keys: {len(both)}; answered differently by the two models: {differ}")


if __name__ == "__main__":
    main()
