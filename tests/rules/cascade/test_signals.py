"""What the rules know about how they found a place, line by line."""

import re
from dataclasses import replace
from pathlib import Path

import pytest

import radnlp.rules.reading
from radnlp.rules.cascade.signals import CARRIED, DIRECT, LENT, SIGNALS, SignalReader
from radnlp.rules.cooccurrence import CooccurrenceMapper
from radnlp.rules.mapper import RuleMapper

#: A marked report, and the signals that speak against the rules' answer for its nodules.
LINES = {
    "[Nodule](nodules) in the [RUL](rul).": set(),
    "[Nodule](nodules) is seen.": {"no_place"},
    "[Nodule](nodules) is seen. The [RUL](rul) is clear.": {"no_place", "unread_place"},
    "[Nodule](nodules) is seen; the [RUL](rul) is clear.": {"no_place", "unread_place", "free_place", "disagreement"},
    "[Nodule](nodules) in the [RUL](rul) and [LLL](lll).": {"places"},
    "[Nodule](nodules) in the [RUL](rul). [Nodules](nodules) are calcified.": {"partly_placed"},
    "[Nodule](nodules) and [mass](mass) in the [RUL](rul).": {"lent"},
    "[Nodule](nodules) in the [RUL](rul), [mass](mass) in the [LLL](lll).": {"crowded", "places", "disagreement"},
    "Possible [nodule](nodules uncertain) in the [RUL](rul).": {"doubted"},
    "[Nodule](nodules) in the [RUL](rul). No other [nodule](nodules absent).": {"denied_too"},
    "[RUL](rul)\n\n[Mass](mass) there. [Nodule](nodules) in the same lobe.": {"carried", "disagreement"},
}


@pytest.fixture(scope="module")
def read(schema, lexicon, request_of):
    rules, baseline, reader = RuleMapper(schema, lexicon), CooccurrenceMapper(schema), SignalReader(schema)

    def signals(line):
        request = request_of(line)
        return reader.read(request, *rules.map([request]), *baseline.map([request]))

    return signals


@pytest.mark.parametrize("line", LINES)
def test_what_speaks_against_the_answer(line, read):
    found = read(line)["nodules"].values
    assert {name for name, value in found.items() if value} == LINES[line]


def test_a_side_and_a_part_of_it(schema, lexicon, request_of):
    request = request_of("[Nodule](nodules) in the [right lung](right_lung) and [RUL](rul).")
    within = tuple(replace(v, within="right_lung") if v.id == "rul" else v for v in schema.values)
    lobes = replace(schema, values=within)
    rules, baseline = RuleMapper(lobes, lexicon), CooccurrenceMapper(lobes)
    found = SignalReader(lobes).read(request, *rules.map([request]), *baseline.map([request]))
    assert found["nodules"].values["nested"] == 1


def test_every_signal_is_there_for_every_key_that_may_have_a_place(read):
    found = read("[Nodule](nodules) and [effusion](pleural_effusion).")
    assert list(found) == ["nodules"], "the effusion of this schema has no place to be wrong about"
    assert list(found["nodules"].values) == list(SIGNALS)
    assert all(value >= 0 for value in found["nodules"].values.values())


def test_every_way_of_the_reader_is_known():
    """A new way must be told to be direct, lent or carried, or the measure does not see it."""
    folder = Path(radnlp.rules.reading.__file__).parent
    source = "\n".join(path.read_text("utf-8") for path in folder.glob("*.py"))
    written = set(re.findall(r'way="([^"]+)"', source))
    written |= {
        words for words in re.findall(r'"([a-z ]+)"', source) if words.startswith(("the place ", "respectively"))
    }
    assert written - {""} == {*LENT, *CARRIED, *DIRECT}
