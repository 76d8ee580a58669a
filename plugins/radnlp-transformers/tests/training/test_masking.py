"""What is hidden from a masked language model."""

import pytest

torch = pytest.importorskip("torch")

from radnlp_transformers.training.masking import IGNORED, masked  # noqa: E402

ROWS = [list(range(10, 10 + length)) for length in (50, 80, 100)] * 40


def hide(seed=0, rows=ROWS):
    return masked([[2, *row, 3] for row in rows], padding=0, mask=4, special=[0, 2, 3, 4], size=500, seed=seed)


def test_fifteen_in_a_hundred_tokens_are_asked_for_and_most_of_them_masked():
    batch = hide()
    asked = batch.hidden != IGNORED
    words = batch.mask.sum() - 2 * len(ROWS)
    assert asked.sum() / words == pytest.approx(0.15, abs=0.01)
    assert ((batch.ids == 4) & asked).sum() / asked.sum() == pytest.approx(0.8, abs=0.03)
    assert ((batch.ids == batch.hidden) & asked).sum() / asked.sum() == pytest.approx(0.1, abs=0.03)


def test_special_tokens_and_padding_are_left_alone():
    batch = hide()
    untouched = (batch.mask == 0) | (batch.ids == 2) | (batch.ids == 3)
    assert (batch.hidden[batch.mask == 0] == IGNORED).all()
    assert not torch.isin(batch.hidden[untouched & (batch.hidden != IGNORED)], torch.tensor([0, 2, 3])).any()


def test_the_seed_alone_decides():
    assert torch.equal(hide(1).ids, hide(1).ids)
    assert not torch.equal(hide(1).ids, hide(2).ids)


def test_a_short_batch_is_asked_for_something():
    assert all((hide(seed, [[10]]).hidden != IGNORED).sum() == 1 for seed in range(20))
