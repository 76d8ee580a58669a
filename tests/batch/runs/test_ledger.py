"""The table of parts beside NOTE_NLP, in both databases."""

import pytest

from radnlp.batch.runs.ledger import PARTS_TABLE, Ledger


@pytest.fixture
def connection(cdm):
    with cdm.engine.begin() as connection:
        yield connection


def test_parts_of_two_runs_lie_side_by_side(cdm, connection):
    chest, brain = Ledger("chest_ct note_nlp", schema=None), Ledger("brain_mri note_nlp", schema=None)
    for number, ledger in enumerate((chest, brain)):
        ledger.begin(connection, {"radnlp": str(number)}, keep=0)
        ledger.note(connection, 0, {"of": number})
    assert chest.fingerprint(connection) == {"radnlp": "0"}
    assert chest.parts(connection) == {0: '{"of": 0}'} and brain.parts(connection) == {0: '{"of": 1}'}
    assert not chest.forget(connection)
    assert brain.forget(connection)


def test_who_begins_later_takes_the_name_over(connection):
    first, second = (Ledger("chest_ct note_nlp", schema=None) for _ in range(2))
    first.begin(connection, {}, keep=0)
    for part in range(3):
        first.note(connection, part, {})
    second.begin(connection, {}, keep=2)
    assert (first.is_current(connection), second.is_current(connection)) == (False, True)
    assert list(second.parts(connection)) == [0, 1]
    assert not first.forget(connection)  # they are not its own any more
    assert second.forget(connection)


def test_where_no_run_is_under_way_there_is_no_table(cdm, connection):
    ledger = Ledger("chest_ct note_nlp", schema=None)
    assert ledger.fingerprint(connection) is None and not ledger.is_current(connection)
    ledger.begin(connection, {}, keep=0)
    assert ledger.forget(connection)
    ledger.drop(connection)
    connection.commit()
    assert PARTS_TABLE not in cdm.tables()
