"""radnlp extract: the doors that users script against."""

import csv
import json
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

REPORT = "FINDINGS: 8 mm nodule in the RUL. No pleural effusion."


@pytest.fixture
def reports(tmp_path):
    path = tmp_path / "reports.jsonl"
    rows = [{"id": "r1", "text": REPORT, "patient_id": "p1", "scanner": "B"}, {"id": "r2", "text": "Clear lungs."}]
    path.write_text("".join(json.dumps(row) + "\n" for row in rows))
    return path


def lines(text):
    return [json.loads(line) for line in text.splitlines()]


def test_json_lines_to_a_pipe(radnlp, reports):
    done = radnlp("extract", reports, "--schema", "chest_ct")
    assert done.status == 0
    first, second = lines(done.out)
    assert [(f["key"], f["status"], f["values"]) for f in first["findings"]] == [
        ("nodules", "present", {"located_in": ["rul"]}),
        ("pleural_effusion", "absent", {}),
    ]
    assert (first["format"], first["patient_id"], first["meta"]) == (1, "p1", {"scanner": "B"})
    assert first["mentions"][0]["section"] == "findings"
    assert second["findings"] == []


def test_every_offset_is_exact(radnlp, reports):
    first = lines(radnlp("extract", reports, "--schema", "chest_ct").out)[0]
    spans = [e for f in first["findings"] for e in f["evidence"]] + [c for m in first["mentions"] for c in m["cues"]]
    spans += [e for r in first["relations"] for e in (*r["key_evidence"], *r["value_evidence"])]
    assert len(spans) >= 4
    assert all(REPORT[span["start"] : span["end"]] == span["text"] for span in spans)


def test_the_same_bytes_on_a_second_run_but_for_the_seconds(radnlp, reports, tmp_path):
    def run(name):
        radnlp("extract", reports, "--schema", "chest_ct", "-o", tmp_path / name)
        rows = lines((tmp_path / name).read_text())
        for row in rows:
            del row["provenance"]["seconds"]
        return json.dumps(rows)

    assert run("a.jsonl") == run("b.jsonl")


@pytest.mark.parametrize("name", ["f.jsonl", "f.csv", "f.parquet", "f.html"])
def test_the_suffix_decides_the_format(radnlp, reports, tmp_path, name):
    done = radnlp("extract", reports, "--schema", "chest_ct", "-o", tmp_path / name)
    assert done.status == 0, done.err
    assert done.out == ""
    assert "2 reports" in done.err
    assert (tmp_path / name).stat().st_size > 0
    assert not (tmp_path / f"{name}.parts").exists()


def test_csv_has_a_row_for_each_finding_and_value(radnlp, reports, tmp_path):
    radnlp("extract", reports, "--schema", "chest_ct", "-o", tmp_path / "f.csv")
    with (tmp_path / "f.csv").open(newline="") as file:
        rows = list(csv.DictReader(file))
    assert [(r["report_id"], r["key"], r["status"], r["relation"], r["value"]) for r in rows] == [
        ("r1", "nodules", "present", "located_in", "rul"),
        ("r1", "nodules", "present", "measures", "8 mm"),
        ("r1", "pleural_effusion", "absent", "", ""),
    ]


def test_wide_formats_have_a_row_for_each_report(radnlp, reports, tmp_path):
    radnlp("extract", reports, "--schema", "chest_ct", "--format", "parquet-wide", "-o", tmp_path / "wide.parquet")
    table = pq.read_table(tmp_path / "wide.parquet").to_pylist()
    assert [(row["report_id"], row["nodules"], row["nodules.located_in"]) for row in table] == [
        ("r1", "present", "rul"),
        ("r2", None, None),
    ]


def test_no_text_leaves_the_words_out(radnlp, reports):
    done = radnlp("extract", reports, "--schema", "chest_ct", "--no-text")
    assert "nodule in" not in done.out
    assert lines(done.out)[0]["findings"][0]["evidence"] == [{"start": 15, "end": 21}]


def test_the_table_is_for_people(radnlp, reports):
    done = radnlp("extract", reports, "--schema", "chest_ct", "--format", "table")
    assert "Nodules" in done.out
    assert "present" in done.out


def test_text_files_and_folders(radnlp, tmp_path):
    folder = tmp_path / "reports"
    (folder / "2024").mkdir(parents=True)
    (folder / "a.txt").write_text(REPORT)
    (folder / "2024" / "b.txt").write_bytes(b"\xef\xbb\xbfNodule\r\nin RUL")
    rows = lines(radnlp("extract", folder, "--schema", "chest_ct").out)
    assert sorted(row["report_id"] for row in rows) == ["2024/b.txt", "a.txt"]
    nodule = next(row for row in rows if row["report_id"] == "2024/b.txt")["mentions"][0]
    assert (nodule["start"], nodule["end"]) == (0, 6), "the byte-order mark is no character of the report"


