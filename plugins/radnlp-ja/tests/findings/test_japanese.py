"""What a radiologist takes from a Japanese sentence, phenomenon by phenomenon: japanese.toml says what and why."""

import re
from itertools import chain

import pytest

from radnlp.testing import differences, parse_markup

RELATIONS = {"pleural_effusion": "has_side", "pleural_thickening": "has_side"}
KANJI = re.compile("[\u3041-\u30ff\u4e00-\u9fff]")


def test_sentence(ja_ct, line):
    marked = parse_markup(line)
    assert differences(marked, ja_ct(marked.text)._.rad) == []


def test_the_set_is_large_enough(phenomena):
    assert len(phenomena) >= 22
    assert len({phenomenon.name for phenomenon in phenomena}) == len(phenomena)
    assert len(all_lines(phenomena)) >= 110


def test_a_fifth_are_controls(phenomena):
    controls = sum(len(phenomenon.controls) for phenomenon in phenomena)
    assert controls >= len(all_lines(phenomena)) / 5


def test_every_phenomenon_acts_is_controlled_and_says_why(phenomena):
    for phenomenon in phenomena:
        assert phenomenon.sentences and phenomenon.controls, phenomenon.name
        assert phenomenon.why and "\n" not in phenomenon.why, phenomenon.name


def test_all_are_japanese(phenomena):
    assert [line for line in all_lines(phenomena) if not KANJI.search(line)] == []


def test_every_status_and_every_key_is_expected_somewhere(phenomena, ja_ct):
    marks = list(chain.from_iterable(parse_markup(line).marks for line in all_lines(phenomena)))
    statuses = {"excluded" if mark.excluded else mark.status for mark in marks}
    assert statuses == {"present", "uncertain", "historical", "absent", "excluded"}
    assert len({mark.entity for mark in marks}) == 11


def test_every_key_that_is_there_says_its_places_once(phenomena):
    """So that a forgotten mark is told from "no place", and no two marks of a text contradict each other."""
    wrong = []
    for line in all_lines(phenomena):
        marks = [mark for mark in parse_markup(line).marks if mark.status not in (None, "absent") and not mark.excluded]
        named = [mark.entity for mark in marks if mark.values]
        if set(named) != {mark.entity for mark in marks} or len(named) != len(set(named)):
            wrong.append(line)
    assert wrong == []


def test_places_are_named_by_the_relation_of_their_key(phenomena):
    marks = chain.from_iterable(parse_markup(line).marks for line in all_lines(phenomena))
    assert {(mark.entity, name) for mark in marks for name in mark.values} <= {
        (entity, RELATIONS.get(entity, "located_in"))
        for entity in {mark.entity for line in all_lines(phenomena) for mark in parse_markup(line).marks}
    }


def test_no_two_differ_only_in_lesion_place_or_number(phenomena, ja_ct):
    found: dict[str, list[str]] = {}
    for phenomenon in phenomena:
        for name, line in phenomenon.lines():
            text = parse_markup(line).text
            found.setdefault(masked(text, ja_ct(text)._.rad), []).append(name)
    assert [names for names in found.values() if len(names) > 1] == []


@pytest.mark.parametrize(
    "text", ["", "。", "、、、！？", "[#1-2]", "＝＝＝＝＝", "\u3000", "右上葉", "ﾅｼ", "\n\n。\n"], ids=repr
)
def test_texts_without_a_finding(ja_ct, text):
    assert ja_ct(text)._.rad.findings == ()


def test_one_sentence_of_five_thousand_characters(ja_ct):
    text = "右上葉に結節を認め、" * 500
    (finding,) = ja_ct(text)._.rad.findings
    assert (finding.key, finding.values) == ("nodules", {"located_in": ("rul",)})


def test_half_width_kana_and_full_width_letters(ja_ct):
    text = "ﾘﾝﾊﾟ節腫大なし。右下葉にｽﾘｶﾞﾗｽ影、左下葉Ｓ６にＧＧＯを認めます。"
    (finding,) = ja_ct(text)._.rad.findings
    assert finding.key == "ggo"
    assert finding.values["located_in"] == ("rll", "lll")
    assert [span.text for span in finding.evidence] == ["ｽﾘｶﾞﾗｽ影", "ＧＧＯ"]
    assert all(text[span.start : span.end] == span.text for span in finding.evidence)


def masked(text, extraction):
    """A sentence with a placeholder for every lesion, place and number."""
    spans = sorted({(m.start, -m.end): "L" if m.status else "P" for m in extraction.mentions}.items())
    pieces, at = [], 0
    for (start, minus_end), placeholder in spans:
        if start >= at:
            pieces += [text[at:start], placeholder]
            at = -minus_end
    return re.sub(r"\d+", "0", "".join([*pieces, text[at:]]))


def all_lines(phenomena):
    return [line for phenomenon in phenomena for _, line in phenomenon.lines()]
