"""The schema of the examples, the built-in metrics, and a way to score pairs of gold and prediction."""

from dataclasses import replace

import numpy as np
import pytest

from radnlp.evaluation.plugin import radnlp_register_metrics
from radnlp.hooks import Catalogue, create_manager

METRICS = {provider.name: provider for provider in radnlp_register_metrics()}


@pytest.fixture(scope="session")
def schema():
    """Chest CT as the paper has it: with places, without the sides of the pleural lesions."""
    schema = Catalogue(create_manager(installed=False)).schema("chest_ct")[0]
    return replace(schema, relations=tuple(row for row in schema.relations if row.id == "located_in"))


@pytest.fixture(scope="session")
def metric(schema):
    """A built-in metric by name, for chest CT."""
    return lambda name: METRICS[name].factory(schema)


@pytest.fixture(scope="session")
def totals(metric):
    """The summed counts of (gold, predicted) pairs."""
    return lambda name, pairs: np.sum([metric(name).count(*pair) for pair in pairs], axis=0)


@pytest.fixture(scope="session")
def scores(metric, totals):
    """Score -> number, of (gold, predicted) pairs."""

    def score(name, pairs):
        return {key: float(value) for key, value in metric(name).scores(totals(name, pairs)).items()}

    return score
