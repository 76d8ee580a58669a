"""Writes reports.jsonl and gold.jsonl from the marked reports: ``python benchmark/build.py``.

Not part of the package, which holds no Python. A finding's status is the strongest of its mentions, its evidence the
mentions of that status, its values those of all mentions that count.
"""

import json
import tomllib
from pathlib import Path

import radnlp
from radnlp.api import STATUS_ORDER
from radnlp.testing import MarkedReport, parse_markup

FOLDER = Path(__file__).resolve().parent
SCHEMA = "abdomen_us_de"


def marked_reports() -> dict[str, MarkedReport]:
    """Report id -> the report, in the order of the file."""
    tables = tomllib.loads((FOLDER / "reports.toml").read_text("utf-8"))["reports"]
    return {table["id"]: parse_markup(table["text"].strip()) for table in tables}


def findings(report: MarkedReport) -> list[dict[str, object]]:
    """What is true of a report, a row for each key that is marked and not only excluded."""
    rows = []
    for key in dict.fromkeys(mark.entity for mark in report.marks if not mark.excluded):
        marks = [mark for mark in report.marks if mark.entity == key and not mark.excluded]
        status = next(status for status in STATUS_ORDER if any(mark.status == status for mark in marks))
        values: dict[str, list[str]] = {}
        for mark in marks:
            for relation, names in mark.values.items():
                values[relation] = sorted({*values.get(relation, ()), *names})
        evidence = [
            {"start": mark.start, "end": mark.end, "text": report.text[mark.start : mark.end]}
            for mark in marks
            if mark.status == status
        ]
        rows.append({"key": key, "status": status, "values": values, "evidence": evidence, "sources": ["gold"]})
    return rows


def lines() -> dict[str, list[str]]:
    """File name -> its lines."""
    version = radnlp.extract("", schema=SCHEMA).schema_version
    head = {"format": 1, "schema": SCHEMA, "schema_version": version}
    reports = marked_reports()
    return {
        "reports.jsonl": [_line({"id": name, "text": report.text}) for name, report in reports.items()],
        "gold.jsonl": [
            _line({**head, "report_id": name, "findings": findings(report)}) for name, report in reports.items()
        ],
    }


def _line(row: object) -> str:
    return json.dumps(row, ensure_ascii=False)


if __name__ == "__main__":
    for name, rows in lines().items():
        (FOLDER / name).write_text("\n".join(rows) + "\n", "utf-8")
