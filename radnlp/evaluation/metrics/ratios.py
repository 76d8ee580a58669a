"""Precision, recall and their harmonic mean over arrays, with NaN where nothing was counted."""

from __future__ import annotations

from typing import TypeAlias

import numpy as np
import numpy.typing as npt

#: An array of float64, of any shape.
Floats: TypeAlias = npt.NDArray[np.float64]


def ratio(part: npt.ArrayLike, whole: npt.ArrayLike) -> Floats:
    """``part / whole``, element by element; NaN where the whole is 0.

    >>> ratio([1, 0, 0], [2, 4, 0]).tolist()
    [0.5, 0.0, nan]
    """
    parts, wholes = np.broadcast_arrays(np.asarray(part, dtype=np.float64), np.asarray(whole, dtype=np.float64))
    return np.divide(parts, wholes, out=np.full(wholes.shape, np.nan), where=wholes > 0)


def harmonic(precision: Floats, recall: Floats) -> Floats:
    """F1 = 2PR / (P + R), element by element.

    0 where both are 0. Where only one of them is undefined nothing can have been right (nothing was answered though
    gold has something, or the reverse), and F1 is 0; where both are, it is NaN.

    >>> harmonic(np.array([1.0, 0.0, np.nan, np.nan]), np.array([0.5, 0.0, 0.0, np.nan])).tolist()
    [0.6666666666666666, 0.0, 0.0, nan]
    """
    defined_precision, defined_recall = np.nan_to_num(precision), np.nan_to_num(recall)
    total = np.asarray(defined_precision + defined_recall)
    mean = np.divide(2 * defined_precision * defined_recall, total, out=np.zeros(total.shape), where=total > 0)
    return np.where(np.isnan(precision) & np.isnan(recall), np.nan, mean)


def f1(right: Floats, predicted: Floats, gold: Floats) -> Floats:
    """F1 of counts: ``2 right / (predicted + gold)``; NaN where there is neither a prediction nor gold.

    >>> f1(np.array([1.0, 0.0]), np.array([1.0, 0.0]), np.array([2.0, 0.0])).tolist()
    [0.6666666666666666, nan]
    """
    return ratio(2 * right, predicted + gold)


def macro(values: Floats) -> Floats:
    """Unweighted mean over the last axis, of the defined values only; NaN where there is none.

    >>> macro(np.array([[1.0, 0.5, np.nan], [np.nan, np.nan, np.nan]])).tolist()
    [0.75, nan]
    """
    defined = ~np.isnan(values)
    return ratio(np.where(defined, values, 0.0).sum(axis=-1), defined.sum(axis=-1))
