"""Answers that were given elsewhere are found again by the digest of their question."""

import json

import pytest
from radnlp_llama.synthesis.questions import digest_of
from radnlp_llama.synthesis.recorded import read_answers, request_line

from radnlp.api import ConfigError, GenerationRequest, ReportError

REQUEST = GenerationRequest(id="r1/report", prefix="書いてください。\n", rest="条件\n", most=9)


@pytest.fixture
def answers(tmp_path):
    def write(*lines, name="answers.jsonl"):
        path = tmp_path / name
        path.write_text("".join(f"{line}\n" for line in lines), "utf-8")
        return path

    return write


def test_a_question_for_another_model():
    assert json.loads(request_line(REQUEST)) == {
        "id": "r1/report",
        "request": digest_of(REQUEST),
        "prompt": "書いてください。\n条件\n",
        "most_tokens": 9,
    }


def test_answers_of_several_files_and_folders(answers, tmp_path):
    answers('{"request": "a", "answer": "A", "model": "m1"}', "", '{"request": "b", "answer": "B"}')
    (tmp_path / "more").mkdir()
    answers('{"request": "c", "answer": "C\u2028"}', name="more/other.jsonl")
    found = read_answers([tmp_path / "answers.jsonl", tmp_path / "more"])
    assert [(name, answer.text, answer.model) for name, answer in found.items()] == [
        ("a", "A", "m1"),
        ("b", "B", "answers.jsonl"),
        ("c", "C\u2028", "other.jsonl"),
    ]


def test_the_same_answer_twice_is_one(answers):
    assert len(read_answers([answers(*['{"request": "a", "answer": "A"}'] * 2)])) == 1


def test_two_answers_to_one_question(answers):
    path = answers('{"request": "a", "answer": "A"}', '{"request": "a", "answer": "B"}')
    with pytest.raises(ReportError) as error:
        read_answers([path])
    assert f"{path}:2: another answer to the request that {path}:1 answers" in str(error.value)


@pytest.mark.parametrize("line", ["no JSON", "[]", '"a"', '{"request": "a"}', '{"request": "a", "answer": 1}'])
def test_a_line_that_is_no_answer(answers, line):
    with pytest.raises(ReportError, match=r"answers.jsonl:1: no answer"):
        read_answers([answers(line)])


def test_nothing_to_read(tmp_path):
    with pytest.raises(ConfigError, match=r"gone.jsonl: cannot be read \(FileNotFoundError\)"):
        read_answers([tmp_path / "gone.jsonl"])
    with pytest.raises(ConfigError, match=r"there is no .jsonl file in it"):
        read_answers([tmp_path])
