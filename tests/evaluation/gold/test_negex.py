from pathlib import Path

import pytest

from radnlp.errors import ConfigError, ReportError
from radnlp.evaluation.gold import read_gold

HEADER = "line number\tCondition\tsentence\tnegation_status (negated, affirmed, possible)\ttemporality (recent)"
SCHEMA = Path(__file__).parents[3] / "benchmarks" / "negex" / "schema"


@pytest.fixture
def read(write, schema_of):
    def _read(*rows):
        path = write("negex.tsv", HEADER, *("\t".join(row) for row in rows))
        return read_gold("negex", path, schema=schema_of(SCHEMA), options={})

    return _read


def test_the_condition_is_handed_over_in_a_sentence_kept_whole(read):
    gold = read(("1", "edema", "No effusion. No EDEMA, edema.", "Negated", "Recent"))
    report = gold.reports[0]
    assert report.sentences == ((0, len(report.text)),)
    assert [report.text[start:end] for start, end, _ in report.targets] == ["EDEMA"], "the first match counts"
    assert [(finding.key, finding.status) for finding in gold.gold[0].findings] == [("condition", "absent")]


@pytest.mark.parametrize(
    ("label", "status"),
    [
        ("Negated", "absent"),
        (" negated ", "absent"),
        ("Affirmed", "present"),
        ("AFFIRMED", "present"),
        ("Possible", "present"),
    ],
)
def test_only_negation_is_asked(read, label, status):
    gold = read(("1", "mass", "Mass?", label, "Recent"))
    assert gold.gold[0].findings[0].status == status


def test_a_condition_that_is_not_in_the_sentence_counts_as_affirmed_for_every_system(read):
    gold = read(("1", "CHEST: 1. MASS", "CHEST: 1.", "Negated", "Recent"))
    assert gold.reports[0].targets == ()
    assert gold.gold[0].findings[0].status == "absent", "the label stays what it is"
    assert [(finding.key, finding.status) for finding in gold.otherwise] == [("condition", "present")]


def test_quotation_marks_and_signs_are_words_like_any_other(read):
    gold = read(("1", 'so-called "mass" (?)', 'The so-called "mass" (?) is gone.', "Negated", "Recent"))
    start, end, _ = gold.reports[0].targets[0]
    assert gold.reports[0].text[start:end] == 'so-called "mass" (?)'


@pytest.mark.parametrize(
    ("row", "fault"),
    [
        (("2", "mass", "No mass.", "Negatd", "Recent"), "unknown negation_status 'negatd'; did you mean 'negated'"),
        (("2", "mass", "No mass.", "Negated"), "the row has 4 cells and the header 5"),
        (("2", "", "No mass.", "Negated", "Recent"), "must not be empty"),
        (("1", "mass", "No mass.", "Negated", "Recent"), "the report id '1' was used in"),
    ],
)
def test_a_row_that_cannot_be_is_refused_with_its_line(read, row, fault):
    with pytest.raises(ReportError, match=rf"negex\.tsv:3: .*{fault}"):
        read(("1", "mass", "No mass.", "Negated", "Recent"), row)


def test_other_columns_are_refused(write, schema_of):
    path = write("negex.tsv", "number\tphrase")
    with pytest.raises(ReportError, match=r"negex\.tsv:1: there must be one column 'line number'"):
        read_gold("negex", path, schema=schema_of(SCHEMA), options={})


def test_a_schema_without_the_condition_is_refused(write, schema_of):
    with pytest.raises(ConfigError, match="gives the key 'condition'"):
        read_gold("negex", write("negex.tsv", HEADER), schema=schema_of("chest_ct"), options={})


def test_the_development_data(development_data, schema_of):
    gold = read_gold("negex", development_data / "negex" / "dev.tsv", schema=schema_of(SCHEMA), options={})
    assert len(gold.gold) == 1188
    assert sum(report.targets == () for report in gold.reports) == 6
    assert sum(extraction.findings[0].status == "absent" for extraction in gold.gold) == 246
