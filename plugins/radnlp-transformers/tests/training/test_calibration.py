"""Thresholds and temperature, on numbers one can check by hand."""

import numpy as np
import pytest

pytest.importorskip("torch")

from radnlp_transformers.training.calibration import scores, sigmoid, temperature, thresholds


def test_a_model_that_is_twice_too_sure_is_cooled_by_two():
    lot = np.random.RandomState(0)
    honest = lot.randn(20000, 1) * 2
    truths = lot.rand(20000, 1) < sigmoid(honest)
    assert temperature(2 * honest, truths) == pytest.approx(2, rel=0.05)
    assert temperature(honest, truths) == pytest.approx(1, rel=0.05)


def test_the_threshold_parts_what_can_be_parted():
    shares = np.array([[0.1], [0.2], [0.25], [0.3]])
    truths = np.array([[False], [False], [True], [True]])
    assert thresholds(shares, truths) == pytest.approx([0.225])


@pytest.mark.parametrize("truth", [True, False])
def test_a_key_of_one_kind_has_the_middle_threshold(truth):
    assert thresholds(np.array([[0.9], [0.1]]), np.array([[truth], [truth]])).tolist() == [0.5]


def test_precision_and_recall_of_each_key():
    shares = np.array([[0.9, 0.1], [0.8, 0.1], [0.1, 0.1], [0.2, 0.9]])
    truths = np.array([[True, False], [False, False], [True, False], [False, False]])
    found = scores(shares, truths, np.array([0.5, 0.5]), ("mass", "ggo"))
    assert found["keys"]["mass"] == {"positive": 2, "precision": 0.5, "recall": 0.5, "f1": 0.5}
    assert found["macro_f1"] == 0.5  # a key that is nowhere positive has no part in it
    assert found["exact"] == 0.25


def test_large_logits_do_not_overflow():
    assert sigmoid(np.array([-1e4, 0.0, 1e4])).tolist() == [0.0, 0.5, 1.0]
