"""The built-in metrics, offered through the same hook as anybody's."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import cast

from radnlp.api import Metric, MetricProvider, Schema, hookimpl

_SHIN = "Shin et al., Sci Rep 2025;15:31550"
_KIKUCHI = "Kikuchi et al., J Med Internet Res 2026;28:e86365"
_HOUSE = "radnlp"


def _built(name: str, metric: str) -> Callable[[Schema], Metric]:
    """A factory that imports the metric, and numpy with it, when somebody asks for it."""

    def build(schema: Schema) -> Metric:
        return cast(Metric, getattr(import_module(f"radnlp.evaluation.metrics.{name}"), metric)(schema))

    return build


@hookimpl
def radnlp_register_metrics() -> list[MetricProvider]:
    """Keys, values, status, evidence and sentence classes."""
    return [
        MetricProvider(
            name="keys",
            summary="which keys a report has",
            formula=(
                "accuracy = reports with all keys right; precision = mean of |P & G| / |P| over reports where the "
                "system answered any key; recall = mean of |P & G| / |G| over reports where gold has any; f1 = their "
                "harmonic mean; specificity = reports answered with no key where gold has none; micro_* over (report, "
                "key). Positive is present or uncertain. Not charged: present for uncertain, values."
            ),
            source=f"{_SHIN}, entity key classification",
            factory=_built("keys", "KeyMetric"),
        ),
        MetricProvider(
            name="shin2025",
            summary="which values the keys have that gold has, as the paper scores it",
            formula=(
                "Per key over the reports where gold has it: accuracy = value sets equal; precision = mean of |P & G| "
                "/ |P| where the system gave values; recall = mean of |P & G| / |G| where gold has values; f1 = their "
                "harmonic mean; then the mean over keys. Not charged: a key that the system invents costs nothing, "
                "with all its values."
            ),
            source=f"{_SHIN}, relationship mapping, Tables 2 and 3",
            factory=_built("shin2025", "Shin2025Metric"),
        ),
        MetricProvider(
            name="relations",
            summary="which values a report has, every invention charged",
            formula=(
                "Triples (key, relation, value), compound values expanded: micro precision = |P & G| / |P|, recall = "
                "|P & G| / |G|, f1 = 2 |P & G| / (|P| + |G|) over all reports; macro_* the mean over keys; accuracy = "
                "reports with equal sets. Not charged: status other than absent, keys without values."
            ),
            source=_HOUSE,
            factory=_built("relations", "RelationMetric"),
        ),
        MetricProvider(
            name="hierarchy",
            summary="which values a report has, half a point for a lobe in the right lung",
            formula=(
                "As relations, but a triple weighs 1 when the other side has it, 0.5 when the other side has a value "
                "within it or around it, else 0; precision = mean weight of the system's triples, recall = of "
                "gold's, f1 = their harmonic mean. Not charged: one value may be the match of several."
            ),
            source=_HOUSE,
            factory=_built("hierarchy", "HierarchyMetric"),
        ),
        MetricProvider(
            name="status",
            summary="which status a key has that gold mentions",
            formula=(
                "Over (report, key) that gold mentions: accuracy = same status, no finding is wrong; macro_f1 = mean "
                "F1 of the statuses that occur. Not charged: findings that gold does not mention."
            ),
            source=_HOUSE,
            factory=_built("status", "StatusMetric"),
        ),
        MetricProvider(
            name="evidence",
            summary="whether findings point to the right words",
            formula=(
                "Over findings of gold with evidence, characters of the same key's evidence summed over all: precision "
                "= |P & G| / |P|, recall = |P & G| / |G|, f1 = 2 |P & G| / (|P| + |G|); hit = findings with any "
                "overlap. Not charged: evidence of findings that gold does not have."
            ),
            source=_HOUSE,
            factory=_built("evidence", "EvidenceMetric"),
        ),
        MetricProvider(
            name="sentences",
            summary="which class each sentence has",
            formula=(
                "Over the labelled sentences of gold: accuracy; macro_f1 over labels; positive_ppv, positive_recall, "
                "positive_f1 of the class positive; kappa = (o - e) / (1 - e), in [-1, 1]; unlabelled = sentences "
                "without a label of the system, wrong in all of them. Not charged: sentences without a gold label."
            ),
            source=_KIKUCHI,
            factory=_built("sentences", "SentenceMetric"),
        ),
        MetricProvider(
            name="negation_split",
            summary="whether a denied key makes a report harder",
            formula=(
                "Share of reports with all keys right, among those with at least one absent key in gold "
                "(with_negation) and among the others (without_negation). Not charged: how many keys are wrong."
            ),
            source=f"{_SHIN}, reports with and without negation",
            factory=_built("negation_split", "NegationSplitMetric"),
        ),
    ]
