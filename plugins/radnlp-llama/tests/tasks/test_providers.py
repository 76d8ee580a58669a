"""Providers for schemas of one's own."""

import pytest
from radnlp_llama.plugin import radnlp_register_relation_mappers
from radnlp_llama.tasks.providers import relation_mapper

from radnlp.api import ConfigError, default_catalogue
from radnlp.testing import ScriptedLlm

(OFFER,) = radnlp_register_relation_mappers()
SCHEMA = """
id = "my_ct"
version = "0.1.0"
title = "Chest CT with one more lesion"
languages = ["en"]
source = "us"
extends = "chest_ct"

[keys.cavity]
type = "lesion"
label = "Cavity"
"""


@pytest.fixture(scope="module")
def my_ct(tmp_path_factory):
    folder = tmp_path_factory.mktemp("mine") / "my_ct"
    (folder / "terms").mkdir(parents=True)
    (folder / "schema.toml").write_text(SCHEMA, "utf-8")
    (folder / "terms" / "mine.en.toml").write_text(
        'language = "en"\n\n[[terms]]\nentities = ["cavity"]\nphrases = ["cavity"]\n', "utf-8"
    )
    return default_catalogue().schema(str(folder))


def built(my_ct, **settings):
    return relation_mapper(*my_ct, {**OFFER.settings, **settings}, generator=ScriptedLlm(lambda request: "{}"))


def test_a_schema_without_a_prompt_says_how_to_get_one(my_ct):
    with pytest.raises(
        ConfigError, match=r"no prompt for the schema 'my_ct'; write one \(relations\.prompt=FILE\.toml"
    ):
        built(my_ct)


def test_a_shipped_prompt_lists_the_keys_of_ones_own_schema(my_ct, request_for):
    mapper = built(my_ct, prompt="chest_ct")
    question = mapper.question(request_for("Nodule.", keys=["cavity", "nodules"]))
    assert "\n- cavity: Cavity\n" in question.prefix
    assert question.rest.endswith("Keys: nodules, cavity\nAnswer:\n")


def test_a_prompt_for_another_schema_is_refused_by_its_examples(my_ct):
    with pytest.raises(ConfigError, match="does not decide in steps"):
        built(my_ct, prompt="brain_mri")
    with pytest.raises(ConfigError, match="prompt chest_xray: an example answers"):
        built(my_ct, prompt="chest_xray")
