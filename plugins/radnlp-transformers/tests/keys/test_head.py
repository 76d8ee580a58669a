"""Attention pooling, and what each token has to do with the answer."""

import pytest

torch = pytest.importorskip("torch")

from radnlp_transformers.keys.head import AttentionHead, of_reports  # noqa: E402


@pytest.fixture
def head():
    torch.manual_seed(0)
    return AttentionHead(8, 3, dropout=0.0)


def test_it_is_the_weighted_sum_under_a_softmax_and_a_dense_layer(head):
    states = torch.randn(1, 5, 8)
    weights = torch.softmax(head.score(states[0, :3]).squeeze(-1), dim=0)
    expected = head.dense(weights @ states[0, :3])
    assert torch.allclose(head(states, torch.tensor([[1, 1, 1, 0, 0]]))[0], expected, atol=1e-6)


def test_padding_changes_nothing(head):
    states = torch.randn(2, 4, 8)
    longer = torch.cat([states, torch.randn(2, 3, 8)], dim=1)
    mask = torch.tensor([[1, 1, 1, 1, 0, 0, 0]]).expand(2, -1)
    assert torch.allclose(head(states, mask[:, :4]), head(longer, mask), atol=1e-6)


def test_a_token_that_attention_passes_over_says_nothing(head):
    states, mask = torch.randn(1, 6, 8), torch.ones(1, 6)
    with torch.no_grad():
        head.score.weight.mul_(100)
    attention, said = head.attention(states, mask), head.speaks(states, mask)
    assert said[0, attention[0].argmin()].abs().max() < 1e-3
    products = head.dense.weight @ states[0, attention[0].argmax()]
    assert torch.allclose(said[0, attention[0].argmax()], products - products.mean(), atol=1e-5)


def test_a_key_of_any_window_is_one_of_the_report():
    logits = torch.tensor([[1.0, -2.0], [-1.0, 3.0], [0.0, 0.0]])
    assert of_reports(logits, torch.tensor([1, 1, 0]), 2).tolist() == [[0.0, 0.0], [1.0, 3.0]]
