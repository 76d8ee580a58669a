"""From a folder to a schema and its lexicon: extending, languages, terms on top, the digest."""

import pytest

from radnlp.errors import SchemaError, UnknownNameError
from radnlp.records import LexiconSource
from radnlp.schema import load_schema


def find_nothing(name):
    raise UnknownNameError("schema", name, ["lobes"])


def load(folder, *, find=find_nothing, lexicons=(), terms=()):
    return load_schema(folder, find=find, lexicons=lexicons, terms=terms)


def phrases(lexicon):
    return {term.phrase: term.entities for term in lexicon.terms}


def test_a_folder_becomes_a_schema_with_its_lexicon(make_schema):
    schema, lexicon = load(make_schema())
    assert (schema.id, schema.version, schema.languages) == ("lobes", "1.0.0", ("en", "ko"))
    assert [key.id for key in schema.keys] == ["nodules", "mass"]
    assert [value.id for value in schema.values] == ["right_lung", "rll", "lll", "bll"]
    assert (schema.value("bll").parts, schema.value("rll").within) == (("rll", "lll"), "right_lung")
    assert schema.relations[0].keys == ("nodules", "mass")
    assert schema.section_effects == {"history": "historical"}
    assert phrases(lexicon)["right lower lobe"] == ("rll",)


def test_a_relation_may_point_to_some_values_of_its_type_only(make_schema):
    schema, _ = load(make_schema(('keys = ["nodules", "mass"]', 'keys = ["mass"]\nvalues = ["lll", "rll"]')))
    assert schema.relations[0].values == ("lll", "rll")
    assert schema.values_of(schema.relations[0]) == ("rll", "lll")


def test_a_relation_that_names_no_values_may_point_to_all_of_its_type(make_schema):
    schema, _ = load(make_schema())
    assert schema.relations[0].values == ()
    assert schema.values_of(schema.relations[0]) == ("right_lung", "rll", "lll", "bll")


def test_a_value_of_another_type_is_none_that_a_relation_may_point_to(make_schema):
    episode = '[values.stable]\ntype = "episode"\nlabel = "Stable"\n\n[relations.located_in]'
    folder = make_schema(
        ("[relations.located_in]", episode), ('keys = ["nodules", "mass"]', 'keys = ["mass"]\nvalues = ["stable"]')
    )
    with pytest.raises(SchemaError, match=r"\[relations\.located_in\] values: unknown name 'stable'"):
        load(folder)


def test_a_folder_without_terms_is_a_schema_without_words(tmp_path, make_schema):
    folder = make_schema()
    (folder / "terms" / "words.toml").unlink()
    assert load(folder)[1].terms == ()


# Broken files, each named with table and key


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        (
            ('parts = ["rll", "lll"]', 'parts = ["rll", "llll"]'),
            "[values.bll] parts: unknown name 'llll'; did you mean",
        ),
        (('within = "right_lung"', 'within = "left_lung"'), "[values.rll] within: unknown name 'left_lung'; did you"),
        (
            ('keys = ["nodules", "mass"]', 'keys = ["nodule"]'),
            "[relations.located_in] keys: unknown name 'nodule'; did",
        ),
        (('value_type = "location"', 'value_type = "locaton"'), "[relations.located_in] value_type: unknown name"),
        (
            ('keys = ["nodules", "mass"]', 'keys = ["mass"]\nvalues = ["rll", "left_lung"]'),
            "[relations.located_in] values: unknown name 'left_lung'; did you mean",
        ),
        (
            ('keys = ["nodules", "mass"]', 'keys = ["mass"]\nvalues = ["nodules"]'),
            "[relations.located_in] values: unknown name 'nodules'",
        ),
        (("[values.lll]", "[values.mass]"), "[values.mass]: a key has this id already"),
        (("[keys.mass]", "[keys.mass]\ntyp = 3"), "[keys.mass] typ: unknown name; did you mean 'type'?"),
        (('version = "1.0.0"', "version = 1"), "version: Input should be a valid string"),
        (("[sections]", "[section]"), "section: unknown name; did you mean 'sections'"),
    ],
)
def test_a_broken_schema_file_is_refused(make_schema, change, complaint):
    folder = make_schema(change)
    with pytest.raises(SchemaError) as caught:
        load(folder)
    assert str(caught.value).startswith(f"{folder / 'schema.toml'}: {complaint}")


