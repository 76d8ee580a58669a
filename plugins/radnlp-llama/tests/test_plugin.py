"""What the plugin offers, at no cost until a model is asked for."""

import json
import subprocess
import sys

import pytest
from radnlp_llama.plugin import (
    radnlp_register_commands,
    radnlp_register_relation_mappers,
    radnlp_register_sentence_classifiers,
)
from radnlp_llama.tasks.providers import relation_mapper, sentence_classifier

from radnlp.api import ConfigError, Provider
from radnlp.testing import ScriptedLlm, check_command, check_relation_mapper, check_sentence_classifier

HEAVY = ("llama_cpp", "numpy", "jinja2", "spacy", "radnlp_llama.tasks", "radnlp_llama.runtime")
(RELATIONS,) = radnlp_register_relation_mappers()
(SENTENCES,) = radnlp_register_sentence_classifiers()


def test_the_hook_module_loads_no_model_library():
    code = f"""
import json, sys
import radnlp.api
before = set(sys.modules)
import radnlp_llama.plugin as plugin
plugin.radnlp_register_relation_mappers()
print(json.dumps([name for name in {HEAVY!r} if name in set(sys.modules) - before]))
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert json.loads(done.stdout.splitlines()[-1]) == []


def test_a_model_is_required():
    from radnlp.api import default_catalogue

    vocabulary = default_catalogue().schema("chest_ct")
    with pytest.raises(ConfigError, match=r"--set relations\.model_path=FILE\.gguf"):
        RELATIONS.factory(*vocabulary, RELATIONS.settings)
    with pytest.raises(ConfigError, match=r"sentence_classes\.model_path=FILE\.gguf"):
        SENTENCES.factory(*default_catalogue().schema("ja_ct"), SENTENCES.settings)
    for name, value in (("fallback", "always"), ("unanchored", "hide")):
        with pytest.raises(ConfigError, match=rf"relations\.{name}='{value}'; allowed are"):
            RELATIONS.factory(*vocabulary, {**RELATIONS.settings, name: value})


def test_relations_keep_the_contract_of_the_hook():
    """With a model that says nothing that can be read, and with one that answers all alike."""
    for text in ("?", '{"nodules":["present","rul"]}'):
        offer = Provider(
            name="llama",
            summary="",
            factory=lambda schema, lexicon, settings, text=text: relation_mapper(
                schema, lexicon, settings, generator=ScriptedLlm(lambda request: text)
            ),
            settings=RELATIONS.settings,
        )
        check_relation_mapper(offer)


def test_sentence_classes_keep_the_contract_of_the_hook():
    offer = Provider(
        name="llama",
        summary="",
        factory=lambda schema, lexicon, settings: sentence_classifier(
            schema, lexicon, settings, generator=ScriptedLlm(all_positive)
        ),
        settings=SENTENCES.settings,
    )
    check_sentence_classifier(offer)


def all_positive(request):
    count = int(request.rest.rpartition("Sentences: 1 to ")[2].split()[0])
    return json.dumps({str(number): "positive" for number in range(1, count + 1)})


def test_the_command_shows_an_example():
    (command,) = radnlp_register_commands()
    check_command(command)
