"""A run from input to output."""

import errno
import io
import json
import os
from pathlib import Path
from types import SimpleNamespace

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from radnlp.batch import RunSummary, run
from radnlp.batch.runs import part_writer
from radnlp.errors import ConfigError, ReportError, UnknownProviderError


@pytest.fixture
def source(tmp_path):
    path = tmp_path / "in.jsonl"
    rows = [{"id": f"r{n}", "text": "RUL nodule." if n % 2 else "Clear."} for n in range(600)]
    path.write_text("".join(json.dumps(row) + "\n" for row in rows))
    return path


@pytest.fixture
def bad(tmp_path):
    path = tmp_path / "bad.jsonl"
    path.write_text('{"id": "r1", "text": "nodule"}\nnot json\n{"id": "r1", "text": "nodule"}\n')
    return path


def ids(path):
    return [json.loads(line)["report_id"] for line in Path(path).read_text().splitlines()]


@pytest.fixture
def stdout(monkeypatch):
    buffer = io.BytesIO()
    # pytest puts its own sys.stdout back between a fixture and its test.
    monkeypatch.setattr("radnlp.batch.runs.runner.sys", SimpleNamespace(stdout=SimpleNamespace(buffer=buffer)))
    return buffer


def test_one_file_in_input_order_and_no_parts_left(source, tmp_path, make_job, word_engine):
    out = tmp_path / "out.jsonl"
    seen = []
    summary = run(make_job(source, out, engine=word_engine(ahead=100)), on_report=lambda e: seen.append(e.report_id))
    assert ids(out) == seen == [f"r{n}" for n in range(600)]
    assert summary == RunSummary(reports=600, findings=300)
    assert sorted(p.name for p in tmp_path.iterdir()) == ["in.jsonl", "out.jsonl"]


def test_the_result_is_the_same_bytes_again(source, tmp_path, make_job):
    for name in ("a.jsonl", "b.jsonl"):
        run(make_job(source, tmp_path / name))
    assert (tmp_path / "a.jsonl").read_bytes() == (tmp_path / "b.jsonl").read_bytes()


@pytest.mark.parametrize("name", ["out.csv", "out.parquet", "out.html", "out.txt"])
def test_every_format_goes_the_same_way(source, tmp_path, make_job, name):
    assert run(make_job(source, tmp_path / name)).reports == 600
    assert (tmp_path / name).stat().st_size > 0


def test_bad_reports_are_counted_and_stop_nothing(bad, tmp_path, make_job):
    out = tmp_path / "out.jsonl"
    assert run(make_job(bad, out)) == RunSummary(reports=3, findings=2, failed=1, errors=1, warnings=1)
    assert ids(out) == ["r1", "bad.jsonl:2", "r1"]


def test_strict_stops_at_the_first_error_and_names_it(bad, tmp_path, make_job, stdout):
    with pytest.raises(ReportError, match=r"report 'bad\.jsonl:2': invalid_json"):
        run(make_job(bad, tmp_path / "out.jsonl", strict=True))
    assert not (tmp_path / "out.jsonl").exists()
    with pytest.raises(ReportError, match=r"report 'bad\.jsonl:2': invalid_json"):
        run(make_job(bad, strict=True))
    assert stdout.getvalue().count(b"\n") == 1


def test_standard_output_gets_each_report_as_it_is_done(source, make_job, stdout):
    lines = []
    run(make_job(source), on_report=lambda _: lines.append(stdout.getvalue().count(b"\n")))
    assert lines == list(range(1, 601))


def test_standard_output_closed_by_its_reader(source, make_job, monkeypatch):
    class Closed(io.BytesIO):
        def write(self, data):
            raise BrokenPipeError(errno.EPIPE, "Broken pipe")

    monkeypatch.setattr("sys.stdout", io.TextIOWrapper(Closed()))
    with pytest.raises(BrokenPipeError):
        run(make_job(source))


