"""The serial engine, with the real pipeline."""

import json

from radnlp.batch import BatchJob, create_format, run
from radnlp.batch.engines.serial import SerialEngine
from radnlp.hooks import create_manager
from radnlp.hooks.catalogue import Catalogue
from radnlp.records import PipelineSpec, Report
from radnlp.records.wire import from_json


def test_the_main_job(tmp_path):
    source = tmp_path / "in.jsonl"
    rows = [
        {"id": "r1", "text": "No effusion. 8 mm nodule in the RUL."},
        {"id": "r2", "sentences": ["", "Effusion\nhas resolved."]},
        {"id": "r3", "text": ""},
        {"id": "r4"},
    ]
    source.write_text("".join(json.dumps(row) + "\n" for row in rows))
    schema, lexicon = Catalogue(create_manager()).schema("chest_ct")
    out = tmp_path / "out.jsonl"
    job = BatchJob(
        spec=PipelineSpec(schema="chest_ct"),
        schema=schema,
        digest=lexicon.digest,
        inputs=(str(source),),
        engine=SerialEngine(1),
        format=create_format("jsonl", schema),
        output=out,
    )
    summary = run(job)
    found = [json.loads(line) for line in out.read_text().splitlines()]
    assert [(f["key"], f["status"]) for f in found[0]["findings"]] == [
        ("nodules", "present"),
        ("pleural_effusion", "absent"),
    ]
    assert [(s["start"], s["end"]) for s in found[1]["sentences"]] == [(0, 0), (1, 23)]
    assert [[issue["code"] for issue in f["issues"]] for f in found] == [[], [], ["empty_text"], ["missing_text"]]
    assert (summary.reports, summary.failed) == (4, 1)


def test_lines_are_what_the_engine_gives_as_records():
    reports = [Report(id="r1", text="No effusion."), Report(id="r2", text="")]
    engine, spec = SerialEngine(), PipelineSpec(schema="chest_ct")
    lines = list(engine.run_lines(spec, reports))
    extractions = list(engine.run(spec, reports))
    assert [(line.report_id, line.findings, line.warnings) for line in lines] == [("r1", 1, 0), ("r2", 0, 1)]
    assert [from_json(line.line).findings for line in lines] == [extraction.findings for extraction in extractions]
