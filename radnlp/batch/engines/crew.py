"""The worker processes of one run: hired when there is work, replaced when they end, dismissed at the end."""

from __future__ import annotations

from collections import deque
from multiprocessing.connection import wait

from radnlp.batch.engines.blame import blamed, died, failed, timed_out
from radnlp.batch.engines.chunks import Chunk
from radnlp.batch.engines.hand import Hand
from radnlp.errors import ProviderError
from radnlp.records import Issue, PipelineSpec

#: So many reports given up with none getting through between them: then it is no single report's fault.
MOST_GIVEN_UP = 8
#: So many workers in a row that ended before their pipeline was built.
MOST_STILLBORN = 3


class Crew:
    """Gives chunks to workers and finds out which report is to blame when one ends.

    Args:
        spec: The pipeline of every worker.
        workers: At most so many processes.
        time_limit: Seconds that one report may take; 0 for no limit.

    Attributes:
        todo: Chunks that nobody works on, in the order in which they are to be done.
    """

    def __init__(self, spec: PipelineSpec, workers: int, time_limit: float) -> None:
        self.todo: deque[Chunk] = deque()
        self._spec = spec
        self._most = workers
        self._limit = time_limit
        self._hands: list[Hand] = []
        self._given_up = 0
        self._stillborn = 0

    def begin(self) -> None:
        """Start the first worker and wait until its pipeline stands. Raises RadnlpError."""
        while not any(hand.ready for hand in self._hands):
            if not self._hands:
                self._hands.append(Hand(self._spec))
            self._wait(None)
            self._listen()

    def work(self, *, patient: bool) -> None:
        """Hand chunks out and take answers; ``patient`` waits until something happens.

        Raises:
            RadnlpError: The run cannot go on.
        """
        self._hire()
        for chunks_held in (0, 1):
            for hand in self._hands:
                if self.todo and hand.has_room and len(hand.chunks) == chunks_held:
                    hand.send(self.todo.popleft())
        self._wait(min((hand.seconds_left(self._limit) for hand in self._hands), default=0.0) if patient else 0.0)
        self._listen()
        for hand in [hand for hand in self._hands if hand.seconds_left(self._limit) <= 0]:
            self._dismiss(hand)
            self._judge(hand.chunks[0], timed_out(self._limit), patience=1)
            self._take_back(hand.chunks)

    def stop(self, *, at_once: bool) -> None:
        """End every worker: by itself when it has nothing to do, by force with ``at_once``."""
        if not at_once:
            for hand in self._hands:
                hand.farewell()
        while self._hands:
            self._hands.pop().stop(at_once=at_once)

    def _hire(self) -> None:
        """As many workers as there is work for."""
        coming = sum(not hand.ready for hand in self._hands)
        for _ in range(min(self._most - len(self._hands), len(self.todo) - coming)):
            self._hands.append(Hand(self._spec))

    def _wait(self, seconds: float | None) -> None:
        signals = [signal for hand in self._hands for signal in (hand.connection, hand.sentinel)]
        wait(signals, None if seconds in (None, float("inf")) else max(seconds or 0.0, 0.0))

    def _listen(self) -> None:
        for hand in list(self._hands):
            try:
                for news in hand.listen():
                    if news.answered:
                        self._given_up = 0
                    if news.failed is not None:
                        self._judge(news.failed, failed(news.fault), patience=1)
                        self._take_back([news.failed])
            except EOFError:
                self._dismiss(hand)
                self._mourn(hand)

    def _mourn(self, hand: Hand) -> None:
        """A worker ended by itself, or was ended by somebody else."""
        if hand.ready:
            self._stillborn = 0
            if hand.chunks:
                self._judge(hand.chunks[0], died(hand.exit_status), patience=2)
            self._take_back(hand.chunks)
            return
        self._stillborn += 1
        if self._stillborn >= MOST_STILLBORN:
            raise ProviderError(
                f"{MOST_STILLBORN} worker processes in a row ended before their pipeline was built, the last with "
                f"status {hand.exit_status}; run with --engine serial to see why"
            )

    def _dismiss(self, hand: Hand) -> None:
        hand.stop(at_once=True)
        self._hands.remove(hand)

    def _take_back(self, chunks: deque[Chunk] | list[Chunk]) -> None:
        """What is left of the chunks is done next."""
        self.todo.extendleft(chunk for chunk in reversed(chunks) if not chunk.finished)

    def _judge(self, chunk: Chunk, issue: Issue, *, patience: int) -> None:
        """Something happened over a chunk: try again, take its reports one by one, or give the first of them up."""
        chunk.mishaps += 1
        if chunk.mishaps < patience:
            return
        if not chunk.alone:
            chunk.alone, chunk.mishaps = True, 0
            return
        guilty = chunk.rest[0]
        chunk.answer([blamed(guilty, self._spec, issue)])
        self._given_up += 1
        if self._given_up >= MOST_GIVEN_UP:
            raise ProviderError(
                f"{MOST_GIVEN_UP} reports in a row were given up and none got through, the last of them {guilty.id!r} "
                f"({issue.code}: {issue.message}); run with --engine serial to see what is wrong"
            )
