"""The words that a model reads: one constant beginning, the same names everywhere."""

import json
import re
from types import SimpleNamespace

import pytest
from radnlp_llama.answers import form, read
from radnlp_llama.prompts import prefix, shipped_prompts
from radnlp_llama.prompts.rendering import rest, rows_of
from radnlp_llama.tasks.providers import rounds_of
from radnlp_llama.tasks.questions import sentence_slots

from radnlp.api import ConfigError, default_catalogue

PROMPTS = shipped_prompts()


class NoNames:
    def options(self, name, options):
        raise AssertionError("an example does not keep to the form")


def rendered(prompt, **changes):
    """Prefix, and the slots of each round for some names."""
    schema = default_catalogue().vocabulary(prompt.schema)
    if prompt.task == "sentences":
        slots_of = lambda number, names: sentence_slots(schema, len(names))  # noqa: E731
    else:
        rounds = rounds_of(prompt, schema, reasoning=changes.get("reasoning", False))
        slots_of = lambda number, names: tuple(  # noqa: E731
            slot for name, slot in rounds[number].slots.items() if name in names
        )
    return SimpleNamespace(schema=schema, slots_of=slots_of, text=prefix(prompt, schema, slots_of))


@pytest.mark.parametrize("prompt", PROMPTS.values(), ids=list(PROMPTS))
def test_a_prefix_has_at_most_4000_characters(prompt):
    assert 500 < len(rendered(prompt).text) <= 4000


@pytest.mark.parametrize("prompt", PROMPTS.values(), ids=list(PROMPTS))
def test_two_worked_examples_keep_to_the_form(prompt):
    """The fault of the paper's prompt: examples that name places otherwise than the list."""
    words = rendered(prompt)
    assert len(prompt.examples) == 2
    for example in prompt.examples:
        for number, answer in enumerate(example.answers):
            slots = words.slots_of(number, list(answer))
            assert [slot.key for slot in slots] == list(answer), "examples answer in the order of the schema"
            written = json.dumps(
                {
                    key: value if isinstance(value, str | list) else _compact(value, slots)
                    for key, value in answer.items()
                },
                ensure_ascii=False,
                separators=(",", ":"),
            )
            assert read(written, slots, NoNames()).kept_to_form
            assert f"Answer:\n{written}" in words.text
            assert form(slots)


def _compact(answer, slots):
    """Reasoning is only shown when it is asked for; a status and places are one list."""
    left = {name: value for name, value in answer.items() if name != "reasoning"}
    if "status" in left and len(left) > 1:
        status, places = left.values()
        return [status, *places]
    return next(iter(left.values()))


@pytest.mark.parametrize("prompt", [p for p in PROMPTS.values() if p.task != "sentences"], ids=lambda p: p.id)
def test_every_key_and_value_is_listed_by_the_name_that_the_form_has(prompt):
    words = rendered(prompt)
    listed = set(re.findall(r"^- (\w+):", words.text, re.MULTILINE))
    assert {key.id for key in words.schema.keys} | {value.id for value in words.schema.values} <= listed


def test_reasoning_stands_before_the_label_when_it_is_asked_for():
    prompt = PROMPTS["chest_xray"]
    assert "reasoning" not in rendered(prompt).text
    text = rendered(prompt, reasoning=True).text
    assert '"nodule":{"reasoning":"granuloma, left upper lobe","label":"left"}' in text
    assert len(text) <= 4000


def test_the_report_stands_between_its_marks_and_the_question_behind_it():
    assert rest("A mass.\n", ["Keys: mass"]) == "A mass.\n\n</report>\nKeys: mass\nAnswer:\n"


def test_a_second_question_has_the_first_answer_before_it():
    text = rest("x", ["Question 1: glioma", "Question 2: glioma"], ['{"glioma":"present"}'])
    assert text.endswith('Question 1: glioma\nAnswer:\n{"glioma":"present"}\nQuestion 2: glioma\nAnswer:\n')


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (
            {"mass": {"status": "present", "located_in": ["RUL"]}},
            r"answers mass\.located_in with RUL; allowed are right",
        ),
        ({"mass": {"status": "seen", "located_in": []}}, r"answers mass\.status with seen"),
        ({"mass": {"status": "present"}}, r"says nothing of mass\.located_in"),
        ({"tumour": {"status": "present"}}, "answers tumour, which is not asked"),
    ],
)
def test_an_example_that_says_something_else_than_the_form_is_refused(answer, words):
    slots = rendered(PROMPTS["chest_ct"]).slots_of(0, list(answer))
    with pytest.raises(ConfigError, match=words):
        rows_of(answer, slots, "mine")
