"""A run into the table NOTE_NLP."""

import json
import subprocess
import sys
import time
from dataclasses import replace

import pytest
import sqlalchemy as sa

from radnlp.batch import TableAddress, run
from radnlp.batch.readers import database
from radnlp.batch.runs import part_writer
from radnlp.batch.runs.fingerprint import fingerprint
from radnlp.batch.runs.ledger import Ledger
from radnlp.errors import ConfigError, ReportError


@pytest.fixture
def job(cdm, make_job):
    """A run from NOTE into NOTE_NLP of the same database."""

    def made(**changes):
        return make_job(cdm.url, TableAddress(cdm.url, "note_nlp"), "note-nlp", **changes)

    return made


@pytest.fixture(autouse=True)
def small_parts(monkeypatch):
    monkeypatch.setattr(database, "_PAGE", 2)
    monkeypatch.setattr(part_writer, "PART_REPORTS", 2)


def test_notes_in_rows_out_in_the_same_database(cdm, job):
    summary = run(job())
    assert (summary.reports, summary.findings) == (3, 1)  # the small engine reads "nodule" but not "Nodule"
    (row,) = cdm.rows()
    assert (row["note_nlp_id"], row["note_id"]) == (1, 12)
    assert (row["offset"], row["lexical_variant"], row["term_exists"]) == ("4", "nodule", "Y")
    assert cdm.tables() == {"note", "note_nlp"}  # nothing of the run is left


def test_a_second_run_replaces_its_own_rows_and_no_others(cdm, job):
    other = {"note_nlp_id": 41, "note_id": 12, "lexical_variant": "x", "nlp_date": sa.func.current_date()}
    with cdm.engine.begin() as connection:
        connection.execute(cdm.nlp.insert().values(**other, nlp_system="another program"))
        connection.execute(cdm.nlp.insert().values(**{**other, "note_nlp_id": 42}, nlp_system=None))
    run(job())
    run(job())
    assert [(row["note_nlp_id"], row["nlp_system"]) for row in cdm.rows()][:2] == [(41, "another program"), (42, None)]
    assert [row["lexical_variant"] for row in cdm.rows()[2:]] == ["nodule"]
    with cdm.engine.begin() as connection:  # the report is corrected: its rows go
        connection.execute(cdm.note.update().where(cdm.note.c.note_id == 12).values(note_text="Clear."))
    run(job())
    assert [row["note_nlp_id"] for row in cdm.rows()] == [41, 42]


class Dies:
    """The small engine, which ends the run when it meets a report."""

    def __init__(self, engine, report_id):
        self._engine, self._report_id = engine, report_id

    def run(self, spec, reports):
        for report in reports:
            if report.id == self._report_id:
                raise KeyboardInterrupt
            yield self._engine.extract(report)


def test_an_interrupted_run_goes_on_behind_its_last_part(cdm, job, word_engine):
    cdm.add([(number, 1, "2024-06-01", "A nodule.") for number in range(20, 26)])
    with pytest.raises(KeyboardInterrupt):
        run(job(engine=Dies(word_engine(), "24")))
    assert {row["note_id"] for row in cdm.rows()} == {12, 20, 21, 22, 23}
    assert "radnlp_part" in cdm.tables()
    engine = word_engine()
    summary = run(job(engine=engine, resume=True))
    assert (summary.reports, summary.skipped, engine.seen) == (9, 7, 2)
    assert [row["note_id"] for row in cdm.rows()] == [12, *range(20, 26)]
    assert [row["note_nlp_id"] for row in cdm.rows()] == list(range(1, 8))
    assert "radnlp_part" not in cdm.tables()


def test_a_part_is_there_as_a_whole_or_not_at_all(cdm, job, monkeypatch):
    """The power fails between the rows and the line that says they are there."""
    noted = Ledger.note

    def fails(self, connection, part, content):
        if part == 1:
            raise sa.exc.OperationalError("", {}, Exception("disk full"))
        noted(self, connection, part, content)

    cdm.add([(20, 1, "2024-06-01", "A nodule."), (2, 1, "2024-06-01", "A nodule.")])
    monkeypatch.setattr(Ledger, "note", fails)
    with pytest.raises(ReportError, match="cannot be written: disk full; finished parts are kept for --resume"):
        run(job())
    assert [row["note_id"] for row in cdm.rows()] == [2]
    monkeypatch.undo()
    assert run(job(resume=True)).skipped == 2
    assert [row["note_id"] for row in cdm.rows()] == [2, 12, 20]


