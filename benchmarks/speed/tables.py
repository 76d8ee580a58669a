"""The results as a Markdown page."""

from collections.abc import Iterable, Mapping, Sequence

from hostile import Cost
from lengths import Point, slope
from rounds import Rounds, Spread
from systems import SYSTEMS

_COMPARED = {"blank": "spaCy's tokenizer", "medspacy": "medspaCy", "edsnlp_lower": "edsnlp, bare", "edsnlp": "edsnlp"}


def page(
    *,
    environment: Mapping[str, str],
    missing: Mapping[str, str],
    measured: Mapping[str, Rounds],
    lines: Mapping[str, tuple[Point, ...]],
    hostile: Mapping[str, Mapping[str, Cost]],
) -> str:
    """Everything of one run."""
    parts = ["# Speed", "", *(f"- {name}: {value}" for name, value in environment.items())]
    for rounds in measured.values():
        share = rounds.core_share()
        parts.append(
            f"- {rounds.reports} reports of {rounds.size:.0f} bytes in each of {_rounds(rounds)} rounds; the measured "
            f"process had its core for {share.median:.1%} of the time (in the worst round {share.low:.0%})"
        )
    parts += [f"- not measured: {SYSTEMS[name].title}: {why}" for name, why in missing.items()]
    if measured:
        parts += ["", "## Reports a second, one core", "", *_rates(measured)]
        parts += ["", "## radnlp's rate over another system's, in the same round", "", *_ratios(measured)]
    if lines:
        parts += ["", "## Time against length", "", "![time against length](length.svg)", "", *_lengths(lines)]
    if hostile:
        parts += ["", "## Hostile texts", "", *_hostile(hostile)]
    return "\n".join(parts) + "\n"


def _rates(measured: Mapping[str, Rounds]) -> list[str]:
    columns = ["system"]
    for length in measured:
        columns += [f"{length}: reports/s", "of the tokenizer's rate", "tokens", "mentions"]
    rows = []
    for name in next(iter(measured.values())).timings:
        row = [SYSTEMS[name].title]
        for rounds in measured.values():
            content = rounds.content[name]
            row += [
                _spread(rounds.rate(name), ".0f"),
                _spread(rounds.ratio(name, "blank"), ".2f"),
                f"{content.tokens / rounds.reports:.0f}",
                f"{content.mentions / rounds.reports:.1f}",
            ]
        rows.append(row)
    return _table(columns, rows)


def _ratios(measured: Mapping[str, Rounds]) -> list[str]:
    to = [other for other in _COMPARED if other in next(iter(measured.values())).timings]
    rows = []
    for length, rounds in measured.items():
        for name in rounds.timings:
            if name.startswith("radnlp_"):
                ratios = [_spread(rounds.ratio(name, other), ".2f") for other in to]
                rows.append([f"{SYSTEMS[name].title}, {length}", *ratios])
    return _table(["system", *(f"÷ {_COMPARED[other]}" for other in to)], rows)


def _lengths(lines: Mapping[str, tuple[Point, ...]]) -> list[str]:
    sizes = sorted({point.size for points in lines.values() for point in points})
    by_size = {name: {point.size: point for point in points} for name, points in lines.items()}
    columns = ["bytes", *(f"{SYSTEMS[name].title}: {unit}" for name in lines for unit in ("ms", "ns/byte"))]
    rows = []
    for size in sizes:
        row = [f"{size:,}"]
        for line in by_size.values():
            point = line.get(size)
            row += [f"{point.seconds * 1e3:.3g}", f"{point.nanoseconds_per_byte:.0f}"] if point else ["", ""]
        rows.append(row)
    exponents = ["exponent from 4 KiB on"]
    for points in lines.values():
        exponent = slope(points)
        exponents += [f"{exponent:.2f}" if exponent is not None else "", ""]
    return _table(columns, [*rows, exponents])


def _hostile(hostile: Mapping[str, Mapping[str, Cost]]) -> list[str]:
    columns = ["text"]
    for name in hostile:
        engine = name.removeprefix("radnlp_")
        columns += [f"{engine}: bytes", "mentions/KiB", "ms", "ns/byte", "× ordinary byte", "× ordinary character"]
    titles = dict.fromkeys(title for costs in hostile.values() for title in costs)
    rows = []
    for title in titles:
        row = [title]
        for costs in hostile.values():
            cost = costs.get(title)
            row += _cost(cost) if cost else ["too long at 16 KiB", "", "", "", "", ""]
        rows.append(row)
    return _table(columns, rows)


def _cost(cost: Cost) -> list[str]:
    return [
        f"{cost.size:,}",
        f"{cost.mentions:.0f}",
        f"{cost.seconds * 1e3:,.0f}",
        f"{cost.seconds / cost.size * 1e9:,.0f}",
        f"{cost.per_byte:.2f}",
        f"{cost.per_character:.2f}",
    ]


def _rounds(rounds: Rounds) -> int:
    return len(next(iter(rounds.timings.values())))


def _spread(spread: Spread, form: str) -> str:
    return f"{spread.median:{form}} ({spread.low:{form}}–{spread.high:{form}})"


def _table(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> list[str]:
    lines = [columns, ["---", *("---:" for _ in columns[1:])], *rows]
    return ["| " + " | ".join(line) + " |" for line in lines]
