"""Sentences that nobody labelled, sentences that are not the same, and kappa against statsmodels."""

from itertools import product

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from statsmodels.stats.inter_rater import cohens_kappa

from radnlp.errors import ReportError
from radnlp.evaluation.metrics.sentences import CONFUSION, LABELS
from radnlp.records import Extraction, Sentence


def labelled(*labels, length=9):
    sentences = [Sentence(index=i, start=10 * i, end=10 * i + length, label=label) for i, label in enumerate(labels)]
    return Extraction(report_id="r7", schema="ja_ct", schema_version="1.0.0", sentences=tuple(sentences))


@pytest.mark.parametrize("said", [labelled(None), labelled("finding"), labelled()])
def test_no_label_another_word_and_no_sentence_are_parse_errors(scores, said):
    actual = scores("sentences", [(labelled("positive"), said)])
    assert (actual["accuracy"], actual["unlabelled"], actual["positive_f1"], actual["kappa"]) == (0, 1, 0, 0)


def test_sentences_that_gold_leaves_unlabelled_do_not_count(metric):
    assert metric("sentences").count(labelled(None, "negative"), labelled("positive", "negative")) == metric(
        "sentences"
    ).count(labelled("negative"), labelled("negative"))


def test_other_sentences_on_the_two_sides_are_refused(metric):
    with pytest.raises(ReportError, match=r"report r7: sentence 0 is \[0, 9\) in gold and \[0, 4\) in the prediction"):
        metric("sentences").count(labelled("positive"), labelled("positive", length=4))


def test_a_gold_label_that_does_not_exist_is_refused(metric):
    with pytest.raises(ReportError, match="report r7: sentence 1 has the label 'finding' in gold"):
        metric("sentences").correct(labelled("positive", "finding"), labelled())


@settings(max_examples=40, deadline=None)
@given(st.lists(st.sampled_from(list(product(LABELS, (*LABELS, None)))), min_size=1, max_size=60))
def test_kappa_is_statsmodels_kappa(metric, cases):
    table = np.zeros((5, 5))
    for true, said in cases:
        table[LABELS.index(true), LABELS.index(said) if said else 4] += 1
    # Where one label takes everything on both sides, kappa is 0/0.
    assume(table.max() < table.sum() or table[0:4, 0:4].diagonal().max() < table.sum())
    counts = np.zeros(CONFUSION.size)
    for true, said in cases:
        counts[CONFUSION.place(true, said)] += 1
    expected = cohens_kappa(table, return_results=False)
    assert float(metric("sentences").scores(counts)["kappa"]) == pytest.approx(expected)
