"""A case becomes a question: the same words for all, then its own conditions, and a form with a place a sentence."""

import json
from dataclasses import replace

import pytest
from radnlp_llama.synthesis.cases import draw
from radnlp_llama.synthesis.questions import digest_of, report_request
from radnlp_llama.synthesis.recipe_file import read_recipe, recipe_names

from radnlp.api import Fixed, FreeText


@pytest.fixture(params=recipe_names())
def recipe(request):
    return read_recipe(request.param)


def test_all_questions_begin_alike_and_go_on_differently(recipe):
    requests = [report_request(recipe, case) for case in draw(recipe, count=30, seed=1)]
    assert len({request.prefix for request in requests}) == 1
    assert len({request.rest for request in requests}) == 30


def test_every_condition_is_in_the_question(recipe):
    texts = {(attribute.id, value.id): value.text for attribute in recipe.attributes for value in attribute.values}
    for case in draw(recipe, count=30, seed=1):
        rest = report_request(recipe, case).rest
        for name, chosen in case.attributes.items():
            assert name == "length" or texts[name, chosen] in rest
        assert f"{recipe.length_label}: {case.sentences}\n" in rest


def test_an_answer_under_the_form_is_the_json_that_is_read(recipe):
    (case,) = draw(recipe, count=1, seed=3)
    parts = report_request(recipe, case).form
    assert sum(isinstance(part, FreeText) for part in parts) == case.sentences
    answer = "".join(part.text if isinstance(part, Fixed) else f"x{part.end}" for part in parts)
    assert json.loads(answer) == {"sentences": ["x"] * case.sentences}


def test_the_longest_answer_is_bounded(recipe):
    for case in draw(recipe, count=200, seed=1):
        free = [part.most for part in report_request(recipe, case).form if isinstance(part, FreeText)]
        assert sum(free) <= recipe.limits.report_tokens
        assert max(free) <= recipe.limits.sentence_tokens


def test_the_digest_is_of_the_question_and_not_of_its_name(recipe):
    first, second = (report_request(recipe, case) for case in draw(recipe, count=2, seed=1))
    assert digest_of(first) == digest_of(replace(first, id="other"))
    changed = [second, replace(first, rest=first.rest + " "), replace(first, form=None), replace(first, most=1)]
    assert len({digest_of(request) for request in [first, *changed]}) == 5
