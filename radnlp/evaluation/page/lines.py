"""One report as a line of data for the error browser: its text in pieces, and which pieces each side points to.

The text is cut at every border of what somebody points to, and each piece is made safe to show. The script lays pieces
out and counts no characters itself, so that it need not know how browsers count them.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from radnlp.batch.formats.html.marks import shown_piece
from radnlp.batch.formats.shown import ALTERED, size_words
from radnlp.batch.formats.trace import excluded_trace, finding_trace
from radnlp.evaluation.bench import Result
from radnlp.evaluation.mistakes import Mistake
from radnlp.records import STATUS_ORDER, Extraction, Finding, Report

_Span = tuple[int, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """A report with everything that is said of it.

    Attributes:
        split: Number of the split.
        gold: What is true.
        said: What each system says, in the words of the gold.
        raw: The same as the system said it.
        wrong: What each system has wrong.
        findings: Whether gold labels findings; else what systems find is left out.
    """

    split: int
    report: Report
    gold: Extraction
    said: tuple[Extraction, ...]
    raw: tuple[Extraction, ...]
    wrong: tuple[tuple[Mistake, ...], ...]
    findings: bool = True


def report_line(result: Result, case: Case, systems: Sequence[str], *, with_text: bool) -> dict[str, Any]:
    """The data of one report.

    Returns:
        ``id``; ``cuts``: where the pieces begin and the last one ends, in code points; ``text``: the pieces, with
        ``with_text`` alone; ``raw`` and ``altered``: the text, and where the pieces show something else (see
        :func:`_altered`), only where they do; ``gold`` and, for each system, ``said``: findings as [key, status,
        values, pieces, sizes], key and status by number, pieces as [first, behind the last]; ``values``: for each
        system the pieces that give a value, as [key, value, first, behind the last]; ``why``: for each system key ->
        the trace of what it got wrong; ``sentences``: [number, first, behind the last, gold label, label of each
        system].
    """
    text = case.report.text
    found = [[row for row in side.findings if case.findings] for side in (case.gold, *case.said)]
    values = [_value_places(result, said, len(text)) if case.findings else [] for said in case.raw]
    cuts = _cuts(
        len(text),
        (
            *((span.start, span.end) for side in found for f in side for span in f.evidence),
            *((start, end) for places in values for _, _, start, end in places),
            *((sentence.start, sentence.end) for sentence in case.gold.sentences if sentence.label is not None),
        ),
    )
    at = {offset: number for number, offset in enumerate(cuts)}
    keys = {key.id: number for number, key in enumerate(result.schema.keys)}

    def finding(row: Finding) -> list[Any]:
        places = [[at[s.start], at[s.end]] for s in row.evidence if 0 <= s.start < s.end <= len(text)]
        chosen = {relation: list(ids) for relation, ids in row.values.items()}
        return [keys[row.key], STATUS_ORDER.index(row.status), chosen, places, list(size_words(row.measurements))]

    line: dict[str, Any] = {"id": case.report.id, "cuts": cuts}
    if with_text:
        line["text"] = [shown_piece(text, start, end) for start, end in pairwise(cuts)]
        # What the eye gets is not always what was written; only then the text itself is needed, to be saved as gold.
        if "".join(line["text"]) != text:
            line["raw"] = text
            line["altered"] = _altered(text)
    line["gold"], *line["said"] = [[finding(row) for row in side if row.key in keys] for side in found]
    line["values"] = [
        [[keys[key], value, at[start], at[end]] for key, value, start, end in places if key in keys]
        for places in values
    ]
    line["why"] = [_why(result, case, system, with_text=with_text) for system in range(len(systems))]
    line["sentences"] = _sentences(case, at)
    return line


def _altered(text: str) -> list[list[int]]:
    """What is shown as something else: start and end in the text, and the length of what is shown, in code points."""
    places = ((found.start(), found.end()) for found in ALTERED.finditer(text))
    return [[start, end, len(shown_piece(text, start, end))] for start, end in places]


def _cuts(length: int, spans: Iterable[_Span]) -> list[int]:
    borders = {offset for start, end in spans if 0 <= start <= end <= length for offset in (start, end)}
    return sorted({0, length, *borders})


def _value_places(result: Result, raw: Extraction, length: int) -> list[tuple[str, str, int, int]]:
    """(key, value, start, end) of the words that give a value, each once."""
    merge = result.gold.merge
    found = (
        (merge.get(relation.key, relation.key), relation.value, span.start, span.end)
        for relation in raw.relations
        for span in relation.value_evidence
        if 0 <= span.start < span.end <= length
    )
    return list(dict.fromkeys(found))


def _why(result: Result, case: Case, system: int, *, with_text: bool) -> dict[str, list[str]]:
    """Key -> how the system came to what it says, for every key that it has wrong."""
    wrong = dict.fromkeys(row.key for row in case.wrong[system] if row.key)
    return {key: _trace(result, case, case.raw[system], key, with_text=with_text) for key in wrong if key}


def _trace(result: Result, case: Case, raw: Extraction, key: str, *, with_text: bool) -> list[str]:
    merge = result.gold.merge
    lines = [
        line
        for finding in raw.findings
        if merge.get(finding.key, finding.key) == key
        for line in finding_trace(case.report, raw, finding, with_text=with_text)
    ]
    excluded = [
        line
        for mention in raw.mentions
        if mention.excluded and merge.get(mention.entity, mention.entity) == key
        for line in excluded_trace(case.report, mention, with_text=with_text)
    ]
    return [*lines, *(["did not count:", *excluded] if excluded else [])]


def _sentences(case: Case, at: dict[int, int]) -> list[list[Any]]:
    labels = [{sentence.index: sentence.label for sentence in said.sentences} for said in case.said]
    return [
        [s.index, at[s.start], at[s.end], s.label, [label.get(s.index) for label in labels]]
        for s in case.gold.sentences
        if s.label is not None
    ]
