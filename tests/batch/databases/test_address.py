"""Database URLs, and what is shown of them."""

import pytest

from radnlp.batch.databases import TableAddress, is_address, shown_address


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("sqlite:///cdm.db", "sqlite:///cdm.db"),
        ("postgresql+psycopg://db/cdm", "postgresql+psycopg://db/cdm"),
        ("postgresql+psycopg://reader@db:5432/cdm", "postgresql+psycopg://reader@db:5432/cdm"),
        ("postgresql://reader:hush@db/cdm", "postgresql://reader@db/cdm"),
        ("postgresql://reader:hu/sh?@db/cdm", "postgresql://reader@db/cdm"),
        ("postgresql://reader:hush@db/cdm?password=hush", "postgresql://reader@db/cdm"),
        ("postgresql://reader@db/cdm?password=a@hush", "postgresql://reader@db/cdm"),
        ("postgresql://reader:hu@hush@db/cdm", "the database"),
        ("mssql://domain/user:se?hush@db/x", "the database"),
        ("postgresql://reader:hush@[::1]:5432/cdm", "postgresql://reader@[::1]:5432/cdm"),
        ("sqlite:////data/a@b:c.db", "sqlite:////data/a@b:c.db"),
        ("mssql+pyodbc://?odbc_connect=DRIVER;PWD=hush@2", "mssql+pyodbc://"),
    ],
)
def test_no_password_is_shown(url, shown):
    assert is_address(url)
    assert shown_address(url) == shown
    assert "hush" not in f"{TableAddress(url, 'note_nlp')} {TableAddress(url, 'note_nlp')!r}"


@pytest.mark.parametrize("path", ["notes.csv", "-", "/data/notes", r"C:\notes.csv", "a:b.csv"])
def test_paths_are_no_urls(path):
    assert not is_address(path)
