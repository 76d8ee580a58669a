"""A run is written down on request, and played back where there is no model."""

import stat

import pytest
from radnlp_llama.cache import RecordingGenerator, ReplayGenerator

from radnlp.api import Choice, ConfigError, Generated, GenerationRequest


class Echo:
    def __init__(self, model="abc"):
        self.about = {"model": model}

    def generate(self, requests):
        return [
            Generated(
                text=request.rest,
                score=0.1 + 0.2,
                choices=(Choice(name="side", chosen=("右",), probability=0.1 + 0.2),),
                counts={"calls": 2},
            )
            for request in requests
        ]

    def shown(self, request):
        return f"<|user|>{request.prefix}{request.rest}"


def ask(number):
    return GenerationRequest(id=f"r{number}", prefix="Side? ", rest=f"結節 {number}")


@pytest.fixture
def recorded(tmp_path):
    file = tmp_path / "run" / "answers.jsonl"
    answers = RecordingGenerator(Echo(), file).generate([ask(1), ask(2)])
    return file, answers


def test_a_recorded_run_is_played_back(recorded):
    file, answers = recorded
    replay = ReplayGenerator(file)
    played = replay.generate([ask(2), ask(1)])
    assert [(a.text, a.score, a.choices, a.counts) for a in reversed(played)] == [
        (a.text, a.score, a.choices, a.counts) for a in answers
    ]
    assert all(answer.cached for answer in played)
    assert replay.shown(ask(1)) == "<|user|>Side? 結節 1"
    assert replay.about == {"model": "abc"}


def test_a_question_that_was_not_recorded_is_a_fault(recorded):
    (answer,) = ReplayGenerator(recorded[0]).generate([ask(3)])
    assert answer.fault == "not_recorded" and answer.text == ""


def test_the_file_is_for_its_owner_alone(recorded):
    assert stat.S_IMODE(recorded[0].stat().st_mode) & 0o077 == 0


def test_a_second_run_adds_what_is_new(recorded):
    file, _ = recorded
    RecordingGenerator(Echo(), file).generate([ask(2), ask(3)])
    assert len(file.read_text("utf-8").splitlines()) == 4
    assert [a.fault for a in ReplayGenerator(file).generate([ask(1), ask(2), ask(3)])] == [None] * 3


def test_another_model_needs_another_file(recorded):
    with pytest.raises(ConfigError, match="answers of another model"):
        RecordingGenerator(Echo(model="xyz"), recorded[0])


def test_a_line_that_was_cut_off_at_the_end_is_left_out(recorded):
    file, _ = recorded
    file.write_bytes(file.read_bytes()[:-20])
    first, second = ReplayGenerator(file).generate([ask(1), ask(2)])
    assert first.fault is None and second.fault == "not_recorded"


def test_a_run_goes_on_behind_a_line_that_was_cut_off(recorded):
    file, _ = recorded
    file.write_bytes(file.read_bytes()[:-20])
    RecordingGenerator(Echo(), file).generate([ask(2), ask(3)])
    assert [a.fault for a in ReplayGenerator(file).generate([ask(1), ask(2), ask(3)])] == [None] * 3


@pytest.mark.parametrize("content", ["not json\n", '{"recorded": 2, "about": {}}\n', '{"id": 1}\n', "[]\n"])
def test_a_file_that_is_something_else(tmp_path, content):
    (tmp_path / "x.jsonl").write_text(content, "utf-8")
    with pytest.raises(ConfigError, match="line 1: this is no file of recorded answers"):
        ReplayGenerator(tmp_path / "x.jsonl")


def test_a_broken_line_in_the_middle_is_named(recorded):
    file, _ = recorded
    lines = file.read_text("utf-8").splitlines()
    file.write_text("\n".join([lines[0], "{", lines[2], ""]), "utf-8")
    with pytest.raises(ConfigError, match="line 2"):
        ReplayGenerator(file)


def test_no_file(tmp_path):
    with pytest.raises(ConfigError, match="a run with record_path writes such a file"):
        ReplayGenerator(tmp_path / "none.jsonl")


def test_a_folder_that_cannot_be_written(tmp_path):
    (tmp_path / "file").write_text("", "utf-8")
    with pytest.raises(ConfigError, match="cannot be written"):
        RecordingGenerator(Echo(), tmp_path / "file" / "answers.jsonl")
