"""What cues and sections mean for a mention (guide: status of a key)."""

from itertools import permutations

import pytest

from radnlp.text import decide_status, strongest


@pytest.mark.parametrize(
    ("cues", "status"),
    [
        ([], "present"),
        (["negated"], "absent"),
        (["uncertain"], "uncertain"),
        (["historical"], "historical"),
        (["asserted"], "present"),
        (["negated", "uncertain", "historical", "asserted"], "absent"),  # denial wins over everything
        (["uncertain", "historical"], "historical"),  # the past wins over doubt
        (["historical", "asserted"], "present"),  # "no change since prior" only compares with the past
        (["historical", "asserted", "uncertain"], "uncertain"),
        (["boundary"], "present"),
    ],
)
def test_status_by_cues(cues, status):
    for order in permutations(cues):
        assert decide_status(order, "findings", {}) == (status, None)


@pytest.mark.parametrize("category", ["family", "question", "recommendation", "other_organ"])
def test_some_mentions_do_not_count_and_say_why(category):
    assert decide_status([category], None, {}) == ("present", category)
    assert decide_status([category, "negated"], None, {}) == ("absent", category)


def test_a_nodule_of_another_organ_does_not_count_whatever_else_is_said_of_it():
    assert decide_status(["other_organ", "uncertain"], "findings", {}) == ("uncertain", "other_organ")
    assert decide_status(["other_organ"], "history", {"history": "historical"}) == ("historical", "other_organ")
    assert decide_status(["other_organ"], "technique", {"technique": "excluded"}) == ("present", "other_organ")


@pytest.mark.parametrize("more_telling", ["family", "question", "recommendation"])
def test_of_several_reasons_the_one_about_whom_or_what_for_is_told(more_telling):
    assert decide_status(["other_organ", more_telling], None, {}) == ("present", more_telling)


def test_a_section_of_the_past_makes_its_mentions_historical_unless_denied():
    effects = {"history": "historical", "technique": "excluded"}
    assert decide_status([], "history", effects) == ("historical", None)
    assert decide_status(["negated"], "history", effects) == ("absent", None)
    assert decide_status(["asserted"], "history", effects) == ("historical", None)
    assert decide_status(["question"], "history", effects) == ("historical", "question")


def test_what_the_clinical_information_suspects_is_the_question():
    assert decide_status(["uncertain"], "history", {"history": "historical"})[1] == "question"
    assert decide_status(["uncertain"], "findings", {"history": "historical"}) == ("uncertain", None)
    assert decide_status(["uncertain", "family"], "history", {"history": "historical"})[1] == "family"


def test_a_section_can_take_its_mentions_out_of_the_count():
    effects = {"technique": "excluded"}
    assert decide_status([], "technique", effects) == ("present", "technique")
    assert decide_status(["family"], "technique", effects) == ("present", "family")
    assert decide_status([], "findings", effects) == ("present", None)
    assert decide_status([], None, effects) == ("present", None)


@pytest.mark.parametrize(
    ("statuses", "status"),
    [
        (["absent", "historical", "uncertain", "present"], "present"),
        (["absent", "historical", "uncertain"], "uncertain"),
        (["absent", "historical"], "historical"),
        (["absent"], "absent"),
        ([], None),
    ],
)
def test_the_strongest_mention_decides_for_the_key(statuses, status):
    assert strongest(statuses) == strongest(reversed(statuses)) == status