def test_a_schema_without_keys_is_refused(make_schema):
    folder = make_schema(schema='id = "x"\nversion = "1.0.0"\ntitle = "X"\nlanguages = ["en"]')
    with pytest.raises(SchemaError, match=r"schema\.toml: no \[keys\.ID\] table"):
        load(folder)


def test_a_folder_without_schema_toml_is_refused(tmp_path):
    with pytest.raises(SchemaError, match=r"schema\.toml: there is no such file"):
        load(tmp_path)


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        (('entities = ["rll"]', 'entities = ["rl"]'), "[[terms]] no. 2, entities: unknown entity 'rl'; did you mean"),
        (
            ('entities = ["rll"]', 'entitys = ["rll"]'),
            "[[terms]] no. 2, entitys: unknown name; did you mean 'entities'?",
        ),
        (('["no", "without"]', '["no", 0]'), "[[cues]] no. 1, literals no. 2: Input should be a valid string, not 0"),
        (("language = ", "language == "), "Invalid value"),
    ],
)
def test_a_broken_terms_file_is_refused(make_schema, change, complaint):
    folder = make_schema(change)
    with pytest.raises(SchemaError) as caught:
        load(folder)
    assert str(caught.value).startswith(f"{folder / 'terms' / 'words.toml'}: {complaint}")


# Extending

MINE = """
id = "mine"
version = "0.1.0"
title = "Mine"
languages = ["en"]
extends = "lobes"

[keys.mass]
type = "lesion"
label = "Lump"

[keys.cyst]
type = "lesion"
label = "Cyst"

[relations.located_in]
value_type = "location"
keys = ["nodules", "cyst"]

[sections]
technique = "excluded"
"""
MY_TERMS = """
language = "en"
[[terms]]
entities = ["cyst"]
phrases = ["cyst"]
[[terms]]
entities = ["mass"]
phrases = ["ground-glass nodule"]
"""


def test_a_schema_that_extends_adds_rows_and_replaces_those_of_the_same_id(make_schema):
    base = make_schema()
    schema, lexicon = load(make_schema(name="mine", schema=MINE, terms=MY_TERMS), find=lambda name: base)
    assert (schema.id, schema.title, schema.languages, schema.source) == ("mine", "Mine", ("en",), "invented")
    assert [(key.id, key.label) for key in schema.keys] == [("nodules", "Nodules"), ("mass", "Lump"), ("cyst", "Cyst")]
    assert [value.id for value in schema.values] == ["right_lung", "rll", "lll", "bll"]
    assert schema.relations[0].keys == ("nodules", "cyst")
    assert schema.section_effects == {"history": "historical", "technique": "excluded"}
    words = phrases(lexicon)
    assert (words["cyst"], words["nodule"]) == (("cyst",), ("nodules",))
    assert words["ground-glass nodule"] == ("mass",)


def test_a_schema_may_extend_one_that_extends_another(make_schema):
    folders = {"lobes": make_schema(), "mine": make_schema(name="mine", schema=MINE, terms=MY_TERMS)}
    grandchild = MINE.replace('"mine"', '"ours"').replace('"lobes"', '"mine"').replace("Cyst", "Cysts")
    schema, _ = load(make_schema(name="ours", schema=grandchild, terms=MY_TERMS), find=folders.__getitem__)
    assert [key.label for key in schema.keys] == ["Nodules", "Lump", "Cysts"]


def test_extending_in_a_circle_is_refused(make_schema):
    folders = {
        "one": make_schema(('id = "lobes"', 'id = "one"\nextends = "two"'), name="one"),
        "two": make_schema(('id = "lobes"', 'id = "two"\nextends = "one"'), name="two"),
    }
    with pytest.raises(SchemaError) as caught:
        load(folders["one"], find=folders.__getitem__)
    assert str(caught.value) == f"{folders['two'] / 'schema.toml'}: extends: 'one' extends this schema in turn"


def test_extending_an_unknown_schema_is_refused_with_the_near_name(make_schema):
    folder = make_schema(('id = "lobes"', 'id = "mine"\nextends = "lobe"'))
    with pytest.raises(SchemaError) as caught:
        load(folder)
    assert str(caught.value) == (
        f"{folder / 'schema.toml'}: extends: unknown schema 'lobe'; did you mean 'lobes'? Available: lobes."
    )


def test_a_fault_in_the_base_names_the_file_of_the_base(make_schema):
    base = make_schema(('label = "Nodules"', 'lable = "Nodules"'))
    with pytest.raises(SchemaError) as caught:
        load(make_schema(name="mine", schema=MINE), find=lambda name: base)
    assert str(caught.value).startswith(f"{base / 'schema.toml'}: [keys.nodules]")


