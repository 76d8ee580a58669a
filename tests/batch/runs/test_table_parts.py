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
    from radnlp.batch.runs.table_parts import TableParts

    noted = TableParts._note

    def fails(self, connection, part, content):
        if part == 1:
            raise sa.exc.OperationalError("", {}, Exception("disk full"))
        noted(self, connection, part, content)

    cdm.add([(20, 1, "2024-06-01", "A nodule."), (2, 1, "2024-06-01", "A nodule.")])
    monkeypatch.setattr(TableParts, "_note", fails)
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


def test_an_id_that_is_no_note_id_says_so(cdm, make_job, tmp_path):
    source = tmp_path / "notes.csv"
    source.write_text("id,text\nr1,nodule\n")
    with pytest.raises(ReportError, match=r"'r1': its id is no whole number.*--id-column"):
        run(make_job(source, TableAddress(cdm.url, "note_nlp"), "note-nlp"))
    assert cdm.rows() == [] and "radnlp_part" not in cdm.tables()


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
