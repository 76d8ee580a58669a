"""Codes of terminologies on keys and values: in a schema, and laid on top of one. All codes here are invented."""

import pytest

from radnlp.errors import SchemaError, UnknownNameError
from radnlp.schema import code_systems, load_schema


def load(folder, *, bases=None, terms=()):
    def find(name):
        if name in (bases or {}):
            return bases[name]
        raise UnknownNameError("schema", name, bases or ())

    return load_schema(folder, find=find, terms=terms)


def on_top(tmp_path, codes, language="en"):
    file = tmp_path / "codes.toml"
    file.write_text(f'language = "{language}"\n{codes}', "utf-8")
    return file


def coded(codes):
    return ('label = "Mass"', f'label = "Mass"\ncodes = {codes}')


def test_a_key_and_a_value_have_codes_as_strings(make_schema):
    lung = ('label = "Right lung"', 'label = "Right lung"\ncodes = { radlex = "RID1" }')
    schema, _ = load(make_schema(coded('{ radlex = "RID2", snomed = 123, omop = 4567 }'), lung))
    assert schema.key("mass").codes == {"radlex": "RID2", "snomed": "123", "omop": "4567"}
    assert schema.value("right_lung").codes == {"radlex": "RID1"}
    assert schema.key("nodules").codes == {}


def test_a_row_with_codes_can_be_a_key_of_a_dictionary(make_schema):
    schema, _ = load(make_schema(coded('{ radlex = "RID2" }')))
    assert len(set(schema.keys)) == 2


def test_a_system_without_a_short_name_is_its_uri(make_schema):
    schema, _ = load(make_schema(coded('{ "https://hospital.example/codes" = "M-1" }')))
    assert schema.key("mass").codes == {"https://hospital.example/codes": "M-1"}


@pytest.mark.parametrize(
    ("codes", "complaint"),
    [
        ('{ snomd = "1" }', r"\[keys\.mass\] codes: unknown code system 'snomd'; did you mean 'snomed'.*as its URI"),
        ('{ radlex = "" }', r"\[keys\.mass\] codes radlex"),
        ("{ radlex = true }", r"\[keys\.mass\] codes radlex"),
        ("{ radlex = 1.5 }", r"\[keys\.mass\] codes radlex"),
        ('{ radlex = " RID2" }', "radlex = ' RID2': a code has no space at its ends"),
        ("{ omop = 0 }", "omop = 0: the number of a concept in OMOP's vocabulary, 1 to 2147483647"),
        ("{ omop = 3000000000 }", "omop = 3000000000: the number of a concept"),
        ('{ omop = "C12" }', "omop = 'C12': the number of a concept"),
        ('"RID2"', r"\[keys\.mass\] codes: "),
    ],
)
def test_what_is_no_code_is_refused_with_its_place(make_schema, codes, complaint):
    with pytest.raises(SchemaError, match=complaint):
        load(make_schema(coded(codes)))


def test_a_terms_file_adds_codes_to_a_schema_and_replaces_those_of_the_same_system(make_schema, tmp_path):
    folder = make_schema(coded('{ radlex = "RID2", snomed = "123" }'))
    file = on_top(tmp_path, '[codes.mass]\nradlex = "RID3"\n[codes.rll]\nomop = 7')
    schema, lexicon = load(folder, terms=[file])
    assert schema.key("mass").codes == {"radlex": "RID3", "snomed": "123"}
    assert schema.value("rll").codes == {"omop": "7"}
    assert lexicon.terms == load(folder)[1].terms


def test_a_schema_that_extends_another_adds_codes_in_its_own_terms(make_schema):
    base = make_schema(coded('{ radlex = "RID2" }'), name="base")
    own = make_schema(
        name="ours",
        schema='id = "ours"\nversion = "1.0.0"\ntitle = "Ours"\nlanguages = ["en"]\nextends = "base"',
        terms='language = "en"\n[codes.mass]\nsnomed = "123"',
    )
    assert load(own, bases={"base": base})[0].key("mass").codes == {"radlex": "RID2", "snomed": "123"}


@pytest.mark.parametrize(
    ("codes", "complaint"),
    [
        ('[codes.mas]\nradlex = "RID2"', r"codes\.toml: \[codes\.mas\]: unknown key or value; did you mean 'mass'"),
        ('[codes.mass]\nsnomd = "1"', r"codes\.toml: \[codes\] mass: unknown code system 'snomd'"),
    ],
)
def test_codes_on_top_that_cannot_be_are_refused_with_file_and_place(make_schema, tmp_path, codes, complaint):
    with pytest.raises(SchemaError, match=complaint):
        load(make_schema(), terms=[on_top(tmp_path, codes)])


def test_codes_change_the_digest_and_a_schema_without_any_keeps_its_own(make_schema, tmp_path):
    folder = make_schema()
    plain = load(folder)[1].digest
    one, other = (load(folder, terms=[on_top(tmp_path, f"[codes.mass]\nomop = {n}")])[1].digest for n in (1, 2))
    assert len({plain, one, other}) == 3
    assert load(folder, terms=[on_top(tmp_path, "")])[1].digest == plain


def test_the_systems_known_by_name_have_uris():
    assert code_systems()["snomed"] == "http://snomed.info/sct"
    assert set(code_systems()) == {"snomed", "loinc", "radlex", "icd10"}
    assert all(uri.startswith("http://") for uri in code_systems().values())
