"""Japanese CT reports whose sentences are labelled 0 to 3.

Source: Kikuchi et al., J Med Internet Res 2026;28:e86365, Table 1.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from radnlp.batch.readers.fields import join_sentences
from radnlp.errors import ReportError
from radnlp.evaluation.gold.gold import GoldSet, LabelledReport, gold_set
from radnlp.evaluation.gold.lines import json_objects
from radnlp.evaluation.gold.options import Options
from radnlp.records import Extraction, Report, Schema, Sentence

#: The class of each label, by its number.
CLASSES = ("background", "positive", "negative", "continuation")

_LINES, _LABELS, _ID = "finding_lines", "sentence_class", "id"


def read_kikuchi(path: Path, *, schema: Schema, options: Mapping[str, object]) -> GoldSet:
    """A report a line, cut into the sentences that were labelled; the gold is their classes, without findings.

    Ids are the field ``id``, or ``FILE:LINE`` where there is none, as in ``radnlp extract``. Every other field
    (an institution, for example) goes into ``meta`` of report and gold.

    Args:
        path: JSON lines with ``finding_lines`` (list of sentences) and ``sentence_class`` (sentence -> 0 to 3, as an
            object or as a string that holds one).
        schema: Named in the gold.
        options: None.

    Raises:
        ReportError: A line cannot be read, or a sentence has no label or another one; names file and line.
    """
    Options("kikuchi", options, allowed=[])
    return gold_set((_labelled(path, place, row, schema) for place, row in json_objects(path)), schema=schema)


def _labelled(path: Path, place: str, row: Mapping[str, Any], schema: Schema) -> LabelledReport:
    lines = row.get(_LINES)
    if not isinstance(lines, list) or not all(isinstance(line, str) for line in lines):
        raise ReportError(f"{place}: {_LINES} must be a list of strings")
    labels = _labels(place, row.get(_LABELS))
    text, intervals = join_sentences(lines)
    sentences = tuple(
        Sentence(index=index, start=start, end=end, label=_class(place, index, labels.get(line)))
        for index, (line, (start, end)) in enumerate(zip(lines, intervals, strict=True))
    )
    report_id = str(row.get(_ID, f"{path.name}:{place.rpartition(':')[2]}"))
    meta = {name: value for name, value in row.items() if name not in (_LINES, _LABELS, _ID)}
    gold = Extraction(
        report_id=report_id, schema=schema.id, schema_version=schema.version, meta=meta, sentences=sentences
    )
    report = Report(id=report_id, text=text, language="ja", meta=meta, sentences=intervals)
    return LabelledReport(report=report, gold=gold, place=place)


def _labels(place: str, given: object) -> Mapping[str, object]:
    if isinstance(given, str):
        try:
            given = json.loads(given)
        except ValueError:
            raise ReportError(f"{place}: {_LABELS} is a string that is not JSON") from None
    if not isinstance(given, Mapping):
        raise ReportError(f"{place}: {_LABELS} must be an object, or a string that holds one: sentence -> label")
    return given


def _class(place: str, index: int, label: object) -> str:
    if label is None:
        raise ReportError(f"{place}: sentence no. {index + 1} has no label in {_LABELS}")
    if type(label) is not int or not 0 <= label < len(CLASSES):
        raise ReportError(f"{place}: sentence no. {index + 1}: the label is {label!r}; it must be 0, 1, 2 or 3")
    return CLASSES[label]
