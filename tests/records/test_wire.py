"""The JSON line: what goes out comes back, and without text no word of the report is in it."""

import json
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from radnlp.records import (
    Cue,
    EvidenceSpan,
    Extraction,
    Finding,
    Issue,
    Measurement,
    Mention,
    Provenance,
    Relation,
    Section,
    Sentence,
    Step,
)
from radnlp.records.wire import from_dict, from_json, to_dict, to_json

# Two surrogates that make a pair are one character to every JSON reader; a lone one is what reports can hold.
words = st.text(max_size=8).filter(lambda text: not re.search("[\ud800-\udbff][\udc00-\udfff]", text))
ids = st.sampled_from(["nodules", "mass", "located_in", "rul", "bll", "rules"])
offsets = st.integers(0, 10**6)
scores = st.none() | st.floats(0, 1)
maybe = st.none() | words
statuses = st.sampled_from(["present", "uncertain", "historical", "absent"])


def tuples(strategy):
    return st.lists(strategy, max_size=2).map(tuple)


spans = st.builds(EvidenceSpan, start=offsets, end=offsets, text=words)
cues = st.builds(
    Cue,
    start=offsets,
    end=offsets,
    text=words,
    category=ids,
    direction=st.just("forward"),
    literal=words,
    scope=st.tuples(offsets, offsets),
)
measurements = st.builds(
    Measurement,
    mm=st.lists(st.floats(0.01, 500), min_size=1, max_size=3).map(tuple),
    range=st.booleans(),
    qualifier=st.sampled_from([None, "about", "up_to", "at_least", "largest", "previous"]),
    evidence=spans,
    mention=st.none() | spans,
    rule=st.none() | ids,
)
extractions = st.builds(
    Extraction,
    report_id=words,
    schema=ids,
    schema_version=st.just("1.0.0"),
    patient_id=maybe,
    study_date=maybe,
    meta=st.dictionaries(words, maybe | st.integers() | st.booleans() | st.lists(words, max_size=2), max_size=2),
    findings=tuples(
        st.builds(
            Finding,
            key=ids,
            status=statuses,
            score=scores,
            values=st.dictionaries(ids, tuples(ids), max_size=2),
            measurements=tuples(measurements),
            evidence=tuples(spans),
            sources=tuples(ids),
        )
    ),
    mentions=tuples(
        st.builds(
            Mention,
            entity=ids,
            type=ids,
            status=st.none() | statuses,
            start=offsets,
            end=offsets,
            sentence=offsets,
            section=st.none() | ids,
            cues=tuples(cues),
            excluded=st.none() | ids,
        )
    ),
    relations=tuples(
        st.builds(
            Relation,
            key=ids,
            type=ids,
            value=ids,
            score=scores,
            key_evidence=tuples(spans),
            value_evidence=tuples(spans),
            source=ids,
            rule=st.none() | ids,
        )
    ),
    steps=tuples(st.builds(Step, step=ids, decided=tuples(ids), source=ids)),
    sentences=tuples(
        st.builds(Sentence, index=offsets, start=offsets, end=offsets, section=maybe, label=maybe, score=scores)
    ),
    sections=tuples(st.builds(Section, id=ids, start=offsets, end=offsets)),
    issues=tuples(st.builds(Issue, level=st.just("error"), stage=ids, code=ids, message=words)),
    provenance=st.none()
    | st.builds(
        Provenance,
        radnlp=ids,
        schema=st.dictionaries(ids, words, max_size=1),
        providers=st.dictionaries(ids, st.dictionaries(ids, words, max_size=1), max_size=1),
        counts=st.dictionaries(ids, offsets, max_size=1),
        seconds=st.dictionaries(ids, st.floats(0, 9), max_size=1),
    ),
)


@settings(max_examples=60)
@given(extractions)
def test_an_extraction_comes_back_as_it_went(extraction):
    line = to_json(extraction)
    assert from_json(line) == extraction
    assert to_json(from_json(line)) == line
    assert "\n" not in line
    line.encode("utf-8")  # can be written to a file, whatever the report holds


WORDS = "Schattenfleck"
SPAN = EvidenceSpan(start=3, end=16, text=WORDS)
CUE = Cue(start=0, end=2, text=WORDS, category="negated", direction="forward", literal=WORDS.casefold(), scope=(3, 16))
SPEAKING = Extraction(
    report_id="r1",
    schema="chest_ct",
    schema_version="1.0.0",
    findings=(Finding(key="mass", status="absent", evidence=(SPAN,), sources=("rules",)),),
    mentions=(Mention(entity="mass", type="lesion", status="absent", start=3, end=16, sentence=0, cues=(CUE,)),),
    relations=(
        Relation(
            key="mass", type="located_in", value="rul", key_evidence=(SPAN,), value_evidence=(SPAN,), source="rules"
        ),
    ),
)


