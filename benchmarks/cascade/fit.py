"""Fits the measure of the provider `cascade` and says how well it is calibrated.

    RADNLP_DATA=FOLDER python benchmarks/cascade/fit.py            # tables as Markdown, cross-validated
    RADNLP_DATA=FOLDER python benchmarks/cascade/fit.py --write    # and radnlp/rules/cascade/measure.toml

A logistic model of the signals with weights that are not positive, L2 penalty, the sources of chest_ct weighing the
same; then one shift of the base for chest_xray, on the Indiana reports. Five folds; a report is in one of them,
however often it was read. The even-numbered reports are not looked at.
"""

from __future__ import annotations

import argparse
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

import numpy as np
from material import DEVELOPMENT, PLACES, SIGNPOSTS, Row, indiana_rows, line_rows, report_rows
from numpy.typing import NDArray
from scipy.optimize import minimize

from radnlp.rules.cascade import SIGNALS

Floats = NDArray[np.float64]
PENALTY, FOLDS, BINS = 3.0, 5, 10
#: Readings of the invented reports, and of the challenge lines, of which there are many more.
REPORT_SEEDS, LINE_SEEDS = range(20), range(4)
FILE = Path(__file__).resolve().parents[2] / "radnlp" / "rules" / "cascade" / "measure.toml"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--write", action="store_true", help="write the coefficients where the provider reads them")
    parser.add_argument("--version", default="1", help="of the coefficients")
    options = parser.parse_args()
    rows = [*report_rows(DEVELOPMENT, seeds=REPORT_SEEDS), *line_rows(seeds=LINE_SEEDS)]
    xray = list(indiana_rows())
    names = list(SIGNALS)
    held_out = np.zeros(len(rows))
    folds = np.array(fold(rows))
    for number in range(FOLDS):
        train = [row for row, at in zip(rows, folds, strict=True) if at != number]
        model = fit(train, names)
        held_out[folds == number] = probabilities(model, rows, names)[folds == number]
    model = fit(rows, names)
    shifted, at = np.zeros(len(xray)), np.array(fold(xray))
    for number in range(FOLDS):
        train = [row for row, other in zip(xray, at, strict=True) if other != number]
        moved = probabilities(model, xray, names, shift=shift(model, train, names))
        shifted[at == number] = moved[at == number]
    move = shift(model, xray, names)
    print(
        "| source | rows | right | mean probability | AUC | Brier | calibration error |\n|---|--:|--:|--:|--:|--:|--:|"
    )
    for source in ("reports", "lines"):
        chosen = np.array([row.source == source for row in rows])
        print(quality(source, held_out[chosen], rights(rows)[chosen]))
    print(quality("Indiana, not shifted", probabilities(model, xray, names), rights(xray)))
    print(quality("Indiana, shifted", shifted, rights(xray)))
    print("\nReliability, reports and lines (held out):\n\n| probability | rows | mean | right |\n|---|--:|--:|--:|")
    for low, high, said, true in reliability(held_out, rights(rows)):
        print(f"| {low:.2f} to {high:.2f} | {len(rows) // BINS} | {said:.3f} | {true:.3f} |")
    print("\n| signal | weight |\n|---|--:|")
    print("\n".join(f"| {name} | {weight:.2f} |" for name, weight in zip(["base", *names], model, strict=True)))
    print(f"| shift of chest_xray | {move:.2f} |")
    if options.write:
        FILE.write_text(toml(model, names, {"chest_xray": move}, options.version, len(rows), len(xray)), "utf-8")


def fold(rows: Sequence[Row]) -> list[int]:
    """The fold of each row; all of a report in one."""
    order = {group: number for number, group in enumerate(dict.fromkeys(row.group for row in rows))}
    return [order[row.group] % FOLDS for row in rows]


def rights(rows: Sequence[Row]) -> Floats:
    return np.array([row.right for row in rows], dtype=np.float64)


def matrix(rows: Sequence[Row], names: Sequence[str]) -> Floats:
    return np.array([[1.0, *(row.signals[name] for name in names)] for row in rows])


