"""Reports changed in known ways: what is changed, and what the findings must become."""

import random

import pytest

from radnlp import extract
from radnlp.evaluation.metamorphic.changes import CHANGES, Source, plain_terms
from radnlp.evaluation.metamorphic.facts import Variant, facts_of, same
from radnlp.hooks import default_catalogue


@pytest.fixture(scope="module")
def change():
    _, lexicon = default_catalogue().schema("chest_ct")
    synonyms = plain_terms(lexicon.terms)

    def make(name, text, seed=0):
        source = Source(text=text, reading=extract(text, schema="chest_ct"), synonyms=synonyms)
        variant = CHANGES[name](source, random.Random(seed))
        return None if variant is None else (variant, source)

    return make


@pytest.mark.parametrize(
    ("text", "changed", "key", "status"),
    [
        ("RUL: clear.\nNo pleural effusion.", "RUL: clear.\nPleural effusion.", "pleural_effusion", "present"),
        ("There is no evidence of bronchiectasis.", "Bronchiectasis.", "bronchiectasis", "present"),
        ("Nodule in the RUL. No mass is seen.", "No nodule in the RUL. No mass is seen.", "nodules", "absent"),
    ],
)
def test_a_denial_is_turned_round(change, text, changed, key, status):
    variant, source = change("negation flipped", text)
    assert variant.text == changed
    assert variant.expect(facts_of(source.reading))[key][0] == status
    assert variant.differences(facts_of(source.reading), facts_of(extract(changed, schema="chest_ct"))) == ()


@pytest.mark.parametrize(
    "text",
    [
        "No nodule or mass.",  # a list: which one is turned round?
        "No nodule. The RUL nodule has resolved.",  # the same key twice
        "No new nodule.",  # says that there are others
        "Possible nodule.",  # a cue stands by
    ],
)
def test_what_is_not_simply_there_or_denied_is_left_alone(change, text):
    assert change("negation flipped", text) is None


def test_sides_are_swapped_in_the_case_they_are_written_in(change):
    variant, source = change("side swapped", "Right lower lobe consolidation. LUL에 nodule. RIGHT effusion.")
    assert variant.text == "Left lower lobe consolidation. RUL에 nodule. LEFT effusion."
    assert variant.differences(facts_of(source.reading), facts_of(extract(variant.text, schema="chest_ct"))) == ()


@pytest.mark.parametrize("text", ["Nodule in the RML.", "Right nodule, dextrocardia.", "Nodules in both lungs."])
def test_a_report_without_a_mirror_image_is_left_alone(change, text):
    assert change("side swapped", text) is None


def test_a_term_becomes_another_of_the_same_key(change):
    variant, source = change("synonym swapped", "Ground-glass opacity in the RUL.")
    assert variant.text.endswith(" in the RUL.")
    assert variant.text != source.text
    assert set(facts_of(extract(variant.text, schema="chest_ct"))) == {"ggo"}


def test_items_of_a_list_change_places_and_keep_their_numbers(change):
    text = "Findings:\n1. Nodule in the RUL.\n2. No mass.\nImpression: nodule."
    variant, _ = change("list items shuffled", text)
    assert variant.text == "Findings:\n1. No mass.\n2. Nodule in the RUL.\nImpression: nodule."


@pytest.mark.parametrize(
    "text", ["1. Nodule.\n2. Another in the LLL.", "1. Nodule\n in the RUL.\n2. Mass.", "1. Mass."]
)
def test_items_that_lean_on_others_or_go_on_stay_where_they_are(change, text):
    assert change("list items shuffled", text) is None


def test_what_the_history_names_is_not_compared(change):
    text = "History: pneumonia, RLL mass in 2019.\nFindings: Nodule in the RUL. No mass."
    variant, source = change("history dropped", text)
    assert variant.text == "Findings: Nodule in the RUL. No mass."
    assert variant.ignored == {"mass"}
    assert variant.differences(facts_of(source.reading), facts_of(extract(variant.text, schema="chest_ct"))) == ()


def test_three_letters_in_a_hundred_are_typed_wrong_the_same_on_every_run(change):
    text = "Multiple consolidations with surrounding ground-glass opacity throughout, 12 mm. " * 3
    variant, _ = change("3% typing errors", text, seed=1)
    assert variant.text != text
    assert variant.text.count("12 mm") == 3
    assert change("3% typing errors", text, seed=1)[0].text == variant.text
    assert abs(len(variant.text) - len(text)) <= 8


def test_differences_are_the_keys_that_did_not_change_as_they_must():
    present = ("present", frozenset({("located_in", "rul")}))
    variant = Variant(text="", expect=same, loose=frozenset({"mass"}), ignored=frozenset({"ggo"}), what="")
    before = {"nodules": present, "mass": present, "ggo": present}
    after = {"nodules": ("present", frozenset()), "mass": ("present", frozenset()), "fibrosis": present}
    assert variant.differences(before, after) == ("fibrosis", "nodules")
