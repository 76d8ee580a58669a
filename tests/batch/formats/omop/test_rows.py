"""What NOTE_NLP says of a report, by the real pipeline."""

from datetime import date
from itertools import pairwise

import pytest

import radnlp
from radnlp.batch.formats.omop import NOTE_NLP
from radnlp.batch.formats.omop.rows import nlp_rows
from radnlp.pipeline import Assembly
from radnlp.records import EvidenceSpan, Extraction, Finding, Report

DAY = date(2026, 3, 1)
SCHEMA = Assembly.of("chest_ct", ()).schema


def rows(text, **options):
    extraction = radnlp.extract(text, schema="chest_ct", **options)
    return list(nlp_rows(Report(id="1", text=text), extraction, SCHEMA, day=DAY))


def test_a_row_for_each_place_where_a_finding_is_named():
    text = "A nodule in the RUL. No pleural effusion. The nodule measures 8 mm."
    first, second, effusion = rows(text)
    assert [row["offset"] for row in (first, second, effusion)] == ["2", "46", "24"]
    for row in (first, second, effusion):
        start = int(row["offset"])
        assert text[start : start + len(row["lexical_variant"])] == row["lexical_variant"]
    assert first["term_modifiers"].startswith("status=present, entity=nodules, source=rules, located_in=rul")
    assert (first["nlp_date"], first["nlp_datetime"]) == ("2026-03-01", None)
    assert "located_in" not in effusion["term_modifiers"]


@pytest.mark.parametrize(
    ("text", "exists", "temporal"),
    [
        ("There is a nodule.", "Y", "present"),
        ("Possible nodule.", "Y", "present"),
        ("R/O nodule.", "Y", "present"),
        ("No nodule.", "N", "present"),
        ("The previously seen nodule has resolved.", "N", "present"),
    ],
)
def test_status_as_the_model_wants_it(text, exists, temporal):
    (row,) = rows(text)
    assert (row["term_exists"], row["term_temporal"]) == (exists, temporal)


def test_each_place_has_the_status_of_what_is_said_there():
    first, second, third = rows(
        "8 mm nodule in the RUL. Possible nodule in the LLL. No nodule in the RML. Father: nodules."
    )
    assert [row["term_exists"] for row in (first, second, third)] == ["Y", "Y", "N"]
    assert first["term_modifiers"] == "status=present, entity=nodules, source=rules, located_in=rul, size=8 mm"
    assert second["term_modifiers"].startswith("status=uncertain, entity=nodules, source=rules, ")
    assert "located_in=rul" not in second["term_modifiers"] and "size" not in second["term_modifiers"]
    assert second["term_modifiers"].endswith("uncertain=Possible")
    assert third["term_modifiers"] == "status=absent, entity=nodules, source=rules, negated=No"


def test_what_was_is_past():
    span = EvidenceSpan(start=0, end=6, text="nodule")
    finding = Finding(key="nodules", status="historical", evidence=(span,), sources=("rules",))
    extraction = Extraction(report_id="1", schema="chest_ct", schema_version="1", findings=(finding,))
    (row,) = nlp_rows(Report(id="1", text="nodule"), extraction, SCHEMA, day=DAY)
    assert (row["term_exists"], row["term_temporal"]) == ("Y", "past")


def test_a_location_stands_at_the_mention_it_is_told_of():
    right, left = rows("Nodule in the RUL. Another nodule in the LLL.")
    assert "located_in=rul" in right["term_modifiers"] and "located_in=lll" not in right["term_modifiers"]
    assert "located_in=lll" in left["term_modifiers"] and "located_in=rul" not in left["term_modifiers"]


def test_a_finding_without_words_in_the_report_is_kept():
    finding = Finding(key="nodules", status="present", score=0.75, sources=("bert",))
    extraction = Extraction(report_id="1", schema="chest_ct", schema_version="1", findings=(finding,))
    (row,) = nlp_rows(Report(id="1", text="A 4 mm density."), extraction, SCHEMA, day=DAY)
    assert (row["offset"], row["snippet"], row["lexical_variant"]) == (None, None, "Nodules")
    assert row["term_modifiers"] == "status=present, score=0.750, entity=nodules, source=bert"


@pytest.mark.parametrize("before", [0, 10, 124, 125, 300])
@pytest.mark.parametrize("after", [0, 10, 124, 125, 300])
def test_the_snippet_holds_the_words_and_what_fits_around_them(before, after):
    text = "x " * (before // 2) + "nodule" + " y" * (after // 2)
    (row,) = rows(text)
    assert "nodule" in row["snippet"] and row["snippet"] in text
    assert len(row["snippet"]) == min(250, len(text))


def test_every_cell_fits_the_column_of_the_model():
    lengths = {column.name: column.length for column in NOTE_NLP}
    required = {column.name for column in NOTE_NLP if column.required} - {"note_nlp_id", "note_id"}
    found = rows("Nodules in RUL, RML, RLL, LUL and LLL. 폐결절 RUL. \0 \ud800 nodule 😀. " * 60)
    assert len(found) > 100
    for row in found:
        assert required <= {name for name, cell in row.items() if cell is not None}
        assert {*row} == {column.name for column in NOTE_NLP} - {"note_nlp_id", "note_id"}
        assert all(len(cell) <= lengths[name] for name, cell in row.items() if isinstance(cell, str) and lengths[name])
        assert not any("\0" in cell or "\ud800" in cell for cell in row.values() if isinstance(cell, str))


def test_modifiers_that_do_not_fit_are_left_out_whole():
    from radnlp.batch.formats.omop.rows import _joined

    text = _joined(f"located_in=segment_{number}" for number in range(200))
    assert 1970 < len(text) <= 2000
    assert all(int(b.rpartition("_")[2]) == int(a.rpartition("_")[2]) + 1 for a, b in pairwise(text.split(", ")))
