"""The NegEx test set: clinical sentences, each asking of one condition whether it is negated.

Source: Chapman et al., J Biomed Inform 2001;34:301.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from radnlp.errors import ReportError, did_you_mean
from radnlp.evaluation.gold.gold import GoldSet, LabelledReport, gold_set, require_keys
from radnlp.evaluation.gold.lines import text_of
from radnlp.evaluation.gold.options import Options
from radnlp.records import EvidenceSpan, Extraction, Finding, Report, Schema, Status

KEY = "condition"

#: Only negation is asked: a condition that is possible, or past, counts as affirmed.
_GOLD: Mapping[str, Status] = {"negated": "absent", "affirmed": "present", "possible": "present"}
_PREDICTED: Mapping[Status, Status] = {"uncertain": "present", "historical": "present"}

#: Start of a column's name, case folded -> what it holds. The names of the file go on with the allowed values.
_COLUMNS = ("line number", "condition", "sentence", "negation_status")


def read_negex(path: Path, *, schema: Schema, options: Mapping[str, object]) -> GoldSet:
    """A report a row: the sentence, kept whole, with the condition handed over as its only mention.

    The first match of the condition counts, upper or lower case. A row whose condition is not in the sentence hands
    over nothing, and a system that says nothing of the condition counts as having affirmed it: in these rows every
    system does.

    Args:
        path: Separated by tabs, no quoting; columns line number, Condition, sentence and negation_status.
        schema: Has the key ``condition``.
        options: None.

    Raises:
        ConfigError: The schema has another key.
        ReportError: A row cannot be read; names file and line.
    """
    Options("negex", options, allowed=[])
    require_keys(schema, [KEY], reader="negex")
    rows = [_labelled(place, cells, schema) for place, cells in _rows(path)]
    assumed = Finding(key=KEY, status="present")
    return gold_set(rows, schema=schema, statuses=_PREDICTED, otherwise=(assumed,))


def _labelled(place: str, cells: Mapping[str, str], schema: Schema) -> LabelledReport:
    text, label = cells["sentence"], cells["negation_status"].strip().casefold()
    if label not in _GOLD:
        raise ReportError(f"{place}: unknown negation_status {label!r}{did_you_mean(label, _GOLD)}")
    report_id, condition = cells["line number"].strip(), cells["condition"].strip()
    if not report_id or not condition:
        raise ReportError(f"{place}: line number and Condition must not be empty")
    found = re.search(re.escape(condition), text, re.IGNORECASE)
    evidence = () if found is None else (EvidenceSpan(start=found.start(), end=found.end(), text=found[0]),)
    targets = tuple((span.start, span.end, KEY) for span in evidence)
    gold = Extraction(
        report_id=report_id,
        schema=schema.id,
        schema_version=schema.version,
        findings=(Finding(key=KEY, status=_GOLD[label], evidence=evidence),),
    )
    report = Report(id=report_id, text=text, sentences=((0, len(text)),), targets=targets)
    return LabelledReport(report=report, gold=gold, place=place)


def _rows(path: Path) -> Iterator[tuple[str, dict[str, str]]]:
    # Split by hand: in this file a quotation mark is a sign of the sentence.
    header: list[str] = []
    for number, line in enumerate(text_of(path).split("\n"), start=1):
        place = f"{path}:{number}"
        cells = line.removesuffix("\r").split("\t")
        if cells == [""]:
            continue
        if not header:
            header = [_column(name) for name in cells]
            for name in _COLUMNS:
                if header.count(name) != 1:
                    raise ReportError(f"{place}: there must be one column {name!r}; the first line names the columns")
        elif len(cells) != len(header):
            raise ReportError(f"{place}: the row has {len(cells)} cells and the header {len(header)}")
        else:
            yield place, dict(zip(header, cells, strict=True))


def _column(name: str) -> str:
    folded = name.strip().casefold()
    return next((column for column in _COLUMNS if folded.startswith(column)), folded)
