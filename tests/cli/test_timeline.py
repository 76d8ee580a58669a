"""radnlp timeline: the doors that users script against."""

import io
import json
import sys
from pathlib import Path

import pytest

SAMPLE = Path(__file__).resolve().parents[2] / "benchmarks" / "timeline" / "findings.jsonl"


def row(report_id, study_date, episode="stable", patient_id="p1", **more):
    found = [{"key": "glioma", "status": "present", "values": {"has_episode": [episode]}}]
    ids = {"report_id": report_id, "patient_id": patient_id, "study_date": study_date}
    return {**ids, "schema": "brain_mri", "findings": found, **more}


@pytest.fixture
def findings(tmp_path):
    """Writes lines (objects, or strings as they are) to a file."""

    def write(*lines, name="findings.jsonl"):
        path = tmp_path / name
        path.write_text("".join(f"{x if isinstance(x, str) else json.dumps(x)}\n" for x in lines), "utf-8")
        return path

    return write


def test_a_folder_with_everything(radnlp, tmp_path):
    done = radnlp("timeline", SAMPLE, "-o", tmp_path / "out")
    assert (done.status, done.out) == (0, "")
    assert {path.name for path in (tmp_path / "out").iterdir()} == {
        "timeline.json",
        "timeline.csv",
        "sankey.html",
        "sankey.svg",
    }
    assert "32 lines, 8 patients; 18 reports of 5 patients in the figure; 0 errors, 0 warnings" in done.err


def test_the_patients_that_each_filter_drops_are_printed(radnlp):
    said = radnlp("timeline", SAMPLE).err.splitlines()
    assert "dropped by no_key (reports without glioma, lymphoma or metastasis): 3 reports, 1 patient: P06" in said
    assert "dropped by few_reports (patients with fewer than 3 reports left): 2 reports, 1 patient: P04" in said
    assert "dropped by several_values (reports with several values of has_episode): 1 report, 0 patients" in said


def test_of_many_dropped_patients_the_first_twenty_unless_all_are_wanted(radnlp, findings):
    path = findings(*(row(f"r{n}", "2024-01-01", patient_id=f"p{n:02}") for n in range(25)))
    assert "p19 and 5 more (--verbose lists all)" in radnlp("timeline", path).err
    assert radnlp("timeline", path, "--verbose").err.count("p24") == 1


def test_json_in_a_pipe_and_other_forms_by_name(radnlp):
    data = json.loads(radnlp("timeline", SAMPLE).out)
    assert data["counts"]["used_patients"] == 5
    assert radnlp("timeline", SAMPLE, "--format", "table").out.count("\n") == 6
    assert radnlp("timeline", SAMPLE, "--format", "csv").out.count("\n") == 33
    assert radnlp("timeline", SAMPLE, "--format", "svg", "--title", "A & B").out.startswith("<svg")


def test_a_line_for_everything_that_is_wrong_with_ids_and_places_only(radnlp, findings):
    path = findings(
        row("r1", "2024-02-01"),
        row("r2", "2024-01-01"),
        row("r3", "2024-01-01"),
        row("r4", None),
        row("r5", "ZEBRA in March"),
        row("r6", "2024-05-01", patient_id=None),
        "ZEBRA",
        row("r8", "2024-05-01", schema="chest_ct"),
    )
    done = radnlp("timeline", path, "--schema", "brain_mri")
    assert done.status == 1
    assert [line.removeprefix(str(path)) for line in done.err.splitlines() if line.startswith(str(path))] == [
        ":4: error missing_date: report r4 of patient p1: has no study_date",
        ":5: error malformed_date: report r5 of patient p1: has a study_date that is not ISO 8601 "
        "(2024-03-01, 2024-03-01T09:30)",
        ":6: error missing_patient: report r6: has no patient_id",
        ":7: error invalid_json: the line is not JSON (character 0)",
        ":8: error other_schema: report r8 of patient p1: an extraction of the schema 'chest_ct'; this timeline is of "
        "'brain_mri'",
        f":2, {path}:3: warning same_date: reports r2, r3 of patient p1: 2 reports of 2024-01-01; all are kept, "
        "in order of time of day, then of report id",
        f":2, {path}:3: warning out_of_order: reports r2, r3 of patient p1: 2 of 3 reports stand below a later one; "
        "they were put in order of time",
    ]
    assert "ZEBRA" not in done.err
    data = json.loads(done.out)
    assert len(data["issues"]) == 7
    assert data["counts"]["reports"] + data["counts"]["unplaced"] == 8


def test_warnings_alone_are_no_failure_and_quiet_says_errors_only(radnlp, findings):
    path = findings(row("r1", "2024-02-01"), row("r2", "2024-01-01"))
    assert radnlp("timeline", path).status == 0
    assert radnlp("timeline", path, "--quiet").err == ""
    path = findings(row("r1", "2024-02-01"), row("r2", None), row("r3", "2024-01-01"))
    done = radnlp("timeline", path, "--quiet")
    assert (done.status, len(done.err.splitlines())) == (1, 1)


