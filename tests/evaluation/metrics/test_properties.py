"""What holds for every metric, whatever the reports."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from radnlp.evaluation.plugin import radnlp_register_metrics
from radnlp.records import STATUS_ORDER, EvidenceSpan, Extraction, Finding, Sentence

NAMES = [provider.name for provider in radnlp_register_metrics()]
KEYS = ("nodules", "ggo", "pleural_effusion", "mass")
PLACES = ("right_lung", "rul", "rll", "lll", "bll", "left_lingula", "lul")
LABELS = ("background", "positive", "negative", "continuation", None)
SENTENCES = 4


@st.composite
def findings(draw, key):
    status = draw(st.sampled_from(STATUS_ORDER))
    places = draw(st.lists(st.sampled_from(PLACES), max_size=3, unique=True))
    starts = draw(st.lists(st.integers(0, 20), max_size=2))
    spans = tuple(EvidenceSpan(start=start, end=start + 5, text="") for start in starts)
    values = {"located_in": tuple(places)} if places and status != "absent" and key != "pleural_effusion" else {}
    return Finding(key=key, status=status, values=values, evidence=spans)


@st.composite
def extractions(draw):
    keys = draw(st.lists(st.sampled_from(KEYS), unique=True))
    labels = draw(st.lists(st.sampled_from(LABELS), min_size=SENTENCES, max_size=SENTENCES))
    sentences = [Sentence(index=i, start=10 * i, end=10 * i + 9, label=label) for i, label in enumerate(labels)]
    return Extraction(
        report_id="r",
        schema="chest_ct",
        schema_version="1.0.0",
        findings=tuple(draw(findings(key)) for key in keys),
        sentences=tuple(sentences),
    )


PAIRS = st.lists(st.tuples(extractions(), extractions()), min_size=1, max_size=5)
few = settings(max_examples=30, deadline=None)


@few
@given(pairs=PAIRS)
def test_scores_lie_between_0_and_1(scores, pairs):
    for name in NAMES:
        for score, value in scores(name, pairs).items():
            lowest = -1 if score == "kappa" else 0
            assert np.isnan(value) or lowest - 1e-9 <= value <= 1 + 1e-9, (name, score)


@few
@given(golds=st.lists(extractions(), min_size=1, max_size=5))
def test_a_perfect_prediction_scores_1(metric, scores, golds):
    for name in NAMES:
        for score, value in scores(name, [(gold, gold) for gold in golds]).items():
            assert np.isnan(value) or value == pytest.approx(0.0 if score == "unlabelled" else 1.0), (name, score)
        assert metric(name).correct(golds[0], golds[0]) in (True, None)


@few
@given(pairs=PAIRS)
def test_neither_the_order_of_the_reports_nor_their_repetition_matters(scores, pairs):
    for name in NAMES:
        assert scores(name, pairs[::-1] * 2) == pytest.approx(scores(name, pairs), nan_ok=True), name


@few
@given(pairs=PAIRS)
def test_many_totals_at_once_are_scored_like_one_after_the_other(metric, pairs):
    for name in NAMES:
        counts = np.array([metric(name).count(*pair) for pair in pairs])
        at_once = metric(name).scores(np.stack([counts, 2 * counts]))  # shape (2, n, k)
        for place in np.ndindex(2, len(pairs)):
            alone = metric(name).scores(counts[place[1]] * (1 + place[0]))
            assert list(alone) == list(at_once)
            for score in alone:
                assert float(at_once[score][place]) == pytest.approx(float(alone[score]), nan_ok=True), (name, score)


@pytest.mark.parametrize("name", NAMES)
def test_no_report_has_no_score(metric, name):
    silent = Extraction(report_id="", schema="chest_ct", schema_version="1.0.0")
    nothing = np.zeros(len(metric(name).count(silent, silent)))
    assert all(np.isnan(value) for value in metric(name).scores(nothing).values())
    metric(name).rows(nothing)
