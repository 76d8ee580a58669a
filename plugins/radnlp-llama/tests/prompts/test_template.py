"""Prompt files: what is shipped, how one of one's own is found, and what is refused."""

import pytest
from radnlp_llama.prompts import find_prompt, shipped_prompts

from radnlp.api import ConfigError

MINE = """
id = "mine"
version = "0.1.0"
schema = "my_schema"
task = "relations"
questions = ["Keys"]
instruction = "Read the report."
"""


def find(wanted=None, schema="chest_ct", sentences=False):
    return find_prompt(wanted, schema=schema, sentences=sentences, setting="relations.prompt")


def test_shipped_prompts_and_their_versions():
    """A snapshot: other words need another version, because the version is what the provenance tells."""
    assert {prompt.name: (prompt.schema, prompt.task) for prompt in shipped_prompts().values()} == {
        "brain_mri 1.0.0": ("brain_mri", "steps"),
        "chest_ct 1.0.0": ("chest_ct", "relations"),
        "chest_xray 1.0.0": ("chest_xray", "sides"),
        "ja_ct 1.0.0": ("ja_ct", "relations"),
        "ja_ct_sentences 1.0.0": ("ja_ct", "sentences"),
    }


def test_a_schema_has_its_own_prompt():
    assert find().id == "chest_ct"
    assert find(schema="ja_ct").id == "ja_ct"
    assert find(schema="ja_ct", sentences=True).id == "ja_ct_sentences"


def test_another_shipped_one_by_its_id():
    assert find("chest_ct", schema="my_schema").id == "chest_ct"


def test_one_of_ones_own(tmp_path):
    file = tmp_path / "mine.toml"
    file.write_text(MINE, "utf-8")
    assert find(str(file), schema="my_schema").name == "mine 0.1.0"


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (('task = "relations"', 'task = "poetry"'), "'poetry'; allowed are relations, sides, steps, sentences"),
        (('version = "0.1.0"', ""), "'version' must be there"),
        (("instruction", "instructions"), "'instruction' must be there"),
        (('id = "mine"', 'id = "mine"\ncolour = "red"'), "unknown names colour"),
        (('id = "mine"', "id = "), "no TOML"),
        (
            ("Read the report.", 'Read."\n[[examples]]\nreport = "A mass.'),
            "needs 'report' or 'sentences', and 'answers'",
        ),
    ],
)
def test_a_broken_file_is_refused_in_one_sentence(tmp_path, change, words):
    file = tmp_path / "mine.toml"
    file.write_text(MINE.replace(*change), "utf-8")
    with pytest.raises(ConfigError, match=r"mine\.toml") as refusal:
        find(str(file))
    assert words in str(refusal.value)


def test_what_is_not_there_is_refused(tmp_path):
    with pytest.raises(ConfigError, match="no prompt for the schema 'knee_mri'"):
        find(schema="knee_mri")
    with pytest.raises(ConfigError, match=r"relations\.prompt='knee': no shipped prompt and no TOML file"):
        find("knee")
    with pytest.raises(ConfigError, match="cannot be read"):
        find(str(tmp_path / "nothing.toml"))
    with pytest.raises(ConfigError, match="a prompt for sentences; here one for relations"):
        find("ja_ct_sentences")
