"""What all tests share: the pipelines, built once, and the development data where it lies beside the checkout."""

import os
from pathlib import Path

import pytest

import radnlp


@pytest.fixture(scope="session")
def chest_ct():
    """The default chest CT pipeline."""
    return radnlp.load("chest_ct")


@pytest.fixture(scope="session")
def development_data() -> Path:
    """The folder of the development data; tests that need it are skipped where it is not."""
    folder = os.environ.get("RADNLP_DATA")
    if not folder or not Path(folder).is_dir():
        pytest.skip("RADNLP_DATA does not name the folder of the development data")
    return Path(folder)
