"""How a finding came about, with and without the words of the report."""

import pytest

from radnlp.batch.formats.trace import excluded_trace, explanation, finding_trace
from radnlp.pipeline import build, stream
from radnlp.records import PipelineSpec, Report

REPORT = Report(id="r1", text="No ZEBRA effusion. Nodule of 8 mm in the RUL. Follow-up of the nodule is recommended.")


@pytest.fixture(scope="module")
def extraction():
    return next(iter(stream(build(PipelineSpec(schema="chest_ct")), [REPORT])))


def test_cue_rule_and_way_to_the_place(extraction):
    lines = "\n".join(explanation(REPORT, extraction))
    assert "pleural_effusion: absent" in lines
    assert "cue 'No' [0-2]: negated" in lines
    assert "located_in rul by rules" in lines
    assert "did not count:" in lines


def test_without_text_offsets_stand_where_words_would(extraction):
    lines = [
        *(
            line
            for finding in extraction.findings
            for line in finding_trace(REPORT, extraction, finding, with_text=False)
        ),
        *(
            line
            for mention in extraction.mentions
            if mention.excluded
            for line in excluded_trace(REPORT, mention, with_text=False)
        ),
    ]
    told = "\n".join(lines)
    for word in ("ZEBRA", "'No'", "Nodule of", "'RUL'", "Follow-up"):
        assert word not in told
    assert "cue [0-2]: negated" in told
    assert "[41-44]" in told
