"""What all tests share: the pipelines, built once, and the development data where it lies beside the checkout."""

import os
from pathlib import Path
from time import process_time

import hypothesis
import pytest

import radnlp

# How long an example takes says how busy the machine is.
hypothesis.settings.register_profile("untimed", deadline=None)
hypothesis.settings.load_profile("untimed")


@pytest.fixture(scope="session")
def chest_ct():
    """The default chest CT pipeline."""
    return radnlp.load("chest_ct")


@pytest.fixture(scope="session")
def brain_mri():
    """The default brain MRI pipeline."""
    return radnlp.load("brain_mri")


@pytest.fixture(scope="session")
def development_data() -> Path:
    """The folder of the development data; tests that need it are skipped where it is not."""
    folder = os.environ.get("RADNLP_DATA")
    if not folder or not Path(folder).is_dir():
        pytest.skip("RADNLP_DATA does not name the folder of the development data")
    return Path(folder)


@pytest.fixture(scope="session")
def growth():
    """How many times longer (in processor time) four times as much work takes: about 4 when linear, 16 when quadratic.

    Called with a function and the number it gets first; then it gets four times that number.
    """

    def seconds(work, size):
        started = process_time()
        work(size)
        return process_time() - started

    def compare(work, size):
        small = max(seconds(work, size) for _ in range(2))  # the first call also builds what is built once
        return min(seconds(work, 4 * size) for _ in range(2)) / small

    return compare
