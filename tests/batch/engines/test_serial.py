"""The serial engine, with the real pipeline."""

import json

from radnlp.batch import BatchJob, create_format, run
from radnlp.batch.engines.serial import SerialEngine
from radnlp.hooks import create_manager
from radnlp.hooks.catalogue import Catalogue
from radnlp.records import PipelineSpec


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
