"""The filters: which reports say one thing about one key, and which patients have enough of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from radnlp.timeline.placing import Placed
from radnlp.timeline.sequence import FilterCount
from radnlp.timeline.settings import JOINT, TimelineSettings

#: After the filters: a report beyond the last step that is followed.
LATER_CHANGES = "later_changes"

Patients = Mapping[str, Sequence[Placed]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Filter:
    """A named rule.

    Attributes:
        summary: What it drops, for a person.
        keep: The reports of one patient that stay, out of those that the filters before have left (never none).
    """

    name: str
    summary: str
    keep: Callable[[Sequence[Placed]], Sequence[Placed]]


def filters(settings: TimelineSettings) -> Iterator[Filter]:
    """The filters of some settings, in the order in which they are applied: reports first, then patients."""
    keys, relation = _listed(list(settings.keys)), settings.relation
    yield Filter(name="no_key", summary=f"reports without {keys}", keep=lambda rs: [r for r in rs if r.found])
    if not settings.several_keys and len(settings.keys) > 1:
        summary = f"reports with several of {keys}"
        yield Filter(name="several_keys", summary=summary, keep=lambda rs: [r for r in rs if len(r.found) == 1])
    yield Filter(
        name="no_value", summary=f"reports without {relation}", keep=lambda rs: [r for r in rs if label(r, settings)]
    )
    if not settings.several_values:
        summary = f"reports with several values of {relation}"
        yield Filter(
            name="several_values", summary=summary, keep=lambda rs: [r for r in rs if JOINT not in label(r, settings)]
        )
    if not settings.mixed_patients:
        summary = "patients whose reports left differ in their key"
        yield Filter(
            name="mixed_keys", summary=summary, keep=lambda rs: rs if len({tuple(r.found) for r in rs}) == 1 else []
        )
    if settings.min_reports > 1:
        summary = f"patients with fewer than {settings.min_reports} reports left"
        yield Filter(name="few_reports", summary=summary, keep=lambda rs: rs if len(rs) >= settings.min_reports else [])


def label(report: Placed, settings: TimelineSettings) -> str:
    """What a report says: its value, several joined in schema order, empty when there is none."""
    values = {value for found in report.found.values() for value in found}
    return JOINT.join(value for value in settings.values if value in values)


def apply(rule: Filter, patients: Patients) -> tuple[dict[str, Sequence[Placed]], list[Placed], FilterCount]:
    """One filter over all patients.

    Returns:
        What is left (patients with no report left are gone), what was dropped, and the count.
    """
    left: dict[str, Sequence[Placed]] = {}
    dropped: list[Placed] = []
    gone = []
    for patient_id, reports in patients.items():
        kept = rule.keep(reports)
        if kept:
            left[patient_id] = kept
        else:
            gone.append(patient_id)
        lines = {report.line for report in kept}
        dropped += [report for report in reports if report.line not in lines]
    count = FilterCount(name=rule.name, summary=rule.summary, reports=len(dropped), patients=tuple(sorted(gone)))
    return left, dropped, count


def _listed(names: Sequence[str], *, most: int = 4) -> str:
    """``a, b or c``; a long list is cut."""
    if len(names) > most:
        return f"{', '.join(names[:most])} or {len(names) - most} more"
    return " or ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names) or "any key"
