"""Token patterns as phrases: only where the phrases say exactly the same."""

import pytest

from radnlp.schema.token_patterns import written_out


def lower(*words):
    return [{"LOWER": word} for word in words]


def one_of(*words, **more):
    return {"LOWER": {"IN": list(words)}, **more}


@pytest.mark.parametrize(
    ("pattern", "phrases"),
    [
        (lower("no", "evidence"), ["no evidence"]),
        (lower("No"), ["no"]),
        ([{"ORTH": "?"}], ["?"]),
        ([{"TEXT": "결절"}], ["결절"]),
        ([{"lower": "no", "op": "?"}, {"LOWER": "sign", "OP": "1"}], ["no sign", "sign"]),
        ([one_of("is", "was"), {"LOWER": "negative"}], ["is negative", "was negative"]),
        ([{"LOWER": "without"}, one_of("any", "new", OP="?")], ["without any", "without new", "without"]),
        ([one_of("risks of", "risk of")], ["risks of", "risk of"]),
    ],
)
def test_words_choices_and_words_that_may_be_missing(pattern, phrases):
    assert list(written_out(pattern)) == phrases


def test_a_sign_may_touch_its_neighbours():
    assert set(written_out(lower("r", "/", "o"))) == {"r / o", "r/ o", "r /o", "r/o"}


def test_a_hangul_syllable_may_touch_the_next():
    assert set(written_out(lower("없", "음"))) == {"없음", "없 음"}


def test_english_contractions_are_written_as_in_a_text():
    assert written_out(lower("did", "n't", "show")) == ("didn't show",)
    assert written_out(lower("can", "not")) == ("can not", "cannot")
    assert set(written_out(lower("mother", "'s"))) == {"mother's", "mother 's"}


def test_a_contraction_that_begins_a_pattern_gets_the_verbs_it_can_stand_with():
    phrases = written_out(lower("n't", "show"))
    assert "didn't show" in phrases
    assert "doesn't show" in phrases
    assert not any(phrase.startswith("n't") for phrase in phrases)


@pytest.mark.parametrize(
    ("pattern", "complaint"),
    [
        ([{"LEMMA": "show"}], "token no. 1: the attribute 'LEMMA' cannot be written out"),
        ([{"LOWER": "no"}, {"IS_DIGIT": True}], "token no. 2: the attribute 'IS_DIGIT'"),
        ([{"LOWER": {"REGEX": "no.*"}}], "LOWER {'REGEX': 'no.*'}: write a word, or {'IN': [words]}"),
        ([{"LOWER": {"IN": ["no"], "NOT_IN": ["not"]}}], "write a word"),
        ([{"LOWER": {"IN": []}}], "no word is listed"),
        ([{"LOWER": {"IN": ["no", ""]}}], "write a word"),
        ([{"LOWER": 3}], "write a word"),
        ([{"LOWER": "no", "OP": "+"}], "OP '+' cannot be written out as words; '?' can"),
        ([{"TEXT": "US"}], "TEXT 'US' minds upper and lower case"),
        ([{}], "needs one of LOWER, TEXT and ORTH, not 0"),
        ([{"LOWER": "no", "ORTH": "-"}], "needs one of LOWER, TEXT and ORTH, not 2"),
        (["no"], "'no' is no table of attributes"),
        ([], "no token that must be there"),
        ([{"LOWER": "no", "OP": "?"}], "no token that must be there"),
        ([one_of(*"abcdefghij")] * 4, "more than 5000 phrases"),
        (lower(*"////////////"), None),
        (lower(*"//////////////"), "more than 5000 phrases"),
    ],
)
def test_what_cannot_be_written_out_is_refused(pattern, complaint):
    if complaint is None:
        assert len(written_out(pattern)) == 2**11
        return
    with pytest.raises(ValueError) as caught:
        written_out(pattern)
    assert complaint in str(caught.value)
