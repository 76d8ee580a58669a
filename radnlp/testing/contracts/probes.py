"""The reports that a plugin must survive, and the author's own beside them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from radnlp.pipeline import Assembly
from radnlp.pipes import Draft
from radnlp.records import Report, ReportView

#: Name -> text. Every name says what is hard about it.
PROBES = {
    "plain": "Nodules in both lungs, the largest in the RLL. No pleural effusion.",
    "empty": "",
    "blank": " \n\t \n",
    "korean": "RUL: 결절. 흉수 없음.",
    "japanese": "右上葉に結節を認めます。胸水なし。",
    "signs": "?? \x00 \U0001f600 ((",
    "combining marks": "Nodule in the ri\u0301ght u\u0308pper lobe; \u1112\u1173\u11bc\u1109\u116e.",
    "beyond the basic plane": "\U0001d7d6 mm nodule \U0001fac1 in the LLL. \U00020bb7 No mass.",
    "bidirectional marks": "\u200fNodule\u200e in the \u202bRUL\u202c. \u05d0\u05d1 no effusion.",
    "line breaks": "FINDINGS:\r\n1. Nodule, RUL.\r\n2. No mass.\r\rIMPRESSION:\u2028Nodule.",
    "long": "Consolidation in the left lower lobe. " * 50,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Input:
    """One report that a check asks about.

    Attributes:
        where: How it is named in messages: its number and what it is, never its words.
        own: Whether it is the plugin author's.
    """

    where: str
    report: Report
    own: bool = False


def inputs(reports: Iterable[Report | str] = ()) -> list[Input]:
    """The probes, and reports of one's own after them."""
    found = [
        Input(where=f"report {number} ({name})", report=_report(f"probe-{number}", text))
        for number, (name, text) in enumerate(PROBES.items())
    ]
    for number, given in enumerate(reports, start=len(found)):
        report = _report(f"own-{number}", given) if isinstance(given, str) else given
        found.append(Input(where=f"report {number} (your own, id {report.id!r})", report=report, own=True))
    return found


def views_of(assembly: Assembly, asked: Sequence[Input]) -> list[ReportView]:
    """The reports as the stages before the providers understand them."""
    drafts = [Draft(report=one.report) for one in asked]
    for stage in (assembly.text(), assembly.mentions(), assembly.status()):
        stage.work(drafts)
    return [draft.view() for draft in drafts]


def fresh(report: Report) -> Report:
    """A copy whose ``meta`` is its own."""
    return replace(report, meta=dict(report.meta))


def _report(name: str, text: str) -> Report:
    return Report(id=name, text=text, meta={"ward": "7", "codes": ["a", "b"]})
