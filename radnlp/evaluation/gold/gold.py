"""What every gold reader gives: the reports, what is true of them, and how predictions are put into the same words."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace

from radnlp.errors import ConfigError, ReportError, did_you_mean
from radnlp.records import Extraction, Finding, Report, Schema, Status


@dataclass(frozen=True, slots=True, kw_only=True)
class GoldSet:
    """Labelled reports.

    Labels of other people are coarser than radnlp's. ``merge``, ``statuses`` and ``otherwise`` say how predictions are
    put into the words of the gold before the two are compared (:func:`radnlp.evaluation.pairs.pair_up`); empty, they
    change nothing.

    Attributes:
        reports: What a system gets to read; nothing of the labels is in their ``meta``.
        gold: What is true, same order and same ids.
        places: ``FILE:LINE`` of each label, same order.
        schema: The vocabulary of the gold, by which it is scored; keys outside it are not asked for.
        merge: Key of a prediction -> key of the gold that it counts as.
        statuses: Status of a prediction -> status that the gold calls it.
        otherwise: What a prediction counts as having said of a key of which it says nothing.
    """

    reports: tuple[Report, ...]
    gold: tuple[Extraction, ...]
    places: tuple[str, ...]
    schema: Schema
    merge: Mapping[str, str] = field(default_factory=dict)
    statuses: Mapping[Status, Status] = field(default_factory=dict)
    otherwise: tuple[Finding, ...] = ()

    def __post_init__(self) -> None:
        ids = [report.id for report in self.reports]
        if ids != [gold.report_id for gold in self.gold] or len(ids) != len(self.places):
            raise ValueError("reports, gold and places of a gold set must be of the same reports, in the same order")

    def part(self, holds: Callable[[str], bool]) -> GoldSet:
        """The reports whose id ``holds`` accepts, in the same order."""
        kept = [row for row in zip(self.reports, self.gold, self.places, strict=True) if holds(row[0].id)]
        return replace(
            self,
            reports=tuple(report for report, _, _ in kept),
            gold=tuple(gold for _, gold, _ in kept),
            places=tuple(place for _, _, place in kept),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class LabelledReport:
    """One row of a labelled file: the report, its findings and where both stand (``FILE:LINE``)."""

    report: Report
    gold: Extraction
    place: str


def gold_set(
    rows: Iterable[LabelledReport],
    *,
    schema: Schema,
    merge: Mapping[str, str] | None = None,
    statuses: Mapping[Status, Status] | None = None,
    otherwise: tuple[Finding, ...] = (),
) -> GoldSet:
    """A gold set from labelled rows, in their order.

    Raises:
        ReportError: Two rows have the same report id; names both places.
    """
    seen: dict[str, str] = {}
    kept = list(rows)
    for row in kept:
        refuse_duplicate(row.report.id, row.place, seen)
    return GoldSet(
        reports=tuple(row.report for row in kept),
        gold=tuple(row.gold for row in kept),
        places=tuple(row.place for row in kept),
        schema=schema,
        merge=merge or {},
        statuses=statuses or {},
        otherwise=otherwise,
    )


def refuse_duplicate(report_id: str, place: str, seen: dict[str, str]) -> None:
    """Remember an id in ``seen`` (id -> place).

    Raises:
        ReportError: The id is there already.
    """
    if report_id in seen:
        raise ReportError(f"{place}: the report id {report_id!r} was used in {seen[report_id]}; ids must be unique")
    seen[report_id] = place


def require_keys(schema: Schema, keys: Iterable[str], *, reader: str) -> None:
    """Refuse a schema that lacks a key the reader gives.

    Raises:
        ConfigError: Names the key and the near ones of the schema.
    """
    known = [key.id for key in schema.keys]
    for key in keys:
        if key not in known:
            raise ConfigError(
                f"the gold reader {reader!r} gives the key {key!r}, which the schema {schema.id!r} does not have"
                f"{did_you_mean(key, known)}"
            )
