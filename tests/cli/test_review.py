"""radnlp review: the findings a person should look at first, as a spreadsheet."""

import csv
import io
import json

import pytest


def line(report_id, *findings, routes=()):
    """One line of a run: (key, status, places, score, words)."""
    rows = [
        {
            "key": key,
            "status": status,
            "score": score,
            "values": {"located_in": places} if places else {},
            "evidence": [{"start": 4, "end": 4 + len(words), "text": words}],
        }
        for key, status, places, score, words in findings
    ]
    return json.dumps({"report_id": report_id, "schema": "chest_ct", "findings": rows, "routes": list(routes)})


ROUTE = {
    "key": "mass",
    "score": 0.7,
    "why": ["no place found", "denied elsewhere"],
    "first": "rules",
    "asked": "llama",
    "end": "differs",
}
LINES = [
    line(
        "r1",
        ("nodules", "present", ["rul", "lll"], 0.95, "nodule"),
        ("mass", "present", [], 0.3, "=mass"),
        routes=[ROUTE],
    ),
    line("r2", ("ggo", "uncertain", ["rml"], 0.6, 'hazy, "GGO"'), ("fibrosis", "present", [], None, "scar")),
    line("r3", ("nodules", "absent", [], 0.6, "nodule")),
]


@pytest.fixture
def findings(tmp_path):
    path = tmp_path / "findings.jsonl"
    path.write_text("\n".join(LINES) + "\n", encoding="utf-8")
    return path


def rows(words):
    return list(csv.DictReader(io.StringIO(words, newline="")))


def test_the_lowest_score_comes_first_then_the_order_of_the_run(radnlp, findings):
    done = radnlp("review", findings)
    assert done.status == 0, done.err
    assert [(row["report_id"], row["key"], row["score"]) for row in rows(done.out)] == [
        ("r1", "mass", "0.3"),
        ("r2", "ggo", "0.6"),
        ("r3", "nodules", "0.6"),
    ]
    assert "3 findings to look at; 4 of 5 have a score" in done.err


def test_a_row_says_why_who_and_where(radnlp, findings):
    first, second, _ = rows(radnlp("review", findings).out)
    assert first["why"] == "no place found; denied elsewhere"
    assert (first["first"], first["asked"], first["outcome"]) == ("rules", "llama", "differs")
    assert (second["status"], second["values"], second["start"], second["end"]) == ("uncertain", "rml", "4", "15")
    assert second["text"] == 'hazy, "GGO"'


def test_words_are_written_as_they_are_as_in_every_csv_of_radnlp(radnlp, findings):
    assert rows(radnlp("review", findings).out)[0]["text"] == "=mass"


def test_without_text_there_are_offsets_alone(radnlp, findings):
    done = radnlp("review", findings, "--no-text")
    assert {row["text"] for row in rows(done.out)} == {""}
    assert "GGO" not in done.out
    assert rows(done.out)[0]["start"] == "4"


def test_limit_and_limit_of_the_score(radnlp, findings, tmp_path):
    out = tmp_path / "queue.csv"
    done = radnlp("review", findings, "--below", "0.99", "--limit", 2, "-o", out)
    assert done.out == ""
    assert len(rows(out.read_text("utf-8"))) == 2
    assert "2 findings to look at, the 2 lowest of 4" in done.err


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--below", "80"], "from 0 to 1"),
        (["--limit", "0"], "at least 1"),
        (["-o", "findings.jsonl"], "is the INPUT"),
    ],
)
def test_wrong_use_is_told_in_a_sentence(arguments, words, radnlp, findings, monkeypatch):
    monkeypatch.chdir(findings.parent)
    done = radnlp("review", findings, *arguments)
    assert (done.status, done.out) == (2, "")
    assert words in done.err
    assert findings.read_text("utf-8").startswith('{"report_id": "r1"')


def test_a_run_without_scores_says_how_to_get_some(radnlp, tmp_path):
    path = tmp_path / "plain.jsonl"
    path.write_text(line("r1", ("nodules", "present", [], None, "nodule")))
    done = radnlp("review", path)
    assert done.status == 2
    assert "--relations cascade" in done.err


def test_a_line_that_is_no_extraction_is_named_without_its_words(radnlp, tmp_path):
    path = tmp_path / "broken.jsonl"
    path.write_text(LINES[0] + "\nZEBRAFISH nodule\n")
    done = radnlp("review", path)
    assert done.status == 2
    assert "broken.jsonl:2" in done.err
    assert "ZEBRAFISH" not in done.err
