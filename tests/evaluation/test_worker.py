"""A system in a process of its own: reports go over whole, errors come back as sentences."""

import pytest

from radnlp.errors import ConfigError
from radnlp.evaluation.worker import _report, extract_apart
from radnlp.records import PipelineSpec, Report

#: A schema of its own would take longer to build than all of the rest.
SPEC = PipelineSpec(schema="chest_ct")


def test_what_is_handed_over_arrives_and_what_is_found_comes_back():
    text = "No effusion \U0001f600 \udc80.\r\nNodule in the RUL."
    reports = [
        Report(id="r1", text=text, meta={"hospital": "A"}),
        Report(id="r2", text="Lump seen.", sentences=((0, 10),), targets=((0, 4, "mass"),)),
    ]
    (first, second), cost = extract_apart(SPEC, reports)
    assert [(f.key, f.status, text[f.evidence[0].start : f.evidence[0].end]) for f in first.findings] == [
        ("nodules", "present", "Nodule"),
        ("pleural_effusion", "absent", "effusion"),
    ]
    assert [(f.key, f.evidence[0].text) for f in second.findings] == [("mass", "Lump")]
    assert cost.reports == 2
    assert cost.load_seconds > 0


def test_what_cannot_be_built_comes_back_as_a_sentence():
    with pytest.raises(ConfigError, match="unknown relation mapper 'llama9'"):
        extract_apart(PipelineSpec(schema="chest_ct", relations="llama9"), [])


def test_a_process_that_dies_is_told(monkeypatch):
    monkeypatch.setattr("sys.executable", "false")
    with pytest.raises(ConfigError, match="its process died"):
        extract_apart(SPEC, [])


def test_intervals_are_tuples_again():
    row = {"id": "r", "text": "ab", "sentences": [[0, 2]], "targets": None, "issues": []}
    assert _report(row) == Report(id="r", text="ab", sentences=((0, 2),))
