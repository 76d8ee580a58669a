"""The engine ray, on a real cluster of two workers on this machine."""

import json
import re
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from radnlp_ray import engine as engine_module
from radnlp_ray.plugin import radnlp_register_batch_engines

from radnlp.api import ConfigError, PipelineSpec, Report, from_json
from radnlp.testing import check_batch_engine

(PROVIDER,) = radnlp_register_batch_engines()
README = (Path(__file__).resolve().parent.parent / "README.md").read_text("utf-8")


def test_it_keeps_the_contract_of_an_engine(cluster, quick):
    check_batch_engine(PROVIDER, schema=quick, seconds=600)  # Ray starts a Python for each run


def test_two_actors_give_the_reports_back_in_order_and_one_report_that_ends_them_costs_only_itself(
    cluster, quick, monkeypatch
):
    monkeypatch.setattr(engine_module, "BLOCK_CHARACTERS", 8_000)
    monkeypatch.setattr(engine_module, "WINDOW_BLOCKS", 5)  # of eight
    ids = [f"r{n}" for n in range(200)]
    ids[70] = "exits"
    reports = [Report(id=name, text="A nodule. " * 4, meta={"big": 2**70}) for name in ids]
    spec = PipelineSpec(schema=quick, keys="obedient")
    lines = list(PROVIDER.engine(2).run_lines(spec, iter(reports)))
    assert [line.report_id for line in lines] == ids
    assert [line.report_id for line in lines if line.errors] == ["exits"]
    assert [issue.code for issue in from_json(lines[70].line).issues] == ["worker_died"]
    other = from_json(lines[71].line)
    assert (len(other.mentions), other.meta) == (4, {"big": 2**70})


def test_a_pipeline_that_cannot_be_built_is_said_before_the_first_report(cluster, quick):
    spec = PipelineSpec(schema=quick, keys="obedient", settings={"keys": {"broken": True}})
    with pytest.raises(ConfigError) as caught:
        PROVIDER.engine(2).run(spec, [])
    assert str(caught.value) == "obedient: the model is not there; name one that is"


def test_the_page_shows_how_to_do_without_the_engine(cluster, quick, tmp_path):
    table = pa.table({"id": ["r1", "r2"], "text": ["8 mm nodule in the RUL.", "No effusion."], "site": ["A", "B"]})
    pq.write_table(table, tmp_path / "reports.parquet")
    (code,) = re.findall(r"```python\n(.*?)```", README, flags=re.DOTALL)
    code = code.replace("/data", str(tmp_path)).replace('"chest_ct"', repr(quick))
    exec(compile(code, "README.md", "exec"), {})  # noqa: S102
    rows = pq.read_table(tmp_path / "findings").sort_by("id").to_pylist()
    assert [(row["id"], row["findings"]) for row in rows] == [("r1", 1), ("r2", 0)]
    assert json.loads(rows[0]["extraction"])["meta"] == {"site": "A"}


def test_numbers_that_cannot_be_are_refused():
    for settings in ({"gpus": -1.0}, {"time_limit": float("nan")}):
        with pytest.raises(ConfigError, match="at least 0"):
            PROVIDER.engine(1, settings)
