"""Study dates: ISO 8601, at least the day."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from radnlp.timeline.dates import DateFault, StudyDate, parse_study_date


@pytest.mark.parametrize(
    "value",
    ["2024-03-01", "20240301", " 2024-03-01 ", "2024-03-01T09:30", "2024-03-01 09:30:00", "2024-03-01T09:30+09:00"],
)
def test_a_day_with_or_without_its_time(value):
    assert str(parse_study_date(value).day) == "2024-03-01"


@pytest.mark.parametrize(
    ("value", "code"),
    [
        (None, "missing_date"),
        ("", "missing_date"),
        ("  ", "missing_date"),
        ("2024", "incomplete_date"),
        ("2024-03", "incomplete_date"),
        ("2024-W09", "incomplete_date"),
        ("2024-02-30", "malformed_date"),
        ("1.3.2024", "malformed_date"),
        ("03/01/2024", "malformed_date"),
        ("yesterday", "malformed_date"),
        (20240301, "malformed_date"),
        (["2024-03-01"], "malformed_date"),
    ],
)
def test_what_cannot_be_put_in_order(value, code):
    assert parse_study_date(value).code == code


def test_the_words_of_a_fault_do_not_repeat_what_was_written_in_the_field():
    assert "ZEBRA" not in parse_study_date("ZEBRA nodule").message


def test_a_day_comes_before_its_hours_and_the_clock_is_taken_as_written():
    written = ["2024-03-01", "2024-03-01T08:00+09:00", "2024-03-01T09:00", "2024-03-02"]
    assert sorted(map(parse_study_date, reversed(written))) == [parse_study_date(value) for value in written]


@given(st.one_of(st.text(), st.none(), st.integers(), st.datetimes().map(lambda moment: moment.isoformat())))
def test_whatever_is_given_is_a_date_or_a_named_fault(value):
    assert isinstance(parse_study_date(value), StudyDate | DateFault)
