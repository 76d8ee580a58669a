"""A report that could not be read is not processed."""

import pytest

from radnlp.records import Issue, Report


@pytest.mark.parametrize(("level", "readable"), [("warning", True), ("error", False)])
def test_only_an_error_makes_a_report_unreadable(level, readable):
    issue = Issue(level=level, stage="read", code="duplicate_id", message="...")
    assert Report(id="r1", text="", issues=(issue,)).readable is readable


def test_records_are_frozen():
    with pytest.raises(AttributeError):
        Report(id="r1", text="").text = "other"
