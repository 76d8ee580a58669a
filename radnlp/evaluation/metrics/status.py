"""The status of the keys that gold mentions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from radnlp.evaluation.metrics.confusion import Confusion, accuracy, macro_f1, right_predicted_gold
from radnlp.evaluation.metrics.ratios import f1
from radnlp.records import STATUS_ORDER, Array, Extraction, Schema

CONFUSION = Confusion(labels=STATUS_ORDER, missing="no finding")


class StatusMetric:
    """Which of the four statuses has a key that gold mentions?

    A case is a report and a key with a finding in gold::

        accuracy  share of the cases in which the system gives the same status
        macro_f1  mean of the four statuses' F1, over those that occur in gold or among the predictions
        absent_f1 F1 of the status absent: how well denial is understood

    A case without a finding of the system is wrong: it has the class "no finding", whose F1 is not part of the mean.

    Not charged: findings of keys that gold does not mention (see ``keys``); values.

    Rows: the confusion matrix, gold status -> predicted status. Shape: 4 x 5 counts.
    """

    def __init__(self, schema: Schema) -> None:
        self._keys = frozenset(key.id for key in schema.keys)

    def count(self, gold: Extraction, predicted: Extraction) -> Sequence[float]:
        counts = np.zeros(CONFUSION.size)
        said = {finding.key: finding.status for finding in predicted.findings}
        for finding in gold.findings:
            if finding.key in self._keys:
                counts[CONFUSION.place(finding.status, said.get(finding.key))] += 1
        return [float(number) for number in counts]

    def scores(self, totals: Array) -> Mapping[str, Array]:
        matrix = CONFUSION.matrix(totals)
        absent = f1(*right_predicted_gold(matrix))[..., STATUS_ORDER.index("absent")]
        return {"accuracy": accuracy(matrix), "macro_f1": macro_f1(matrix), "absent_f1": absent}

    def rows(self, totals: Array) -> Mapping[str, Mapping[str, float]]:
        return CONFUSION.rows(totals)

    def correct(self, gold: Extraction, predicted: Extraction) -> bool | None:
        """Whether every key that gold mentions has its status; None where gold mentions none."""
        said = {finding.key: finding.status for finding in predicted.findings}
        cases = [said.get(finding.key) == finding.status for finding in gold.findings if finding.key in self._keys]
        return all(cases) if cases else None
