"""What comes back must be a report in the asked language, of a reasonable size, and not the question."""

import pytest
from radnlp_llama.synthesis.cases import draw
from radnlp_llama.synthesis.doubles import Doubles
from radnlp_llama.synthesis.language import in_language
from radnlp_llama.synthesis.questions import report_request
from radnlp_llama.synthesis.recipe_file import read_recipe
from radnlp_llama.synthesis.rejection import RejectionError
from radnlp_llama.synthesis.validation import check_report

JA, EN = read_recipe("ja_ct"), read_recipe("chest_ct")
GOOD = ("右肺上葉に8mm大の結節を認めます。", "辺縁は整で、増大はありません。", "肝臓に異常は認めません。")


@pytest.fixture(scope="module")
def request_():
    return report_request(JA, next(draw(JA, count=1, seed=1)))


def test_a_report_is_taken(request_):
    check_report(GOOD, JA, request_)


@pytest.mark.parametrize(
    "sentences, reason",
    [
        (("一つの文を一つの要素とし、それぞれ「。」で終える。", *GOOD), "copied"),
        (("文体: 英語の略語や専門用語が多い。", *GOOD), "copied"),
        (("A nodule is seen in the right upper lobe.", "There is no pleural effusion."), "wrong_language"),
        (("右肺上叶可见一枚直径约八毫米的结节。", "边缘光滑,双侧胸腔未见积液。", "肝脏未见异常。"), "wrong_language"),
        (GOOD[:1], "too_few_sentences"),
        (tuple(f"第{number}肋骨に骨折を認めます。" for number in range(31)), "too_many_sentences"),
        (("肺に結節。", "肝は正常。"), "too_short"),
        ((*GOOD, "結節を" * 120 + "認めます。"), "too_long"),
        ((*GOOD, "左肺下葉には径12mm大の"), "cut_sentence"),
        ((*GOOD, "○○病院での検査と比較しました。"), "blank"),
        ((*GOOD, "左肺下葉に[大きさ]の結節を認めます。"), "blank"),
        ((*GOOD, GOOD[0]), "repeated_sentence"),
        ((*GOOD, "右肺上葉に８ｍｍ大の 結節を認めます。"), "repeated_sentence"),
    ],
)
def test_what_is_no_report_is_not(sentences, reason, request_):
    with pytest.raises(RejectionError) as error:
        check_report(sentences, JA, request_)
    assert error.value.reason == reason


def test_the_message_holds_no_words_of_the_report(request_):
    with pytest.raises(RejectionError) as error:
        check_report((*GOOD, "左肺下葉には径12mm大の"), JA, request_)
    assert "左肺" not in str(error.value)


@pytest.mark.parametrize(
    "text, recipe, expected",
    [
        ("胸水を認めません。", JA, True),
        ("PET-CTでFDG集積を認めます。", JA, True),
        ("No pleural effusion.", JA, False),
        ("흉수는 없습니다.", JA, False),
        ("There is a nodule in the left lower lobe.", EN, True),
        ("No effusion.", EN, True),
        ("Kein Pleuraerguss, Lunge unauffällig.", EN, False),
        ("12.3", EN, False),
        ("", JA, False),
    ],
)
def test_the_language(text, recipe, expected):
    assert in_language(text, recipe.marks) is expected


def test_doubles_are_found_and_name_the_earlier_report():
    doubles = Doubles(share=0.8)
    sentences = [f"第{number}肋骨に骨折を認めます。" for number in range(5)]
    doubles.take("a", sentences)
    with pytest.raises(RejectionError, match="duplicate: of a"):
        doubles.take("b", [sentence.replace("肋骨", " 肋骨") for sentence in sentences])
    with pytest.raises(RejectionError, match="near_duplicate: 4 of 5 sentences are those of a"):
        doubles.take("c", [*sentences[:4], "脾臓は正常です。"])
    doubles.take("d", [*sentences[:3], "脾臓は正常です。", "膵臓は正常です。"])
