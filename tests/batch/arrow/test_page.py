"""The code of radnlp/docs/engines.md, run: Spark and Dask where they are installed."""

import json
import re
import shutil
from importlib.util import find_spec
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

PAGE = (Path(__file__).resolve().parents[3] / "radnlp" / "docs" / "engines.md").read_text("utf-8")


def run(heading):
    """The names that the first block of Python under a heading leaves behind."""
    section = PAGE.split(f"\n## {heading}\n")[1].split("\n## ")[0]
    code = re.search(r"```python\n(.*?)```", section, flags=re.DOTALL).group(1)
    names = {}
    exec(compile(code, heading, "exec"), names)  # noqa: S102
    return names


def test_the_arrow_function(capsys):
    run("The Arrow function")
    assert capsys.readouterr().out.startswith('{"format":1,"report_id":"r1"')


@pytest.mark.skipif(not find_spec("pyspark") or not shutil.which("java"), reason="pyspark or Java is not installed")
def test_spark():
    names = run("Spark")
    try:
        assert [(row.id, row.findings, row.errors) for row in names["rows"]] == [("r1", 1, 0), ("r2", 1, 0)]
        assert json.loads(names["rows"][0].extraction)["meta"] == {"scanner": "B"}
    finally:
        names["spark"].stop()


@pytest.mark.skipif(not find_spec("dask"), reason="dask is not installed")
def test_dask(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    table = pa.table({"id": ["r1", "r2"], "text": ["8 mm nodule in the RUL.", "No effusion."]})
    pq.write_table(table, "reports.parquet", row_group_size=1)
    found = [row for batch in run("Dask")["findings"] for row in batch.to_pylist()]
    assert sorted((row["id"], row["findings"]) for row in found) == [("r1", 1), ("r2", 1)]
