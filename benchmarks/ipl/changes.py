"""How well the change lexicon reads other findings than tumours: the labelled rows of the IPL observations, per class.

The row's finding is the subject: its words where the sentence has them, else the sentence up to its first comma. Of the
rows without a label (no comparison, as far as the label goes) only the number with an answer is printed.

    RADNLP_DATA=... python benchmarks/ipl/changes.py
"""

from __future__ import annotations

import csv
import os
import re
import sys
from collections import Counter
from pathlib import Path

from radnlp.pipeline.loader import build, stream
from radnlp.records import PipelineSpec, Report

HERE = Path(__file__).parent
CLASSES = ("stable", "increased", "decreased")
#: How far apart, in characters, the words of a finding may stand.
_NEAR = 40
_WORD = re.compile(r"[a-z]{4,}")


def subject(finding: str, text: str) -> tuple[int, int]:
    """Where the finding stands in its sentence, ``[start, end)``: from its first word found there to its last.

    >>> subject("Hepatic lesion", "Segment 6 hepatic lesion, stable.")
    (10, 24)
    """
    stems = [word[:5] for word in _WORD.findall(finding.lower())]
    found = [match.span() for stem in stems for match in re.finditer(rf"\b{stem}\w*", text.lower())]
    clause = re.search(r"[,.;]| is | are | has | have | measures ", text)
    end = clause.start() if clause else len(text)
    found = (
        [span for span in found if span[0] < end]
        or [span for span in found if span[0] < found[0][0] + _NEAR]
        or [(0, end)]
    )
    return min(start for start, _ in found), max(stop for _, stop in found)


def main() -> int:
    """Print the table; 2 when the data are not there."""
    folder = os.environ.get("RADNLP_DATA")
    path = Path(folder or "") / "ipl" / "observations.csv"
    if not folder or not path.is_file():
        sys.stderr.write("RADNLP_DATA does not name a folder with ipl/observations.csv\n")
        return 2
    with path.open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["presence"] == "present"]
    reports = [
        Report(id=str(number), text=row["text"], targets=((*subject(row["finding"], row["text"]), "finding"),))
        for number, row in enumerate(rows)
    ]
    nlp = build(PipelineSpec(schema=str(HERE / "schema")))
    answers = [
        frozenset(value for finding in extraction.findings for value in finding.values.get("has_changed", ()))
        for extraction in stream(nlp, reports)
    ]
    print_table([row["temporal_status"] for row in rows], answers)
    return 0


def print_table(labels: list[str], answers: list[frozenset[str]]) -> None:
    """One line a class: rows, right (exactly this class), and what was said instead."""
    write = sys.stdout.write
    write(f"{'class':<10} {'rows':>5} {'right':>6}  instead\n")
    for name in CLASSES:
        said = [answer for label, answer in zip(labels, answers, strict=True) if label == name]
        wrong = Counter(" + ".join(sorted(answer)) or "nothing" for answer in said if answer != {name})
        instead = ", ".join(f"{words}: {count}" for words, count in wrong.items())
        write(f"{name:<10} {len(said):>5} {len(said) - wrong.total():>6}  {instead}\n")
    without = [answer for label, answer in zip(labels, answers, strict=True) if label not in CLASSES]
    given = sum(map(bool, without))
    write(f"{'no label':<10} {len(without):>5} {'':>6}  with an answer: {given}\n")


if __name__ == "__main__":
    sys.exit(main())
