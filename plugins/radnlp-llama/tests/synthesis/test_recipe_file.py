"""A recipe holds everything that decides what is asked; a file that cannot be used is named with table and field."""

import shutil
from importlib.resources import files

import pytest
from radnlp_llama.synthesis.recipe_file import read_recipe, recipe_names

from radnlp.api import ConfigError

SHIPPED = files("radnlp_llama.synthesis.recipes")


@pytest.fixture
def changed(tmp_path):
    """The shipped Japanese recipe with one stretch of it replaced."""

    def change(before, after):
        text = (SHIPPED / "ja_ct.toml").read_text("utf-8")
        assert before in text
        path = tmp_path / "mine.toml"
        path.write_text(text.replace(before, after, 1), "utf-8")
        return str(path)

    return change


@pytest.mark.parametrize("name", recipe_names())
def test_every_kind_of_attribute_of_the_source_is_there(name):
    ids = {attribute.id for attribute in read_recipe(name).attributes}
    wanted = {"experience", "style", "age", "sex", "site", "reason", "quality", "prior", "category", "certainty"}
    assert wanted | {"rarity"} <= ids


def test_values_are_japanese_and_their_ids_are_not():
    for attribute in read_recipe("ja_ct").attributes:
        for value in attribute.values:
            assert value.id.isascii()
            assert not value.text.isascii() or attribute.id == "examination"


def test_the_weights_of_the_source_are_kept():
    attributes = {attribute.id: attribute for attribute in read_recipe("ja_ct").attributes}
    assert {value.id: value.weight for value in attributes["age"].values} == {
        "child": 0.1,
        "adult": 0.5,
        "elderly": 0.4,
    }
    assert [value.weight for value in attributes["scope"].values] == [0.45, 0.3, 0.2, 0.05]
    assert read_recipe("ja_ct").splits == {"train": 2670, "validation": 334, "test": 100}


def test_a_recipe_of_ones_own_is_given_by_its_path(tmp_path):
    shutil.copy(SHIPPED / "ja_ct.toml", tmp_path / "mine.toml")
    assert read_recipe(str(tmp_path / "mine.toml")) == read_recipe("ja_ct")


def test_another_wording_has_another_digest(changed):
    assert read_recipe(changed("男性", "男")).digest != read_recipe("ja_ct").digest


@pytest.mark.parametrize(
    "before, after, fault",
    [
        ('version = "1.0.0"\n', "", "version is missing; it must be a text, not empty"),
        ("weight = 0.1 }", "weight = 0 }", "values child: weight must be a number over 0"),
        ('id = "adult"', 'id = "child"', "attributes age: the id 'child' is there twice"),
        ("copied = 16", "copied = 16\ncopies = 3", "limits: unknown field 'copies'"),
        ("sentences = [2, 30]", "sentences = [30, 2]", "limits: sentences must be two whole numbers"),
        ('["hiragana", "katakana"', '["kana", "katakana"', "unknown script 'kana'; known are latin, hiragana"),
        ("least = 4, most = 7", "least = 8, most = 7", "least = 8, most = 7; it must be 1 <= least <= most"),
        ('unless = { certainty = ["normal"] }', 'unless = { certainty = ["none"] }', "excludes certainty = 'none'"),
        (
            'unless = { certainty = ["normal"] }',
            'unless = { rarity = ["rare"] }',
            "must be a value of an attribute further",
        ),
        ("$attributes", "$attribute", "prompts: report: rest holds 'attribute'; its slots are $attributes"),
        ("$attributes", "", "rest must hold $attributes"),
        ("$classes", "$class", "prefix holds 'class'; its slots are $classes, $keys"),
        ("$sentences", "$ $sentences", "a dollar sign is written $$"),
        ("test = 100", "requests = 100", "'requests' is no name for a split"),
        ('labels = "sentence_classes"', 'labels = "classes"', "labels must be one of sentence_classes, key_statuses"),
    ],
)
def test_what_is_wrong_is_said(changed, before, after, fault):
    with pytest.raises(ConfigError) as error:
        read_recipe(changed(before, after))
    assert fault in str(error.value)
    assert "mine.toml" in str(error.value)


def test_no_such_recipe():
    with pytest.raises(ConfigError, match="there is no recipe 'ja'; there are chest_ct, ja_ct"):
        read_recipe("ja")


def test_no_such_file_and_no_toml(tmp_path):
    with pytest.raises(ConfigError, match=r"gone.toml: cannot be read"):
        read_recipe(str(tmp_path / "gone.toml"))
    (tmp_path / "bad.toml").write_text("id = ")
    with pytest.raises(ConfigError, match=r"bad.toml: not TOML"):
        read_recipe(str(tmp_path / "bad.toml"))
