"""The notation for variants: [a|b] is a choice, [s] is optional, both may be nested."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from radnlp.schema.phrases import MAX_VARIANTS, expand


@pytest.mark.parametrize(
    ("phrase", "variants"),
    [
        ("nodule", ["nodule"]),
        ("nodule[s]", ["nodules", "nodule"]),
        ("[peri|para]hilar", ["perihilar", "parahilar"]),
        ("[right|rt[.]] upper lobe", ["right upper lobe", "rt. upper lobe", "rt upper lobe"]),
        ("[pleural |]effusion", ["pleural effusion", "effusion"]),
        ("[a|b][c|d]", ["ac", "ad", "bc", "bd"]),
        ("no  [new ] nodule ", ["no new nodule", "no nodule"]),
        ("nodule[s|s]", ["nodules"]),
        ("nodule[]", ["nodule"]),
        ("nodule (-)", ["nodule (-)"]),
        ("a|b", ["a|b"]),
        (r"\[-\]", ["[-]"]),
        (r"a\|b[c\|d|e]", ["a|bc|d", "a|be"]),
        ("결절[들]", ["결절들", "결절"]),
    ],
)
def test_what_a_phrase_stands_for(phrase, variants):
    assert list(expand(phrase)) == variants


@pytest.mark.parametrize(
    ("phrase", "fault"),
    [
        ("nodule[s", "bracket at character 7 .* is never closed"),
        ("[a[b]", "bracket at character 1 .* is never closed"),
        ("[a|[b", "bracket at character 4 .* is never closed"),
        ("nodule]", "closing bracket without an opening one at character 7"),
        ("a]b[c]", "closing bracket without an opening one at character 2"),
        ("", "can be empty"),
        ("  ", "can be empty"),
        ("[nodule]", "can be empty"),
        ("[a|b|]", "can be empty"),
    ],
)
def test_a_broken_phrase_says_where(phrase, fault):
    with pytest.raises(ValueError, match=fault):
        expand(phrase)


def test_a_phrase_that_stands_for_too_much_is_a_mistake():
    assert len(expand("[a|b]" * 12)) == 4096
    with pytest.raises(ValueError, match=f"more than {MAX_VARIANTS} variants"):
        expand("[a|b]" * 60)


@given(st.text("ab []|\\", max_size=12))
def test_any_text_gives_phrases_or_a_value_error(phrase):
    try:
        variants = expand(phrase)
    except ValueError:
        return
    assert variants and len(set(variants)) == len(variants)
    assert all(variant == " ".join(variant.split()) != "" for variant in variants)
