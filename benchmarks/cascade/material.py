"""Labelled material that is read by the mapper `rules`: for each report and key its signals, and whether it was right.

Three sources. Reports: the odd-numbered half of the invented chest CT reports. Lines: tests/challenges/relations.toml.
Both have been fitted by the rules, which make next to no mistake in them; so they are read by rules that have forgotten
some of their words, drawn at random, which fail as rules fail on words that nobody has told them of. Indiana: the
development reports of that collection, read by the rules as they are; its codes are noisy.
"""

from __future__ import annotations

import os
import random
import tomllib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from radnlp.evaluation.experiment import Split
from radnlp.evaluation.gold import GoldSet, read_gold
from radnlp.hooks import default_catalogue
from radnlp.pipeline import Assembly
from radnlp.pipes.draft import Draft
from radnlp.records import Extraction, MappingRequest, MappingResult, Report, Schema
from radnlp.rules.cascade import SignalReader
from radnlp.rules.cooccurrence import CooccurrenceMapper
from radnlp.rules.mapper import RuleMapper
from radnlp.testing import parse_markup

ROOT = Path(__file__).resolve().parents[2]
DEVELOPMENT, UNTOUCHED = (Split(name=name, modulo=2, remainders=(rest,)) for name, rest in (("odd", 1), ("even", 0)))
#: So many of the signposts and of the terms for places are forgotten.
SIGNPOSTS, PLACES = 0.2, 0.05
_BATCH = 64
Values = frozenset[tuple[str, str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One key of one report.

    Attributes:
        source: reports, lines or indiana.
        group: What must not be in two folds: the report, however often it was read.
        right: Whether the rules found exactly the places that it has.
    """

    source: str
    schema: str
    group: str
    key: str
    signals: dict[str, float]
    right: bool


def chest_ct_gold(split: Split) -> GoldSet:
    """One half of the invented chest CT reports."""
    options = {"reports": "reports.jsonl", "relations": ["located_in"]}
    path = ROOT / "benchmarks" / "gold" / "chest_ct" / "gold.jsonl"
    gold = read_gold("findings", path, schema=default_catalogue().vocabulary("chest_ct"), options=options)
    return gold.part(split.holds)


def indiana_gold() -> GoldSet:
    """The development reports of the Indiana collection."""
    path = Path(os.environ["RADNLP_DATA"]) / "indiana" / "dev.csv"
    schema = default_catalogue().vocabulary("chest_xray")
    return read_gold("indiana", path, schema=schema, options={"split": "dev"})


def places(schema: Schema, gold: Extraction) -> dict[str, Values]:
    """Key -> its places, compounds taken apart; keys that are not there are left out."""
    return {
        finding.key: frozenset(
            (relation, part) for relation, values in finding.values.items() for part in schema.expand(values)
        )
        for finding in gold.findings
        if finding.status != "absent"
    }


class Rules:
    """The rules of a schema up to the relations, with some of their words forgotten.

    Args:
        schema: Name of the schema.
        seed: Of the draw; None forgets nothing.
    """

    def __init__(self, schema: str, seed: int | None = None) -> None:
        whole = Assembly.of(schema)
        if seed is not None:
            draw = random.Random(seed)
            values = {value.id for value in whole.schema.values}
            kept = replace(
                whole.lexicon,
                signposts=tuple(row for row in whole.lexicon.signposts if draw.random() >= SIGNPOSTS),
                terms=tuple(
                    row for row in whole.lexicon.terms if not values & {*row.entities} or draw.random() >= PLACES
                ),
            )
            whole = Assembly(whole.schema, kept, whole.catalogue)
        self.schema = whole.schema
        self._stages = [whole.text(), whole.mentions(), whole.status(), whole.keys("rules")]
        self.mapper, self._baseline = RuleMapper(whole.schema, whole.lexicon), CooccurrenceMapper(whole.schema)
        self._signals = SignalReader(whole.schema)

    def requests(self, reports: Sequence[Report]) -> Iterator[MappingRequest]:
        """What a relation mapper is asked."""
        for at in range(0, len(reports), _BATCH):
            drafts = [Draft(report=report) for report in reports[at : at + _BATCH]]
            for stage in self._stages:
                stage.work(drafts)
            for draft in drafts:
                keys = tuple(key for key in draft.keys or () if key.status != "absent")
                yield MappingRequest(view=draft.view(), keys=keys)

    def rows(self, source: str, reports: Sequence[Report], wanted: Iterable[dict[str, Values]]) -> Iterator[Row]:
        """The rows of some reports, of which ``wanted`` says where each key is.

        Keys that gold does not have are left out: whether a key is there is decided before places are looked for.
        """
        requests = list(self.requests(reports))
        answers = zip(requests, self.mapper.map(requests), self._baseline.map(requests), wanted, strict=True)
        for request, first, baseline, true in answers:
            for key, signals in self._signals.read(request, first, baseline).items():
                if key in true:
                    yield Row(
                        source=source,
                        schema=self.schema.id,
                        group=f"{source} {request.view.report.id}",
                        key=key,
                        signals=dict(signals.values),
                        right=said(self.schema, first, key) == true[key],
                    )


def said(schema: Schema, result: MappingResult, key: str) -> Values:
    """The places that a mapper gives a key, compounds taken apart."""
    rows = (row for row in result.relations if row.key == key)
    return frozenset((row.type, part) for row in rows for part in schema.expand([row.value]))


def report_rows(split: Split, *, seeds: Iterable[int | None]) -> Iterator[Row]:
    """Rows of the invented chest CT reports; of the two pleural keys gold knows no place."""
    gold = chest_ct_gold(split)
    located = {key for relation in gold.schema.relations if relation.id == "located_in" for key in relation.keys}
    true = [{key: values for key, values in places(gold.schema, row).items() if key in located} for row in gold.gold]
    for seed in seeds:
        yield from Rules("chest_ct", seed).rows("reports", gold.reports, true)


def line_rows(*, seeds: Iterable[int | None]) -> Iterator[Row]:
    """Rows of the challenge lines; only keys that a line gives places, or none, on purpose."""
    text = (ROOT / "tests" / "challenges" / "relations.toml").read_text("utf-8")
    tables = tomllib.loads(text)["phenomenon"]
    marked = [parse_markup(line) for table in tables for kind in ("sentences", "controls") for line in table[kind]]
    reports = [Report(id=str(number), text=line.text) for number, line in enumerate(marked)]
    schema = default_catalogue().vocabulary("chest_ct")
    true = [
        {
            mark.entity: frozenset((name, part) for name in mark.values for part in schema.expand(mark.values[name]))
            for mark in line.marks
            if mark.values
        }
        for line in marked
    ]
    for seed in seeds:
        yield from Rules("chest_ct", seed).rows("lines", reports, true)


def indiana_rows() -> Iterator[Row]:
    """Rows of the Indiana reports; without the keys that the codes merge into one."""
    gold = indiana_gold()
    true = [places(gold.schema, row) for row in gold.gold]
    yield from Rules("chest_xray").rows("indiana", gold.reports, true)
