"""Time of one report against its length, from 100 B to 1 MiB of ordinary text."""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from statistics import linear_regression

from texts import long_text
from worker import Worker

MIB = 1 << 20
SIZES = (100, *(1 << power for power in range(8, 21)))
#: The lines of the plot.
LINES = ("blank", "radnlp_native")
#: Seconds that one report may take; longer ones are left out.
_LIMIT = 60.0
#: Texts of so many bytes together are one pass.
_PASS = 1 << 15
#: From here on the fixed cost of a report no longer counts, and the slope says how time grows with length.
_SLOPE_FROM = 4096


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """Seconds for one report of ``size`` bytes: the least of several passes, which other work on the machine slowed."""

    size: int
    seconds: float

    @property
    def nanoseconds_per_byte(self) -> float:
        return self.seconds / self.size * 1e9


def measure_lengths(system: str, worker: Worker, *, repeats: int, say: Callable[[str], None]) -> tuple[Point, ...]:
    """One point a length, up to the length that would take too long."""
    least: dict[int, float] = {}
    sizes: Sequence[int] = SIZES
    for repeat in range(repeats):
        for size in sizes:
            batch = max(1, _PASS // size)
            texts = [long_text(size, seed=repeat * batch + number) for number in range(batch)]
            timing = worker.time(texts, limit=_LIMIT * batch)
            if timing is None:  # the process is gone, and longer texts would take longer still
                return _points(least)
            least[size] = min(timing.wall / batch, least.get(size, math.inf))
        # What takes seconds is not timed as often.
        sizes = [size for size in sizes if least[size] * (repeat + 1) < _LIMIT / 6]
        say(f"{system}, lengths, pass {repeat + 1} of {repeats}")
    return _points(least)


def _points(least: dict[int, float]) -> tuple[Point, ...]:
    return tuple(Point(size=size, seconds=seconds) for size, seconds in least.items())


def slope(points: tuple[Point, ...]) -> float | None:
    """Exponent of time over length from 4 KiB on: 1 is linear, 2 quadratic. None with fewer than three points."""
    kept = [point for point in points if point.size >= _SLOPE_FROM]
    if len(kept) < 3:
        return None
    return linear_regression(
        [math.log(point.size) for point in kept], [math.log(point.seconds) for point in kept]
    ).slope
