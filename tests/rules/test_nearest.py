"""The nearest place inside the clause, with the list it stands in."""

import pytest

from radnlp.api import Lexicon, MappingRequest, MappingResult
from radnlp.rules.nearest import RuleMapper

LINES = """
[Nodule](nodules present located_in=rul) in the [RUL](rul).
[RUL](rul): [nodule](nodules present located_in=rul).
[Nodules](nodules present located_in=rul,rml,lll) in [RUL](rul), [RML](rml) and [LLL](lll).
[Nodules](nodules present located_in=rul,lll) in [RUL](rul) and in the [LLL](lll).
[Nodules](nodules present located_in=right_lung,left_lung) in [both lungs](right_lung;left_lung).
[Nodules](nodules present located_in=right_lung,left_lung,rul) in [both lungs](right_lung;left_lung) and [RUL](rul).
[Nodules](nodules present located_in=rul) in the [RUL](rul), the largest near the fissure of the [LLL](lll).
[Nodule](nodules present located_in=rul) in the [RUL](rul) but a [mass](mass present located_in=lll) in the [LLL](lll).
[Nodule](nodules present located_in=) seen; the [RUL](rul) is clear.
[LLL](lll) [nodule](nodules present located_in=rul) [RUL](rul).
[Nodule](nodules present located_in=rul) in [RUL](rul). [Nodule](nodules present located_in=lll) in [LLL](lll).
[Nodule](nodules present located_in=) is seen. The [RUL](rul) is clear.
No [nodule](nodules absent located_in=) in the [RUL](rul).
No [nodule](nodules absent located_in=lll) in the [RUL](rul), but [nodule](nodules present) in the [LLL](lll).
Possible [nodule](nodules uncertain located_in=rul) in the [RUL](rul).
Prior [nodule](nodules historical located_in=rul) in the [RUL](rul).
Prior [nodule](nodules historical located_in=lll) of the [RUL](rul). [Nodule](nodules present) in the [LLL](lll).
Prior [nodule](nodules historical located_in=lll) of the [RUL](rul). Possible [nodule](nodules uncertain) in [LLL](lll).
Follow-up of [nodule](nodules excluded located_in=lll) in the [RUL](rul). [Nodule](nodules present) in the [LLL](lll).
[Effusion](pleural_effusion present) [right](right_lung) and a [mass](mass present located_in=lll) in [LLL](lll).
[우상엽](rul)과 [좌하엽](lll)에 [결절](nodules present located_in=rul,lll).
[우상엽](rul)와 [우중엽](rml) 및 [좌하엽](lll)에 [결절](nodules present located_in=rul,rml,lll).
[우상엽](rul)에 [결절](nodules present located_in=rul)이 있지만 [좌하엽](lll)은 정상.
[Nodules](nodules present located_in=rul,lll) in [RUL](rul)/[LLL](lll).
[Nodules](nodules present located_in=rul,lll) in [RUL](rul) AND  [LLL](lll).
[Nodules](nodules present located_in=rul) in [RUL](rul) band [LLL](lll).
[Nodules](nodules present located_in=rul,lll) in [RUL](rul) and in  the [LLL](lll).
""".strip().splitlines()


@pytest.mark.parametrize("line", LINES)
def test_places(schema, lexicon, places, line):
    found, wanted = places(RuleMapper(schema, lexicon), line)
    assert found == wanted


def test_each_relation_says_how_it_was_found(schema, lexicon, request_of):
    mapper = RuleMapper(schema, lexicon)
    (result,) = mapper.map([request_of("[Nodules](nodules present) in [RUL](rul) and [LLL](lll).")])
    assert [(relation.value, relation.source, relation.rule) for relation in result.relations] == [
        ("rul", "rules", "nearest list in the clause"),
        ("lll", "rules", "nearest list in the clause"),
    ]
    assert [relation.value_evidence[0].text for relation in result.relations] == ["RUL", "LLL"]


def test_nothing_asked_nothing_answered(schema, lexicon, request_of):
    mapper = RuleMapper(schema, lexicon)
    view = request_of("[Nodule](nodules present) in [RUL](rul).").view
    assert mapper.map([]) == []
    assert mapper.map([MappingRequest(view=view, keys=())]) == [MappingResult()]


def test_answers_come_in_the_order_of_the_requests(schema, lexicon, request_of):
    requests = [
        request_of(line) for line in ("[Nodule](nodules present) [RUL](rul).", "Clear.", "[Mass](mass) [LLL](lll)")
    ]
    values = [[relation.value for relation in result.relations] for result in RuleMapper(schema, lexicon).map(requests)]
    assert values == [["rul"], [], ["lll"]]


def test_without_connectives_a_list_is_held_together_by_its_commas(schema, places):
    found, _ = places(
        RuleMapper(schema, Lexicon(languages=("en",))),
        "[Nodules](nodules present) in [RUL](rul), [RML](rml) and [LLL](lll).",
    )
    assert found == {"nodules": {"rul", "rml"}}


def test_ten_thousand_mentions_in_one_sentence_take_a_second(schema, request_of):
    request = request_of("[nodule](nodules present) in [RUL](rul) with " * 10_000)  # quadratic, it would take minutes
    (result,) = RuleMapper(schema, Lexicon(languages=("en",), connectives=("in",))).map([request])
    assert len(result.relations) == 10_000