def test_standard_input_and_several_files_are_one_cohort(radnlp, findings, monkeypatch):
    first = findings(row("r1", "2024-01-01"), name="a.jsonl")
    second = findings(row("r2", "2024-02-01", "progression"), name="b.jsonl")
    third = io.TextIOWrapper(io.BytesIO(json.dumps(row("r3", "2024-03-01")).encode()))
    monkeypatch.setattr(sys, "stdin", third)
    data = json.loads(radnlp("timeline", first, "-", second).out)
    assert [step["value"] for step in data["patients"][0]["steps"]] == ["stable", "progression", "stable"]
    assert data["patients"][0]["reports"][2]["place"] == "-:1"


def test_filters_are_options(radnlp):
    done = radnlp(
        *("timeline", SAMPLE, "--min-reports", "1", "--max-changes", "5", "--several-values", "--several-keys"),
        *("--mixed-patients", "--status", "present"),
    )
    assert json.loads(done.out)["counts"]["used_patients"] == 7
    done = radnlp("timeline", SAMPLE, "--key", "metastasis")
    assert json.loads(done.out)["counts"]["used_patients"] == 2


def test_the_schema_is_that_of_the_findings(radnlp, findings):
    chest = row("r1", "2024-01-01", schema="chest_ct", patient_id="p2")
    path = findings(chest)
    done = radnlp("timeline", path)
    assert done.status == 2
    assert "the schema 'chest_ct' has no relation 'has_episode' (it has located_in" in done.err
    mixed = findings(chest, row("r2", "2024-01-01"))  # of the two only one has episodes
    done = radnlp("timeline", mixed)
    assert (done.status, json.loads(done.out)["settings"]["schema"]) == (1, "brain_mri")
    assert "error other_schema: report r1" in done.err


def test_a_schema_of_ones_own_by_its_folder(radnlp, findings, tmp_path):
    folder = tmp_path / "mine"
    folder.mkdir()
    (folder / "schema.toml").write_text(
        'id = "mine"\nversion = "1.0.0"\ntitle = "Mine"\nlanguages = ["en"]\nextends = "brain_mri"\n'
    )
    path = findings(row("r1", "2024-01-01", schema="mine"))
    done = radnlp("timeline", path)
    assert done.status == 2
    assert "schema 'mine', which no plugin offers; name its folder: --schema ./FOLDER" in done.err
    assert radnlp("timeline", path, "--schema", f"{folder}/").status == 0


def test_nothing_at_all_is_an_empty_timeline(radnlp, findings, tmp_path):
    done = radnlp("timeline", findings(), "-o", tmp_path / "out")
    assert done.status == 0
    assert "No patient passes the filters" in (tmp_path / "out" / "sankey.svg").read_text("utf-8")
    assert radnlp("timeline", findings("oops")).status == 1


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (["none.jsonl"], "none.jsonl: there is no such file"),
        ([SAMPLE, "-o", "x.png"], "no form has the suffix '.png'"),
        ([SAMPLE, "-o", "x", "--format", "csv"], "--format is for standard output"),
        ([SAMPLE, "--min-reports", "0"], "at least 1 report"),
        ([SAMPLE, "--key", "gliome"], "did you mean 'glioma'"),
        ([SAMPLE, "--schema", "brain_mir"], "unknown schema 'brain_mir'"),
        ([], "INPUT"),
    ],
)
def test_wrong_use(radnlp, arguments, complaint):
    done = radnlp("timeline", *arguments)
    assert (done.status, done.out) == (2, "")
    assert complaint in done.err


def test_what_extract_writes_is_what_timeline_reads(radnlp, tmp_path):
    reports = tmp_path / "reports.jsonl"
    ids = {"patient_id": "p1", "study_date": "2024-01-01"}
    reports.write_text(json.dumps({"id": "r1", "text": "FINDINGS: Nodule in the RUL.", **ids}) + "\nnot JSON\n")
    radnlp("extract", reports, "--schema", "chest_ct", "-o", tmp_path / "findings.jsonl")
    done = radnlp("timeline", tmp_path / "findings.jsonl", "--relation", "located_in", "--min-reports", "1")
    assert done.status == 1  # the line that extract could not read either
    data = json.loads(done.out)
    assert data["patients"][0]["steps"][0]["value"] == "rul"
    assert [(row["report_id"], row["code"]) for row in data["unplaced"]] == [("reports.jsonl:2", "extraction_error")]


def test_two_thousand_patients_take_seconds(radnlp, tmp_path, monkeypatch):
    """The invented cohort of benchmarks/timeline, whole; 3 s with the start of Python on a machine with 2 cores."""
    monkeypatch.syspath_prepend(str(SAMPLE.parent))
    import cohort

    path = tmp_path / "cohort.jsonl"
    path.write_text("".join(f"{line}\n" for line in cohort.cohort(2000, seed=20250)))
    done = radnlp("timeline", path, "-o", tmp_path / "out")
    assert done.status == 1
    data = json.loads((tmp_path / "out" / "timeline.json").read_text("utf-8"))
    counts = data["counts"]
    assert counts["lines"] == counts["reports"] + counts["unplaced"] == len(path.read_text().splitlines())
    dropped = sum(rule["reports"] for rule in data["filters"])
    repeated = sum(issue["code"] == "repeated_report" for issue in data["issues"])
    assert counts["used_reports"] + dropped + repeated == counts["reports"]
    seconds = float(done.err.rsplit(" in ", 1)[1].split(" s")[0])
    assert seconds < 60  # a hundredfold slip, not a slow machine
