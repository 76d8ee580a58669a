"""A model behind a cache: the second run asks it nothing, and an interrupted one goes on where it stopped."""

import pytest
from radnlp_llama.cache import CachedGenerator, RecordingGenerator, ReplayGenerator


def bare(answers):
    return [(answer.text, answer.score, answer.choices, answer.counts) for answer in answers]


def test_the_second_run_is_all_hits(opened, questions, tmp_path):
    asked, file = questions(12), tmp_path / "answers.sqlite"
    first = opened(batch=4)
    expected = CachedGenerator(first, file, identity=first.identity).generate(asked)
    second = opened(batch=4)
    answers = CachedGenerator(second, file, identity=second.identity).generate(asked)
    assert bare(answers) == bare(expected)
    assert all(answer.cached for answer in answers) and not any(answer.cached for answer in expected)
    assert second.reads == 0


def test_another_model_shares_no_answer(opened, questions, tmp_path):
    first, other = opened(seed=1), opened(seed=2)
    assert first.identity != other.identity
    assert first.identity == opened(seed=1, batch=1).identity
    assert first.identity != opened(seed=1, n_ctx=2000).identity


def test_an_interrupted_run_is_taken_up_where_it_stopped(opened, questions, tmp_path, monkeypatch):
    import llama_cpp

    asked, file = questions(12), tmp_path / "answers.sqlite"
    whole = opened(batch=3)
    expected = whole.generate(asked)
    plain, left = llama_cpp.llama_decode, [whole.reads * 2 // 3]

    def interrupted(context, batch):
        left[0] -= 1
        if left[0] == 0:
            raise KeyboardInterrupt
        return plain(context, batch)

    monkeypatch.setattr(llama_cpp, "llama_decode", interrupted)
    first = opened(batch=3)
    with pytest.raises(KeyboardInterrupt):
        CachedGenerator(first, file, identity=first.identity).generate(asked)
    again = opened(batch=3)
    answers = CachedGenerator(again, file, identity=again.identity).generate(asked)
    kept = [answer.cached for answer in answers]
    assert 0 < sum(kept) < 12
    assert [answer.text for answer in answers] == [answer.text for answer in expected]
    assert [answer.counts for answer in answers] == [answer.counts for answer in expected]


def test_a_recorded_run_needs_no_model(opened, questions, tmp_path):
    asked, file = questions(4), tmp_path / "run.jsonl"
    generator = opened()
    answers = RecordingGenerator(generator, file).generate(asked)
    replay = ReplayGenerator(file)
    assert bare(replay.generate(asked)) == bare(answers)
    assert [replay.shown(request) for request in asked] == [generator.shown(request) for request in asked]
    assert replay.about == generator.about
