"""Reports out of a database table."""

import sqlite3

import pytest

from radnlp.batch.readers import ReadOptions, database, read_reports
from radnlp.errors import ConfigError, ReportError


@pytest.fixture
def make(tmp_path):
    """A SQLite database of one script, by its URL."""

    def made(script):
        path = tmp_path / "hospital.db"
        connection = sqlite3.connect(path)
        connection.executescript(script)
        connection.close()
        return f"sqlite:///{path}"

    return made


def test_notes_of_the_common_data_model_in_the_order_of_their_ids(cdm):
    first, second, third = read_reports([cdm.url])
    assert [first.id, second.id, third.id] == ["3", "7", "12"]
    assert first.text == "Clear lungs."
    assert (second.patient_id, second.study_date) == ("71", "2024-03-01")
    assert third.meta == {"note_title": "CT"}


def test_any_table_or_view_can_be_read(make):
    url = make("""
        CREATE TABLE ris (accession TEXT, finding TEXT, impression TEXT, modality TEXT);
        INSERT INTO ris VALUES
            ('A2', 'Nodule.', 'See above.', 'CT'), ('A1', 'Clear.', NULL, 'CT'), ('A3', 'x', '', 'MR');
        CREATE VIEW chest AS SELECT * FROM ris WHERE modality = 'CT';
    """)
    options = ReadOptions(table="chest", id_column="accession", text_columns=("finding", "impression"))
    assert [(r.id, r.text) for r in read_reports([url], options=options)] == [
        ("A1", "Clear."),
        ("A2", "Nodule.\n\nSee above."),
    ]


def test_pages_lose_and_repeat_no_row_also_where_many_share_an_id(make, monkeypatch):
    monkeypatch.setattr(database, "_PAGE", 4)
    ids = [1, 2, 3, 3, 3, 3, 3, 3, 4, 5, 5, 6, 7, 8, 9, 9]
    rows = ", ".join(f"({number}, 'text {place}')" for place, number in enumerate(ids))
    url = make(f"CREATE TABLE note (note_id INTEGER, note_text TEXT); INSERT INTO note VALUES {rows};")
    read = list(read_reports([url]))
    assert [int(report.id) for report in read] == ids
    assert {report.text for report in read} == {f"text {place}" for place in range(len(ids))}


def test_rows_that_come_while_reading_are_read_too_and_nothing_is_locked(cdm, monkeypatch):
    monkeypatch.setattr(database, "_PAGE", 1)
    reports = read_reports([cdm.url])
    assert next(reports).id == "3"
    cdm.add([(99, 1, "2024-06-01", "Added later.")])
    assert [report.id for report in reports] == ["7", "12", "99"]


def test_a_malformed_value_costs_its_own_row_only(make):
    url = make("""
        CREATE TABLE note (note_id INTEGER PRIMARY KEY, note_date DATE, note_text TEXT);
        INSERT INTO note VALUES
            (1, '1.3.2024', 'Nodule.'), (2, '2024-03-01', NULL), (3, 20240301, x'fffe'), (4, '2024-03-02', 'Clear.');
    """)
    reports = list(read_reports([url]))
    assert [report.readable for report in reports][0::3] == [True, True]
    assert len(reports) == 4
    assert reports[3].study_date == "2024-03-02"


@pytest.mark.parametrize(
    ("url", "options", "said"),
    [
        ("sqlite:////nowhere/cdm.db", {}, "there is no file /nowhere/cdm.db"),
        ("oracel://db/cdm", {}, "'oracel' is no kind of database"),
        ("mysql+mysqldb://db/cdm", {}, "its driver 'MySQLdb' is not installed"),
        ("HOSPITAL", {"table": "notes"}, r"no table or view 'notes'.*did you mean 'note'"),
        ("HOSPITAL", {"text_columns": ("note_txt",)}, r"table note: no column 'note_txt'.*--text-column"),
        ("HOSPITAL", {"id_column": "accession"}, r"table note: no column 'accession'.*--id-column"),
    ],
)
def test_what_cannot_be_read_is_said_before_the_first_report(make, url, options, said):
    if url == "HOSPITAL":
        url = make("CREATE TABLE note (note_id INTEGER PRIMARY KEY, note_text TEXT);")
    with pytest.raises((ConfigError, ReportError), match=said):
        read_reports([url], options=ReadOptions(**options))


def test_rows_without_an_id_are_refused_and_not_passed_over(make):
    url = make("CREATE TABLE note (note_id INTEGER, note_text TEXT); INSERT INTO note VALUES (1, 'a'), (NULL, 'b');")
    with pytest.raises(ReportError, match="rows have no note_id"):
        read_reports([url])


def test_a_server_that_is_not_there_is_one_sentence_without_the_password():
    with pytest.raises(ConfigError) as caught:
        read_reports(["postgresql+psycopg://reader:hush@localhost:1/cdm?connect_timeout=2"])
    message = str(caught.value)
    assert message.startswith("postgresql+psycopg://reader@localhost:1/cdm: cannot be opened: ")
    assert "hush" not in message and "\n" not in message
