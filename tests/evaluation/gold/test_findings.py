import pytest

from radnlp.errors import ConfigError, ReportError, UnknownNameError
from radnlp.evaluation.gold import read_gold

TEXT = "A nodule in the right upper lobe. No effusion."
REPORT = {"id": "r1", "text": TEXT}
NODULE = {
    "key": "nodules",
    "status": "present",
    "values": {"located_in": ["rul"]},
    "evidence": [{"start": 2, "end": 8}],
}
EFFUSION = {"key": "pleural_effusion", "status": "absent", "values": {}, "evidence": []}


def line(*findings, report_id="r1", **fields):
    return {"report_id": report_id, "schema": "chest_ct", "findings": list(findings), **fields}


@pytest.fixture
def read(write, schema_of):
    def _read(gold, reports=(REPORT,), **options):
        write("reports.jsonl", *reports)
        return read_gold("findings", write("gold.jsonl", *gold), schema=schema_of("chest_ct"), options=options)

    return _read


def test_gold_needs_only_report_schema_and_findings(read):
    gold = read([line(NODULE, EFFUSION)])
    assert [report.text for report in gold.reports] == [TEXT]
    nodules, effusion = gold.gold[0].findings
    assert (nodules.status, nodules.values) == ("present", {"located_in": ("rul",)})
    assert nodules.evidence[0].text == "nodule", "the words come from the report"
    assert (effusion.status, effusion.values) == ("absent", {})


def test_findings_and_values_come_in_schema_order(read):
    scattered = {**NODULE, "values": {"located_in": ["lll", "rul"]}}
    gold = read([line(EFFUSION, scattered)])
    assert [finding.key for finding in gold.gold[0].findings] == ["nodules", "pleural_effusion"]
    assert gold.gold[0].findings[0].values == {"located_in": ("rul", "lll")}


def test_the_order_is_that_of_the_gold(read):
    other = {"id": "r2", "text": "Normal."}
    gold = read([line(report_id="r2"), "", line(NODULE)], [REPORT, other])
    assert [report.id for report in gold.reports] == ["r2", "r1"]
    assert [place.rpartition(":")[2] for place in gold.places] == ["1", "3"]


@pytest.mark.parametrize(
    ("finding", "fault"),
    [
        ({**NODULE, "key": "nodule"}, "unknown key 'nodule'; did you mean 'nodules'"),
        ({**NODULE, "status": "absnt"}, "unknown status 'absnt'; did you mean 'absent'"),
        ({**NODULE, "status": None}, "unknown status None"),
        ({**NODULE, "values": {"located_inn": ["rul"]}}, "unknown relation 'located_inn'; did you mean 'located_in'"),
        ({**NODULE, "values": {"located_in": ["rull"]}}, "unknown value of located_in 'rull'; did you mean 'rul'"),
        ({**NODULE, "values": {"located_in": "rul"}}, "must be an object of lists"),
        ({**EFFUSION, "values": {"located_in": ["rul"]}}, "unknown relation"),
        ({**NODULE, "status": "absent"}, "'nodules' is absent and has values"),
        ({**NODULE, "value": {}}, "unknown field of a finding 'value'; did you mean 'values'"),
        ({**NODULE, "evidence": [{"start": 2}]}, "whole numbers start and end"),
        ({**NODULE, "evidence": [{"start": 2, "end": 8, "text": "nodul"}]}, r"text at \[2, 8\) is not the evidence"),
        ({**NODULE, "evidence": [{"start": 2, "end": 80}]}, r"\[2, 80\); the text has 46"),
        ({**NODULE, "evidence": [{"start": -3, "end": -1}]}, r"is at \[-3, -1\)"),
        ({**NODULE, "evidence": [{"start": 2, "end": 2}]}, r"is at \[2, 2\)"),
    ],
)
def test_a_finding_that_cannot_be_is_refused_with_file_and_line(read, finding, fault):
    with pytest.raises(ReportError, match=rf"gold\.jsonl:2: .*{fault}") as caught:
        read([line(report_id="r0"), line(finding)], [{"id": "r0", "text": ""}, REPORT])
    assert "right upper lobe" not in str(caught.value)


