import pytest

from radnlp.errors import ConfigError, ReportError
from radnlp.evaluation.gold import read_gold
from radnlp.evaluation.gold.indiana_codes import load_mapping

HEADER = "uid,MeSH,findings,impression"


@pytest.fixture(scope="session")
def scored(schema_of):
    return load_mapping().scoring_schema(schema_of("chest_xray"))


@pytest.fixture
def read(write, schema_of):
    def _read(*lines, **options):
        path = write("indiana.csv", HEADER, *lines)
        return read_gold("indiana", path, schema=schema_of("chest_xray"), options=options)

    return _read


@pytest.mark.parametrize(
    ("codes", "expected"),
    [
        ("normal", {}),
        ("Cardiomegaly/mild", {"cardiomegaly": ()}),
        ("Cardiac Shadow/enlarged", {"cardiomegaly": ()}),
        ("Cardiac Shadow/obscured/severe", {}),
        ("Emphysema", {"emphysema": ()}),
        ("Pulmonary Emphysema/right", {"emphysema": ()}),
        ("Bullous Emphysema", {}),
        ("Pleural Effusion/bilateral/small", {"pleural_effusion": ("right", "left")}),
        ("Calcified Granuloma/lung/upper lobe/right", {"nodule": ("right",)}),
        ("Granuloma/left;Nodule/lung", {"nodule": ("left",)}),
        ("Pneumothorax/apex/left", {"pneumothorax": ("left",)}),
        ("Pulmonary Atelectasis/base/bilateral", {"atelectasis": ("right", "left")}),
        ("Mass/lung/left/large", {"mass": ("left",)}),
        ("Pulmonary Edema/bilateral/interstitial", {"edema": ()}),
        ("Cicatrix/lung/lingula", {"fibrosis": ()}),
        ("Pulmonary Fibrosis/right", {"fibrosis": ("right",)}),
        ("Thickening/pleura/apex/bilateral", {"pleural_thickening": ("right", "left")}),
        ("Thickening/bronchovascular", {}),
        ("Opacity/lung/base/left/mild", {"opacity": ("left",)}),
        ("Infiltrate/right;Airspace Disease/left", {"opacity": ("right", "left")}),
        ("Density/lung; Consolidation/lung", {"opacity": ()}),
        ("Pneumonia/middle lobe/right", {"opacity": ("right",)}),
        ("Hernia, Hiatal/large", {}),
        ("Granulomatous Disease", {}),
        ("pulmonary edema/Severe;CARDIOMEGALY", {"cardiomegaly": (), "edema": ()}),
    ],
)
def test_codes(codes, expected, scored):
    findings = load_mapping().findings(codes.split(";"), scored)
    assert {finding.key: finding.values.get("located_in", ()) for finding in findings} == expected
    assert {finding.status for finding in findings} <= {"present"}


def test_a_row_is_a_report_of_findings_and_impression(read):
    gold = read(
        '12,Cardiomegaly;Opacity/lung/left,"Enlarged heart, hazy left base.",Cardiomegaly.', "13,normal,,Clear."
    )
    assert [report.text for report in gold.reports] == ["Enlarged heart, hazy left base.\n\nCardiomegaly.", "Clear."]
    assert [report.meta for report in gold.reports] == [{}, {}], "a system must not see the codes"
    assert [finding.key for finding in gold.gold[0].findings] == ["cardiomegaly", "opacity"]
    assert gold.gold[1].findings == ()


def test_rows_that_were_never_labelled_or_have_no_text_are_left_out(read):
    gold = read("1,No Indexing,Clear.,Clear.", "2,normal,, ", "3,normal,Clear.,")
    assert [report.id for report in gold.reports] == ["3"]


def test_every_fifth_row_is_untouched(read):
    rows = [f"{uid},normal,Clear.," for uid in (4, 5, 6, 10)]
    assert [report.id for report in read(*rows, split="untouched").reports] == ["5", "10"]
    assert [report.id for report in read(*rows, split="dev").reports] == ["4", "6"]
    assert len(read(*rows).reports) == 4


def test_the_scoring_schema_has_the_family_in_the_place_of_its_keys(read):
    gold = read("3,normal,Clear.,")
    keys = [key.id for key in gold.schema.keys]
    assert keys[-1] == "opacity"
    assert len(keys) == 11
    assert not {"hernia", "consolidation", "infiltration", "pneumonia"} & set(keys)
    assert gold.merge == {"consolidation": "opacity", "infiltration": "opacity", "pneumonia": "opacity"}
    assert [relation.id for relation in gold.schema.relation_types_of("opacity")] == ["located_in"]
    assert gold.schema.relation_types_of("edema") == ()


def test_a_uid_that_is_no_number_is_refused_with_its_line(read):
    with pytest.raises(ReportError, match=r"indiana\.csv:3: the uid 'x' is not a whole number"):
        read("3,normal,Clear.,", "x,normal,Clear.,")


def test_another_schema_is_refused(write, schema_of):
    with pytest.raises(ConfigError, match="gives the key 'cardiomegaly'"):
        read_gold("indiana", write("indiana.csv", HEADER), schema=schema_of("chest_ct"), options={})


def test_the_development_data(development_data, schema_of):
    path = development_data / "indiana" / "dev.csv"
    read = {
        split: read_gold("indiana", path, schema=schema_of("chest_xray"), options={"split": split})
        for split in ("all", "dev", "untouched")
    }
    sizes = {split: len(gold.gold) for split, gold in read.items()}
    # 3,080 rows, 72 of them not labelled and 21 without text
    assert sizes["all"] == sizes["dev"] + sizes["untouched"] == 2987
    assert 0.17 < sizes["untouched"] / sizes["all"] < 0.23
