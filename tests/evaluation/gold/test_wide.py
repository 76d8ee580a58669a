import pytest

from radnlp.errors import ConfigError, ReportError
from radnlp.evaluation.gold import read_gold

OPTIONS = {
    "id_column": "no",
    "text_columns": ["findings", "impression"],
    "columns": {"nod": "nodules", "eff": "pleural_effusion", "empyema": "pleural_effusion"},
}
HEADER = "no,findings,impression,nod,eff,empyema"


@pytest.fixture
def read(write, schema_of):
    def _read(*lines, **options):
        path = write("wide.csv", HEADER, *lines)
        return read_gold("wide", path, schema=schema_of("chest_ct"), options={**OPTIONS, **options})

    return _read


def test_one_is_present_and_zero_says_nothing(read):
    gold = read("a,A nodule.,Nodule.,1,0,0", "b,,Normal., 0 ,0,0", "c,Empyema.,,0,0,1")
    assert [report.text for report in gold.reports] == ["A nodule.\n\nNodule.", "Normal.", "Empyema."]
    found = [[(finding.key, finding.status) for finding in row.findings] for row in gold.gold]
    assert found == [[("nodules", "present")], [], [("pleural_effusion", "present")]]


def test_only_the_columns_are_scored_and_nothing_of_them_is_seen(read):
    gold = read("a,A nodule.,,1,0,0")
    assert [key.id for key in gold.schema.keys] == ["nodules", "pleural_effusion"]
    assert gold.schema.relations == ()
    assert gold.reports[0].meta == {}


@pytest.mark.parametrize("cell", ["2", "", "yes", "1.0", "-1"])
def test_what_is_neither_0_nor_1_is_refused_with_its_line(read, cell):
    with pytest.raises(ReportError, match=r"wide\.csv:3: .* in the column 'nod'; it must be 0 or 1"):
        read("a,A nodule.,,1,0,0", f"b,x,,{cell},0,0")


def test_a_column_or_key_that_is_not_there_is_refused(read):
    with pytest.raises(ReportError, match=r"wide\.csv:1: there is no column 'node'; did you mean 'nod'"):
        read(columns={"node": "nodules"})
    with pytest.raises(ConfigError, match="the key 'nodule'"):
        read(columns={"nod": "nodule"})


def test_a_duplicate_or_missing_id_is_refused(read):
    with pytest.raises(ReportError, match=r"wide\.csv:3: the report id 'a'"):
        read("a,x,,1,0,0", "a,y,,1,0,0")
    with pytest.raises(ReportError, match=r"wide\.csv:2: no id in the column 'no'"):
        read(",x,,1,0,0")
