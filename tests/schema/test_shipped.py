"""The schemas that come with radnlp: each loads, is called as its folder, and can be spoken of."""

import pytest

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


def test_the_first_schemas_are_there():
    assert {"chest_ct", "chest_xray"} <= set(SOURCES)


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
