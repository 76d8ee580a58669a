"""The plugin costs nothing until a model is asked for."""

import json
import subprocess
import sys

import pytest

pytest.importorskip("torch")
HEAVY = ("torch", "transformers", "tokenizers", "spacy", "peft")


def loaded_after(code):
    done = subprocess.run(
        [
            sys.executable,
            "-c",
            f"import json, sys\n{code}\nprint(json.dumps([n for n in {HEAVY!r} if n in sys.modules]))",
        ],
        capture_output=True,
        text=True,
        check=True,
    )
    return json.loads(done.stdout.splitlines()[-1])


def test_the_hook_module_loads_no_model_library():
    assert loaded_after("import radnlp_transformers.plugin as p; p.radnlp_register_entity_key_classifiers()") == []


def test_the_help_of_every_part_loads_no_model_library():
    code = """
from argparse import ArgumentParser
from radnlp_transformers.plugin import radnlp_register_commands
for command in radnlp_register_commands():
    command.add_arguments(ArgumentParser())
"""
    assert loaded_after(code) == []


def test_it_would_be_noticed():
    assert loaded_after("import radnlp_transformers.training.tokenizer")[:3] == ["torch", "transformers", "tokenizers"]
