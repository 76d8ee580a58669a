"""The built-in metrics come through the hook and keep the contract of everybody's."""

import json
import subprocess
import sys

import pytest

from radnlp.evaluation import plugin
from radnlp.testing import check_metric

METRICS = {provider.name: provider for provider in plugin.radnlp_register_metrics()}


@pytest.mark.parametrize("schema", ["chest_ct", "chest_xray"])
@pytest.mark.parametrize("name", METRICS)
def test_metrics_keep_their_contract(name, schema):
    check_metric(METRICS[name], schema=schema)


@pytest.mark.parametrize("name", METRICS)
def test_a_metric_says_what_it_does_not_charge(name):
    assert "Not charged:" in METRICS[name].formula


def test_offering_metrics_does_not_load_numpy():
    code = (
        "import json, sys; from radnlp.evaluation.plugin import radnlp_register_metrics as offer; offer(); "
        "print(json.dumps(list(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert not {"numpy", "scipy", "statsmodels", "spacy"} & set(json.loads(done.stdout))
