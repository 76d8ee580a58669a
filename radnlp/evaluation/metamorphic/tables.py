"""The checks as tables."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from statsmodels.stats.proportion import proportion_confint

from radnlp.evaluation.experiment import Split
from radnlp.evaluation.metamorphic.changes import CHANGES
from radnlp.evaluation.metamorphic.checks import Checked
from radnlp.evaluation.tables import Table

_NOTE = (
    "Share of changed reports whose findings (keys, statuses, values) change exactly as they must, with the Wilson "
    "interval of 95%. No gold is used: what a system says of the report as it was is the yardstick, right or wrong."
)


def overview_table(checked: Sequence[Checked]) -> Table:
    """A row for each system, a column for each change."""
    rows = []
    for one in checked:
        if one.checks is None:
            rows.append((one.system, *[f"not run: {one.reason}" if not at else "" for at in range(len(CHANGES))]))
            continue
        cells = []
        for change in CHANGES:
            held = [not check.differences for check in one.checks if check.change == change]
            cells.append(_share(sum(held), len(held)))
        rows.append((one.system, *cells))
    return Table(title="Metamorphic checks", columns=("system", *CHANGES), rows=tuple(rows), note=_NOTE)


def failure_table(one: Checked, *, hidden: Sequence[Split] = (), most: int = 5) -> Table:
    """The first failures of each change: reports by id, keys that went wrong; no words of a report.

    Args:
        one: Of one system.
        hidden: Splits whose reports nobody is to look at.
        most: Of each change.
    """
    rows, shown = [], Counter[str]()
    for check in one.checks or ():
        if check.differences and shown[check.change] < most and not any(s.holds(check.report_id) for s in hidden):
            shown[check.change] += 1
            rows.append((check.change, check.report_id, check.variant.what, ", ".join(check.differences)))
    rows.sort(key=lambda row: list(CHANGES).index(row[0]))
    columns = ("change", "report", "what was changed", "keys that went wrong")
    return Table(title=f"Failures of {one.system}", columns=columns, rows=tuple(rows), note="")


def _share(right: int, number: int) -> str:
    if not number:
        return "no report"
    low, high = proportion_confint(right, number, method="wilson")
    return f"{right / number:.3f} [{low:.3f}, {high:.3f}] of {number}"
