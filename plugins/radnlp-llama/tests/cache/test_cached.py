"""What was answered once is not asked again, in this run or in another process."""

import multiprocessing
import sqlite3
import stat

import pytest
from radnlp_llama.cache import CachedGenerator
from radnlp_llama.cache.store import AnswerStore
from radnlp_llama.cache.stored import request_key

from radnlp.api import Choice, ConfigError, Fixed, Generated, GenerationRequest, OneOf, ProviderError


class Counting:
    """Answers every question with its own last word, and remembers what it was asked."""

    def __init__(self, *, stop_at=None):
        self.about = {"model": "abc"}
        self.asked = []
        self._stop_at = stop_at

    def generate(self, requests):
        return [answer for _, answer in self.stream(requests)]

    def stream(self, requests):
        for number, request in reversed(list(enumerate(requests))):
            if len(self.asked) == self._stop_at:
                raise KeyboardInterrupt
            self.asked.append(request.id)
            yield number, answer_to(request)

    def shown(self, request):
        return f"<{request.prefix}{request.rest}>"


def answer_to(request):
    word = request.rest.split()[-1]
    if word == "long":
        return Generated(text="", fault="context_overflow", finished=False)
    choice = Choice(name="side", chosen=(word,), probability=1 / 3)
    return Generated(text=word, score=1 / 3, choices=(choice,), counts={"prompt_tokens": 7, "calls": 1})


def ask(number, word="right"):
    form = (Fixed(text="{"), OneOf(name="side", options=("right", "left")))
    return GenerationRequest(id=f"r{number}", prefix="Side? ", rest=f"Nodule {number} {word}", form=form)


@pytest.fixture
def file(tmp_path):
    return tmp_path / "cache" / "answers.sqlite"


def test_the_second_run_asks_nothing_and_gives_the_same(file):
    requests = [ask(number) for number in range(5)]
    first = CachedGenerator(Counting(), file, identity="model").generate(requests)
    again = Counting()
    second = CachedGenerator(again, file, identity="model").generate(requests)
    assert again.asked == []
    assert [answer.cached for answer in second] == [True] * 5
    # Same score to the last digit, same counts: a run's output does not tell whether it came from the cache.
    assert [(a.text, a.score, a.choices, a.counts) for a in second] == [
        (a.text, a.score, a.choices, a.counts) for a in first
    ]


@pytest.mark.parametrize(
    ("other", "identity"),
    [
        pytest.param({"rest": "Nodule 1 left"}, "model", id="report"),
        pytest.param({"prefix": "Which side? "}, "model", id="prompt"),
        pytest.param({"form": (Fixed(text="["), OneOf(name="side", options=("right", "left")))}, "model", id="grammar"),
        pytest.param({"form": None}, "model", id="no grammar"),
        pytest.param({"most": 9}, "model", id="parameter"),
        pytest.param({}, "another model", id="model"),
    ],
)
def test_whatever_changes_the_answer_is_another_question(file, other, identity):
    CachedGenerator(Counting(), file, identity="model").generate([ask(1)])
    request = ask(1)
    parts = {name: getattr(request, name) for name in ("id", "prefix", "rest", "form", "most")}
    counting = Counting()
    CachedGenerator(counting, file, identity=identity).generate([GenerationRequest(**{**parts, **other})])
    assert counting.asked == ["r1"]


def test_the_id_of_a_report_does_not_count(file):
    CachedGenerator(Counting(), file, identity="model").generate([ask(1)])
    renamed = GenerationRequest(id="other", prefix="Side? ", rest="Nodule 1 right", form=ask(1).form)
    counting = Counting()
    CachedGenerator(counting, file, identity="model").generate([renamed])
    assert counting.asked == []


def test_equal_reports_of_a_batch_are_asked_once(file):
    counting = Counting()
    answers = CachedGenerator(counting, file, identity="model").generate([ask(1), ask(2), ask(1)])
    assert sorted(counting.asked) == ["r1", "r2"]
    assert answers[0] == answers[2]


def test_an_interrupted_run_goes_on_where_it_stopped(file):
    requests = [ask(number) for number in range(6)]
    with pytest.raises(KeyboardInterrupt):
        CachedGenerator(Counting(stop_at=4), file, identity="model").generate(requests)
    rest = Counting()
    answers = CachedGenerator(rest, file, identity="model").generate(requests)
    assert len(rest.asked) == 2
    assert [answer.text for answer in answers] == ["right"] * 6


def test_a_fault_is_not_kept(file):
    for _ in range(2):
        counting = Counting()
        (answer,) = CachedGenerator(counting, file, identity="model").generate([ask(1, "long")])
        assert answer.fault == "context_overflow" and counting.asked == ["r1"]


def _fill(path, numbers, gate):
    gate.wait()
    for number in numbers:
        CachedGenerator(Counting(), path, identity="model").generate([ask(number)])


def test_several_processes_write_at_once(file):
    spawn = multiprocessing.get_context("spawn")
    gate = spawn.Event()
    rows = [range(0, 40), range(20, 60), range(40, 80)]
    workers = [spawn.Process(target=_fill, args=(file, numbers, gate)) for numbers in rows]
    for worker in workers:
        worker.start()
    gate.set()
    for worker in workers:
        worker.join()
        assert worker.exitcode == 0
    counting = Counting()
    answers = CachedGenerator(counting, file, identity="model").generate([ask(number) for number in range(80)])
    assert counting.asked == [] and {answer.text for answer in answers} == {"right"}


def test_more_answers_than_one_question_to_the_database_may_name(file):
    store = AnswerStore(file)
    keys = [request_key(ask(number)) for number in range(1203)]
    for key in keys[:3]:
        store.put(key, answer_to(ask(1)))
    assert set(store.get(keys)) == set(keys[:3])


def test_a_row_that_cannot_be_read_is_asked_again(file):
    CachedGenerator(Counting(), file, identity="model").generate([ask(1)])
    connection = sqlite3.connect(file)
    connection.execute("UPDATE answers SET answer = '{\"text\": 1'")
    connection.commit()
    connection.close()
    counting = Counting()
    CachedGenerator(counting, file, identity="model").generate([ask(1)])
    assert counting.asked == ["r1"]


def test_the_file_is_for_its_owner_alone(file):
    """With free words an answer can hold words of a report."""
    CachedGenerator(Counting(), file, identity="model")
    assert stat.S_IMODE(file.stat().st_mode) & 0o077 == 0


def test_a_file_that_is_something_else(tmp_path):
    (tmp_path / "notes.txt").write_text("no database " * 100, "utf-8")
    with pytest.raises(ConfigError, match=r"cache_path=.*notes\.txt.* cannot be used"):
        CachedGenerator(Counting(), tmp_path / "notes.txt", identity="model")


def test_a_file_that_breaks_during_the_run(file):
    generator = CachedGenerator(Counting(), file, identity="model")
    generator._store._opened().execute("DROP TABLE answers")
    with pytest.raises(ProviderError, match="cannot be used"):
        generator.generate([ask(1)])


def test_what_is_shown_and_said_is_the_inner_ones(file):
    generator = CachedGenerator(Counting(), file, identity="model")
    assert generator.shown(ask(1)) == "<Side? Nodule 1 right>" and generator.about == {"model": "abc"}
