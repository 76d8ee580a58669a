"""The stand-in for a language model."""

import pytest

from radnlp.api import Generated, GenerationRequest, TextGenerator
from radnlp.testing import ScriptedLlm


def question(report, rest="Keys: nodules"):
    return GenerationRequest(id=report, prefix="Read the report. ", rest=rest)


def test_a_function_answers_each_question_in_order():
    llm = ScriptedLlm(lambda request: f"about {request.id}")
    assert [answer.text for answer in llm.generate([question("a"), question("b")])] == ["about a", "about b"]
    assert [request.id for request in llm.requests] == ["a", "b"]


def test_a_list_answers_one_after_the_other_and_says_when_it_is_used_up():
    llm = ScriptedLlm(["one", Generated(text="", fault="context_overflow")])
    assert llm.generate([question("a")])[0] == Generated(text="one")
    assert llm.generate([question("b")])[0].fault == "context_overflow"
    with pytest.raises(AssertionError, match="no answer is left for question 3"):
        llm.generate([question("c")])


def test_it_is_a_text_generator():
    llm: TextGenerator = ScriptedLlm([])
    assert llm.shown(question("a")) == "Read the report. Keys: nodules"
    assert llm.generate([]) == []
