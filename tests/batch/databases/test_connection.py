"""Opening a database, and what is said when it refuses."""

import pytest
import sqlalchemy as sa

from radnlp.batch.databases.connection import open_database, speaking
from radnlp.errors import ConfigError, ReportError


def test_a_password_with_an_at_sign_is_refused_and_not_shown():
    with pytest.raises(ConfigError, match=r"^the database: the password in the URL holds @; write it as %40") as caught:
        open_database("postgresql+psycopg://reader:hush@secret@localhost:1/cdm")
    assert "secret" not in str(caught.value)


def test_a_value_that_does_not_fit_is_not_quoted(cdm):
    if cdm.engine.dialect.name == "sqlite":
        pytest.skip("SQLite has no types to fit")
    query = sa.text("SELECT CAST(note_text AS integer) FROM note")
    said = r"cannot be read: a value does not fit its type \(InvalidTextRepresentation, SQLSTATE 22P02\)$"
    with (
        pytest.raises(ReportError, match=said),
        speaking(cdm.url, "cannot be read"),
        cdm.engine.connect() as connection,
    ):
        connection.execute(query)
