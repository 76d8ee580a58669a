"""Words that only tell where something else is."""

import pytest

from radnlp.rules.reading.landmarks import is_known, is_landmark, without_touched


def heads(items):
    return [item for item in items.found if hasattr(item, "inside")]


@pytest.mark.parametrize(
    ("line", "kept"),
    [
        ("[Mass](mass) in the [LLL](lll), abutting the [LUL](lul).", ["Mass", "LLL"]),
        ("[Mass](mass) abutting the [RUL](rul) and [RML](rml).", ["Mass"]),
        ("[GGO](ggo) in the [right lung](right_lung), except the [RML](rml).", ["GGO", "right lung"]),
        # a place that is led by a word of its own is where the finding lies
        ("[Nodule](nodules) abutting the pleura in the [RLL](rll).", ["Nodule", "RLL"]),
        ("[Nodule](nodules) in the [RUL](rul) and [RML](rml).", ["Nodule", "RUL", "RML"]),
    ],
)
def test_what_is_only_touched_is_no_place(items_of, line, kept):
    text, items = items_of(line)
    assert [text[item.start : item.end] for item in without_touched(text, items)] == kept


@pytest.mark.parametrize(
    ("line", "landmarks"),
    [
        ("[GGO](ggo) around the [mass](mass).", ["mass"]),
        ("Around the [mass](mass), [GGO](ggo).", ["mass"]),
        ("[GGO](ggo) around it and a [mass](mass).", []),
        ("[GGO](ggo) and [mass](mass).", []),
    ],
)
def test_a_finding_behind_around_is_a_landmark(items_of, line, landmarks):
    text, items = items_of(line)
    assert [text[head.start : head.end] for head in heads(items) if is_landmark(text, items, head.start)] == landmarks


@pytest.mark.parametrize(
    ("line", "known"),
    [
        ("The [mass](mass) in the [RUL](rul).", True),
        ("These [nodules](nodules).", True),
        ("상기 [결절](nodules).", True),
        ("A [mass](mass) in the [RUL](rul).", False),
        ("Bathe [mass](mass).", False),
    ],
)
def test_the_article_speaks_of_one_named_before(items_of, line, known):
    text, items = items_of(line)
    assert is_known(text, heads(items)[0]) is known


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("[Mass](mass) in the [RUL](rul). [GGO](ggo) around the [mass](mass).", "rul"),
        ("[Mass](mass) in the [RUL](rul). [GGO](ggo) in the contralateral lung.", "left_lung"),
        ("[Mass](mass) in the [RUL](rul). [GGO](ggo) in the ipsilateral [lower lobe](bll).", "rll"),
        ("1. [Mass](mass), [RUL](rul)\n  - [GGO](ggo)", "rul"),
        ("1. [Mass](mass), [RUL](rul)\n2. [GGO](ggo)", None),
        ("[Nodule](nodules) in [RUL](rul) and [LUL](lul). [GGO](ggo) in the contralateral lung.", None),
    ],
)
def test_a_place_from_what_was_said_before(read, line, found):
    assert {values for words, values, *_ in read(line) if words == "GGO"} == ({found} if found else set())
