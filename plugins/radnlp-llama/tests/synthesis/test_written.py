"""What models send back when they are asked for {"sentences": [...]}, and what becomes of it."""

import pytest
from radnlp_llama.synthesis.recipe_file import read_recipe
from radnlp_llama.synthesis.rejection import REASONS, RejectionError
from radnlp_llama.synthesis.written import read_report

JA, EN = read_recipe("ja_ct"), read_recipe("chest_ct")
TWO = ("右肺に結節を認めます。", "胸水はありません。")
ASKED = '{"sentences":["右肺に結節を認めます。","胸水はありません。"]}'


@pytest.mark.parametrize(
    "answer",
    [
        ASKED,
        f"```json\n{ASKED}\n```",
        f"承知しました。以下が所見です。\n\n{ASKED}\n\nご確認ください。",
        ASKED.replace("]}", ",]}"),
        ASKED.replace("]}", "],}"),
        '{ "sentences" : [ "右肺に結節を認めます。" ,\n "胸水はありません。" ] }',
        '{"sentences":["  右肺に結節を\\n認めます。 ","胸水はありません。"]}'.replace("\\n", ""),
        '{"sentences":["右肺に結節を認めます。胸水はありません。"]}',
        f"{ASKED}\n{ASKED}",
    ],
)
def test_read_all_the_same(answer):
    assert read_report(answer, JA) == TWO


@pytest.mark.parametrize(
    "answer, reason",
    [
        ("", "unreadable"),
        ("右肺に結節を認めます。胸水はありません。", "unreadable"),
        (ASKED[:-4], "unreadable"),
        ('{"sentences":["右肺に結節を認めます。"', "unreadable"),
        ('["右肺に結節を認めます。"]', "unreadable"),
        ('{"report":["右肺に結節を認めます。"]}', "unreadable"),
        ('{"sentences":["右肺に結節を認めます。"],"診断":["肺結節"]}', "unreadable"),
        ('{"sentences":["a。"],"sentences":["b。"]}', "unreadable"),
        ('{"sentences":"右肺に結節を認めます。"}', "unreadable"),
        ('{"sentences":[{"text":"右肺に結節を認めます。"}]}', "unreadable"),
        (f'{ASKED}\n{{"sentences":["別の報告書です。"]}}', "unreadable"),
        ('{"sentences":["右肺に\\u0000結節を認めます。"]}', "unreadable"),
        ('{"sentences":["右肺に\\ud800結節を認めます。"]}', "unreadable"),
        ('{"sentences":[]}', "empty"),
        ('{"sentences":["右肺に結節を認めます。",""]}', "empty"),
        ('{"sentences":["---"]}', "empty"),
    ],
)
def test_not_taken(answer, reason):
    with pytest.raises(RejectionError) as error:
        read_report(answer, JA)
    assert error.value.reason == reason
    assert reason in REASONS


def test_a_comma_before_a_bracket_inside_a_sentence_stays():
    assert read_report('{"sentences":["Nodule (RUL,] sic)."]}', EN) == ("Nodule (RUL,] sic).",)


def test_english_sentences_are_not_cut_at_full_stops():
    assert read_report('{"sentences":["A 4.5 mm nodule, cf. image 3."]}', EN) == ("A 4.5 mm nodule, cf. image 3.",)
