import json

import pytest

from radnlp.errors import ReportError
from radnlp.evaluation.gold import read_gold
from radnlp.records import EntityKey, Schema

JA_CT = Schema(
    id="ja_ct",
    version="1.0.0",
    title="CT in Japanese",
    languages=("ja",),
    source="",
    keys=(EntityKey(id="nodules", type="lesion", label="Nodules"),),
)
LINES = ["胸部CTを施行しました。", "右上葉に結節を認めます。", "径は8mmです。", "胸水は認めません。"]
ROW = {"finding_lines": LINES, "sentence_class": json.dumps(dict(zip(LINES, [0, 1, 3, 2], strict=True)))}


@pytest.fixture
def read(write):
    return lambda *rows: read_gold("kikuchi", write("train.jsonl", *rows), schema=JA_CT, options={})


def test_the_sentences_are_given_and_labelled(read):
    gold = read(ROW)
    report, labelled = gold.reports[0], gold.gold[0]
    assert [report.text[start:end] for start, end in report.sentences] == LINES
    assert [(s.start, s.end) for s in labelled.sentences] == list(report.sentences)
    assert [s.label for s in labelled.sentences] == ["background", "positive", "continuation", "negative"]
    assert labelled.schema == "ja_ct"


def test_ids_are_those_of_extract_unless_given(read):
    assert [report.id for report in read("", ROW, {**ROW, "id": "x1"}).reports] == ["train.jsonl:2", "x1"]


def test_labels_may_be_an_object_and_other_fields_go_into_meta(read):
    gold = read({**ROW, "sentence_class": json.loads(ROW["sentence_class"]), "institution": "A"})
    assert gold.reports[0].meta == gold.gold[0].meta == {"institution": "A"}


@pytest.mark.parametrize(
    ("fields", "fault"),
    [
        ({"finding_lines": "x"}, "finding_lines must be a list of strings"),
        ({"sentence_class": "{"}, "a string that is not JSON"),
        ({"sentence_class": "[]"}, "must be an object"),
        ({"sentence_class": {LINES[0]: 0}}, "sentence no. 2 has no label"),
        ({"sentence_class": {LINES[0]: 4}}, "sentence no. 1: the label is 4; it must be 0, 1, 2 or 3"),
        ({"sentence_class": {LINES[0]: True}}, "sentence no. 1: the label is True"),
    ],
)
def test_a_line_that_cannot_be_is_refused(read, fields, fault):
    with pytest.raises(ReportError, match=rf"train\.jsonl:2: .*{fault}"):
        read(ROW, {**ROW, **fields})


def test_the_development_data(development_data):
    gold = read_gold("kikuchi", development_data / "kikuchi" / "train.jsonl", schema=JA_CT, options={})
    assert len(gold.gold) == 334
    assert sum(len(extraction.sentences) for extraction in gold.gold) == 3736
