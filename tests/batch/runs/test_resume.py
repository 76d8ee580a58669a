"""Runs that were interrupted."""

import io
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import pytest

from radnlp.batch import ReadOptions, run
from radnlp.errors import ConfigError, ReportError
from radnlp.records import PipelineSpec


@pytest.fixture
def source(tmp_path):
    path = tmp_path / "in.jsonl"
    rows = [{"id": f"r{n}", "text": f"RUL nodule {n}."} for n in range(700)]
    path.write_text("".join(json.dumps(row) + "\n" for row in rows))
    return path


def ids(path):
    return [json.loads(line)["report_id"] for line in Path(path).read_text().splitlines()]


@pytest.fixture
def interrupted(source, tmp_path, make_job):
    """A run stopped by Ctrl-C after 300 of 700 reports: two parts, of 256 and 44."""
    job = make_job(source, tmp_path / "out.jsonl")
    left = iter(range(300))

    def stop(_):
        if next(left) == 299:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run(job, on_report=stop)
    assert not job.output.exists()
    return job


def parts(job):
    return job.output.with_name("out.jsonl.parts")


def test_a_run_goes_on_where_it_was_stopped(interrupted, word_engine):
    engine = word_engine()
    summary = run(replace(interrupted, engine=engine, resume=True))
    assert engine.seen == 400
    assert (summary.reports, summary.skipped, summary.findings) == (700, 300, 700)
    assert ids(interrupted.output) == [f"r{n}" for n in range(700)]
    assert not parts(interrupted).exists()


def test_the_result_is_that_of_a_run_without_a_stop(interrupted, tmp_path):
    run(replace(interrupted, resume=True))
    run(replace(interrupted, output=tmp_path / "whole.jsonl"))
    assert interrupted.output.read_bytes() == (tmp_path / "whole.jsonl").read_bytes()


def test_with_nothing_to_resume_a_run_starts_afresh(source, tmp_path, make_job):
    assert run(make_job(source, tmp_path / "out.jsonl", resume=True)).skipped == 0


def test_without_resume_a_run_starts_afresh(interrupted, word_engine):
    engine = word_engine()
    run(replace(interrupted, engine=engine))
    assert engine.seen == 700


def test_a_part_cut_short_is_made_again(interrupted, word_engine):
    second = parts(interrupted) / "00000001.part"
    second.write_bytes(second.read_bytes()[:-10])
    engine = word_engine()
    assert run(replace(interrupted, engine=engine, resume=True)).skipped == 256
    assert ids(interrupted.output) == [f"r{n}" for n in range(700)]


@pytest.mark.parametrize("manifest", ["", "{", "[]", '{"fingerprint": 3}'])
def test_a_manifest_nobody_can_read_means_starting_afresh(interrupted, manifest):
    (parts(interrupted) / "manifest.json").write_text(manifest)
    assert run(replace(interrupted, resume=True)).skipped == 0


@pytest.mark.parametrize(
    ("changes", "named"),
    [
        ({"digest": "d2"}, "words of schema and --terms changed"),
        (
            {"spec": PipelineSpec(schema="small", relations="cooccurrence")},
            "--relations was 'rules' and is 'cooccurrence'",
        ),
        ({"spec": PipelineSpec(schema="small", keys="bert")}, "--keys was 'rules' and is 'bert'"),
        (
            {"spec": PipelineSpec(schema="small", settings={"status": {"engine": "native"}})},
            "--set status.engine was not given and is 'native'",
        ),
        ({"with_text": False}, "--no-text was 'no' and is 'yes'"),
        ({"read": ReadOptions(encoding="cp949")}, "--encoding was 'utf-8' and is 'cp949'"),
        ({"read": ReadOptions(text_columns=("text", "b"))}, "--text-column was 'text' and is 'text, b'"),
    ],
)
def test_what_changed_is_named_and_refused(interrupted, changes, named):
    with pytest.raises(ConfigError) as caught:
        run(replace(interrupted, resume=True, **changes))
    assert named in str(caught.value)
    assert "run without --resume" in str(caught.value)
    assert len(list(parts(interrupted).glob("*.part"))) == 2


def test_an_input_that_changed_is_named(interrupted, source):
    with source.open("a") as file:
        file.write('{"id": "new", "text": ""}\n')
    with pytest.raises(ConfigError, match=r"input .*in\.jsonl changed"):
        run(replace(interrupted, resume=True))


def test_an_input_added_is_named(interrupted, source, tmp_path):
    shutil.copy(source, tmp_path / "more.jsonl")
    with pytest.raises(ConfigError, match="inputs was"):
        run(replace(interrupted, resume=True, inputs=(str(source), str(tmp_path / "more.jsonl"))))


def test_a_model_file_that_changed_is_named(source, tmp_path, make_job):
    model = tmp_path / "model.gguf"
    model.write_bytes(b"1")
    spec = PipelineSpec(schema="small", settings={"relations": {"model_path": str(model)}})
    job = make_job(source, tmp_path / "out.jsonl", spec=spec)

    def stop(_):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run(job, on_report=stop)
    model.write_bytes(b"22")
    with pytest.raises(ConfigError, match=r"--set relations\.model_path was"):
        run(replace(job, resume=True))


