"""A model of random weights writes nonsense, but nothing that the forms do not allow."""

import json
from dataclasses import replace

import pytest
from radnlp_llama.synthesis.cases import draw
from radnlp_llama.synthesis.labels import labelling
from radnlp_llama.synthesis.questions import report_request
from radnlp_llama.synthesis.rejection import RejectionError
from radnlp_llama.synthesis.written import read_report


@pytest.fixture(scope="module")
def small(ja_ct):
    """The recipe with answers that a small model has room for."""
    return replace(ja_ct.recipe, limits=replace(ja_ct.recipe.limits, sentence_tokens=6, report_tokens=60))


def test_every_report_under_the_form_is_the_json_that_was_asked_for(small, opened):
    cases = list(draw(small, count=6, seed=1))
    for case, answer in zip(cases, opened().generate([report_request(small, case) for case in cases]), strict=True):
        assert answer.fault is None
        assert len(json.loads(answer.text)["sentences"]) == case.sentences
        try:
            read_report(answer.text, small)
        except RejectionError as error:
            assert error.reason == "empty"


def test_every_sentence_gets_a_class(small, ja_ct, opened):
    labels = labelling(small, ja_ct.schema)
    reports = [tuple(f"第{number}肋骨に骨折を認めます。" for number in range(1, most)) for most in (3, 6, 9)]
    answers = opened().generate([labels.request("r", report) for report in reports])
    for report, answer in zip(reports, answers, strict=True):
        assert set(json.loads(answer.text)) == {str(number) for number in range(1, len(report) + 1)}
        assert answer.score is not None
        try:
            assert len(labels.read(answer.text, report)) == len(report)
        except RejectionError as error:
            assert error.reason == "nothing_to_continue"
