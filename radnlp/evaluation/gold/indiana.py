"""The MeSH codes of the Indiana (Open-i) chest X-ray reports.

Source: Demner-Fushman et al., J Am Med Inform Assoc 2016;23:304. The mapping is data, in ``indiana.toml``.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from radnlp.errors import ReportError
from radnlp.evaluation.gold.gold import GoldSet, LabelledReport, gold_set
from radnlp.evaluation.gold.indiana_codes import load_mapping
from radnlp.evaluation.gold.lines import csv_rows
from radnlp.evaluation.gold.options import Options
from radnlp.records import Extraction, Report, Schema

_COLUMNS = ("uid", "MeSH", "findings", "impression")
_UNTOUCHED = 5


def read_indiana(path: Path, *, schema: Schema, options: Mapping[str, object]) -> GoldSet:
    """Chest X-ray reports with the findings of their codes, all of them ``present``.

    The text is findings and impression, joined by a blank line. Rows coded ``No Indexing`` or without text are left
    out. What a report is not coded for has no finding: the codes do not tell denied from not mentioned.

    Args:
        path: CSV with the columns uid, MeSH, findings and impression.
        schema: ``chest_xray`` or one that extends it.
        options: ``split``: ``all``, ``dev`` (uid % 5 is not 0) or ``untouched`` (uid % 5 is 0, the fifth on which
            nothing is tuned).

    Raises:
        ConfigError: The schema lacks a key of the mapping.
        ReportError: A row cannot be read; names file and line.
    """
    split = Options("indiana", options, allowed=["split"]).choice("split", ("all", "dev", "untouched"))
    mapping = load_mapping()
    scored = mapping.scoring_schema(schema)
    rows = []
    for place, row in csv_rows(path, columns=_COLUMNS):
        if not row["uid"].isdecimal():
            raise ReportError(f"{place}: the uid {row['uid']!r} is not a whole number")
        untouched = int(row["uid"]) % _UNTOUCHED == 0
        text = "\n\n".join(row[column] for column in ("findings", "impression") if row[column].strip())
        codes = [code.strip() for code in row["MeSH"].split(";") if code.strip()]
        if not text or mapping.unlabelled in codes or split not in ("all", "untouched" if untouched else "dev"):
            continue
        gold = Extraction(
            report_id=row["uid"],
            schema=scored.id,
            schema_version=scored.version,
            findings=mapping.findings(codes, scored),
        )
        rows.append(LabelledReport(report=Report(id=row["uid"], text=text), gold=gold, place=place))
    return gold_set(rows, schema=scored, merge=dict.fromkeys(mapping.merges, mapping.family.id))
