"""From logits on held-out reports to probabilities that mean something, and a threshold for each key."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Truths = NDArray[np.bool_]

#: Temperatures looked at; outside of it a model is not ill-calibrated but wrong.
_COLDEST, _HOTTEST = 0.05, 20.0
_STEPS = 60


def sigmoid(logits: Floats) -> Floats:
    """Probabilities, without overflow."""
    shares: Floats = 0.5 * (1.0 + np.tanh(0.5 * logits))
    return shares


def temperature(logits: Floats, truths: Truths) -> float:
    """What to divide logits by so that probabilities fit best (Guo et al., ICML 2017, section 4.2).

    The log-likelihood is concave in 1 / temperature, so thirds of the interval are cut away until it is narrow.

    Args:
        logits: Shape (reports, keys).
        truths: Of the same shape.

    Returns:
        A number in [0.05, 20]; 1 without reports.
    """
    if not logits.size:
        return 1.0
    low, high = 1 / _HOTTEST, 1 / _COLDEST
    for _ in range(_STEPS):
        third = (high - low) / 3
        if surprise(logits * (low + third), truths) <= surprise(logits * (high - third), truths):
            high -= third
        else:
            low += third
    return float(2 / (low + high))


def surprise(logits: Floats, truths: Truths) -> float:
    """Mean negative log-likelihood of the truths, in nats."""
    return float(np.mean(np.logaddexp(0.0, np.where(truths, -logits, logits))))


def thresholds(shares: Floats, truths: Truths) -> Floats:
    """For each key the probability from which on it counts, chosen for the best F1.

    Args:
        shares: Probabilities, shape (reports, keys).
        truths: Of the same shape.

    Returns:
        Shape (keys,), each in (0, 1); 0.5 for a key that is positive nowhere or everywhere. Of several equally good
        ones the nearest to 0.5.
    """
    return np.array([_threshold(shares[:, key], truths[:, key]) for key in range(shares.shape[1])])


def _threshold(shares: Floats, truths: Truths) -> float:
    if not truths.any() or truths.all():
        return 0.5
    values = np.unique(shares)
    between = np.concatenate([[0.5], (values[1:] + values[:-1]) / 2])
    candidates = np.clip(between, 1e-4, 1 - 1e-4)
    scores = [f1(shares >= candidate, truths) for candidate in candidates]
    best = max(scores)
    good = [c for c, score in zip(candidates, scores, strict=True) if score >= best - 1e-12]
    return float(min(good, key=lambda candidate: (abs(candidate - 0.5), candidate)))


def f1(said: Truths, truths: Truths) -> float:
    """Harmonic mean of precision and recall; 0 where nothing is right."""
    right = int(np.sum(said & truths))
    return 2 * right / max(int(said.sum()) + int(truths.sum()), 1)


def scores(shares: Floats, truths: Truths, limits: Floats, answers: Sequence[str]) -> dict[str, object]:
    """What a card and a validation say: for each key and as their mean over keys that are positive somewhere."""
    said = shares >= limits
    keys = {}
    for number, key in enumerate(answers):
        right = int(np.sum(said[:, number] & truths[:, number]))
        keys[key] = {
            "positive": int(truths[:, number].sum()),
            "precision": round(right / max(int(said[:, number].sum()), 1), 4),
            "recall": round(right / max(int(truths[:, number].sum()), 1), 4),
            "f1": round(f1(said[:, number], truths[:, number]), 4),
        }
    there = [row["f1"] for row in keys.values() if row["positive"]]
    return {
        "macro_f1": round(float(np.mean(there)), 4) if there else 0.0,
        "micro_f1": round(f1(said.ravel(), truths.ravel()), 4),
        "exact": round(float((said == truths).all(axis=1).mean()), 4) if len(truths) else 0.0,
        "keys": keys,
    }
