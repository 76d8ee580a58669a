"""The engine process, with real processes and the real pipeline."""

import json
import os
import signal
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

import pytest

from radnlp.batch.engines.process import ProcessEngine
from radnlp.batch.engines.serial import SerialEngine
from radnlp.errors import ConfigError
from radnlp.records import Issue, PipelineSpec, Report
from radnlp.records.wire import from_json, to_json

TEXTS = (
    "8 mm nodule in the RUL. No effusion.",
    "Consolidation in both lower lobes.",
    "",
    "좌하엽 결절",
    "\ud800 nodule",
)


def reports(number):
    return [Report(id=f"r{n}", text=TEXTS[n % len(TEXTS)] * (n % 40), meta={"n": 2**70 + n}) for n in range(number)]


def without_seconds(line):
    data = json.loads(line)
    (data["provenance"] or {}).pop("seconds", None)
    return json.dumps(data)


def codes(line):
    return [issue["code"] for issue in json.loads(line)["issues"]]


def test_the_same_bytes_as_serial_but_for_the_seconds():
    spec = PipelineSpec(schema="chest_ct")
    unreadable = Issue(level="error", stage="read", code="invalid_json", message="no JSON")
    given = [
        *reports(300),
        Report(id="bad", text="", issues=(unreadable,)),
        Report(id="s", text="a\nb", sentences=((0, 1), (2, 3))),
    ]
    expected = [without_seconds(to_json(extraction)) for extraction in SerialEngine().run(spec, given)]
    lines = list(ProcessEngine(2).run_lines(spec, iter(given)))
    assert [without_seconds(line.line) for line in lines] == expected
    for line in lines:
        extraction = from_json(line.line)
        levels = [issue.level for issue in extraction.issues]
        assert (line.findings, line.errors, line.warnings) == (
            len(extraction.findings),
            levels.count("error"),
            levels.count("warning"),
        )


def test_with_nothing_to_do_it_ends(quick):
    assert list(ProcessEngine(2).run(PipelineSpec(schema=quick), [])) == []


def test_a_report_that_ends_its_worker_and_one_that_hangs_cost_only_themselves(obedient, quick, capfd):
    spec = PipelineSpec(schema=quick, keys=obedient)
    ids = [f"r{n}" for n in range(200)]
    ids[20], ids[50], ids[51] = "exits", "hangs", "prints"
    given = [Report(id=name, text="Nodule in the RUL. " * 10, meta={"site": "A"}) for name in ids]
    lines = list(ProcessEngine(2, time_limit=5).run_lines(spec, given))
    assert [line.report_id for line in lines] == ids
    found = {line.report_id: codes(line.line) for line in lines if line.errors}
    assert found == {"exits": ["worker_died"], "hangs": ["report_timeout"]}
    guilty = from_json(lines[20].line)
    assert (guilty.schema, guilty.meta, guilty.findings) == ("quick", {"site": "A"}, ())
    assert "status 7" in guilty.issues[0].message
    assert "nodule" not in lines[20].line.lower()
    out, err = capfd.readouterr()
    assert "words of a provider" not in out, "standard output is for results"
    assert "Nodule" not in err


def test_the_clock_is_watched_also_while_a_worker_takes_nothing(obedient, quick):
    """C code that never ends keeps the interpreter to itself, and the next chunk is more than a pipe holds."""
    spec = PipelineSpec(schema=quick, keys=obedient)
    given = [Report(id="holds the interpreter", text="Nodule."), Report(id="long", text="Clear. " * 60_000)]
    stuck, long = ProcessEngine(1, time_limit=15).run_lines(spec, given)
    assert codes(stuck.line) == ["report_timeout"]
    assert codes(long.line) == []


def test_a_pipeline_that_cannot_be_built_is_said_as_serial_says_it(obedient, quick):
    spec = PipelineSpec(schema=quick, keys=obedient, settings={"keys": {"broken": True}})
    with pytest.raises(ConfigError) as caught:
        ProcessEngine(2).run(spec, [])
    assert str(caught.value) == "obedient: the model is not there; name one that is"