def test_the_password_is_no_mark_of_a_run(make_job):
    marks = fingerprint(make_job("postgresql://reader:hush@db/cdm"))
    assert marks["inputs"] == "postgresql://reader@db/cdm"
    assert "hush" not in json.dumps(marks)


def test_two_schemas_write_side_by_side(cdm, job, schema, word_engine):
    class Other(word_engine):
        def extract(self, report):
            return replace(super().extract(report), schema="other")

    run(job())
    run(job(schema=replace(schema, id="other"), engine=Other()))
    assert [row["nlp_system"].split(";")[0] for row in cdm.rows()] == ["radnlp small 1.0.0", "radnlp other 1.0.0"]


def test_what_is_no_note_nlp_is_refused_before_the_first_report(cdm, make_job, word_engine):
    engine = word_engine()
    with pytest.raises(ConfigError, match="no column note_nlp_id; rows go into a table NOTE_NLP"):
        run(make_job(cdm.url, TableAddress(cdm.url, "note"), "note-nlp", engine=engine))
    with pytest.raises(ConfigError, match="no table or view 'nlp'"):
        run(make_job(cdm.url, TableAddress(cdm.url, "nlp"), "note-nlp", engine=engine))
    assert engine.seen == 0


def test_a_database_that_only_reads_is_refused_before_the_first_report(cdm, make_job, word_engine):
    engine, url = word_engine(), cdm.url
    if cdm.engine.dialect.name == "sqlite":
        url = cdm.url.replace("sqlite:///", "sqlite:///file:") + "?mode=ro&uri=true"
    else:
        url += "&options=-cdefault_transaction_read_only%3Don"
    with pytest.raises(ConfigError, match=r"cannot be written: .*read-?only"):
        run(make_job(cdm.url, TableAddress(url, "note_nlp"), "note-nlp", engine=engine))
    assert engine.seen == 0


def test_an_id_that_is_no_note_id_is_an_error_of_its_report(cdm, make_job, tmp_path):
    source = tmp_path / "notes.csv"
    ids = ["1", "r1", "5000000001", "9" * 19, "7" * 5000, "-4"]
    source.write_text("id,text\n" + "".join(f"{name},A nodule\n" for name in ids))
    if cdm.engine.dialect.name != "sqlite":  # many hospitals' ids need 64 bits
        with cdm.engine.begin() as connection:
            connection.exec_driver_sql("ALTER TABLE note_nlp ALTER note_id TYPE bigint")
    seen = []
    summary = run(make_job(source, TableAddress(cdm.url, "note_nlp"), "note-nlp"), on_report=seen.append)
    assert (summary.reports, summary.findings, summary.failed) == (6, 3, 3)
    assert [row["note_id"] for row in cdm.rows()] == [1, 5000000001, -4]
    issue = seen[1].extraction.issues[-1]
    assert (issue.level, issue.code) == ("error", "invalid_id") and "--id-column" in issue.message


def test_a_note_that_cannot_be_read_any_more_keeps_its_rows(cdm, job, make_job, tmp_path):
    run(job())
    source = tmp_path / "notes.jsonl"
    source.write_text('{"id": 12, "text": 5}\n{"id": 3, "text": "A nodule."}\n')
    assert run(make_job(source, TableAddress(cdm.url, "note_nlp"), "note-nlp")).failed == 1
    assert [row["note_id"] for row in cdm.rows()] == [12, 3]


def test_runs_into_two_tables_know_nothing_of_each_other(cdm, job, make_job, word_engine):
    cdm.add([(number, 1, "2024-06-01", "A nodule.") for number in range(20, 26)])
    with cdm.engine.begin() as connection:
        connection.exec_driver_sql("CREATE TABLE other AS SELECT * FROM note_nlp WHERE 1 = 0")
    with pytest.raises(KeyboardInterrupt):
        run(job(engine=Dies(word_engine(), "24")))
    summary = run(make_job(cdm.url, TableAddress(cdm.url, "other"), "note-nlp", resume=True))
    assert (summary.reports, summary.skipped) == (9, 0)
    with cdm.engine.connect() as connection:
        assert len(connection.exec_driver_sql("SELECT * FROM other").all()) == 7
    assert run(job(resume=True)).skipped > 0
    assert [row["note_id"] for row in cdm.rows()] == [12, 20, 21, 22, 23, 24, 25]