# Languages and terms on top


def lexicon_file(tmp_path, language, body, name="extra"):
    path = tmp_path / f"{name}.{language}.toml"
    path.write_text(f'language = "{language}"\n{body}', "utf-8")
    return path


def test_only_the_languages_of_the_schema_are_active(tmp_path, make_schema):
    sources = [
        LexiconSource(language=language, file=lexicon_file(tmp_path, language, f'clause_breaks = ["{word}"]'))
        for language, word in {"en": "or", "ko": "및", "de": "und"}.items()
    ]
    assert load(make_schema(), lexicons=sources)[1].clause_breaks == ("or", "및", "but")
    assert load(make_schema(('["en", "ko"]', '["ko"]')), lexicons=sources)[1].clause_breaks == ("및",)


def test_a_lexicon_of_another_language_is_not_even_read(tmp_path, make_schema):
    broken = LexiconSource(language="de", file=tmp_path / "nowhere.de.toml")
    load(make_schema(), lexicons=[broken])


def test_own_terms_lie_on_top_of_the_schema_and_of_each_other(tmp_path, make_schema):
    body = '[[terms]]\nentities = ["{}"]\nphrases = ["nodule", "{}"]\n'
    one = lexicon_file(tmp_path, "en", body.format("mass", "lump"), "one")
    two = lexicon_file(tmp_path, "en", body.format("rll", "base"), "two")
    words = phrases(load(make_schema(), terms=[one, two])[1])
    assert words["nodule"] == ("rll",)
    assert (words["lump"], words["base"], words["nodules"]) == (("mass",), ("rll",), ("nodules",))


def test_a_broken_file_of_own_terms_is_named(tmp_path, make_schema):
    path = lexicon_file(tmp_path, "en", '[[terms]]\nentities = ["nodul"]\nphrases = ["x"]')
    with pytest.raises(SchemaError, match="unknown entity 'nodul'; did you mean 'nodules'") as caught:
        load(make_schema(), terms=[path])
    assert str(path) in str(caught.value)


# The digest


def digest(folder, **options):
    return load(folder, **options)[1].digest


def test_the_digest_is_the_same_wherever_the_files_lie(make_schema):
    assert digest(make_schema(name="here")) == digest(make_schema(name="there/deeper"))


@pytest.mark.parametrize(
    "change",
    [
        ("ground-glass nodule", "part-solid nodule"),
        ('entities = ["rll"]', 'entities = ["lll"]'),
        ("thyroid nodule", "adrenal nodule"),
        ('direction = "forward"', 'direction = "bidirectional"'),
        ('direction = "forward"', 'direction = "forward"\nmax_scope = 5'),
        ('section = "findings"', 'section = "impression"'),
        ('direction = "forward"', 'direction = "forward"\nfollowed_by = " of"'),
        ('["no", "without"]', '["no", "without"]\n[[signposts]]\nkind = "with"\nphrases = ["plus"]'),
        ('keys = ["nodules", "mass"]', 'keys = ["nodules", "mass"]\nvalues = ["rll"]'),
        ('abbreviations = ["rt"]', 'abbreviations = ["lt"]'),
        ('clause_breaks = ["but"]', 'clause_breaks = [";"]'),
        ('parts = ["rll", "lll"]', 'parts = ["rll"]'),
        ('version = "1.0.0"', 'version = "1.0.1"'),
        ('history = "historical"', 'history = "excluded"'),
    ],
)
def test_the_digest_changes_with_whatever_can_change_a_result(make_schema, change):
    assert digest(make_schema(name="before")) != digest(make_schema(change, name="after"))


def test_the_digest_changes_with_terms_on_top(tmp_path, make_schema):
    path = lexicon_file(tmp_path, "en", '[[terms]]\nentities = ["mass"]\nphrases = ["lump"]')
    assert digest(make_schema()) != digest(make_schema(), terms=[path])


def test_the_digest_tells_one_kind_of_signpost_from_another(tmp_path, make_schema):
    body = '[[signposts]]\nkind = "{}"\nphrases = ["plus"]'
    one = lexicon_file(tmp_path, "en", body.format("with"), "one")
    two = lexicon_file(tmp_path, "en", body.format("and"), "two")
    assert digest(make_schema(), terms=[one]) != digest(make_schema(), terms=[two])
