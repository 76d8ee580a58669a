"""How far two annotators agree on the reports that both have labelled."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from radnlp.errors import ConfigError, ReportError
from radnlp.evaluation.gold import read_annotations
from radnlp.evaluation.tables import Table, number
from radnlp.records import STATUS_ORDER, Extraction, Finding, Schema

_POSITIVE = ("present", "uncertain")
_STATUSES = (*STATUS_ORDER, "not mentioned")
_ALL = "all"


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement:
    """The agreement on one key, or on all keys together (every key of every report is one decision).

    Attributes:
        reports: How many reports both have.
        first: How often the first annotator calls the key positive (present or uncertain).
        second: How often the second does.
        kappa: Cohen's kappa of positive or not, in [-1, 1]. 1 is perfect agreement in which both answers occur; NaN
            where both annotators give one and the same answer throughout, because chance alone explains that.
        status_kappa: The same of the status: present, uncertain, historical, absent or not mentioned.
        f1: Of the positive keys, one annotator held against the other, which way round does not matter; NaN where
            neither has any.
        value_f1: The same of (key, relation, value) of positive keys, compound values expanded.
    """

    reports: int
    first: int
    second: int
    kappa: float
    status_kappa: float
    f1: float
    value_f1: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreements:
    """The agreement of two annotators.

    Attributes:
        keys: Key -> agreement on it, in schema order.
        overall: On all keys together.
        only_first: Reports that only the first annotator has; they are not counted.
        only_second: Reports that only the second has.
    """

    keys: Mapping[str, Agreement]
    overall: Agreement
    only_first: int
    only_second: int

    def table(self) -> Table:
        """The rows for people."""
        rows = self.rows()
        columns = ("key", *rows[_ALL])
        left_out = f"{self.only_first} and {self.only_second} reports that one annotator alone has are not counted. "
        return Table(
            title="Agreement of two annotators",
            columns=columns,
            rows=tuple((name, *(_cell(value) for value in row.values())) for name, row in rows.items()),
            note=(left_out if self.only_first or self.only_second else "")
            + "first, second: how often each calls the key positive (present or uncertain). "
            + "A dash: undefined, because both give the same answer throughout or nothing positive.",
        )

    def rows(self) -> dict[str, dict[str, float]]:
        """Key -> column -> number; the last row is ``all``."""
        return {
            name: {
                "reports": row.reports,
                "first": row.first,
                "second": row.second,
                "kappa": row.kappa,
                "status kappa": row.status_kappa,
                "F1": row.f1,
                "value F1": row.value_f1,
            }
            for name, row in (*self.keys.items(), (_ALL, self.overall))
        }


def agreement(first: Path, second: Path, *, schema: Schema) -> Agreements:
    """Compare the files of two annotators, in the output format.

    Raises:
        ReportError: A file is not gold of that schema (names file and line), or they have no report in common.
        ConfigError: statsmodels is not installed.
    """
    annotators = [[gold for _, gold in read_annotations(path, schema=schema)] for path in (first, second)]
    return agreement_of(*annotators, schema=schema)


def agreement_of(first: Iterable[Extraction], second: Iterable[Extraction], *, schema: Schema) -> Agreements:
    """Compare two annotators.

    Args:
        first: One extraction a report.
        second: Likewise; reports are matched by id, the order does not matter.
        schema: Of both.

    Raises:
        ReportError: They have no report in common.
        ConfigError: statsmodels is not installed.

    Source: Cohen, Educ Psychol Meas 1960;20:37; the F1 of two annotators, Hripcsak and Rothschild, J Am Med Inform
    Assoc 2005;12:296.
    """
    left = {extraction.report_id: extraction for extraction in first}
    right = {extraction.report_id: extraction for extraction in second}
    shared = [report_id for report_id in left if report_id in right]
    if not shared:
        raise ReportError("the two annotators have no report in common; reports are matched by report_id")
    decisions = {
        key.id: [(_finding(left[name], key.id), _finding(right[name], key.id)) for name in shared]
        for key in schema.keys
    }
    return Agreements(
        keys={key: _agreement(pairs, len(shared), schema) for key, pairs in decisions.items()},
        overall=_agreement([pair for pairs in decisions.values() for pair in pairs], len(shared), schema),
        only_first=len(left) - len(shared),
        only_second=len(right) - len(shared),
    )


_Pair = tuple[Finding | None, Finding | None]


def _finding(extraction: Extraction, key: str) -> Finding | None:
    return next((finding for finding in extraction.findings if finding.key == key), None)


def _agreement(pairs: Sequence[_Pair], reports: int, schema: Schema) -> Agreement:
    positive = [(_is_positive(left), _is_positive(right)) for left, right in pairs]
    status = [(_status(left), _status(right)) for left, right in pairs]
    values = [(_values(left, schema), _values(right, schema)) for left, right in pairs]
    first, second = (sum(side) for side in zip(*positive, strict=True))
    return Agreement(
        reports=reports,
        first=first,
        second=second,
        kappa=_kappa(positive, (True, False)),
        status_kappa=_kappa(status, _STATUSES),
        f1=_f1(sum(left and right for left, right in positive), first, second),
        value_f1=_f1(
            sum(len(left & right) for left, right in values),
            sum(len(left) for left, _ in values),
            sum(len(right) for _, right in values),
        ),
    )


def _cell(value: float) -> str:
    return str(value) if isinstance(value, int) else number(value)


def _is_positive(finding: Finding | None) -> bool:
    return finding is not None and finding.status in _POSITIVE


def _status(finding: Finding | None) -> str:
    return "not mentioned" if finding is None else finding.status


def _values(finding: Finding | None, schema: Schema) -> frozenset[tuple[str, str]]:
    """(relation, value) of a positive finding."""
    if finding is None or not _is_positive(finding):
        return frozenset()
    return frozenset((relation, value) for relation, given in finding.values.items() for value in schema.expand(given))


def _kappa(pairs: Sequence[tuple[object, object]], categories: Sequence[object]) -> float:
    try:
        from statsmodels.stats.inter_rater import cohens_kappa
    except ImportError:
        raise ConfigError("agreement needs statsmodels; install it with: pip install radnlp-core[bench]") from None
    counted = Counter(pairs)
    if len(counted) == 1 and all(left == right for left, right in counted):
        return math.nan  # chance agreement is 1: 0 / 0
    table = [[counted[left, right] for right in categories] for left in categories]
    return float(cohens_kappa(table, return_results=False))


def _f1(both: int, first: int, second: int) -> float:
    return 2 * both / (first + second) if first + second else math.nan
