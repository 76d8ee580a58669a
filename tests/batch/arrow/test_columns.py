"""Reports and extractions as columns."""

import pyarrow as pa
import pytest

from radnlp.batch.arrow import EXTRACTIONS, RECORDS, REPORTS, report_batch, reports_in
from radnlp.batch.arrow.columns import extraction_batch
from radnlp.errors import ConfigError
from radnlp.records import Extraction, Finding, Issue, Report
from radnlp.records.wire import to_line

WARNING = Issue(level="warning", stage="read", code="duplicate_id", message="twice")


@pytest.mark.parametrize(
    "report",
    [
        Report(id="r1", text="No nodule.", patient_id="p1", study_date="2024-05-01", language="en"),
        Report(id="", text="", meta={"site": "A", "count": 2**70, "list": [1, None, "x"]}),
        Report(id="\ud800", text="a lone surrogate \udfff"),
        Report(id="s", text="No nodule.\n\na", sentences=((0, 10), (11, 11), (12, 13))),
        Report(id="t", text="a nodule", targets=((2, 8, "nodules"),), issues=(WARNING,)),
        Report(id="d", text="a", study_date="May", issues=(WARNING,)),
    ],
    ids=lambda report: repr(report.id),
)
def test_nothing_of_a_report_is_lost_on_the_way(report):
    batch = report_batch([report])
    assert batch.schema == RECORDS
    assert reports_in(pa.ipc.read_record_batch(batch.serialize(), RECORDS)) == [report]


def test_a_table_from_elsewhere_is_read_as_a_file_would_be():
    batch = pa.record_batch(
        {
            "id": pa.array([7, 8, 9]),
            "text": ["Clear lungs.", None, "No nodule."],
            "study_date": pa.array([20000, 20001, None], pa.date32()),
            "scanner": ["A", "B", None],
        }
    )
    first, second, third = reports_in(batch)
    assert (first.id, first.study_date, first.meta) == ("7", "2024-10-04", {"scanner": "A"})
    assert (second.id, second.text) == ("8", "")
    assert (third.text, third.meta) == ("No nodule.", {"scanner": None})


def test_sentences_may_stand_instead_of_the_text():
    (report,) = reports_in(pa.record_batch({"id": ["a"], "sentences": [["One.", "Two."]]}))
    assert (report.text, report.sentences) == ("One.\nTwo.", ((0, 4), (5, 9)))


def test_the_whole_schema_makes_a_batch_that_is_read():
    columns = {name: [None] for name in REPORTS.names} | {"id": ["a"], "text": ["No nodule."]}
    assert reports_in(pa.RecordBatch.from_pydict(columns, REPORTS)) == [Report(id="a", text="No nodule.")]


def test_a_batch_without_the_columns_of_a_report_is_refused():
    with pytest.raises(ConfigError, match=r"'uid', 'findings'; it needs 'id' and 'text'"):
        reports_in(pa.record_batch({"uid": ["a"], "findings": ["b"]}))


def test_extractions_carry_their_counts():
    error = Issue(level="error", stage="keys", code="keys_failed", message="no")
    extraction = Extraction(
        report_id="\ud800",
        schema="s",
        schema_version="1",
        findings=(Finding(key="nodules", status="present"),),
        issues=(WARNING, error, WARNING),
    )
    batch = extraction_batch([(Report(id="\ud800", text=""), to_line(extraction))])
    assert batch.schema == EXTRACTIONS
    (row,) = batch.to_pylist()
    assert (row["id"], row["findings"], row["errors"], row["warnings"]) == ("\\ud800", 1, 1, 2)
    assert extraction_batch([]).num_rows == 0


def test_a_column_called_record_is_a_column_like_any_other():
    batch = pa.record_batch({"id": ["r1"], "text": ["A nodule."], "record": ["MR-17"]})
    assert reports_in(batch)[0].meta == {"record": "MR-17"}