def test_no_text_leaves_out_every_word_and_keeps_the_offsets():
    line = to_json(SPEAKING, with_text=False)
    assert WORDS.casefold() not in line.casefold()
    back = from_json(line)
    assert back.findings[0].evidence == (EvidenceSpan(start=3, end=16, text=""),)
    assert back.mentions[0].cues[0].scope == (3, 16)
    assert (back.mentions[0].cues[0].text, back.mentions[0].cues[0].literal) == ("", "")


def test_every_evidence_carries_its_words_otherwise():
    data = to_dict(SPEAKING)
    assert data["relations"][0]["value_evidence"] == [{"start": 3, "end": 16, "text": WORDS}]
    assert data["mentions"][0]["cues"][0]["text"] == WORDS


def test_other_scripts_are_written_as_they_are():
    extraction = Extraction(report_id="보고서", schema="chest_ct", schema_version="1.0.0", meta={"科": "放射線"})
    assert "보고서" in to_json(extraction) and "放射線" in to_json(extraction)


def test_a_lone_surrogate_is_escaped():
    line = to_json(Extraction(report_id="r\ud800", schema="chest_ct", schema_version="1.0.0", meta={"é": 1}))
    assert line.isascii() and r"r\ud800" in line
    assert from_json(line).report_id == "r\ud800"


def test_gold_needs_only_report_schema_and_findings():
    gold = from_json('{"report_id": "r1", "schema": "chest_ct", "findings": [{"key": "nodules", "status": "present"}]}')
    assert gold.findings == (Finding(key="nodules", status="present"),)
    assert (gold.mentions, gold.provenance, gold.schema_version) == ((), None, "")


@pytest.mark.parametrize("missing", ["report_id", "schema", "findings"])
def test_gold_without_one_of_them_is_refused(missing):
    gold = {"report_id": "r1", "schema": "chest_ct", "findings": []}
    del gold[missing]
    with pytest.raises(KeyError, match=missing):
        from_dict(gold)


def test_another_format_is_refused_by_number():
    with pytest.raises(ValueError, match="this is format 2; this version of radnlp reads format 1"):
        from_dict({"format": 2, "report_id": "r1", "schema": "chest_ct", "findings": []})


@pytest.mark.parametrize("line", ["", "{", "[]", "3", '"findings"', "null"])
def test_a_line_that_is_no_json_object_is_a_value_error(line):
    with pytest.raises(ValueError):
        from_json(line)


def test_the_fields_stand_in_the_order_of_the_contract():
    data = json.loads(to_json(SPEAKING))
    assert list(data)[:7] == ["format", "report_id", "patient_id", "study_date", "meta", "schema", "schema_version"]
    assert list(data)[7:] == [
        *("findings", "mentions", "relations", "steps", "sentences", "sections", "issues", "provenance"),
    ]


def test_a_size_is_an_object_of_its_finding():
    size = Measurement(mm=(12.0, 8.0), qualifier="about", evidence=SPAN, mention=SPAN, rule="r")
    finding = Finding(key="nodules", status="present", measurements=(size,))
    extraction = Extraction(report_id="r1", schema="s", schema_version="1.0.0", findings=(finding,))
    (written,) = to_dict(extraction)["findings"][0]["measurements"]
    place = {"start": 3, "end": 16, "text": WORDS}
    said = {"mm": [12.0, 8.0], "range": False, "qualifier": "about", "rule": "r"}
    assert written == {**said, "evidence": place, "mention": place}
    assert WORDS not in to_json(extraction, with_text=False)


def test_findings_of_older_files_and_of_gold_have_no_sizes():
    gold = {"report_id": "r1", "schema": "s", "findings": [{"key": "nodules", "status": "present"}]}
    assert from_dict(gold).findings[0].measurements == ()
    short = {"mm": [8.0], "evidence": {"start": 0, "end": 4}}
    gold["findings"][0]["measurements"] = [short]
    (size,) = from_dict(gold).findings[0].measurements
    assert (size.mm, size.range, size.qualifier, size.mention) == ((8.0,), False, None, None)
