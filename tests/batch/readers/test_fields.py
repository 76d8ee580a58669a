"""What a row means, whatever file it comes from."""

from datetime import date, datetime

import pytest

from radnlp.batch import ReadOptions
from radnlp.batch.readers.fields import report_from_row


def read(row, **options):
    return report_from_row(row, place="a.jsonl:3", options=ReadOptions(**options))


def codes(report):
    return [(issue.level, issue.code) for issue in report.issues]


def test_every_field_has_its_place_and_the_rest_goes_to_meta():
    report = read(
        {
            "id": "r1",
            "text": "No nodule.",
            "patient_id": 12,
            "study_date": "2024-03-01",
            "language": "en",
            "site": "A",
            "n": 3,
        }
    )
    assert (report.id, report.text) == ("r1", "No nodule.")
    assert (report.patient_id, report.study_date, report.language) == ("12", "2024-03-01", "en")
    assert report.meta == {"site": "A", "n": 3}
    assert report.issues == ()


@pytest.mark.parametrize(("given", "wanted"), [(12, "12"), (12.0, "12"), ("007", "007"), (1.5, "1.5")])
def test_ids_are_strings(given, wanted):
    assert read({"id": given, "text": ""}).id == wanted


@pytest.mark.parametrize("row", [{}, {"id": None}, {"id": ""}, {"id": float("nan")}])
def test_a_row_without_an_id_is_called_by_its_place(row):
    report = read({**row, "text": "x"})
    assert report.id == "a.jsonl:3"
    assert report.issues == ()


def test_text_is_not_touched():
    text = "  FINDINGS:\r\nnodule\rin RUL \n"
    assert read({"text": text}).text == text


@pytest.mark.parametrize(
    ("row", "code"),
    [
        ({"id": "r1"}, "missing_text"),
        ({"id": "r1", "text": 5}, "text_not_string"),
        ({"id": "r1", "text": "a", "sentences": ["a"]}, "text_and_sentences"),
        ({"id": "r1", "sentences": "a"}, "invalid_sentences"),
        ({"id": "r1", "sentences": ["a", 1]}, "invalid_sentences"),
    ],
)
def test_a_row_without_a_usable_text_is_an_error_under_its_own_id(row, code):
    report = read(row)
    assert (report.id, report.text, report.readable) == ("r1", "", False)
    assert codes(report) == [("error", code)]


def test_an_id_that_is_no_scalar_is_an_error():
    assert codes(read({"id": ["r1"], "text": "x"})) == [("error", "invalid_id")]


def test_given_sentences_are_kept_exactly():
    sentences = ["No nodule.", "", "1. RUL\n2. LLL", "End."]
    report = read({"id": "r1", "sentences": sentences})
    assert report.text == "No nodule.\n\n1. RUL\n2. LLL\nEnd."
    assert [report.text[start:end] for start, end in report.sentences] == sentences


def test_no_sentences_are_a_report_without_any():
    report = read({"sentences": []})
    assert (report.text, report.sentences) == ("", ())


def test_null_beside_sentences_is_nothing_beside_them():
    assert read({"text": None, "sentences": ["a"]}).text == "a"


def test_several_text_columns_are_joined_by_a_blank_line_without_the_empty_ones():
    columns = ("findings", "impression", "addendum")
    row = {"impression": "Nodule.", "findings": "8 mm nodule.", "addendum": "", "text": "old"}
    report = read(row, text_columns=columns)
    assert report.text == "8 mm nodule.\n\nNodule."
    assert report.meta == {"text": "old"}
    assert read({"findings": None, "impression": None}, text_columns=columns).issues == ()
    assert codes(read({"text": "x"}, text_columns=columns)) == [("error", "missing_text")]


def test_another_id_column_leaves_the_usual_one_in_meta():
    report = read({"id": "1", "accession": "A7", "text": "x"}, id_column="accession")
    assert (report.id, report.meta) == ("A7", {"id": "1"})


def test_a_named_id_column_that_is_empty_is_a_warning():
    assert codes(read({"text": "x"}, id_column="accession")) == [("warning", "missing_id")]


def test_dates_become_iso_and_others_are_kept_with_a_warning():
    assert read({"text": "", "study_date": date(2024, 3, 1)}).study_date == "2024-03-01"
    report = read({"text": "", "study_date": "1.3.2024"})
    assert report.study_date == "1.3.2024"
    assert codes(report) == [("warning", "study_date_not_iso")]


def test_an_optional_field_of_the_wrong_kind_stays_in_meta():
    report = read({"text": "", "patient_id": [1]})
    assert (report.patient_id, report.meta) == (None, {"patient_id": [1]})
    assert codes(report) == [("warning", "invalid_field")]


def test_meta_can_always_be_written_as_json():
    row = {"text": "", "when": datetime(2024, 3, 1, 8, 30), "score": float("inf"), "raw": b"\xff", "deep": {"a": (1,)}}
    assert read(row).meta == {"when": "2024-03-01T08:30:00", "score": None, "raw": "\\xff", "deep": {"a": [1]}}


def test_strange_characters_stay():
    assert read({"text": "a\0b\ud800"}).text == "a\0b\ud800"


def test_null_is_an_empty_text():
    assert read({"id": "r1", "text": None}).text == ""


def test_no_message_holds_words_of_the_report():
    for row in ({"text": 5, "x": "SECRET"}, {"text": "SECRET\0"}, {"text": "SECRET", "sentences": ["SECRET"]}):
        assert all("SECRET" not in issue.message for issue in read(row).issues)
