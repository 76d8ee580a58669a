"""Text units: a positive finding with the sentences that go on about it (Kikuchi et al., J Med Internet Res
2026;28:e86365, whose purpose it is to pair images with their words).
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from radnlp.api import ConfigError, Extraction, Sentence

POSITIVE, CONTINUATION = "positive", "continuation"


@dataclass(frozen=True, slots=True, kw_only=True)
class TextUnit:
    """One finding in the words of its report.

    Offsets: ``[start, end)`` in code points of the report text, from the first sentence's start to the last one's end.

    Attributes:
        sentences: Indexes of its sentences, rising by one.
        findings: Keys that its sentences mention as present or uncertain, in text order.
        scores: Of each sentence's label, where the classifier gives one.
    """

    report_id: str
    start: int
    end: int
    sentences: tuple[int, ...]
    findings: tuple[str, ...]
    scores: tuple[float | None, ...]


def units(extraction: Extraction) -> Iterator[TextUnit]:
    """The text units of a report, in text order.

    A unit begins with each sentence labelled ``positive`` and goes on as long as ``continuation`` follows. A
    continuation that follows no positive sentence (it goes on about a denial, say) belongs to none.

    Raises:
        ConfigError: The sentences have no labels.
    """
    if extraction.sentences and all(sentence.label is None for sentence in extraction.sentences):
        raise ConfigError(
            f"report {extraction.report_id}: its sentences have no classes; make text units with a schema that has "
            "them (--schema ja_ct)"
        )
    unit: list[Sentence] = []
    for sentence in extraction.sentences:
        if sentence.label == CONTINUATION and unit:
            unit.append(sentence)
            continue
        if unit:
            yield _unit(extraction, unit)
        unit = [sentence] if sentence.label == POSITIVE else []
    if unit:
        yield _unit(extraction, unit)


def _unit(extraction: Extraction, unit: list[Sentence]) -> TextUnit:
    indexes = tuple(sentence.index for sentence in unit)
    findings = [
        mention.entity
        for mention in extraction.mentions
        if mention.sentence in indexes and mention.status in ("present", "uncertain") and mention.excluded is None
    ]
    return TextUnit(
        report_id=extraction.report_id,
        start=unit[0].start,
        end=unit[-1].end,
        sentences=indexes,
        findings=tuple(dict.fromkeys(findings)),
        scores=tuple(sentence.score for sentence in unit),
    )


def to_json(unit: TextUnit, text: str | None) -> str:
    """One line of JSON, without the line end.

    Args:
        unit: What to write.
        text: The report's text; None leaves the words out.
    """
    row: dict[str, Any] = {"report_id": unit.report_id, "start": unit.start, "end": unit.end}
    if text is not None:
        row["text"] = text[unit.start : unit.end]
    row |= {"sentences": list(unit.sentences), "findings": list(unit.findings), "scores": list(unit.scores)}
    try:
        line = json.dumps(row, ensure_ascii=False)
        line.encode()
    except UnicodeEncodeError:  # a lone surrogate
        line = json.dumps(row, ensure_ascii=True)
    return line
