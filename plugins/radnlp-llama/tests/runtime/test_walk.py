"""A form, walked with a vocabulary of single characters: every answer can be reached, and nothing else."""

import itertools
import json
import math
import random

import numpy as np
import pytest
from radnlp_llama.runtime.free_text import FreeTokens
from radnlp_llama.runtime.grammar import Grammars
from radnlp_llama.runtime.job import choose, forced
from radnlp_llama.runtime.walk import FreeRun, Walk

from radnlp.api import ConfigError, Fixed, FreeText, OneOf, SomeOf


class Characters:
    """One token a byte."""

    def spell(self, text):
        return tuple(text.encode())

    def free(self, end):
        return FreeTokens([bytes([number]) for number in range(256)], end)


@pytest.fixture
def grammars():
    return Grammars(Characters())


STATUS = OneOf(name="status", options=('"present"', '"absent"', '"past"'))
PLACES = SomeOf(name="places", options=('"rul"', '"rml"', '"rll"', '"lul"'), least=1, most=3)
FORM = (Fixed(text='{"nodules":'), STATUS, Fixed(text=',"in":['), PLACES, Fixed(text="}"))


def answers(form, grammars):
    """Every answer with the number of choices on its way, found by trying every allowed token."""
    found, grammar = {}, grammars.of(form)
    open_rows = [()]
    while open_rows:
        row = open_rows.pop()
        walk, choices = Walk(form, grammar), 0
        for token in row:
            choices += len(walk.allowed) > 1
            walk.take(token)
        if walk.done:
            assert bytes(row).decode() == walk.text
            found[walk.text] = choices
        open_rows += [(*row, int(token)) for token in walk.allowed]
    return found


def test_every_answer_of_the_form_and_no_other(grammars):
    written = answers(FORM, grammars)
    places = [chosen for count in (1, 2, 3) for chosen in itertools.combinations(("rul", "rml", "rll", "lul"), count)]
    expected = {
        json.dumps({"nodules": status, "in": list(chosen)}, separators=(",", ":"))
        for status in ("present", "absent", "past")
        for chosen in places
    }
    assert set(written) == expected
    assert max(map(len, written)) == grammars.of(FORM).longest


@pytest.mark.parametrize(
    ("least", "most", "expected"),
    [
        (0, None, ["]", "a,b,c]", "a,b]", "a,c]", "a]", "b,c]", "b]", "c]"]),
        (0, 1, ["]", "a]", "b]", "c]"]),
        (2, 2, ["a,b]", "a,c]", "b,c]"]),
        (3, 3, ["a,b,c]"]),
        (0, 0, ["]"]),
    ],
)
def test_as_many_as_are_wanted(grammars, least, most, expected):
    part = SomeOf(name="x", options=("a", "b", "c"), least=least, most=most)
    assert sorted(answers((part,), grammars)) == expected


def test_the_scores_of_all_answers_are_a_probability(grammars):
    """Whatever the model thinks: the answers exclude each other, and one of them is given."""
    lot = random.Random(7)
    taste = np.array([lot.uniform(-4, 4) for _ in range(256)])
    total = 0.0
    for text in answers(FORM, grammars):
        walk = Walk(FORM, grammars.of(FORM))
        for place, token in enumerate(text.encode()):
            logits = np.roll(taste, place)[walk.allowed]  # another opinion at each place
            softmax = np.exp(logits) / np.exp(logits).sum()
            walk.take(token, float(softmax[list(walk.allowed).index(token)]))
        assert walk.score == pytest.approx(math.prod(choice.probability for choice in walk.choices))
        total += walk.score
    assert total == pytest.approx(1.0)


def test_what_was_chosen_is_told_by_name(grammars):
    walk = Walk(FORM, grammars.of(FORM))
    for token in b'{"nodules":"present","in":["rul","lul"]}':
        walk.take(token, 0.5 if len(walk.allowed) > 1 else 1.0)
    status, places = walk.choices
    assert (status.name, status.chosen) == ("status", ('"present"',))
    assert (places.name, places.chosen) == ("places", ('"rul"', '"lul"'))
    assert status.probability == 0.5**2  # "a" or "p", then "pr" or "pa"
    assert walk.done and walk.text == '{"nodules":"present","in":["rul","lul"]}'


def test_what_leaves_no_choice_is_taken_at_once(grammars):
    walk = Walk(FORM, grammars.of(FORM))
    assert bytes(forced(walk)) == b'{"nodules":"'
    assert bytes(walk.allowed.tolist()) == b"ap"


def test_a_form_without_any_choice_is_done_before_it_begins(grammars):
    form = (Fixed(text="{"), OneOf(name="only", options=("x",)), Fixed(text="}"))
    walk = Walk(form, grammars.of(form))
    assert bytes(forced(walk)) == b"{x}"
    assert walk.done and walk.score == 1.0 and walk.choices[0].chosen == ("x",)


@pytest.mark.parametrize("seed", range(20))
def test_free_words_end_in_time_and_are_text(grammars, seed):
    form = (Fixed(text='"'), FreeText(name="why", most=9), Fixed(text=","))
    lot, walk = random.Random(seed), Walk(form, grammars.of(form))
    count = 0
    while not walk.done:
        walk.take(lot.choice(walk.allowed.tolist()))
        count += 1
    assert count <= grammars.of(form).longest == 12
    assert json.loads(walk.text[:-1]) == walk.choices[0].chosen[0]


def test_free_words_can_be_none(grammars):
    form = (FreeText(name="why", most=0),)
    walk = Walk(form, grammars.of(form))
    assert forced(walk) == [ord('"')] and walk.choices[0].chosen == ("",)


def test_200_values(grammars):
    options = tuple(f'"place_{number:03}"' for number in range(200))
    form = (SomeOf(name="places", options=options, most=5),)
    grammar = grammars.of(form)
    walk = Walk(form, grammar)
    for token in b'"place_007","place_123"]':
        assert token in walk.allowed
        walk.take(token)
    assert walk.choices[0].chosen == ('"place_007"', '"place_123"')
    assert grammar.longest == 5 * 11 + 4 + 1


@pytest.mark.parametrize(
    ("form", "words"),
    [
        ((OneOf(name="x", options=("1", "10")),), "'10' begins with '1'"),
        ((OneOf(name="x", options=()),), "empty option, or none"),
        ((OneOf(name="x", options=("a", "")),), "empty option, or none"),
        ((OneOf(name="x", options=("a", "a")),), "offers a text twice"),
        ((SomeOf(name="x", options=("a", "b"), end=""),), "has no end"),
        ((SomeOf(name="x", options=("a", "b"), end=","),), "begins with|told apart"),
        ((SomeOf(name="x", options=("a", "b"), least=3),), "at least 3 and at most 2"),
        ((FreeText(name="x", end="。"),), "one ASCII character"),
        ((FreeText(name="x", most=-1),), "0 or more"),
        ((STATUS, STATUS), "two choices of the name 'status'"),
    ],
)
def test_a_form_that_cannot_be(grammars, form, words):
    with pytest.raises(ConfigError, match=words):
        grammars.of(form)


def test_the_smaller_of_two_equal_tokens():
    assert choose(np.array([1.0, 5.0, 5.0], dtype=np.float32), np.array([1, 2])) == (1, 0.5)


def test_without_form_the_models_own_end_counts():
    run = FreeRun(frozenset({9}), 3)
    run.take(4)
    run.take(9)
    assert run.done and run.finished and run.tokens == [4]
    cut = FreeRun(frozenset({9}), 2)
    cut.take(4)
    cut.take(5)
    assert cut.done and not cut.finished
