"""Many short and many long reports through every system, round after round, the systems taking turns in each."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from statistics import mean, median

from systems import SYSTEMS
from texts import reports
from worker import Content, Timing, Worker

#: Length of a report in tokens, how many of them one round takes (new ones in every round), and whether no sentence of
#: theirs comes twice.
KINDS = {"short": (120, 400, False), "long": (600, 100, False), "short, no sentence twice": (120, 400, True)}
#: The systems take turns after every tenth of a round's reports, since a shared machine is quick in one second and slow
#: in the next.
_TURNS = 10
_WARM_UP = 100_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Spread:
    """A median with the smallest and the largest of the rounds."""

    median: float
    low: float
    high: float

    @classmethod
    def of(cls, values: Sequence[float]) -> "Spread":
        """Of one value a round."""
        return cls(median=median(values), low=min(values), high=max(values))


@dataclass(frozen=True, slots=True, kw_only=True)
class Rounds:
    """What was measured on reports of one length.

    Attributes:
        reports: Reports in one round.
        size: Mean length of a report in bytes.
        timings: System -> one timing a round.
        content: System -> what it saw in the reports of the warm-up.
    """

    reports: int
    size: float
    timings: Mapping[str, tuple[Timing, ...]]
    content: Mapping[str, Content]

    def rate(self, system: str) -> Spread:
        """Reports a second."""
        return Spread.of([self.reports / timing.wall for timing in self.timings[system]])

    def ratio(self, system: str, to: str) -> Spread:
        """Rate over the rate of another system in the same round."""
        pairs = zip(self.timings[system], self.timings[to], strict=True)
        return Spread.of([other.wall / own.wall for own, other in pairs])

    def core_share(self) -> Spread:
        """Share of the clock's time in which the measured process had the core."""
        return Spread.of([timing.cpu / timing.wall for passes in self.timings.values() for timing in passes])


def measure(
    workers: Mapping[str, Worker], *, tokens: int, count: int, marked: bool, rounds: int, say: Callable[[str], None]
) -> Rounds:
    """Time every system on the same reports in every round."""
    warm_up = reports(count, tokens=tokens, seed=_WARM_UP, marked=marked)
    content = {name: _content(name, worker, warm_up) for name, worker in workers.items()}
    timings: dict[str, list[Timing]] = {name: [] for name in workers}
    sizes: list[int] = []
    for number in range(rounds):
        texts = reports(count, tokens=tokens, seed=number, marked=marked)
        sizes += [len(text) for text in texts]
        for name, timing in _round(workers, texts).items():
            timings[name].append(timing)
        say(f"{tokens} tokens, round {number + 1} of {rounds}")
    return Rounds(
        reports=count,
        size=mean(sizes),
        timings={name: tuple(values) for name, values in timings.items()},
        content=content,
    )


def _round(workers: Mapping[str, Worker], texts: Sequence[str]) -> dict[str, Timing]:
    """Piece by piece through all systems, another one first each time; the sums."""
    names = list(workers)
    passes: dict[str, list[Timing]] = {name: [] for name in names}
    for turn in range(_TURNS):
        first = turn % len(names)
        for name in names[first:] + names[:first]:
            piece = texts[turn::_TURNS]
            if SYSTEMS[name].sample is not None:
                piece = _sample(name, texts) if turn == 0 else []
            if piece:
                timing = workers[name].time(piece)
                assert timing is not None, "no limit was set"
                passes[name].append(timing)
    return {name: _whole(timings, len(texts) / len(_sample(name, texts))) for name, timings in passes.items()}


def _sample(name: str, texts: Sequence[str]) -> Sequence[str]:
    return texts[: SYSTEMS[name].sample]


def _whole(timings: Sequence[Timing], share: float) -> Timing:
    """A round from its pieces; ``share``: how many times the reports that were timed it has."""
    return Timing(
        wall=share * sum(timing.wall for timing in timings), cpu=share * sum(timing.cpu for timing in timings)
    )


def _content(name: str, worker: Worker, texts: Sequence[str]) -> Content:
    """What a system sees in the texts, from the sample that it is given."""
    sample = _sample(name, texts)
    share, seen = len(texts) / len(sample), worker.content(sample)
    return Content(tokens=round(share * seen.tokens), mentions=round(share * seen.mentions))
