"""The label chain: its probabilities are those of adding up every sequence by hand."""

from itertools import product

import numpy as np
from radnlp_ja.linear.chain import Chain, marginals


def by_hand(scores, edges, chain):
    shares = np.zeros(scores.shape)
    for labels in product(range(scores.shape[1]), repeat=len(scores)):
        score = chain.first[labels[0]] + chain.last[labels[-1]]
        score += sum(scores[at, label] for at, label in enumerate(labels))
        for at in range(1, len(labels)):
            score += edges[at] @ chain.steps[:, labels[at - 1], labels[at]]
        for at, label in enumerate(labels):
            shares[at, label] += np.exp(score)
    return shares / shares.sum(axis=1, keepdims=True)


def test_marginals_are_sums_over_all_sequences():
    random = np.random.default_rng(3)
    chain = Chain(steps=random.normal(size=(2, 3, 3)), first=random.normal(size=3), last=random.normal(size=3))
    scores, edges = random.normal(size=(4, 3)), random.normal(size=(4, 2))
    np.testing.assert_allclose(marginals(scores, edges, chain), by_hand(scores, edges, chain))


def test_one_sentence_and_none():
    chain = Chain(steps=np.zeros((1, 2, 2)), first=np.array([0.0, np.log(3)]), last=np.zeros(2))
    np.testing.assert_allclose(marginals(np.zeros((1, 2)), np.ones((1, 1)), chain), [[0.25, 0.75]])
    assert marginals(np.zeros((0, 2)), np.ones((0, 1)), chain).shape == (0, 2)


def test_a_forbidding_step_changes_the_sentence_before_too():
    """What the second sentence says decides the first, when the step between them is impossible otherwise."""
    steps = np.array([[[0.0, -50.0], [-50.0, 0.0]]])
    chain = Chain(steps=steps, first=np.zeros(2), last=np.zeros(2))
    shares = marginals(np.array([[0.5, 0.0], [0.0, 4.0]]), np.ones((2, 1)), chain)
    assert shares.argmax(axis=1).tolist() == [1, 1]