def test_of_two_runs_at_once_the_first_stops_and_says_why(cdm, job, word_engine):
    cdm.add([(number, 1, "2024-06-01", "A nodule.") for number in range(20, 26)])

    class Meanwhile(word_engine):
        def extract(self, report):
            if report.id == "22":
                run(job())
            return super().extract(report)

    with pytest.raises(ReportError, match="another run with the same schema into this table began meanwhile"):
        run(job(engine=Meanwhile()))
    assert [row["note_id"] for row in cdm.rows()] == [12, 20, 21, 22, 23, 24, 25]


def test_parts_stay_where_the_run_that_is_to_go_on_cannot_begin(cdm, job, word_engine, monkeypatch):
    cdm.add([(number, 1, "2024-06-01", "A nodule.") for number in range(20, 26)])
    with pytest.raises(KeyboardInterrupt):
        run(job(engine=Dies(word_engine(), "24")))

    def fails(*_, **__):
        raise sa.exc.OperationalError("", {}, Exception("database is locked"))

    monkeypatch.setattr(Ledger, "note", fails)
    with pytest.raises(ReportError, match="database is locked; finished parts are kept for --resume"):
        run(job(resume=True))
    monkeypatch.undo()
    assert run(job(resume=True)).skipped > 0


def test_an_account_that_may_make_no_table_is_told_which(cdm, make_job, word_engine):
    if cdm.engine.dialect.name == "sqlite":
        pytest.skip("SQLite has no accounts")
    with cdm.engine.begin() as connection:
        for grant in (
            "DROP ROLE IF EXISTS etl; CREATE ROLE etl LOGIN; GRANT USAGE ON SCHEMA public TO etl",
            "REVOKE CREATE ON SCHEMA public FROM PUBLIC",
            "GRANT SELECT, INSERT, DELETE ON note_nlp TO etl; GRANT SELECT ON note TO etl",
        ):
            connection.exec_driver_sql(grant)
    engine, url = word_engine(), cdm.url + "&options=-crole%3Detl"
    with pytest.raises(ConfigError, match=r"the table radnlp_part, which holds .*, cannot be made: permission denied"):
        run(make_job(cdm.url, TableAddress(url, "note_nlp"), "note-nlp", engine=engine))
    assert engine.seen == 0


KILLED = """
import sys, time
from radnlp.batch import BatchJob, TableAddress, create_format, run
from radnlp.batch.runs import part_writer
from radnlp.records import EntityKey, EvidenceSpan, Extraction, Finding, PipelineSpec, Schema

part_writer.PART_REPORTS = 10

class Slow:
    def run(self, spec, reports):
        for report in reports:
            time.sleep(0.002)
            span = EvidenceSpan(start=0, end=1, text=report.text[0])
            findings = (Finding(key="k", status="present", evidence=(span,), sources=("x",)),)
            yield Extraction(report_id=report.id, schema="s", schema_version="1.0.0", findings=findings)

schema = Schema(id="s", version="1.0.0", title="s", languages=("en",), source="", keys=(
    EntityKey(id="k", type="lesion", label="k"),))
url = sys.argv[1]
job = BatchJob(spec=PipelineSpec(schema="s"), schema=schema, digest="d", inputs=(url,), engine=Slow(), resume=True,
    format=create_format("note-nlp", schema), output=TableAddress(url, "note_nlp"))
print(run(job).skipped)
"""


def test_killed_at_any_moment_it_writes_each_note_once(cdm, tmp_path):
    cdm.add([(number, 1, "2024-06-01", "A nodule.") for number in range(100, 600)])
    script = tmp_path / "job.py"
    script.write_text(KILLED)
    command = [sys.executable, str(script), cdm.url]
    for rows in (50, 200, 350):
        process = subprocess.Popen(command)
        deadline = time.monotonic() + 60
        while len(cdm.rows()) < rows and time.monotonic() < deadline:
            time.sleep(0.02)
        process.kill()
        process.wait()
    time.sleep(0.5)  # a server may be committing still
    before = len(cdm.rows())
    assert 350 <= before < 503
    done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=60)
    assert int(done.stdout) == before
    assert [row["note_id"] for row in cdm.rows()] == [3, 7, 12, *range(100, 600)]
    assert "radnlp_part" not in cdm.tables()
