"""The rule mapper: places of findings, and what each relation rests on."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from radnlp.api import Lexicon, MappingRequest, MappingResult
from radnlp.hooks import default_catalogue
from radnlp.rules.keys import RuleKeyClassifier
from radnlp.rules.mapper import RuleMapper

LINES = """
[Nodule](nodules present located_in=rul) in the [RUL](rul).
[RUL](rul): [nodule](nodules present located_in=rul).
[Nodules](nodules present located_in=rul,rml,lll) in [RUL](rul), [RML](rml) and [LLL](lll).
[Nodules](nodules present located_in=rul,lll) in [RUL](rul) and in the [LLL](lll).
[Nodules](nodules present located_in=right_lung,left_lung) in [both lungs](right_lung;left_lung).
[Nodules](nodules present located_in=right_lung,left_lung,rul) in [both lungs](right_lung;left_lung) and [RUL](rul).
[Nodules](nodules present located_in=rul,lll) in the [RUL](rul), the largest near the fissure of the [LLL](lll).
[Nodule](nodules present located_in=rul) in the [RUL](rul) but a [mass](mass present located_in=lll) in the [LLL](lll).
[Nodule](nodules present located_in=) seen; the [RUL](rul) is clear.
[LLL](lll) [nodule](nodules present located_in=lll), [RUL](rul) [mass](mass present located_in=rul).
[Nodule](nodules present located_in=rul,lll) in [RUL](rul). [Nodule](nodules present) in [LLL](lll).
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
""".strip().splitlines()


@pytest.mark.parametrize("line", LINES)
def test_places(schema, lexicon, places, line):
    found, wanted = places(RuleMapper(schema, lexicon), line)
    assert found == wanted


def relations(schema, lexicon, request):
    """Key, value, words of key and value, and way of each relation."""
    (result,) = RuleMapper(schema, lexicon).map([request])
    return [
        (
            f"{relation.key} {relation.value}",
            " + ".join(span.text for span in relation.key_evidence),
            " + ".join(span.text for span in relation.value_evidence),
            relation.rule,
        )
        for relation in result.relations
    ]


def test_each_relation_says_how_it_was_found_and_where(schema, lexicon, request_of):
    request = request_of("[Nodules](nodules present) in [RUL](rul) and [LLL](lll). [RML](rml) [mass](mass).")
    assert relations(schema, lexicon, request) == [
        ("nodules lll", "Nodules", "LLL", "the place behind it"),
        ("nodules rul", "Nodules", "RUL", "the place behind it"),
        ("mass rml", "mass", "RML", "the place before it"),
    ]
    (result,) = RuleMapper(schema, lexicon).map([request])
    assert {relation.source for relation in result.relations} == {"rules"}


def test_a_place_said_in_two_words_rests_on_both(chest, view_of, lexicon):
    line = "[Upper lobe](bul) [nodule](nodules) on the [right](right_lung)."
    assert relations(chest, lexicon, chest_request(chest, view_of, line)) == [
        ("nodules rul", "nodule", "Upper lobe + right", "the place before it and the place behind it")
    ]


@pytest.mark.parametrize(
    ("line", "sides"),
    [
        ("[Effusion](pleural_effusion) on the [right](right_lung).", "right_lung"),
        ("[Bilateral](right_lung;left_lung) [effusion](pleural_effusion).", "left_lung right_lung"),
        # a lobe is its lung
        ("[Effusion](pleural_effusion) at the [left base](lll).", "left_lung"),
        ("[Effusion](pleural_effusion) over the [lingula](left_lingula).", "left_lung"),
        ("[Lower lobes](bll): [effusion](pleural_effusion).", "left_lung right_lung"),
        ("[Upper lobe](bul) [effusion](pleural_effusion) on the [right](right_lung).", "right_lung"),
        ("[Both upper lobes](rul;lul) [thickening](pleural_thickening).", "left_lung right_lung"),
        # the pleura is no side
        ("[Thickening](pleural_thickening) of the [fissure](pleural).", ""),
        ("[Thickening](pleural_thickening) of the [fissure](pleural) on the [left](left_lung).", "left_lung"),
        # nothing from what is not there, or does not count
        ("No [effusion](pleural_effusion absent) on the [right](right_lung).", ""),
        (
            "No [right](right_lung) [fluid](pleural_effusion absent). [Left](left_lung) [fluid](pleural_effusion).",
            "left_lung",
        ),
        ("Follow-up of the [right](right_lung) [effusion](pleural_effusion excluded).", ""),
        (
            "[Right](right_lung) [fluid](pleural_effusion historical). [Left](left_lung) [fluid](pleural_effusion).",
            "left_lung",
        ),
    ],
)
def test_the_side_of_a_pleural_lesion_is_its_lung(chest, view_of, lexicon, line, sides):
    (result,) = RuleMapper(chest, lexicon).map([chest_request(chest, view_of, line)])
    assert " ".join(relation.value for relation in result.relations) == sides
    assert {relation.type for relation in result.relations} <= {"has_side"}


def test_the_side_of_a_lobe_rests_on_the_words_for_the_lobe(chest, view_of, lexicon):
    request = chest_request(chest, view_of, "[Effusion](pleural_effusion) at the [left base](lll).")
    assert relations(chest, lexicon, request) == [
        ("pleural_effusion left_lung", "Effusion", "left base", "the place behind it")
    ]


def test_lung_and_pleural_lesions_of_one_place_each_have_their_own_relation(chest, view_of, lexicon):
    request = chest_request(chest, view_of, "[Effusion](pleural_effusion) and [nodule](nodules) in the [RLL](rll).")
    (result,) = RuleMapper(chest, lexicon).map([request])
    assert [(relation.key, relation.type, relation.value) for relation in result.relations] == [
        ("nodules", "located_in", "rll"),
        ("pleural_effusion", "has_side", "right_lung"),
    ]


def test_it_names_the_finding_before_and_the_place_behind(schema, lexicon, request_of):
    request = request_of("[Nodule](nodules present). It is in the [RUL](rul).")
    assert relations(schema, lexicon, request) == [("nodules rul", "Nodule", "RUL", "the place behind it")]


def test_words_that_are_denied_give_their_place_to_no_other_mention_of_the_key(schema, lexicon, request_of):
    request = request_of("No [nodule](nodules absent) in the [RUL](rul). It is not there. [Nodule](nodules present).")
    assert relations(schema, lexicon, request) == []


def test_nothing_asked_nothing_answered(schema, lexicon, request_of):
    mapper = RuleMapper(schema, lexicon)
    view = request_of("[Nodule](nodules present) in [RUL](rul).").view
    assert mapper.map([]) == []
    assert mapper.map([MappingRequest(view=view, keys=())]) == [MappingResult()]
    assert mapper.map([request_of("")]) == [MappingResult()]


def test_answers_come_in_the_order_of_the_requests(schema, lexicon, request_of):
    requests = [
        request_of(line) for line in ("[Nodule](nodules present) in [RUL](rul).", "Clear.", "[LLL](lll) [mass](mass)")
    ]
    values = [[relation.value for relation in result.relations] for result in RuleMapper(schema, lexicon).map(requests)]
    assert values == [["rul"], [], ["lll"]]


def test_one_request_leaves_nothing_behind_for_the_next(schema, lexicon, request_of):
    requests = [
        request_of(line) for line in ("[Mass](mass) in [RUL](rul):", "It is in the same lobe, [nodule](nodules).")
    ]
    assert [len(result.relations) for result in RuleMapper(schema, lexicon).map(requests)] == [1, 0]


def test_without_signposts_places_beside_a_finding_are_still_its_own(schema, places):
    mapper = RuleMapper(schema, Lexicon(languages=("en",)))
    found, _ = places(mapper, "[RUL](rul) [nodule](nodules present), [LLL](lll) [mass](mass present).")
    assert found == {"nodules": {"rul"}, "mass": {"lll"}}


# Whatever stands in a report

FINDINGS = ["[Nodule](nodules present)", "[mass](mass uncertain)", "[effusion](pleural_effusion absent)"]
FINDINGS += ["[nodule](nodules historical)", "[결절](nodules present)", "[nodule](nodules excluded)"]
PLACES = ["[RUL](rul)", "[LLL](lll)", "[both lungs](right_lung;left_lung)", "[우상엽](rul)", "[right](right_lung)"]
SIGNS = [
    *" ,;.:/>()",
    "\n",
    "\n\n",
    "\r\n",
    "- ",
    "1. ",
    "3 mm ",
    "FINDINGS:",
    "IMPRESSION\n",
    "\u3000",
    "\ud800",
    "음",
]


@pytest.fixture(scope="module")
def words(lexicon):
    """Findings, places, signposts, clause breaks and punctuation of a report."""
    phrases = [signpost.phrase for signpost in lexicon.signposts]
    return [*FINDINGS * 3, *PLACES * 3, *SIGNS * 2, *phrases, *lexicon.clause_breaks]


@given(st.data())
def test_every_mixture_of_words_is_read_and_offsets_are_exact(schema, lexicon, request_of, words, data):
    pieces = data.draw(st.lists(st.sampled_from(words), max_size=30))
    request = request_of(data.draw(st.sampled_from([" ", ""])).join(pieces))
    (result,) = RuleMapper(schema, lexicon).map([request])
    text = request.view.report.text
    asked = {prediction.key for prediction in request.keys}
    spans = {(mention.start, mention.end): mention for mention in request.view.mentions}
    for relation in result.relations:
        assert relation.key in asked - {"pleural_effusion"}
        assert relation.rule and relation.value_evidence and len(relation.key_evidence) == 1
        for span in (*relation.key_evidence, *relation.value_evidence):
            assert text[span.start : span.end] == span.text
            assert (span.start, span.end) in spans
        (key,) = relation.key_evidence
        mention = spans[key.start, key.end]
        assert mention.status != "absent" and mention.excluded is None


UNITS = [
    *(
        "nodule RUL ",
        "RUL nodule ",
        "nodule in the RUL. ",
        "RUL: nodule; ",
        "nodule, mass and ",
        "nodule with ",
        "nodule but ",
    ),
    *(
        "RUL ",
        "RUL and ",
        "RUL > ",
        "especially RUL ",
        "it ",
        "it is in the RUL. ",
        "the largest RUL ",
        "same lobe ",
        "adjacent ",
    ),
    *(
        "respectively ",
        "; ",
        ": ",
        ", ",
        ".",
        "RUL:\n",
        "- nodule\n",
        "tumor ",
        "no nodule in the RUL, ",
        "RUL에 결절이 있고 ",
    ),
]


@pytest.fixture(scope="module")
def chest_ct_mapper():
    return RuleMapper(*default_catalogue().schema("chest_ct"))


@pytest.mark.parametrize("unit", UNITS)
def test_a_report_of_nothing_else_takes_linear_time(growth, chest, chest_ct_mapper, view_of, unit):
    marked = unit
    for words, entity in {"nodule": "nodules", "mass": "mass", "결절": "nodules", "RUL": "rul"}.items():
        marked = marked.replace(words, f"[{words}]({entity})")
    requests = {
        size: chest_request(chest, view_of, "[Nodule](nodules), [mass](mass) in the [RUL](rul). " + marked * size)
        for size in (400, 1600)
    }
    assert growth(lambda size: chest_ct_mapper.map([requests[size]]), 400) < 10


@pytest.mark.parametrize(
    "frame",
    [
        "{places}: {findings}",  # every finding has every place
        "{findings} in the {places}",
        "{findings}. {its}",  # "it" speaks of all the findings before
        "{findings}: {places}",
    ],
)
def test_many_findings_of_many_places_take_linear_time(growth, chest, chest_ct_mapper, view_of, frame):
    def request(size):
        findings, places = "[nodule](nodules) and " * size, "[RUL](rul) and " * size
        its = "it is in the [RUL](rul) and " * size
        return chest_request(chest, view_of, frame.format(findings=findings, places=places, its=its))

    requests = {size: request(size) for size in (200, 800)}
    assert growth(lambda size: chest_ct_mapper.map([requests[size]]), 200) < 10


@pytest.fixture(scope="session")
def chest():
    """The schema chest_ct, with all its places and the sides of the pleural lesions."""
    return default_catalogue().schema("chest_ct")[0]


def chest_request(chest, view_of, line):
    """The request for a marked report with the keys and places of chest_ct."""
    view = view_of(line, chest)
    (keys,) = RuleKeyClassifier(chest).classify([view])
    return MappingRequest(view=view, keys=tuple(key for key in keys if key.status != "absent"))