def test_columns_can_be_named(radnlp, tmp_path):
    path = tmp_path / "indiana.csv"
    path.write_text("uid,findings,impression\n7,Clear lungs.,No effusion.\n8,,Nodule.\n")
    columns = ["--id-column", "uid", "--text-column", "findings", "--text-column", "impression"]
    rows = lines(radnlp("extract", path, "--schema", "chest_xray", *columns).out)
    assert [row["report_id"] for row in rows] == ["7", "8"]
    text = "Clear lungs.\n\nNo effusion."
    evidence = rows[0]["findings"][0]["evidence"][0]
    assert text[evidence["start"] : evidence["end"]] == evidence["text"] == "effusion"


@pytest.mark.parametrize("encoding", ["cp949", "shift_jis"])
def test_other_encodings(radnlp, tmp_path, encoding):
    text = "RUL 결절, 흉수 없음" if encoding == "cp949" else "右肺 nodule あり"
    path = tmp_path / "r.txt"
    path.write_bytes(text.encode(encoding))
    wrong = radnlp("extract", path, "--schema", "chest_ct")
    assert wrong.status == 2
    assert "--encoding" in wrong.err
    right = radnlp("extract", path, "--schema", "chest_ct", "--encoding", encoding)
    assert right.status == 0
    assert "nodules" in [finding["key"] for finding in lines(right.out)[0]["findings"]]


def test_sentences_given_are_kept_exactly(radnlp, tmp_path):
    path = tmp_path / "s.jsonl"
    path.write_text(json.dumps({"id": "s", "sentences": ["Nodule. In RUL.", "", "No\neffusion"]}))
    (row,) = lines(radnlp("extract", path, "--schema", "chest_ct").out)
    assert [(s["start"], s["end"]) for s in row["sentences"]] == [(0, 15), (16, 16), (17, 28)]
    assert [m["sentence"] for m in row["mentions"]] == [0, 0, 2]


# --- what goes wrong -------------------------------------------------------------------------------------------------


def test_a_line_that_is_no_json_gets_a_line_of_its_own(radnlp, tmp_path):
    path = tmp_path / "r.jsonl"
    good = json.dumps({"id": "x", "text": REPORT}) + "\n"
    path.write_text(good * 6 + '{"id": "broken\n' + good)
    done = radnlp("extract", path, "--schema", "chest_ct")
    assert done.status == 1
    rows = lines(done.out)
    assert len(rows) == 8
    assert rows[6]["report_id"] == "r.jsonl:7"
    assert [issue["level"] for issue in rows[6]["issues"]] == ["error"]
    assert "1 error," in done.err


def test_duplicate_ids_keep_both_lines(radnlp, tmp_path):
    path = tmp_path / "r.jsonl"
    path.write_text((json.dumps({"id": "x", "text": REPORT}) + "\n") * 2)
    done = radnlp("extract", path, "--schema", "chest_ct")
    assert done.status == 0
    codes = [[issue["code"] for issue in row["issues"]] for row in lines(done.out)]
    assert codes == [[], ["duplicate_id"]]


@pytest.mark.parametrize(
    ("text", "code"),
    [("", "empty_text"), ("No\x00dule. Nodule.", "nul_character"), ("\ud800 nodule", "lone_surrogate")],
)
def test_odd_texts_are_warnings_on_that_report(radnlp, tmp_path, text, code):
    path = tmp_path / "r.jsonl"
    path.write_text(json.dumps({"id": "x", "text": text}))
    done = radnlp("extract", path, "--schema", "chest_ct")
    assert done.status == 0, done.err
    (row,) = lines(done.out)
    assert [issue["code"] for issue in row["issues"]] == [code]
    assert all(text[e["start"] : e["end"]] == e["text"] for f in row["findings"] for e in f["evidence"])


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--schema", "chest_tc"], "did you mean 'chest_ct'"),
        ([], "--schema is required"),
        (["--schema", "chest_ct", "--relations", "rulez"], "did you mean 'rules'?"),
        (["--schema", "chest_ct", "--set", "status.engin=x"], "'status.engine'"),
        (["--schema", "chest_ct", "--set", "status"], "STAGE.NAME=VALUE"),
        (["--schema", "chest_ct", "--engine", "serail"], "did you mean 'serial'?"),
        (["--schema", "chest_ct", "--engine", "serial", "--workers", "4"], "--workers 4"),
        (["--schema", "chest_ct", "--workers", "0"], "at least 1"),
        (["--schema", "chest_ct", "--time-limit", "5"], "cannot stop a report"),
        (["--schema", "chest_ct", "--engine", "process", "--time-limit", "-1"], "at least 0"),
        (["--schema", "chest_ct", "--engine", "process", "--set", "engine.x=1"], "Available: engine.time_limit"),
        (["--schema", "chest_ct", "--set", "engine.x=1"], "setting 'engine.x'"),
        (["--schema", "chest_ct", "--format", "jsonn"], "did you mean 'jsonl'?"),
        (["--schema", "chest_ct", "-o", "out.docx"], "out.docx"),
        (["--schema", "chest_ct", "--resume"], "--resume"),
        (["--schema", "chest_ct", "--terms", "missing.toml"], "missing.toml"),
        (["--schema", "chest_ct", "--config", "missing.toml"], "missing.toml"),
    ],
)
def test_wrong_use_is_said_in_one_sentence_before_the_first_report(radnlp, reports, arguments, words):
    done = radnlp("extract", reports, *arguments)
    assert done.status == 2
    assert words in done.err
    assert done.out == ""
    assert len(done.err.strip().splitlines()) == 1
    assert "Traceback" not in done.err


