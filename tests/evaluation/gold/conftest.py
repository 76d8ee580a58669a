"""Small invented files, written where a test can read them."""

import json

import pytest

from radnlp.hooks import default_catalogue


@pytest.fixture(scope="session")
def schema_of():
    """Schema by name or folder."""
    return lambda name: default_catalogue().schema(str(name))[0]


@pytest.fixture
def write(tmp_path):
    """Write a file of lines, each a string or an object for JSON; gives its path."""

    def _write(name, *lines):
        path = tmp_path / name
        words = [line if isinstance(line, str) else json.dumps(line, ensure_ascii=False) for line in lines]
        path.write_text("".join(f"{line}\n" for line in words), encoding="utf-8")
        return path

    return _write