def test_what_was_read_before_the_damage_is_written(tmp_path, make_job, stdout):
    path = tmp_path / "in.parquet"
    pq.write_table(
        pa.table({"text": [f"nodule {n}" for n in range(40)]}), path, row_group_size=20, use_dictionary=False
    )
    start = pq.ParquetFile(path).metadata.row_group(1).column(0).data_page_offset
    data = bytearray(path.read_bytes())
    data[start : start + 60] = b"\xff" * 60
    path.write_bytes(bytes(data))
    out = tmp_path / "out.jsonl"
    with pytest.raises(ReportError, match="row group 2 of 2 is damaged"):
        run(make_job(path, out))
    assert len(ids(out)) == 20
    assert not (tmp_path / "out.jsonl.parts").exists()
    with pytest.raises(ReportError, match="row group 2 of 2 is damaged"):
        run(make_job(path))
    assert stdout.getvalue().count(b"\n") == 20


def test_wrong_input_touches_nothing(source, tmp_path, make_job):
    out = tmp_path / "out.jsonl"
    out.write_text("old")
    with pytest.raises(ReportError, match="there is no such file"):
        run(make_job(tmp_path / "missing.csv", out))
    assert out.read_text() == "old"
    assert not (tmp_path / "out.jsonl.parts").exists()


def test_a_pipeline_that_cannot_be_built_leaves_nothing_behind(source, tmp_path, make_job):
    class Failing:
        def run(self, spec, reports):
            raise UnknownProviderError("relation mapper", "rulez", ["rules"])

    with pytest.raises(UnknownProviderError):
        run(make_job(source, tmp_path / "out.jsonl", engine=Failing()))
    assert sorted(p.name for p in tmp_path.iterdir()) == ["in.jsonl"]


def test_places_that_cannot_be_written_are_refused_first(source, tmp_path, make_job, word_engine):
    engine = word_engine()
    with pytest.raises(ConfigError, match="there is no folder"):
        run(make_job(source, tmp_path / "no" / "out.jsonl", engine=engine))
    with pytest.raises(ConfigError, match="is a folder"):
        run(make_job(source, tmp_path, "jsonl", engine=engine))
    with pytest.raises(ConfigError, match="is an input too"):
        run(make_job(source, source, engine=engine))
    (tmp_path / "out.jsonl.parts").write_text("a file where the folder should be")
    with pytest.raises(ConfigError, match="cannot be written"):
        run(make_job(source, tmp_path / "out.jsonl", engine=engine))
    assert engine.seen == 0


@pytest.mark.skipif(not Path("/proc/self").exists(), reason="a file system of Linux")
def test_a_place_where_not_even_root_may_write(source, make_job):
    with pytest.raises(ConfigError, match=r"/proc/out\.jsonl: cannot be written"):
        run(make_job(source, Path("/proc/out.jsonl")))


def test_a_device_is_written_and_never_replaced(source, make_job):
    assert run(make_job(source, Path("/dev/null"), "jsonl")).reports == 600
    assert not Path("/dev/null").is_file()


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="a device of Linux")
def test_a_full_device_is_one_sentence(source, make_job):
    with pytest.raises(ReportError, match="cannot be written: No space left on device"):
        run(make_job(source, Path("/dev/full"), "jsonl"))


def test_a_link_stays_a_link(source, tmp_path, make_job):
    (tmp_path / "store").mkdir()
    (tmp_path / "out.jsonl").symlink_to(tmp_path / "store" / "real.jsonl")
    run(make_job(source, tmp_path / "out.jsonl"))
    assert (tmp_path / "out.jsonl").is_symlink()
    assert len(ids(tmp_path / "store" / "real.jsonl")) == 600


def test_a_full_disk_is_one_sentence_and_keeps_the_parts(source, tmp_path, make_job, monkeypatch):
    def full(self, path, lines):
        if path.name == "00000001.part":
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        original(self, path, lines)

    from radnlp.batch.runs.parts import PartFolder

    original = PartFolder._write
    monkeypatch.setattr(PartFolder, "_write", full)
    out = tmp_path / "out.jsonl"
    with pytest.raises(ReportError, match="cannot be written: No space left on device"):
        run(make_job(source, out))
    monkeypatch.undo()
    assert run(make_job(source, out, resume=True)).skipped == 256
    assert ids(out) == [f"r{n}" for n in range(600)]