def test_a_csv_without_the_column_names_those_it_has(radnlp, tmp_path):
    path = tmp_path / "r.csv"
    path.write_text("id,report\n1,x\n")
    done = radnlp("extract", path, "--schema", "chest_ct")
    assert done.status == 2
    assert "no column 'text'" in done.err
    assert "--text-column" in done.err


def test_a_truncated_parquet_file(radnlp, tmp_path):
    path = tmp_path / "r.parquet"
    pq.write_table(pa.table({"id": ["a"], "text": [REPORT]}), path)
    path.write_bytes(path.read_bytes()[:-20])
    done = radnlp("extract", path, "--schema", "chest_ct")
    assert done.status == 2
    assert "r.parquet" in done.err
    assert "Traceback" not in done.err


def test_a_missing_file_and_one_of_an_unknown_kind(radnlp, tmp_path):
    assert radnlp("extract", tmp_path / "nowhere.csv", "--schema", "chest_ct").status == 2
    (tmp_path / "scan.pdf").write_text("%PDF")
    done = radnlp("extract", tmp_path / "scan.pdf", "--schema", "chest_ct")
    assert done.status == 2
    assert ".jsonl" in done.err


def test_a_broken_terms_file_names_file_table_and_key(radnlp, reports, tmp_path):
    terms = tmp_path / "mine.toml"
    terms.write_text('language = "en"\n[[terms]]\nentities = ["nodulez"]\nphrases = ["x"]\n')
    done = radnlp("extract", reports, "--schema", "chest_ct", "--terms", terms)
    assert done.status == 2
    for word in ("mine.toml", "[[terms]] no. 1", "nodulez", "did you mean 'nodules'"):
        assert word in done.err


def test_strict_stops_at_the_first_report_with_an_error(radnlp, tmp_path):
    path = tmp_path / "r.jsonl"
    path.write_text('{"id": "a", "text": "x"}\nnot json\n')
    done = radnlp("extract", path, "--schema", "chest_ct", "--strict", "-o", tmp_path / "o.jsonl")
    assert done.status == 1
    assert "r.jsonl:2" in done.err
    assert not (tmp_path / "o.jsonl").exists()


def test_a_run_file_holds_options_and_the_command_line_goes_before_it(radnlp, reports, tmp_path):
    run = tmp_path / "run.toml"
    run.write_text('schema = "chest_xray"\nno_text = true\n[set.status]\nengine = "medspacy"\n')
    rows = lines(radnlp("extract", reports, "--config", run, "--schema", "chest_ct").out)
    assert rows[0]["schema"] == "chest_ct"
    assert "text" not in rows[0]["findings"][0]["evidence"][0]


def test_a_run_file_with_an_unknown_option_is_refused(radnlp, reports, tmp_path):
    run = tmp_path / "run.toml"
    run.write_text('shema = "chest_ct"\n')
    done = radnlp("extract", reports, "--config", run)
    assert done.status == 2
    assert "did you mean 'schema'?" in done.err


def test_the_samples_of_the_repository(radnlp):
    samples = Path(__file__).resolve().parents[2] / "benchmarks" / "samples"
    done = radnlp("extract", samples, "--schema", "chest_ct", "--format", "jsonl")
    assert done.status == 0
    rows = lines(done.out)
    assert len(rows) >= 8
    assert all(row["findings"] for row in rows)


def test_two_workers_are_two_processes_and_the_result_is_the_same(radnlp, reports, tmp_path):
    run_file = tmp_path / "run.toml"
    run_file.write_text('time_limit = 60\n[set.engine]\ntime_limit = "30"\n')
    rows = []
    for name, more in (("a.jsonl", ()), ("b.jsonl", ("--workers", "2", "--config", run_file))):
        done = radnlp("extract", reports, "--schema", "chest_ct", "-o", tmp_path / name, *more)
        assert (done.status, done.out) == (0, ""), done.err
        rows.append(lines((tmp_path / name).read_text()))
        for row in rows[-1]:
            del row["provenance"]["seconds"]
    assert rows[0] == rows[1]
