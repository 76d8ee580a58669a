"""What the crew does with workers that end, with workers a test plays."""

from collections import deque
from types import SimpleNamespace
from typing import ClassVar

import pytest

from radnlp.batch.engines import crew as crew_module
from radnlp.batch.engines.chunks import Chunk
from radnlp.batch.engines.crew import MOST_GIVEN_UP, MOST_STILLBORN, Crew
from radnlp.errors import ProviderError
from radnlp.records import ExtractionLine, PipelineSpec, Report

SPEC = PipelineSpec(schema="chest_ct")


class PlayedHand:
    """Answers what it is sent when listened to, until it comes to an id in ``deadly``."""

    deadly = frozenset()
    stillborn = False
    made = 0
    sent: ClassVar[list[tuple[str, ...]]] = []

    def __init__(self, spec):
        type(self).made += 1
        self.chunks = deque()
        self.ready = False
        self.exit_status = -9
        self.connection = self.sentinel = None

    @property
    def has_room(self):
        return self.ready and len(self.chunks) < 2

    def seconds_left(self, limit):
        return float("inf")

    def send(self, chunk):
        self.sent.append(tuple(report.id for report in chunk.rest))
        self.chunks.append(chunk)

    def listen(self):
        if self.stillborn:
            raise EOFError
        self.ready = True
        while self.chunks:
            chunk = self.chunks[0]
            at_once = 1 if chunk.alone else 2
            while not chunk.finished:
                together = chunk.rest[:at_once]
                if self.deadly & {report.id for report in together}:
                    raise EOFError
                chunk.answer([ExtractionLine(report_id=report.id, line="{}") for report in together])
                yield SimpleNamespace(answered=True, failed=None)
            self.chunks.popleft()
        yield SimpleNamespace(answered=False, failed=None)

    def farewell(self):
        pass

    def stop(self, *, at_once):
        pass


@pytest.fixture
def played(monkeypatch):
    def play(**plot):
        hand = type("Hand", (PlayedHand,), {"sent": [], **plot})
        monkeypatch.setattr(crew_module, "Hand", hand)
        monkeypatch.setattr(crew_module, "wait", lambda signals, timeout: None)
        return hand

    return play


def chunk(*ids):
    return Chunk([Report(id=name, text="") for name in ids])


def finish(crew, *chunks):
    crew.todo.extend(chunks)
    for _ in range(1000):
        if all(one.finished for one in chunks):
            return
        crew.work(patient=True)
    raise AssertionError("the crew never finished")


def test_what_killed_a_worker_is_tried_again_then_one_by_one(played):
    hand = played(deadly=frozenset("d"))
    crew = Crew(SPEC, 1, 0)
    crew.begin()
    work = chunk("a", "b", "c", "d", "e", "f")
    finish(crew, work)
    assert [(line.report_id, line.errors) for line in work.lines] == [
        *((i, 0) for i in "abc"),
        ("d", 1),
        ("e", 0),
        ("f", 0),
    ]
    assert hand.sent == [tuple("abcdef"), tuple("cdef"), tuple("cdef"), tuple("def"), tuple("ef")]
    assert hand.made == 5


def test_a_worker_that_somebody_else_killed_costs_nothing_but_itself(played):
    class Once(set):
        def __and__(self, ids):
            found = ids & {"c"} if not getattr(self, "done", False) else set()
            self.done = self.done if hasattr(self, "done") and self.done else bool(found)
            return found

    played(deadly=Once())
    crew = Crew(SPEC, 1, 0)
    crew.begin()
    work = chunk("a", "b", "c")
    finish(crew, work)
    assert [line.errors for line in work.lines] == [0, 0, 0]


def test_when_nothing_gets_through_the_run_ends(played):
    ids = [f"r{n}" for n in range(50)]
    played(deadly=frozenset(ids))
    crew = Crew(SPEC, 2, 0)
    crew.begin()
    with pytest.raises(ProviderError, match=f"{MOST_GIVEN_UP} reports in a row were given up"):
        finish(crew, chunk(*ids))


def test_workers_that_never_begin_are_not_started_for_ever(played):
    hand = played(stillborn=True)
    with pytest.raises(ProviderError, match="before their pipeline was built"):
        Crew(SPEC, 1, 0).begin()
    assert hand.made == MOST_STILLBORN


def test_no_more_workers_than_there_is_work_for(played):
    hand = played()
    crew = Crew(SPEC, 8, 0)
    crew.begin()
    finish(crew, chunk("a"), chunk("b"))
    assert hand.made <= 3