def fit(rows: Sequence[Row], names: Sequence[str]) -> Floats:
    """Base and weights; the sources weigh the same in sum, as many as the smaller of them has rows."""
    sources = [row.source for row in rows]
    least = min(sources.count(source) for source in set(sources))
    weigh = np.array([least / sources.count(source) for source in sources])
    x, y = matrix(rows, names), rights(rows)

    def loss(model: Floats) -> tuple[float, Floats]:
        z = x @ model
        slope = x.T @ (weigh * (1 / (1 + np.exp(-z)) - y))
        slope[1:] += PENALTY * model[1:]
        return float((weigh * np.logaddexp(0, (1 - 2 * y) * z)).sum() + PENALTY * (model[1:] ** 2).sum() / 2), slope

    bounds = [(None, None), *[(None, 0.0)] * len(names)]
    found: Floats = minimize(loss, np.zeros(x.shape[1]), jac=True, bounds=bounds, method="L-BFGS-B").x
    return found


def shift(model: Floats, rows: Sequence[Row], names: Sequence[str]) -> float:
    """What has to be added for the mean probability to be the share that is right."""
    low, high = -5.0, 5.0
    while high - low > 1e-4:
        middle = (low + high) / 2
        too_high = probabilities(model, rows, names, shift=middle).mean() > rights(rows).mean()
        low, high = (low, middle) if too_high else (middle, high)
    return low


def probabilities(model: Floats, rows: Sequence[Row], names: Sequence[str], *, shift: float = 0.0) -> Floats:
    found: Floats = 1 / (1 + np.exp(-(matrix(rows, names) @ model + shift)))
    return found


def quality(name: str, said: Floats, true: Floats) -> str:
    """One row of the table."""
    brier, error = ((said - true) ** 2).mean(), calibration_error(said, true)
    numbers = f"{true.mean():.3f} | {said.mean():.3f} | {auc(said, true):.3f} | {brier:.3f} | {error:.3f}"
    return f"| {name} | {len(said):,} | {numbers} |"


def auc(said: Floats, true: Floats) -> float:
    """How probable it is that a right answer has the higher probability; ties count half."""
    right, wrong = said[true == 1][:, None], said[true == 0][None]
    return float((right > wrong).mean() + (right == wrong).mean() / 2) if right.size and wrong.size else float("nan")


def reliability(said: Floats, true: Floats) -> list[tuple[float, float, float, float]]:
    """For bins of like size: lowest and highest probability, mean probability, share that is right."""
    order = np.argsort(said, kind="stable")
    return [(said[c].min(), said[c].max(), said[c].mean(), true[c].mean()) for c in np.array_split(order, BINS)]


def calibration_error(said: Floats, true: Floats) -> float:
    """Expected calibration error over bins of like size (Naeini et al., AAAI 2015)."""
    bins = np.array_split(np.argsort(said, kind="stable"), BINS)
    return float(sum(len(c) * abs(said[c].mean() - true[c].mean()) for c in bins) / len(said))


def toml(model: Floats, names: Sequence[str], shifts: Mapping[str, float], version: str, rows: int, xray: int) -> str:
    lines = [
        "# How probable it is that the mapper `rules` found exactly the places of a key: measure.py and signals.py.",
        "# Written by benchmarks/cascade/fit.py.",
        f'version = "{version}"',
        f'date = "{date.today().isoformat()}"',
        f'material = "{rows:,} readings of the odd-numbered invented chest CT reports and of the lines of '
        f"tests/challenges/relations.toml by rules that have forgotten {SIGNPOSTS:.0%} of the signposts and "
        f'{PLACES:.0%} of the terms for places; the shift of chest_xray: {xray:,} keys of Indiana development reports"',
        f"base = {model[0]:.3f}",
        "",
        "# What one unit of a signal adds to the logit.",
        "[weights]",
        *(f"{name} = {weight:.3f}" for name, weight in zip(names, model[1:], strict=True) if weight < -0.0005),
        "",
        "# What reports of a schema add: side alone is asked there, and the codes held against it are noisy.",
        "[shifts]",
        *(f"{schema} = {value:.3f}" for schema, value in shifts.items()),
    ]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    main()
