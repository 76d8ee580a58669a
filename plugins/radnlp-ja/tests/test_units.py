"""Text units: a positive finding and what is said on of it, in the words of the report."""

import json

import pytest
from radnlp_ja.units import to_json, units

from radnlp.api import ConfigError, Extraction, Mention, Sentence
from radnlp.cli.main import main


def labelled(*labels, mentions=()):
    sentences = tuple(
        Sentence(index=index, start=10 * index, end=10 * index + 9, label=label, score=0.5)
        for index, label in enumerate(labels)
    )
    return Extraction(report_id="r", schema="ja_ct", schema_version="1.0.0", sentences=sentences, mentions=mentions)


def mention(entity, sentence, status="present", excluded=None):
    return Mention(entity=entity, type="lesion", status=status, start=0, end=1, sentence=sentence, excluded=excluded)


B, P, N, C = "background", "positive", "negative", "continuation"


@pytest.mark.parametrize(
    ("labels", "expected"),
    [
        ((B, P, C, C, N, P), [(1, 2, 3), (5,)]),
        ((P, P, C), [(0,), (1, 2)]),
        ((C, P), [(1,)]),  # what goes on about nothing belongs to no finding
        ((P, N, C), [(0,)]),  # it goes on about the denial
        ((P, None, C), [(0,)]),
        ((B, N), []),
        ((), []),
    ],
)
def test_a_unit_begins_with_a_positive_sentence_and_goes_on_with_its_continuations(labels, expected):
    assert [unit.sentences for unit in units(labelled(*labels))] == expected


def test_a_unit_reaches_from_its_first_to_its_last_sentence():
    (unit,) = units(labelled(B, P, C))
    assert (unit.start, unit.end, unit.scores) == (10, 29, (0.5, 0.5))


def test_its_findings_are_the_keys_it_asserts_each_once():
    mentions = (
        mention("pleural_effusion", 0),
        mention("nodules", 1),
        mention("mass", 1, "uncertain"),
        mention("ggo", 1, "absent"),
        mention("consolidation", 2, excluded="recommendation"),
        mention("nodules", 2),
    )
    (unit,) = units(labelled(N, P, C, mentions=mentions))
    assert unit.findings == ("nodules", "mass")


def test_a_schema_without_classes_cannot_give_units():
    with pytest.raises(ConfigError, match="have no classes"):
        list(units(labelled(None, None)))


def test_a_line_without_text_holds_no_words():
    (unit,) = units(labelled(P))
    assert json.loads(to_json(unit, "結節を認めます。残り"))["text"] == "結節を認めます。残"
    assert "text" not in json.loads(to_json(unit, None))
    assert json.loads(to_json(unit, "\ud800" * 9))["text"] == "\ud800" * 9


REPORT = "胸部CTを施行しました。\n右肺上葉に結節を認めます。\n辺縁は不整です。\n胸水は認めません。"


@pytest.fixture
def reports(tmp_path):
    path = tmp_path / "reports.jsonl"
    rows = [{"id": "r1", "text": REPORT}, {"id": "r2", "text": ""}]
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    return path


def test_the_command_writes_each_unit_with_its_words(reports, tmp_path):
    out = tmp_path / "units.jsonl"
    assert main(["units", str(reports), "-o", str(out)]) == 0
    (row,) = [json.loads(line) for line in out.read_text("utf-8").splitlines()]
    assert row["report_id"] == "r1"
    assert row["text"] == REPORT[row["start"] : row["end"]] == "右肺上葉に結節を認めます。\n辺縁は不整です。"
    assert (row["sentences"], row["findings"]) == ([1, 2], ["nodules"])


def test_offsets_only_on_standard_output(reports, capsys):
    assert main(["units", str(reports), "--no-text", "--sentence-classes", "rules"]) == 0
    (row,) = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert "text" not in row
    assert REPORT[row["start"] :].startswith("右肺")


def test_a_report_that_cannot_be_read_makes_the_status_1(tmp_path, capsys):
    path = tmp_path / "bad.jsonl"
    path.write_text("{\n", "utf-8")
    assert main(["units", str(path)]) == 1
    assert capsys.readouterr().out == ""


def test_chest_ct_is_refused_in_one_sentence(reports, capsys):
    assert main(["units", str(reports), "--schema", "chest_ct"]) == 2
    assert "have no classes" in capsys.readouterr().err
