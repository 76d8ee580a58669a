"""Texts made to be slow: what each costs a byte, beside ordinary text of the same size timed just before it."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from statistics import median

from lengths import MIB
from texts import long_text
from worker import Worker

#: Each text is tried at these sizes, as long as the next one promises to stay below so many seconds.
SIZES = (1 << 14, 1 << 16, 1 << 18, MIB)
ENGINES = ("radnlp_native",)
_LIMIT = 45.0
_KOREAN, _KOREAN_SIZE = "Korean mentions, `결절 `", 500_000 * len("결절 ".encode())


@dataclass(frozen=True, slots=True, kw_only=True)
class Cost:
    """One text at the largest size that was done within the limit.

    Attributes:
        size: Bytes (UTF-8).
        seconds: Median.
        mentions: Mentions in a KiB.
        per_byte: Cost of a byte over that of a byte of ordinary text.
        per_character: The same for a character; another number only where the text is not ASCII.
    """

    size: int
    seconds: float
    mentions: float
    per_byte: float
    per_character: float


def _repeated(unit: str) -> Callable[..., str]:
    def make(size: int, *, seed: int) -> str:
        text = unit * (size // len(unit.encode()) + 1)
        return text[: size * len(text) // len(text.encode())]

    return make


def _endless(size: int, *, seed: int) -> str:
    return re.sub(r"[.;:\n\d]+ ?", " ", long_text(size * 2, seed=seed))[:size]


def _brackets(size: int, *, seed: int) -> str:
    half = size // 2
    return ("(no nodule [" * (half // 12 + 1))[:half] + ("]mass) " * (half // 7 + 1))[:half]


_CUES = "no without possible cannot be excluded history of rule out has resolved but not seen suspected absent "


def _cues_and_one(size: int, *, seed: int) -> str:
    return (_CUES * (size // len(_CUES) + 1))[: size - 7].rstrip() + " nodule"


def _spaces(size: int, *, seed: int) -> str:
    return "No " + " " * (size - 10) + "nodule."


TEXTS: Mapping[str, Callable[..., str]] = {
    "ordinary text": long_text,
    "`no nodule, ` again and again": _repeated("no nodule, "),
    "one endless sentence of ordinary words": _endless,
    "nested brackets": _brackets,
    "cue words only": _repeated(_CUES),
    "cue words and one nodule at the end": _cues_and_one,
    "one cue, then `nodule ` again and again": lambda size, *, seed: "No " + _repeated("nodule ")(size - 3, seed=0),
    "cues of every kind and nodules, no stop": _repeated(
        "no nodule possible nodule history of nodule nodule cannot be excluded without nodule nodule has resolved "
    ),
    "overlapping terms": _repeated(
        "right lower lobe lung base peribronchial interlobular septal pleural thickening "
        "ground glass nodular opacity mass "
    ),
    "one-word lines": _repeated("nodule\n"),
    "one endless word": _repeated("nodule"),
    "spaces between cue and nodule": _spaces,
    _KOREAN: _repeated("결절 "),
}


def measure_hostile(system: str, *, repeats: int, say: Callable[[str], None]) -> dict[str, Cost]:
    """Cost of every text for one engine; a fresh process after one that took too long."""
    costs: dict[str, Cost] = {}
    worker = Worker(system)
    for title, make in TEXTS.items():
        per_byte = 0.0
        for size in (*SIZES[:-1], _KOREAN_SIZE if title == _KOREAN else SIZES[-1]):
            if per_byte * size > _LIMIT:
                break
            pairs = _pairs(worker, make, size, repeats)
            if pairs is None:
                worker = Worker(system)
                break
            costs[title] = _cost(worker, make(size, seed=0), pairs)
            per_byte = costs[title].seconds / size
            say(f"{system}, {title}, {size} bytes: {costs[title].seconds:.3f} s")
    worker.stop()
    return costs


def _pairs(worker: Worker, make: Callable[..., str], size: int, repeats: int) -> list[tuple[float, float]] | None:
    """Seconds for ordinary text of a size (at most 1 MiB) and for the hostile one, some times in turn."""
    pairs: list[tuple[float, float]] = []
    for repeat in range(repeats):
        seconds: list[float] = []
        for text in (long_text(min(size, MIB), seed=repeat), make(size, seed=repeat)):
            timing = worker.time([text], limit=4 * _LIMIT)
            if timing is None:
                return None
            seconds.append(timing.wall)
        pairs.append((seconds[0], seconds[1]))
        if sum(map(sum, pairs)) > _LIMIT / 4:
            break
    return pairs


def _cost(worker: Worker, text: str, pairs: list[tuple[float, float]]) -> Cost:
    size = len(text.encode())
    ratio = median(hostile / ordinary for ordinary, hostile in pairs)
    beginning = text[: SIZES[0]]
    return Cost(
        size=size,
        seconds=median(hostile for _, hostile in pairs),
        mentions=worker.content([beginning]).mentions / len(beginning.encode()) * 1024,
        per_byte=ratio * min(size, MIB) / size,
        per_character=ratio * min(size, MIB) / len(text),
    )
