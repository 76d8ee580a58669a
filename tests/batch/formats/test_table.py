"""The table on a terminal: readable, aligned, harmless."""

import io
import subprocess
import sys

import pytest
from rich.cells import cell_len

from radnlp.batch.formats.table import TableFormat
from radnlp.hooks import default_catalogue
from radnlp.pipeline import build, stream
from radnlp.records import PipelineSpec, Report


@pytest.fixture(scope="module")
def table():
    nlp = build(PipelineSpec(schema="chest_ct"))
    writer = TableFormat(default_catalogue().schema("chest_ct")[0])

    def render(*texts, with_text=True):
        reports = [Report(id=f"r{number}", text=text) for number, text in enumerate(texts)]
        pairs = zip(reports, stream(nlp, reports), strict=True)
        out = io.BytesIO()
        writer.finish((writer.part(report, found, with_text=with_text) for report, found in pairs), out)
        return out.getvalue().decode("utf-8")

    return render


def test_a_row_for_each_finding_and_a_line_of_totals(table):
    out = table("8 mm nodule in the RUL. No pleural effusion.", "Clear lungs.")
    rows = [line.split() for line in out.splitlines()]
    assert rows[0] == ["r0"]
    assert rows[1][:2] == ["Nodules", "present"]
    assert ["Pleural", "effusion", "absent"] in [row[:3] for row in rows]
    assert ["no", "findings"] in rows
    assert out.splitlines()[-1] == "2 reports · 2 findings (1 present, 1 absent)"


def test_columns_stand_below_each_other_in_every_script(table):
    out = table("RUL 결절. 흉수 없음.", "Nodule in RUL. No effusion.")
    rows = [line for line in out.splitlines() if " present " in line or " absent " in line]
    starts = {
        cell_len(line[: line.index(status)]) for line in rows for status in ("present", "absent") if status in line
    }
    assert len(starts) == 1


@pytest.mark.parametrize("width", [40, 80, 140])
def test_no_line_is_wider_than_the_terminal(table, monkeypatch, width):
    monkeypatch.setenv("COLUMNS", str(width))
    out = table("Nodules in both lungs, RUL, RLL and LUL. 우상엽 결절. Bronchial wall thickening in the lingula.")
    # Below 60 cells the columns keep a width one can read, and the terminal wraps.
    rows = [line for line in out.splitlines() if line.startswith(" ")]
    assert rows
    assert max(map(cell_len, rows)) <= max(width, 64)
    assert not any(line.endswith(" ") for line in rows)


def test_sizes_stand_behind_the_values(table, monkeypatch):
    monkeypatch.setenv("COLUMNS", "140")
    out = table("1.2 x 0.8 cm nodule in the RUL, 9 mm on the prior CT.", with_text=False)
    assert "Right upper lobe, 12 x 8 mm, before: 9 mm" in out


def test_words_seen_often_are_counted(table):
    assert "Nodule ×3" in table("Nodule. Nodule. nodule.")


def test_no_control_sequence_of_a_report_reaches_the_terminal(table):
    assert "\x1b" not in table("\x1b[2Jnodule\x07 \x9b31m effusion")


def test_without_text_there_are_offsets(table):
    out = table("Nodule.", with_text=False)
    assert "0-6" in out
    assert "Nodule " not in out


def test_issues_are_told(table):
    assert "warning: the report has no text" in table("")


def test_where_nobody_reads_any_more_it_ends_as_every_format_does(tmp_path):
    source = tmp_path / "reports.jsonl"
    source.write_text("".join(f'{{"id": "{n}", "text": "8 mm nodule in the RUL."}}\n' for n in range(2000)))
    command = [sys.executable, "-m", "radnlp", "extract", str(source), "--schema", "chest_xray", "--format", "table"]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    process.stdout.read(100)
    process.stdout.close()
    assert (process.stderr.read(), process.wait(timeout=300)) == ("", 0)
    process.stderr.close()
