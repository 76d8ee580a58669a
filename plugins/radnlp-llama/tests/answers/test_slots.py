"""Form, worked answer and slots say the same."""

import json
import re

import pytest
from radnlp_llama.answers import Field, Slot, form, read, written

from radnlp.api import Fixed, FreeText, OneOf, SomeOf

STATUS = Field(name="status", kind="one", options=("present", "absent"), denies=("absent",))
PLACES = Field(name="located_in", kind="some", options=("rul", "rll"), relation="located_in")
WHY = Field(name="reasoning", kind="free", most=5)
MASS = Slot(key="mass", fields=(STATUS, PLACES))
NODULE = Slot(key="nodule", fields=(STATUS,))


def test_a_status_with_places_is_a_list_and_a_single_field_its_value():
    assert form([MASS, NODULE]) == (
        Fixed(text='{"mass":['),
        OneOf(name="mass.status", options=('"present"', '"absent"')),
        SomeOf(name="mass.located_in", options=(',"rul"', ',"rll"'), separator=""),
        Fixed(text=',"nodule":'),
        OneOf(name="nodule.status", options=('"present"', '"absent"')),
        Fixed(text="}"),
    )


def test_free_words_end_with_their_quotation_mark():
    why = Slot(key="mass", fields=(WHY, STATUS))
    assert form([why])[:3] == (
        Fixed(text='{"mass":{"reasoning":"'),
        FreeText(name="mass.reasoning", most=5),
        Fixed(text=',"status":'),
    )


ROWS = {"mass": {"status": ("present",), "located_in": ("rll", "rul")}, "nodule": {"status": ("absent",)}}


def test_values_are_written_in_the_order_of_their_options():
    text = written([MASS, NODULE], ROWS)
    assert text == '{"mass":["present","rul","rll"],"nodule":"absent"}'


def test_names_of_every_choice_differ():
    names = [part.name for part in form([MASS, NODULE]) if not isinstance(part, Fixed)]
    assert len(set(names)) == len(names) == 3


class NoNames:
    """An answer that keeps to the form asks for no other words."""

    def options(self, name, options):
        raise AssertionError("asked")


def test_what_is_written_is_read_without_other_words():
    answer = read(written([MASS, NODULE], ROWS), [MASS, NODULE], NoNames())
    assert answer.kept_to_form
    assert answer.rows["mass"] == {"status": ("present",), "located_in": ("rul", "rll")}
    assert not (answer.mended or answer.faults or answer.missing)


@pytest.mark.parametrize(
    "text",
    [
        '{"mass":["present","rll","rul"],"nodule":"absent"}',  # order
        '{"mass":["present","rul","rul"],"nodule":"absent"}',  # twice
        '{"mass":["rul","present"],"nodule":"absent"}',  # the status is not first
        '{"mass":{"status":"present","located_in":["rul"]},"nodule":"absent"}',  # an object
        '{"nodule":"absent","mass":["present"]}',  # order of keys
        '{"mass":["present"],"mass":["present"],"nodule":"absent"}',
        '{ "mass":["present"],"nodule":"absent"}',
    ],
)
def test_what_the_form_would_not_write_did_not_keep_to_it(text, chest_ct):
    from radnlp_llama.answers import Names

    assert not read(text, [MASS, NODULE], Names(chest_ct.schema, chest_ct.lexicon)).kept_to_form


def test_ids_of_any_script_and_with_signs_stand_in_json():
    odd = Slot(key='a "b"', fields=(Field(name="右", kind="one", options=("左\\", "é")),))
    text = written([odd], {'a "b"': {"右": ("左\\",)}})
    assert json.loads(text) == {'a "b"': "左\\"}
    fixed, choice, _ = form([odd])
    assert re.fullmatch(re.escape(fixed.text + choice.options[0] + "}"), text)
