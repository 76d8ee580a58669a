"""The schemas that come with radnlp: each loads, is called as its folder, and can be spoken of."""

from typing import get_args

import pytest

from radnlp.records.lexicon import SignpostKind
from radnlp.schema import SECTION_IDS, lexicons_in, load_schema, schemas_in, shipped_folder

SOURCES = {source.id: source.folder for source in schemas_in(shipped_folder())}
LEXICONS = lexicons_in(shipped_folder() / "lexicons")


@pytest.mark.parametrize("name", sorted(SOURCES))
def test_a_shipped_schema_holds_together(name):
    schema, lexicon = load_schema(SOURCES[name], find=SOURCES.__getitem__, lexicons=LEXICONS)
    assert schema.id == name == SOURCES[name].name
    assert schema.source
    named = {entity for term in lexicon.terms for entity in term.entities}
    assert {key.id for key in schema.keys} <= named, "a key without a term can never be found"
    values = {value.id for value in schema.values}
    for value in schema.values:
        assert value.id not in value.parts and value.within != value.id
        assert set(value.parts) <= values and {value.within} <= values | {None}
        assert not any(schema.value(part).parts for part in value.parts), "expand() replaces one level"
    assert values <= named | {value.id for value in schema.values if value.parts}
    assert set(schema.section_effects) <= set(SECTION_IDS)
    for relation in schema.relations:
        assert set(relation.values) <= {value.id for value in schema.values if value.type == relation.value_type}


def test_the_first_schemas_are_there():
    assert {"chest_ct", "chest_xray"} <= set(SOURCES)


def test_english_and_korean_signposts_name_every_kind_that_the_mapper_reads():
    _, lexicon = load_schema(SOURCES["chest_ct"], find=SOURCES.__getitem__, lexicons=LEXICONS)
    _, brain = load_schema(SOURCES["brain_mri"], find=SOURCES.__getitem__, lexicons=LEXICONS)
    named = {signpost.kind for signpost in (*lexicon.signposts, *brain.signposts)}
    assert named == set(get_args(SignpostKind))
    korean = {signpost.kind for signpost in lexicon.signposts if ".ko." in signpost.owner}
    assert {"other_finding", "same_finding", "same_place", "is", "closes", "and"} <= korean


def test_the_pleural_lesions_have_a_side_and_no_other_place():
    schema, _ = load_schema(SOURCES["chest_ct"], find=SOURCES.__getitem__, lexicons=LEXICONS)
    for key in ("pleural_effusion", "pleural_thickening"):
        (relation,) = schema.relation_types_of(key)
        assert (relation.id, schema.values_of(relation)) == ("has_side", ("right_lung", "left_lung"))


def test_every_lexicon_file_is_in_the_language_of_its_name():
    assert {source.language for source in LEXICONS} >= {"en", "ko"}
    for source in LEXICONS:
        assert f'language = "{source.language}"' in source.file.read_text("utf-8")


def test_a_folder_is_searched_by_the_names_of_its_files(tmp_path):
    for name in ("b/schema.toml", "a/schema.toml", "c/other.toml", "cues.en.toml", "cues.ko.toml", "plain.toml"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text("", "utf-8")
    assert [source.id for source in schemas_in(tmp_path)] == ["a", "b"]
    assert [(source.language, source.file.name) for source in lexicons_in(tmp_path)] == [
        ("en", "cues.en.toml"),
        ("ko", "cues.ko.toml"),
    ]
    assert schemas_in(tmp_path / "nowhere") == []
