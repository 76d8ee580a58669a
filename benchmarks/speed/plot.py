"""The picture of time against report length."""

from collections.abc import Mapping
from pathlib import Path

import matplotlib
from lengths import Point
from matplotlib.axes import Axes
from matplotlib.ticker import FuncFormatter, NullLocator

matplotlib.use("Agg")
from matplotlib import pyplot

_TICKS = (100, 1 << 10, 1 << 13, 1 << 16, 1 << 20)
#: Told apart without colour as well: marker and dash.
_STYLES = {
    "blank": ("blank tokenizer, spaCy en", "#777777", "s", ":"),
    "radnlp_native": ("radnlp chest_ct, engine native", "#1b6ca8", "o", "-"),
}


def draw(lines: Mapping[str, tuple[Point, ...]], output: Path) -> None:
    """Write ``length.svg`` and ``length.png``: milliseconds a report, and nanoseconds a byte, both over length."""
    figure, (time, cost) = pyplot.subplots(1, 2, figsize=(11, 4.6), layout="constrained")
    for system, points in lines.items():
        label, colour, marker, dash = _STYLES[system]
        style = {"label": label, "color": colour, "marker": marker, "linestyle": dash, "markersize": 5}
        sizes = [point.size for point in points]
        time.plot(sizes, [point.seconds * 1e3 for point in points], **style)
        cost.plot(sizes, [point.nanoseconds_per_byte for point in points], **style)
    longest = max((points for points in lines.values()), key=lambda points: points[-1].seconds)[-1]
    time.plot(
        [100, longest.size],
        [longest.seconds * 3e3 * 100 / longest.size, longest.seconds * 3e3],
        color="#bbbbbb",
        linewidth=1,
        label="slope of linear time",
    )
    _axes(time, "Time of one report", "ms per report")
    _axes(cost, "Cost of one byte", "ns per byte")
    cost.set_ylim(bottom=min(point.nanoseconds_per_byte for points in lines.values() for point in points) / 2)
    time.legend(loc="upper left", fontsize=9, frameon=False)
    for ending in ("svg", "png"):
        figure.savefig(output / f"length.{ending}", dpi=150)
    pyplot.close(figure)


def _axes(axes: Axes, title: str, unit: str) -> None:
    axes.set(title=title, xlabel="length of the report in bytes", ylabel=unit, xscale="log", yscale="log")
    axes.set_xticks(_TICKS)
    axes.xaxis.set_major_formatter(FuncFormatter(_size))
    axes.xaxis.set_minor_locator(NullLocator())
    axes.yaxis.set_major_formatter(FuncFormatter(lambda value, _: f"{value:g}"))
    axes.grid(visible=True, which="major", color="#e5e5e5", linewidth=0.8)
    axes.spines[["top", "right"]].set_visible(False)


def _size(value: float, _position: int) -> str:
    for unit, size in (("MiB", 1 << 20), ("KiB", 1 << 10)):
        if value >= size:
            return f"{value / size:g} {unit}"
    return f"{value:g} B"
