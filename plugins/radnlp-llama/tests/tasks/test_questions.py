"""What is asked, made from a schema."""

import pytest
from radnlp_llama.tasks.questions import relation_rounds, sentence_slots, side_rounds, step_rounds

from radnlp.api import ConfigError, EntityKey, EntityValue, RelationType, Schema, default_catalogue


def names(slots):
    return [(slot.key, [field.name for field in slot.fields]) for slot in slots]


@pytest.fixture
def schema():
    return default_catalogue().vocabulary


def test_relations_ask_for_status_and_values_of_the_targets_in_schema_order(schema):
    (asked,) = relation_rounds(schema("chest_ct"))
    assert names(asked.asked({"pleural_effusion", "nodules"}, set())) == [
        ("nodules", ["status", "located_in"]),
        ("pleural_effusion", ["status", "has_side"]),
    ]


def test_every_status_and_every_licensed_value_can_be_answered(schema):
    slot = relation_rounds(schema("chest_ct"))[0].slots["pleural_effusion"]
    status, side = slot.fields
    assert status.options == ("present", "uncertain", "historical", "absent") and status.denies == ("absent",)
    assert side.options == ("right_lung", "left_lung")


def test_the_steps_of_brain_mri_are_two_rounds(schema):
    first, second = step_rounds(schema("brain_mri"))
    assert list(first.slots) == ["glioma", "lymphoma", "metastasis", "non_malignant_tumor", "non_tumor"]
    assert list(second.slots) == [
        "glioma", "lymphoma", "metastasis", "demyelinating", "infection_inflammation", "hemorrhage_vascular", "stroke",
    ]  # fmt: skip
    assert names(first.asked({"stroke"}, set())) == [("non_tumor", ["status"])]
    assert names(second.asked({"stroke", "glioma"}, {"non_tumor"})) == [("stroke", ["status"])]
    assert names(second.asked({"stroke", "glioma"}, {"glioma"})) == [("glioma", ["has_episode"])]


def test_sentences_are_asked_for_by_number(schema):
    slots = sentence_slots(schema("ja_ct"), 2)
    assert names(slots) == [("1", ["class"]), ("2", ["class"])]
    assert slots[0].fields[0].options == ("background", "positive", "negative", "continuation")


def test_a_schema_of_200_values_can_be_asked_about():
    values = tuple(EntityValue(id=f"place_{number}", type="location", label=str(number)) for number in range(200))
    schema = Schema(
        id="many",
        version="1.0.0",
        title="",
        languages=("en",),
        source="",
        keys=(EntityKey(id="lesion", type="lesion", label="Lesion"),),
        values=values,
        relations=(RelationType(id="located_in", value_type="location", keys=("lesion",)),),
    )
    ((slot,),) = (asked.asked({"lesion"}, set()) for asked in relation_rounds(schema))
    assert len(slot.fields[1].options) == 200


def test_one_label_cannot_answer_two_relations():
    keys = (EntityKey(id="lesion", type="lesion", label="Lesion"),)
    relations = tuple(RelationType(id=name, value_type=name, keys=("lesion",)) for name in ("in", "of"))
    schema = Schema(id="two", version="1.0.0", title="", languages=("en",), source="", keys=keys, relations=relations)
    with pytest.raises(ConfigError, match="has 2 relations"):
        side_rounds(schema)
