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


def test_a_text_in_another_encoding_costs_its_own_row_and_is_not_quoted(make):
    url = make("""
        CREATE TABLE note (note_id INTEGER PRIMARY KEY, note_text TEXT);
        INSERT INTO note VALUES (1, 'Nodule.'), (2, CAST(x'4e6f64756c65b5' AS TEXT)), (3, 'Clear.');
    """)
    first, second, third = read_reports([url])
    assert (first.text, third.text) == ("Nodule.", "Clear.")
    (issue,) = second.issues
    assert (second.id, issue.level, issue.code) == ("2", "error", "text_not_string")
    assert "Nodule" not in issue.message


def test_a_value_that_the_driver_refuses_costs_its_own_row(cdm, monkeypatch):
    if cdm.engine.dialect.name == "sqlite":
        pytest.skip("SQLite has no date that Python has not")
    monkeypatch.setattr(database, "_PAGE", 2)
    cdm.add([(number, 1, "2024-06-01", "A nodule.") for number in range(20, 25)])
    with cdm.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE note SET note_date = 'infinity' WHERE note_id IN (7, 21)")
    reports = list(read_reports([cdm.url]))
    assert [report.id for report in reports] == ["3", "7", "12", "20", "21", "22", "23", "24"]
    assert [report.id for report in reports if not report.readable] == ["7", "21"]
    assert {issue.code for report in reports for issue in report.issues} == {"unreadable_row"}


def test_what_is_one_id_the_database_says(make, monkeypatch):
    monkeypatch.setattr(database, "_PAGE", 4)
    ids = ["A1", "a1", "B1", "b2", "B2", "b2", "C1", "c1", "D1"]
    rows = ", ".join(f"('{name}', 'text {place}')" for place, name in enumerate(ids))
    url = make(f"CREATE TABLE note (note_id TEXT COLLATE NOCASE, note_text TEXT); INSERT INTO note VALUES {rows};")
    assert sorted(report.text for report in read_reports([url])) == [f"text {place}" for place in range(len(ids))]


def test_ids_of_every_type_are_ids(cdm):
    if cdm.engine.dialect.name == "sqlite":
        pytest.skip("SQLite has neither type")
    with cdm.engine.begin() as connection:
        connection.exec_driver_sql("""
            CREATE VIEW exact AS SELECT CAST(note_id AS numeric(19)) AS note_id, note_text FROM note;
            CREATE MATERIALIZED VIEW named AS
            SELECT CAST('00000000-0000-0000-0000-0000000000' || lpad(CAST(note_id AS text), 2, '0') AS uuid) AS note_id,
                note_text
            FROM note;
        """)
    assert [report.id for report in read_reports([cdm.url], options=ReadOptions(table="exact"))] == ["3", "7", "12"]
    names = [report.id for report in read_reports([cdm.url], options=ReadOptions(table="named"))]
    assert names == [f"00000000-0000-0000-0000-0000000000{number}" for number in ("03", "07", "12")]


@pytest.mark.parametrize(
    ("url", "options", "said"),
    [
        ("sqlite:////nowhere/cdm.db", {}, "there is no file /nowhere/cdm.db"),
        ("oracel://db/cdm", {}, "'oracel' is no kind of database"),
        ("mysql+mysqldb://db/cdm", {}, "its driver 'MySQLdb' is not installed"),
        ("HOSPITAL", {"table": "notes"}, r"no table or view 'notes'.*did you mean 'note'"),
        ("HOSPITAL", {"text_columns": ("note_txt",)}, r"table note: no column 'note_txt'.*--text-column"),
        ("notes.csv", {"table": "ris"}, "--table ris: is for a database as input"),
        ("HOSPITAL", {"id_column": "accession"}, r"table note: no column 'accession'.*--id-column"),
    ],
)
def test_what_cannot_be_read_is_said_before_the_first_report(make, tmp_path, url, options, said):
    if url == "HOSPITAL":
        url = make("CREATE TABLE note (note_id INTEGER PRIMARY KEY, note_text TEXT);")
    if url == "notes.csv":
        (tmp_path / url).write_text("id,text\n1,Clear.\n")
        url = str(tmp_path / url)
    with pytest.raises((ConfigError, ReportError), match=said):
        read_reports([url], options=ReadOptions(**options))


def test_columns_are_named_as_the_table_has_them(make):
    with pytest.raises(ReportError, match=r"no column 'id'; it has 'number', 'note_text'; .*--id-column"):
        read_reports([make("CREATE TABLE note (number INTEGER, note_text TEXT);")])


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
