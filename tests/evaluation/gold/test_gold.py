import pytest

from radnlp.errors import ConfigError, ReportError, UnknownNameError
from radnlp.evaluation.gold import READERS, GoldSet, read_gold
from radnlp.evaluation.gold.gold import LabelledReport, gold_set, require_keys
from radnlp.records import Extraction, Report


@pytest.fixture
def rows(schema_of):
    return [
        LabelledReport(
            report=Report(id=name, text="No nodule."),
            gold=Extraction(report_id=name, schema="chest_ct", schema_version="1.0.0"),
            place=f"gold.jsonl:{line}",
        )
        for line, name in enumerate(["a1", "a2", "a3"], start=1)
    ]


def test_an_unknown_reader_is_refused_with_the_near_names(schema_of, tmp_path):
    with pytest.raises(UnknownNameError, match=r"gold reader 'negexx'; did you mean 'negex'\?"):
        read_gold("negexx", tmp_path / "a", schema=schema_of("chest_ct"), options={})


@pytest.mark.parametrize("reader", sorted(READERS))
def test_every_reader_refuses_an_option_it_does_not_have(reader, schema_of, tmp_path):
    with pytest.raises(UnknownNameError, match=rf"option of the gold reader '{reader}': 'splitt'"):
        read_gold(reader, tmp_path / "a", schema=schema_of("chest_ct"), options={"splitt": "dev"})


def test_a_part_keeps_order_and_places(rows, schema_of):
    part = gold_set(rows, schema=schema_of("chest_ct")).part(lambda name: name != "a2")
    assert [report.id for report in part.reports] == [gold.report_id for gold in part.gold] == ["a1", "a3"]
    assert part.places == ("gold.jsonl:1", "gold.jsonl:3")


def test_two_rows_of_one_report_are_refused(rows, schema_of):
    with pytest.raises(ReportError, match=r"gold\.jsonl:1: the report id 'a1' was used in gold\.jsonl:1"):
        gold_set([rows[0], rows[0]], schema=schema_of("chest_ct"))


def test_reports_and_gold_must_be_of_the_same_reports(rows, schema_of):
    with pytest.raises(ValueError, match="same order"):
        GoldSet(reports=(rows[0].report,), gold=(rows[1].gold,), places=("x:1",), schema=schema_of("chest_ct"))


def test_a_schema_without_the_key_is_refused(schema_of):
    with pytest.raises(ConfigError, match=r"'wide' gives the key 'nodul', .* did you mean 'nodules'"):
        require_keys(schema_of("chest_ct"), ["nodul"], reader="wide")
