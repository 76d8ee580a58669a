"""Findings of Japanese reports and of their English twins, compared: `python benchmarks/ja_ct/parallel.py`.

Reads reports.ja.jsonl and reports.en.jsonl of the RadNLP 2024 shared task (NTCIR-18, CC BY 4.0) in the folder that the
environment variable RADNLP_DATA names, which pair by `id`, with the schemas ja_ct and chest_ct. Writes Markdown: for
each key in how many of the pairs both sides say the same of it, and for each value in how many of the pairs in which
either side gives it. Nothing of the reports' text is written; `--pairs` lists the ids of those that disagree, to be
read.
"""

from __future__ import annotations

import argparse
import json
import os
from collections import defaultdict
from pathlib import Path

import radnlp
from radnlp.pipeline import Assembly

Findings = dict[str, tuple[str, frozenset[str]]]
NOT_MENTIONED: tuple[str, frozenset[str]] = ("not mentioned", frozenset())


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pairs", action="store_true", help="list the ids of the pairs that disagree")
    arguments = parser.parse_args()
    folder = os.environ.get("RADNLP_DATA")
    if folder is None:
        raise SystemExit("RADNLP_DATA is not set; let it name the folder that holds radnlp2024/reports.ja.jsonl")
    sides = {
        language: findings(schema, Path(folder) / "radnlp2024" / f"reports.{language}.jsonl")
        for language, schema in (("ja", "ja_ct"), ("en", "chest_ct"))
    }
    ids = [report_id for report_id in sides["ja"] if report_id in sides["en"]]
    pairs = [(report_id, sides["ja"][report_id], sides["en"][report_id]) for report_id in ids]
    print("\n".join(keys_table(pairs)))
    print()
    print("\n".join(values_table(pairs)))
    if arguments.pairs:
        print()
        print("\n".join(disagreements(pairs)))


def findings(schema: str, path: Path) -> dict[str, Findings]:
    """The findings of a file's reports by id: key -> status and places, compounds taken apart."""
    known = Assembly.of(schema).schema
    rows = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    found: dict[str, Findings] = {}
    options = {"sentence_classes": "rules"} if known.sentence_classes else {}
    for row, doc in zip(rows, radnlp.load(schema, **options).pipe(row["text"] for row in rows), strict=True):
        found[str(row["id"])] = {
            finding.key: (finding.status, known.expand(finding.values.get("located_in", ())))
            for finding in doc._.rad.findings
        }
    return found


def keys_table(pairs: list[tuple[str, Findings, Findings]]) -> list[str]:
    """One row a key: agreement of presence (present or uncertain), of status, and Cohen's kappa of presence."""
    lines = [
        "| key | positive ja | positive en | both | presence agrees | kappa | status agrees |",
        "|---|--:|--:|--:|--:|--:|--:|",
    ]
    totals = [0] * 5
    for key in keys():
        ja = [pair[1].get(key, NOT_MENTIONED)[0] for pair in pairs]
        en = [pair[2].get(key, NOT_MENTIONED)[0] for pair in pairs]
        a, b = ([status in ("present", "uncertain") for status in side] for side in (ja, en))
        both = sum(x and y for x, y in zip(a, b, strict=True))
        same = sum(x == y for x, y in zip(a, b, strict=True))
        status = sum(x == y for x, y in zip(ja, en, strict=True))
        row = [sum(a), sum(b), both, same, status]
        totals = [x + y for x, y in zip(totals, row, strict=True)]
        lines.append(line(key, row, len(pairs), kappa(a, b)))
    lines.append(line("all", totals, len(pairs) * len(keys()), None))
    return lines


def line(key: str, row: list[int], cases: int, agreement: float | None) -> str:
    ja, en, both, same, status = row
    shown = "" if agreement is None else f"{agreement:.2f}"
    return f"| {key} | {ja} | {en} | {both} | {same / cases:.3f} | {shown} | {status / cases:.3f} |"


def values_table(pairs: list[tuple[str, Findings, Findings]]) -> list[str]:
    """One row a place: (report, key) pairs positive on both sides, with this place on either and on both."""
    counts: dict[str, list[int]] = defaultdict(lambda: [0, 0, 0])
    for _, ja, en in pairs:
        for key in ja.keys() & en.keys():
            if {ja[key][0], en[key][0]} <= {"present", "uncertain"}:
                for value in ja[key][1] | en[key][1]:
                    for column, held in enumerate((ja[key][1], en[key][1], ja[key][1] & en[key][1])):
                        counts[value][column] += value in held
    order = [value.id for value in Assembly.of("chest_ct").schema.values if value.id in counts]
    lines = ["| place | ja | en | both | F1 |", "|---|--:|--:|--:|--:|"]
    rows = [(value, *counts[value]) for value in order]
    rows.append(("all", *(sum(row[column] for row in rows) for column in (1, 2, 3))))
    return [*lines, *(f"| {v} | {ja} | {en} | {both} | {2 * both / (ja + en):.3f} |" for v, ja, en, both in rows)]


def disagreements(pairs: list[tuple[str, Findings, Findings]]) -> list[str]:
    lines = []
    for report_id, ja, en in pairs:
        for key in keys():
            left, right = ja.get(key, NOT_MENTIONED), en.get(key, NOT_MENTIONED)
            if left != right:
                lines.append(f"{report_id} {key}: {left[0]} {sorted(left[1])} / {right[0]} {sorted(right[1])}")
    return lines


def keys() -> list[str]:
    """The keys, in schema order."""
    return [key.id for key in Assembly.of("chest_ct").schema.keys]


def kappa(a: list[bool], b: list[bool]) -> float | None:
    """Cohen's kappa; None where one side never varies."""
    size = len(a)
    observed = sum(x == y for x, y in zip(a, b, strict=True)) / size
    expected = (sum(a) * sum(b) + (size - sum(a)) * (size - sum(b))) / size**2
    return None if expected == 1 else (observed - expected) / (1 - expected)


if __name__ == "__main__":
    main()