def test_a_provider_that_cannot_work_in_this_run_ends_it(obedient, quick):
    spec = PipelineSpec(schema=quick, keys=obedient)
    with pytest.raises(ConfigError, match="one process only"):
        list(ProcessEngine(1).run(spec, [Report(id="refuses", text="Nodule.")]))


def test_a_time_limit_is_a_number_of_seconds():
    for wrong in (-1.0, float("inf"), float("nan")):
        with pytest.raises(ConfigError, match=r"engine\.time_limit"):
            ProcessEngine(1, time_limit=wrong)


def heed_ctrl_c():
    """Tests that a shell runs in the background are started with SIGINT ignored, and so would be what they start."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


@pytest.fixture
def program(obedient, quick, tmp_path):
    """The program, running over 1,200 reports with two workers: a function that starts it, and its output."""
    source = tmp_path / "in.jsonl"
    rows = [{"id": f"slow{n}" if n > 600 else f"r{n}", "text": "Nodule in the RUL. " * 20} for n in range(1200)]
    source.write_text("".join(json.dumps(row) + "\n" for row in rows))
    out = tmp_path / "out.jsonl"
    command = [sys.executable, "-m", "radnlp", "extract", source, "--schema", quick, "--workers", "2", "-o", out]

    def start(*more):
        return subprocess.Popen([*command, *more], stderr=subprocess.PIPE, text=True, preexec_fn=heed_ctrl_c)

    return start, out


def workers_of(process):
    """Processes started by a process, the long way round: from /proc."""
    found = set()
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            if int(stat.read_text().rsplit(")", 1)[1].split()[1]) == process.pid:
                found.add(int(stat.parent.name))
    return found


def wait_for(condition, seconds=300):
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.05)


@pytest.mark.skipif(not Path("/proc/self").exists(), reason="looks for processes as Linux shows them")
def test_a_worker_that_never_comes_back_from_c_ends_with_its_run(program, obedient):
    start, out = program
    out.with_name("in.jsonl").write_text('{"id": "holds the interpreter", "text": "Nodule."}\n' * 2)
    process = start("--keys", obedient)
    busy = {}

    def works():
        """A worker that has used a second of processor time within a second is in the middle of it."""
        for worker in workers_of(process):
            used = sum(map(int, Path(f"/proc/{worker}/stat").read_text().rsplit(")", 1)[1].split()[11:13]))
            busy.setdefault(worker, []).append(used)
        return any(len(seen) > 100 and seen[-1] - seen[-60] > 100 for seen in busy.values())

    wait_for(works)
    process.kill()
    process.communicate(timeout=60)
    wait_for(lambda: not any(Path(f"/proc/{worker}").exists() for worker in busy), seconds=30)


@pytest.mark.skipif(not Path("/proc/self").exists(), reason="looks for processes as Linux shows them")
@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGINT])
def test_a_run_that_is_stopped_leaves_no_worker_behind_and_can_be_continued(program, obedient, how):
    start, out = program
    parts = out.with_name("out.jsonl.parts")
    process = start("--keys", obedient)
    wait_for(lambda: list(parts.glob("*.part")))
    workers = workers_of(process)
    assert workers
    process.send_signal(how)
    _, said = process.communicate(timeout=120)
    assert process.returncode == (130 if how == signal.SIGINT else -how)
    assert "Traceback" not in said
    wait_for(lambda: not any(Path(f"/proc/{worker}").exists() for worker in workers))
    assert not out.exists()
    if how == signal.SIGKILL:
        done = start("--keys", obedient, "--resume")
        wait_for(lambda: len(workers_of(done)) >= 2)
        os.kill(max(workers_of(done)), signal.SIGKILL)  # and a worker of the second run
        _, said = done.communicate(timeout=300)
        assert (done.returncode, "taken over" in said) == (0, True)
        ids = [json.loads(line)["report_id"] for line in out.read_text().splitlines()]
        assert ids == [f"slow{n}" if n > 600 else f"r{n}" for n in range(1200)]
