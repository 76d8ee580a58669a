"""JSON with faults: what is read of it, and what is noted."""

import pytest
from radnlp_llama.answers.nodes import Array, Cut, Object
from radnlp_llama.answers.tolerant import values


def plain(node):
    """The tree as Python's own, doubled names as a list of pairs."""
    if isinstance(node, Object):
        return [(name, plain(value)) for name, value in node.pairs]
    if isinstance(node, Array):
        return [plain(item) for item in node.items]
    return "CUT" if isinstance(node, Cut) else node


@pytest.mark.parametrize(
    ("text", "tree"),
    [
        ('{"a":"b"}', [("a", "b")]),
        ('{"a":{"b":[]}}', [("a", [("b", [])])]),
        ('{"a":"x","a":"y"}', [("a", "x"), ("a", "y")]),
        ('{"a":"say "mass" here","b":"c"}', [("a", 'say "mass" here'), ("b", "c")]),
        ('{"a":"one \\"two\\" \\u00e9\\n"}', [("a", 'one "two" é\n')]),
        ("{'a': 'patient's own'}", [("a", "patient's own")]),
        ('{"a":true,"b":null,"c":12}', [("a", True), ("b", None), ("c", "12")]),
        ('{"a":}', [("a", None)]),
        ('{"a","b":"c"}', [("a", None), ("b", "c")]),
        ('{"a":["b","c', [("a", ["b", "CUT"])]),
        ('{"a":b', [("a", "CUT")]),
        ("{a: b, c: [d, e]}", [("a", "b"), ("c", ["d", "e"])]),
        ("{}", []),
    ],
)
def test_one_object(text, tree):
    (found,), _ = values(text)
    assert plain(found) == tree


def test_cut_objects_say_so_and_closed_ones_do_not():
    (found,), mended = values('{"a":{"b":"c"},"d":{"e":["f"')
    assert found.cut
    assert [value.cut for _, value in found.pairs] == [False, True]
    assert mended == ["cut end"]


def test_several_objects_come_in_their_order():
    found, mended = values('First {"a":"b"} then {"c":"d"}')
    assert [plain(node) for node in found] == [[("a", "b")], [("c", "d")]]
    assert mended == ["words around"]


def test_a_footnote_is_no_list():
    assert values("As described [1] and [see above].") == ([], [])


def test_good_json_has_nothing_to_mend():
    assert values(' {"a": ["b", "c"], "d": {"e": 1}} ')[1] == []


@pytest.mark.parametrize("text", ["{" * 5000, "[" * 5000, '{"a":' * 5000, '{"' * 5000, "}" * 5000, '{"a' + ":" * 5000])
def test_hostile_text_is_read_in_no_time(text):
    values(text)
