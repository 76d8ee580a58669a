"""Labelled reports, described as the stages before the classifier understand them."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path

import radnlp
from radnlp.api import Report, ReportError, ReportView
from radnlp_ja.cues import CLASSES, shipped_cues
from radnlp_ja.linear.encoding import Views, encode
from radnlp_ja.training.fit import Example

SCHEMA = "ja_ct"


def read(path: Path) -> Iterator[tuple[Report, tuple[int, ...]]]:
    """The reports of a file in the form of Kikuchi et al., with the number of each sentence's class.

    Args:
        path: JSON lines with ``finding_lines`` (sentences) and ``sentence_class`` (sentence -> 0 to 3, as a JSON
            string or an object).

    Raises:
        ReportError: A line is not of this form; names file and line.
    """
    with path.open(encoding="utf-8") as file:
        for number, line in enumerate(file, start=1):
            try:
                row = json.loads(line)
                given = row["sentence_class"]
                classes = json.loads(given) if isinstance(given, str) else given
                sentences = list(row["finding_lines"])
                labels = tuple(int(classes[sentence]) for sentence in sentences)
            except (ValueError, KeyError, TypeError) as error:
                raise ReportError(f"{path}:{number}: no labelled report ({type(error).__name__})") from None
            if any(not 0 <= label < len(CLASSES) for label in labels):
                raise ReportError(f"{path}:{number}: a label is not 0, 1, 2 or 3")
            yield report_of(f"{path.name}:{number}", sentences), labels


def report_of(report_id: str, sentences: Sequence[str]) -> Report:
    """A report of given sentences: its text is these, joined by line breaks."""
    intervals, at = [], 0
    for sentence in sentences:
        intervals.append((at, at + len(sentence)))
        at += len(sentence) + 1
    return Report(id=report_id, text="\n".join(sentences), language="ja", sentences=tuple(intervals))


def view_of(report: Report) -> ReportView:
    """A report as a classifier would see it in the pipeline: sections, sentences, mentions with status."""
    read_as = radnlp.extract(report, schema=SCHEMA, sentence_classes="rules")
    sentences = tuple(
        type(sentence)(index=sentence.index, start=sentence.start, end=sentence.end, section=sentence.section)
        for sentence in read_as.sentences
    )
    return ReportView(report=report, sections=read_as.sections, sentences=sentences, mentions=read_as.mentions)


def examples(path: Path, views: Views) -> list[Example]:
    """The labelled reports of a file, described."""
    cues = shipped_cues()
    return [Example(encoded=encode(view_of(report), cues, views), labels=labels) for report, labels in read(path)]
