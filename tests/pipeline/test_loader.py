"""radnlp.load, radnlp.add_pipes, radnlp.extract."""

from dataclasses import replace

import pytest
import spacy

import radnlp
from radnlp.errors import SchemaError, UnknownNameError, UnknownProviderError
from radnlp.pipeline import lines, stream
from radnlp.records import Report
from radnlp.records.wire import from_json

TEXT = "No significant change of multiple nodules in both lungs. Effusion has resolved."


def findings(extraction):
    return [(f.key, f.status, dict(f.values)) for f in extraction.findings]


EXPECTED = [
    ("nodules", "present", {"located_in": ("right_lung", "left_lung")}),
    ("pleural_effusion", "absent", {}),
]


def test_load_gives_a_pipeline_whose_docs_carry_the_extraction(chest_ct):
    assert findings(chest_ct(TEXT)._.rad) == EXPECTED


def test_extract_needs_no_spacy_of_the_user():
    assert findings(radnlp.extract(TEXT, schema="chest_ct")) == EXPECTED


def test_extract_keeps_what_the_report_brings():
    report = Report(id="r7", text=TEXT, patient_id="p1", study_date="2024-05-01", meta={"scanner": "B"})
    extraction = radnlp.extract(report, schema="chest_ct")
    assert (extraction.report_id, extraction.patient_id, extraction.study_date) == ("r7", "p1", "2024-05-01")
    assert extraction.meta == {"scanner": "B"}


def test_single_and_bulk_use_cannot_differ(chest_ct):
    texts = [TEXT, "", "Consolidation in the RLL.", TEXT]
    bulk = [findings(doc._.rad) for doc in chest_ct.pipe(texts)]
    assert bulk == [findings(chest_ct(text)._.rad) for text in texts]


def test_add_pipes_and_the_one_component_agree():
    stages = radnlp.add_pipes(spacy.blank("en"), "chest_ct")
    one = spacy.blank("en")
    one.add_pipe("radnlp", config={"schema": "chest_ct"})
    assert stages.pipe_names == [
        "radnlp_text",
        "radnlp_mentions",
        "radnlp_status",
        "radnlp_keys",
        "radnlp_relations",
        "radnlp_findings",
    ]
    assert findings(stages(TEXT)._.rad) == findings(one(TEXT)._.rad) == EXPECTED


def test_the_cooccurrence_baseline_can_be_chosen():
    nlp = radnlp.load("chest_ct", relations="cooccurrence")
    extraction = nlp("Nodule in the RUL and consolidation in the LLL.")._.rad
    assert {f.key: f.values["located_in"] for f in extraction.findings} == {
        "nodules": ("rul", "lll"),
        "consolidation": ("rul", "lll"),
    }
    assert extraction.relations[0].source == "cooccurrence"


def test_an_own_schema_folder_works_by_path_with_no_python(tmp_path):
    folder = tmp_path / "spine"
    (folder / "terms").mkdir(parents=True)
    (folder / "schema.toml").write_text(
        'id = "spine"\nversion = "0.1.0"\ntitle = "Spine"\nlanguages = ["en"]\n'
        '[keys.fracture]\ntype = "lesion"\nlabel = "Fracture"\n'
    )
    (folder / "terms" / "en.toml").write_text(
        'language = "en"\n[[terms]]\nentities = ["fracture"]\nphrases = ["[compression |]fracture[s]"]\n'
    )
    extraction = radnlp.load(folder)("No compression fracture.")._.rad
    assert findings(extraction) == [("fracture", "absent", {})]
    assert extraction.schema == "spine"


def test_terms_add_to_a_shipped_schema(tmp_path):
    file = tmp_path / "mine.toml"
    file.write_text('language = "en"\n[[terms]]\nentities = ["mass"]\nphrases = ["spiculated thing"]\n')
    extraction = radnlp.load("chest_ct", terms=[file])("Spiculated thing in the RUL.")._.rad
    assert findings(extraction) == [("mass", "present", {"located_in": ("rul",)})]


@pytest.mark.parametrize(
    ("arguments", "error", "words"),
    [
        ({"schema": "chest_tc"}, UnknownNameError, "did you mean 'chest_ct'"),
        ({"schema": "chest_ct", "relations": "rulez"}, UnknownProviderError, "did you mean 'rules'?"),
        ({"schema": "chest_ct", "keys": "ruels"}, UnknownProviderError, "unknown entity key classifier 'ruels'"),
        ({"schema": "chest_ct", "settings": {"status": {"engin": "x"}}}, UnknownNameError, "'status.engine'"),
        ({"schema": "chest_ct", "settings": {"status": {"engine": "medspacey"}}}, UnknownNameError, "'medspacy'"),
        ({"schema": "chest_ct", "settings": {"relation": {}}}, UnknownNameError, "did you mean 'relations'"),
        ({"schema": "./nowhere"}, SchemaError, "there is no such file"),
    ],
)
def test_what_cannot_be_loaded_is_said_with_the_near_name(arguments, error, words):
    with pytest.raises(error) as caught:
        radnlp.load(arguments.pop("schema"), **arguments)
    assert words in str(caught.value)


def test_a_megabyte_is_no_error(chest_ct):
    text = "No effusion. 8 mm nodule in the RUL.\n" * 28_400
    assert len(text) > 2**20
    extraction = chest_ct(text)._.rad
    assert findings(extraction) == [
        ("nodules", "present", {"located_in": ("rul",)}),
        ("pleural_effusion", "absent", {}),
    ]


@pytest.fixture
def with_a_neighbour():
    """A pipeline in which another component looks at every Doc before radnlp does."""
    nlp = radnlp.load("chest_ct")
    nlp.add_pipe("sentencizer", first=True)
    return nlp


def untimed(extraction):
    return replace(extraction, provenance=replace(extraction.provenance, seconds={}))


def test_reports_are_read_without_docs_where_nobody_else_looks_at_them(chest_ct, with_a_neighbour, monkeypatch):
    reports = [Report(id=f"r{number}", text=text, meta={"row": 1}) for number, text in enumerate([TEXT, "", "a\ud800"])]
    with_docs = [untimed(extraction) for extraction in stream(with_a_neighbour, reports)]
    monkeypatch.setattr(type(chest_ct), "make_doc", None)
    assert [untimed(extraction) for extraction in stream(chest_ct, reports)] == with_docs


def test_a_line_tells_what_is_in_it(chest_ct):
    found = list(lines(chest_ct, [Report(id="r1", text=TEXT), Report(id="r2", text="")]))
    assert [(line.report_id, line.findings, line.errors, line.warnings) for line in found] == [
        ("r1", 2, 0, 0),
        ("r2", 0, 0, 1),
    ]
    assert findings(from_json(found[0].line)) == EXPECTED