def test_without_text_no_word_of_a_report_is_written(source, tmp_path, make_job):
    run(make_job(source, tmp_path / "out.jsonl", with_text=False))
    assert '"nodule"' not in (tmp_path / "out.jsonl").read_text()


def test_no_reports_give_an_empty_file(tmp_path, make_job):
    (tmp_path / "in.csv").write_text("id,text\n")
    assert run(make_job(tmp_path / "in.csv", tmp_path / "out.jsonl")) == RunSummary()
    assert (tmp_path / "out.jsonl").read_bytes() == b""


def test_only_one_run_at_a_time_writes_a_file(tmp_path, make_job, word_engine):
    (tmp_path / "in.csv").write_text("id,text\n1,nodule\n2,nodule\n")

    class Meanwhile(word_engine):
        def extract(self, report):
            with pytest.raises(ConfigError, match=r"out\.jsonl: another run is writing it; wait for its end"):
                run(make_job(tmp_path / "in.csv", tmp_path / "out.jsonl"))
            return super().extract(report)

    assert run(make_job(tmp_path / "in.csv", tmp_path / "out.jsonl", engine=Meanwhile())).reports == 2
    assert run(make_job(tmp_path / "in.csv", tmp_path / "out.jsonl")).reports == 2  # afterwards it is free
    assert sorted(path.name for path in tmp_path.iterdir()) == ["in.csv", "out.jsonl"]


def ten_reports(tmp_path, monkeypatch):
    monkeypatch.setattr(part_writer, "PART_REPORTS", 2)
    (tmp_path / "in.csv").write_text("id,text\n" + "".join(f"{n},nodule\n" for n in range(10)))
    return tmp_path / "in.csv", tmp_path / "out.jsonl"


def test_a_part_that_somebody_removed_is_missed(tmp_path, make_job, word_engine, monkeypatch):
    source, out = ten_reports(tmp_path, monkeypatch)

    class Careless(word_engine):
        def extract(self, report):
            if report.id == "9":
                (tmp_path / "out.jsonl.parts" / "00000001.part").unlink()
            return super().extract(report)

    with pytest.raises(ReportError, match=r"2 of 10 reports are there, part 1 is missing; .* run again with --resume"):
        run(make_job(source, out, engine=Careless()))
    assert not out.exists()
    assert run(make_job(source, out, resume=True)).skipped == 2
    assert len(out.read_text().splitlines()) == 10


def test_a_damaged_part_is_made_again(tmp_path, make_job, word_engine, monkeypatch):
    source, out = ten_reports(tmp_path, monkeypatch)

    class Stops(word_engine):
        def extract(self, report):
            if report.id == "9":
                raise KeyboardInterrupt
            return super().extract(report)

    with pytest.raises(KeyboardInterrupt):
        run(make_job(source, out, engine=Stops()))
    part = tmp_path / "out.jsonl.parts" / "00000001.part"
    part.write_bytes(part.read_bytes().replace(b"nodules", b"nod\xffles", 1))
    assert run(make_job(source, out, resume=True)).skipped == 2
    assert all(json.loads(line)["findings"][0]["key"] == "nodules" for line in out.read_text().splitlines())


def test_the_output_is_no_report_of_the_folder_that_is_read(tmp_path, make_job):
    (tmp_path / "a.txt").write_text("A nodule.")
    with pytest.raises(ConfigError, match=r"a\.txt: would be a report of the folder that is read"):
        run(make_job(tmp_path, tmp_path / "a.txt", "table"))
    assert (tmp_path / "a.txt").read_text() == "A nodule."


def test_a_name_that_is_too_long_is_one_sentence(tmp_path, make_job):
    (tmp_path / "in.csv").write_text("id,text\n1,nodule\n")
    with pytest.raises(ConfigError, match="cannot be written: File name too long"):
        run(make_job(tmp_path / "in.csv", tmp_path / ("x" * 300 + ".jsonl")))
