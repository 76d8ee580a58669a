"""Both status engines over the same cues: what they say differently is listed here, and is next to nothing.

Only development data: Indiana reports whose uid is no multiple of five, invented reports with an odd number.
"""

import csv
import json
import re
from pathlib import Path

import pytest

import radnlp
from radnlp.pipeline import stream
from radnlp.records import Report

BENCHMARKS = Path(__file__).parents[1] / "benchmarks"

#: (data, report, words) -> which engine labels.md agrees with, and why. None is known.
DIFFERENCES: dict[tuple[str, str, str], str] = {}


def indiana(data):
    with (data / "indiana" / "dev.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            if int(row["uid"]) % 5:
                text = "\n\n".join(part for part in (row["findings"], row["impression"]) if part)
                yield Report(id=row["uid"], text=text)


def negex(data):
    """Each sentence with its condition handed over, as benchmarks/negex.toml has it."""
    with (data / "negex" / "dev.tsv").open(encoding="utf-8", newline="") as file:
        for number, row in enumerate(csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE)):
            found = re.search(re.escape(row[1].strip()), row[2], re.IGNORECASE) if number else None
            if found:
                yield Report(
                    id=row[0], text=row[2], sentences=((0, len(row[2])),), targets=((*found.span(), "condition"),)
                )


def invented(_data):
    for line in (BENCHMARKS / "gold" / "chest_ct" / "reports.jsonl").read_text("utf-8").splitlines():
        report = json.loads(line)
        if int(re.search(r"\d+", report["id"])[0]) % 2:
            yield Report(id=report["id"], text=report["text"])


@pytest.mark.parametrize(
    ("name", "reports", "schema", "least"),
    [
        ("indiana", indiana, "chest_xray", 7000),
        ("negex", negex, str(BENCHMARKS / "negex" / "schema"), 1100),
        ("invented", invented, "chest_ct", 250),
    ],
)
def test_the_engines_agree(request, name, reports, schema, least):
    data = None if name == "invented" else request.getfixturevalue("development_data")
    said = {}
    for engine in ("native", "medspacy"):
        nlp = radnlp.load(schema, settings={"status": {"engine": engine}})
        said[engine] = [
            (name, extraction.report_id, mention.start, mention.entity, mention.status, mention.excluded)
            for extraction in stream(nlp, reports(data))
            for mention in extraction.mentions
            if mention.status is not None
        ]
    assert len(said["native"]) == len(said["medspacy"]) > least
    different = [(ours, theirs) for ours, theirs in zip(*said.values(), strict=True) if ours != theirs]
    assert [ours[:2] for ours, _ in different] == [place[:2] for place in DIFFERENCES if place[0] == name]
    assert len(different) <= 0.005 * len(said["native"])
