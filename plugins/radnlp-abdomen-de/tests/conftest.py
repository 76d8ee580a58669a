"""The pipeline; where the package is not installed only its wheel can be tested."""

from importlib.metadata import entry_points

import pytest

if not entry_points(group="radnlp_schemas", name="radnlp_abdomen_de"):
    collect_ignore = ["test_german.py", "test_benchmark.py"]


@pytest.fixture(scope="session")
def abdomen():
    import radnlp

    return radnlp.load("abdomen_us_de")
