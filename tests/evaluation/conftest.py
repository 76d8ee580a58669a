"""Small experiments: a few reports, gold written beside them, and what two real systems say of them."""

import json

import pytest

from radnlp.evaluation.bench import run_experiment
from radnlp.evaluation.experiment import read_experiment
from radnlp.hooks import default_catalogue
from radnlp.pipeline import build, stream
from radnlp.records import PipelineSpec, Report
from radnlp.records.wire import to_json

METRICS = ("keys", "shin2025", "relations", "hierarchy", "status", "evidence")


@pytest.fixture(scope="session")
def pipelines():
    """System -> its pipeline."""
    return {name: build(PipelineSpec(schema="chest_ct", relations=name)) for name in ("cooccurrence", "rules")}


@pytest.fixture(scope="session")
def experiment(tmp_path_factory, pipelines):
    """Writes an experiment and runs it: report id -> (text, [(key, status, values), ...])."""

    catalogue = default_catalogue()

    def run(rows, *, metrics=METRICS, title="Two systems", systems=("cooccurrence", "rules"), splits=""):
        folder = tmp_path_factory.mktemp("experiment")
        reports = [Report(id=report_id, text=text) for report_id, (text, _) in rows.items()]
        gold = []
        for report_id, (text, findings) in rows.items():
            found = []
            for key, status, values, *seen in findings:
                places = [{"start": text.index(word), "end": text.index(word) + len(word)} for word in seen]
                chosen = {"located_in": values} if values else {}
                found.append({"key": key, "status": status, "values": chosen, "evidence": places})
            gold.append({"report_id": report_id, "schema": "chest_ct", "findings": found})
        lines = [json.dumps({"id": report.id, "text": report.text}) for report in reports]
        (folder / "reports.jsonl").write_text("\n".join(lines))
        (folder / "gold.jsonl").write_text("\n".join(map(json.dumps, gold)))
        file = [f"title = {json.dumps(title)}", f"metrics = {json.dumps(list(metrics))}", "draws = 50", "seed = 1"]
        file += ['[data]\npath = "gold.jsonl"\nschema = "chest_ct"', splits]
        for number, name in enumerate(systems):
            said = stream(pipelines["rules" if number else "cooccurrence"], reports)
            (folder / f"{number}.jsonl").write_text("\n".join(to_json(extraction) for extraction in said))
            file.append(f'[[systems]]\nname = {json.dumps(name)}\npredictions = "{number}.jsonl"')
        (folder / "e.toml").write_text("\n".join(file))
        return run_experiment(read_experiment(folder / "e.toml"), catalogue, say=lambda words: None)

    return run


#: The same-sentence baseline puts the nodule of r1 into both lobes, and r3 has a word that gold does not.
REPORTS = {
    "r1": (
        "Nodule in the RUL; consolidation in the LLL.",
        [("nodules", "present", ["rul"], "Nodule"), ("consolidation", "present", ["lll"], "consolidation")],
    ),
    "r2": (
        "No effusion. Nodule in the LUL.",
        [("nodules", "present", ["lul"], "Nodule"), ("pleural_effusion", "absent", [], "effusion")],
    ),
    "r3": ("Consolidation in the RML. Mass.", [("consolidation", "present", ["rml"], "Consolidation")]),
    "r4": ("No pneumothorax. Possible atelectasis.", [("atelectasis", "present", [], "atelectasis")]),
}


@pytest.fixture(scope="session")
def result(experiment):
    """Four reports, two systems."""
    return experiment(REPORTS)