@pytest.mark.parametrize(
    ("row", "fault"),
    [
        (line(NODULE, NODULE), "two findings of 'nodules'"),
        ({**line(), "schema": "brain_mri"}, "the schema 'brain_mri'; this gold is read with 'chest_ct'"),
        ({"report_id": "r1", "schema": "chest_ct"}, "findings must be a list"),
        ({**line(), "report_id": 7}, "report_id must be a string"),
        (line(format=2), "not an extraction in format 1"),
        (line(mentions=[{}]), "not an extraction in format 1"),
        (line(sentences=[{"index": 0, "start": 0, "end": 99}]), r"sentence 0 is at \[0, 99\)"),
        ("nonsense", "not JSON"),
    ],
)
def test_a_line_that_cannot_be_is_refused_with_file_and_line(read, row, fault):
    with pytest.raises(ReportError, match=rf"gold\.jsonl:1: .*{fault}"):
        read([row])


def test_a_duplicate_in_the_gold_is_refused(read):
    with pytest.raises(ReportError, match=r"gold\.jsonl:2: the report id 'r1' was used in .*gold\.jsonl:1"):
        read([line(), line()])


def test_a_duplicate_among_the_reports_is_refused(read):
    with pytest.raises(ReportError, match=r"reports\.jsonl:3: the report id 'r1' was used in .*reports\.jsonl:1"):
        read([line()], [REPORT, "", REPORT])


def test_gold_without_its_report_is_refused(read):
    with pytest.raises(ReportError, match=r"gold\.jsonl:2: gold of the report 'r9', which is not in .*reports\.jsonl"):
        read([line(), line(report_id="r9")])


def test_a_report_without_gold_is_refused_unless_the_gold_is_partial(read):
    reports = [REPORT, {"id": "r2", "text": "Normal."}]
    with pytest.raises(ReportError, match=r"reports\.jsonl:2: the report 'r2' has no gold in .*partial = true"):
        read([line()], reports)
    assert [report.id for report in read([line()], reports, partial=True).reports] == ["r1"]


def test_a_report_that_cannot_be_read_is_refused(read):
    with pytest.raises(ReportError, match=r"reports\.jsonl:2: .*not JSON"):
        read([line()], [REPORT, "{"])


def test_reports_may_lie_in_any_form_beside_the_gold(write, schema_of):
    write("other.csv", "id,text", f"r1,{TEXT}")
    gold = write("gold.jsonl", line(NODULE))
    read = read_gold("findings", gold, schema=schema_of("chest_ct"), options={"reports": "other.csv"})
    assert read.reports[0].text == TEXT


def relation_types(gold):
    return [relation.id for relation in gold.schema.relations]


def test_relations_that_were_not_labelled_are_not_asked_for(read):
    assert relation_types(read([line(NODULE)])) == ["located_in", "has_side"]
    gold = read([line(NODULE)], relations=["located_in"])
    assert relation_types(gold) == ["located_in"]
    assert gold.schema.relation_types_of("pleural_effusion") == ()
    assert gold.schema.keys and gold.schema.values, "the rest of the schema stays"


def test_labelled_relations_come_in_schema_order(read):
    assert relation_types(read([line(NODULE)], relations=["has_side", "located_in"])) == ["located_in", "has_side"]


@pytest.mark.parametrize(
    ("names", "kind", "fault"),
    [
        (
            ["located_inn"],
            UnknownNameError,
            "unknown relation type of the schema 'chest_ct' 'located_inn'; did you mean",
        ),
        (["located_in", "rul"], UnknownNameError, "relation type of the schema 'chest_ct' 'rul'"),
        ([], ConfigError, "option 'relations' .* must be a list of strings, at least one"),
        ("located_in", ConfigError, "'located_in' given; it must be a list of strings"),
        ([3], ConfigError, "must be a list of strings"),
    ],
)
def test_relations_that_cannot_be_are_refused(read, names, kind, fault):
    with pytest.raises(kind, match=fault):
        read([line(NODULE)], relations=names)
