"""The main job on real reports: a line for every row, exact offsets, the same bytes on a second run."""

import csv
import json

import pytest

from radnlp.cli.main import main
from radnlp.hooks import default_catalogue
from radnlp.records import Sentence
from radnlp.text import TermMatcher, fold

INDIANA = ["--id-column", "uid", "--text-column", "findings", "--text-column", "impression"]


@pytest.mark.parametrize(
    ("data", "columns", "schema"),
    [
        ("indiana/dev.csv", INDIANA, "chest_xray"),
        ("indiana/dev.csv", INDIANA, "chest_ct"),
        ("radnlp2024/reports.en.jsonl", [], "chest_ct"),
    ],
)
def test_every_row_gets_its_line(development_data, tmp_path, data, columns, schema):
    source = development_data / data
    texts = list(report_texts(source, columns))
    runs = []
    for name in ("first.jsonl", "second.jsonl"):
        assert main(["extract", str(source), *columns, "--schema", schema, "-o", str(tmp_path / name), "--quiet"]) == 0
        rows = [json.loads(line) for line in (tmp_path / name).read_text("utf-8").splitlines()]
        for row in rows:
            row["provenance"].pop("seconds")
        runs.append(rows)
    first, second = runs
    assert first == second
    assert len(first) == len(texts)
    terms = default_catalogue().schema(schema)[1].terms
    matcher = TermMatcher(terms)
    near_others = {(fold(part).text, name) for t in terms for part in t.phrase.split(" ... ") for name in t.entities}
    checked = 0
    for row, text in zip(first, texts, strict=True):
        for span in spans_of(row):
            assert text[span["start"] : span["end"]] == span["text"]
            checked += 1
        for mention in row["mentions"]:
            words = text[mention["start"] : mention["end"]]
            alone = matcher.find(words, [Sentence(index=0, start=0, end=len(words))])
            assert [(0, len(words))] == [(m.start, m.end) for m in alone if mention["entity"] in m.entities] or (
                (fold(words).text, mention["entity"]) in near_others
            ), "a mention stands exactly on a term of its entity"
            sentence = row["sentences"][mention["sentence"]]
            assert sentence["start"] <= mention["start"] < mention["end"] <= sentence["end"]
    assert checked > len(texts)


def report_texts(source, columns):
    with source.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file) if source.suffix == ".csv" else map(json.loads, file):
            parts = [row["findings"], row["impression"]] if columns else [row["text"]]
            yield "\n\n".join(part for part in parts if part)


def spans_of(row):
    for finding in row["findings"]:
        yield from finding["evidence"]
    for mention in row["mentions"]:
        yield from mention["cues"]
    for relation in row["relations"]:
        yield from (*relation["key_evidence"], *relation["value_evidence"])