def test_a_provider_of_another_version_is_named(interrupted, word_engine):
    with pytest.raises(ConfigError, match="provider of keys was 'word 1' and is 'word 2'"):
        run(replace(interrupted, engine=word_engine(version="2"), resume=True))
    assert len(list(parts(interrupted).glob("*.part"))) == 2


def test_another_schema_version_is_named(interrupted):
    with pytest.raises(ConfigError, match=r"schema was 'small 1\.0\.0' and is 'small 1\.1\.0'"):
        run(replace(interrupted, schema=replace(interrupted.schema, version="1.1.0"), resume=True))


def test_standard_input_is_continued_when_it_brings_the_same_reports(tmp_path, make_job, monkeypatch):
    def feed(first):
        rows = [{"id": first, "text": "a"}, *({"id": f"r{n}", "text": "b"} for n in range(300))]
        data = "".join(json.dumps(row) + "\n" for row in rows).encode()
        monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(data)))

    def stop(extraction):
        if extraction.report_id == "r270":
            raise KeyboardInterrupt

    job = make_job("-", tmp_path / "out.jsonl")
    feed("same")
    with pytest.raises(KeyboardInterrupt):
        run(job, on_report=stop)
    feed("other")
    with pytest.raises(ConfigError, match="reports 1 to 256 are not those that were read before"):
        run(replace(job, resume=True))
    feed("same")
    assert run(replace(job, resume=True)).skipped == 272


def test_errors_of_finished_parts_count_and_are_not_passed_over_by_strict(source, tmp_path, make_job):
    lines = source.read_text().splitlines()
    source.write_text("\n".join(["broken", *lines]))
    job = make_job(source, tmp_path / "out.jsonl")

    def stop(extraction):
        if extraction.report_id == "r260":
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run(job, on_report=stop)
    with pytest.raises(ReportError, match=r"report 'in\.jsonl:1': invalid_json"):
        run(replace(job, resume=True, strict=True))
    assert run(replace(job, resume=True)).failed == 1


def test_standard_output_cannot_be_continued(source, make_job):
    with pytest.raises(ConfigError, match="--resume needs an output file"):
        run(make_job(source, resume=True))


def test_a_folder_of_text_is_the_same_while_its_files_are(tmp_path, make_job):
    folder = tmp_path / "reports"
    folder.mkdir()
    for n in range(5):
        (folder / f"{n}.txt").write_text("nodule")
    job = make_job(folder, tmp_path / "out.jsonl")

    def stop(extraction):
        if extraction.report_id == "2.txt":
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run(job, on_report=stop)
    (folder / "9.txt").write_text("later")
    with pytest.raises(ConfigError, match="reports changed"):
        run(replace(job, resume=True))
    (folder / "9.txt").unlink()
    assert run(replace(job, resume=True)).skipped == 3


KILLED = """
import sys, time
from pathlib import Path
from radnlp.batch import BatchJob, create_format, run
from radnlp.records import EntityKey, Extraction, PipelineSpec, Schema

class Slow:
    def run(self, spec, reports):
        for number, report in enumerate(reports):
            time.sleep(0 if number < 40 else 3600)
            yield Extraction(report_id=report.id, schema="s", schema_version="1.0.0")

class Fast:
    def run(self, spec, reports):
        for report in reports:
            yield Extraction(report_id=report.id, schema="s", schema_version="1.0.0")

schema = Schema(id="s", version="1.0.0", title="s", languages=("en",), source="", keys=(
    EntityKey(id="k", type="lesion", label="k"),))
resume = sys.argv[3] == "resume"
job = BatchJob(spec=PipelineSpec(schema="s"), schema=schema, digest="d", inputs=(sys.argv[1],),
    engine=Fast() if resume else Slow(), format=create_format("jsonl", schema), output=Path(sys.argv[2]), resume=resume)
print(run(job).skipped)
"""


def test_a_killed_process_loses_at_most_a_second_of_work(source, tmp_path):
    """The engine hangs at its 41st report; what was done before is on the disk a second later."""
    script = tmp_path / "job.py"
    script.write_text(KILLED)
    out = tmp_path / "out.jsonl"
    command = [sys.executable, str(script), str(source), str(out)]
    process = subprocess.Popen([*command, "first"])
    part = tmp_path / "out.jsonl.parts" / "00000000.part"
    deadline = time.monotonic() + 30
    while not part.exists() and time.monotonic() < deadline:
        time.sleep(0.05)
    os.kill(process.pid, signal.SIGKILL)
    process.wait()
    assert not out.exists()
    done = subprocess.run([*command, "resume"], capture_output=True, text=True, check=True, timeout=60)
    assert done.stdout == "40\n"
    assert ids(out) == [f"r{n}" for n in range(700)]
