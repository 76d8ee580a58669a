"""What was answered is kept in parts that are whole or not there."""

import pytest
from radnlp_llama.synthesis.parts import Parts, write_whole
from radnlp_llama.synthesis.recorded import Answer

from radnlp.api import ConfigError

RUN = {"recipe": "ja_ct", "seed": 1, "model": "a.gguf"}


def an_answer(name):
    return Answer(request=name, text=f"{name}\u2028と\nその次", model="m", fault=None)


def test_answers_come_back_as_they_were(tmp_path):
    parts = Parts(tmp_path / "out")
    assert parts.begin(RUN, resume=False) == {}
    parts.add([an_answer("a"), an_answer("b")])
    parts.add([an_answer("c")])
    assert Parts(tmp_path / "out").begin(RUN, resume=True) == {name: an_answer(name) for name in "abc"}


def test_a_folder_with_something_in_it_is_not_written_over(tmp_path):
    Parts(tmp_path).begin(RUN, resume=False)
    with pytest.raises(ConfigError, match="is not empty; --resume goes on with it"):
        Parts(tmp_path).begin(RUN, resume=False)


def test_another_run_is_not_gone_on_with(tmp_path):
    Parts(tmp_path).begin(RUN, resume=False)
    with pytest.raises(ConfigError, match="the run in it has seed = 1, this one 2"):
        Parts(tmp_path).begin({**RUN, "seed": 2}, resume=True)
    with pytest.raises(ConfigError, match=r"model = 'a.gguf', this one 'b.gguf'"):
        Parts(tmp_path).begin({**RUN, "model": "b.gguf"}, resume=True)


def test_a_model_may_come_later_and_is_then_remembered(tmp_path):
    Parts(tmp_path).begin({**RUN, "model": None}, resume=False)
    Parts(tmp_path).begin(RUN, resume=True)
    Parts(tmp_path).begin({**RUN, "model": None}, resume=True)
    with pytest.raises(ConfigError, match="model"):
        Parts(tmp_path).begin({**RUN, "model": "b.gguf"}, resume=True)


def test_what_an_interrupt_left_half_written_is_passed_over(tmp_path):
    parts = Parts(tmp_path)
    parts.begin(RUN, resume=False)
    parts.add([an_answer("a")])
    (tmp_path / "parts" / "000001.jsonl.tmp").write_text('{"request": "b", "te')
    assert list(parts.begin(RUN, resume=True)) == ["a"]
    parts.add([an_answer("b")])
    assert list(parts.begin(RUN, resume=True)) == ["a", "b"]


def test_a_damaged_part_is_named(tmp_path):
    parts = Parts(tmp_path)
    parts.begin(RUN, resume=False)
    parts.add([an_answer("a")])
    (tmp_path / "parts" / "000000.jsonl").write_text('{"request": "a"')
    with pytest.raises(ConfigError, match=r"000000.jsonl: not a part of a run"):
        parts.begin(RUN, resume=True)


def test_a_failed_write_leaves_what_was_there(tmp_path):
    write_whole(tmp_path / "a.txt", ["before\n"])

    def lines():
        yield "after"
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write_whole(tmp_path / "a.txt", lines())
    assert (tmp_path / "a.txt").read_text() == "before\n"


def test_a_place_that_cannot_be_written(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(ConfigError, match="cannot be written"):
        write_whole(tmp_path / "file" / "a.txt", [])
