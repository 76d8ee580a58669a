"""The baseline: one sentence after the other, as a reader of the cue words would label it."""

import pytest
from radnlp_ja.cues import after_heading, shipped_cues
from radnlp_ja.rules import RuleSentenceClassifier
from radnlp_ja.training.reports import report_of, view_of

SHORT = {"B": "background", "P": "positive", "N": "negative", "C": "continuation"}


@pytest.mark.parametrize(
    "marked",
    [
        "B 造影CTを施行しました。|P 肝臓に結節を認めます。|C 内部は均一です。|N 脾臓に異常を認めません。",
        "P 右腎に嚢胞を認めます。|C 大きさは5mmです。|C 前回と比較し著変ありません。",
        "P 肝臓に結節を認めますが、腹水は認めません。",  # the positive one wins
        "N 肝臓に異常はありません。|P 膵臓に腫瘤を認めます。|C 境界は明瞭です。",
        "P 肝臓に結節を認めます。|N 脾臓に腫大はありません。",  # another organ: no continuation
        "N 【腹部】肝臓に異常所見を認めません。",
        "B 比較する過去画像はありません。",
        "B 検査目的：肺癌術前精査。",
    ],
)
def test_a_report_sentence_by_sentence(marked):
    labels, sentences = zip(*(part.split(" ", 1) for part in marked.split("|")), strict=True)
    (found,) = RuleSentenceClassifier(shipped_cues()).label([view_of(report_of("r", sentences))])
    assert [label.label for label in found] == [SHORT[label] for label in labels]


@pytest.mark.parametrize(
    ("sentence", "body"),
    [
        ("【腹部】異常なし", "異常なし"),
        ("<所見>異常なし", "異常なし"),
        ("【腹部】", "【腹部】"),
        ("異常なし", "異常なし"),
        ("", ""),
    ],
)
def test_a_heading_in_brackets_is_no_part_of_the_sentence(sentence, body):
    assert after_heading(sentence) == body
