"""The steps of a schema file: what they may name, and what is refused in one sentence."""

import pytest

from radnlp.errors import SchemaError
from radnlp.schema import load_schema

HEAD = """
id = "two"
version = "1.0.0"
title = "Two steps"
languages = ["en"]
[keys.tumour]
type = "diagnosis"
label = "Tumour"
[keys.infarct]
type = "diagnosis"
label = "Infarct"
[values.larger]
type = "episode"
label = "Larger"
[relations.has_episode]
value_type = "episode"
keys = ["tumour"]
"""
FIRST = '[[steps]]\nid = "kind"\nanswers = ["tumour", "other"]\n'
EPISODE = '[[steps]]\nid = "episode"\nafter = ["tumour"]\nrelations = ["has_episode"]\n'
OTHER = '[[steps]]\nid = "which"\nafter = ["other"]\nkeys = ["infarct"]\n'


@pytest.fixture
def load(tmp_path):
    def read(*steps):
        (tmp_path / "schema.toml").write_text("\n".join((HEAD, *steps)), "utf-8")
        return load_schema(tmp_path, find=None)[0].steps

    return read


def test_steps_in_the_order_of_the_file(load):
    kind, episode, which = load(FIRST, EPISODE, OTHER)
    assert (kind.id, kind.answers, kind.after) == ("kind", ("tumour", "other"), ())
    assert (episode.after, episode.relations) == (("tumour",), ("has_episode",))
    assert (which.after, which.keys) == (("other",), ("infarct",))


def test_a_schema_need_have_none(load):
    assert load() == ()


@pytest.mark.parametrize(
    ("steps", "says"),
    [
        ([FIRST.replace("other", "infarkt"), OTHER], "answers: unknown name 'infarkt'; did you mean 'infarct'"),
        ([FIRST, EPISODE], "answers: unknown name 'other'"),
        ([FIRST, EPISODE.replace('"tumour"', '"other"'), OTHER], "keys of the relation 'has_episode'"),
        ([FIRST, OTHER.replace('after = ["other"]', 'after = ["else"]'), OTHER], "after: unknown name 'else'"),
        ([FIRST, OTHER, OTHER.replace("which", "again")], "'infarct' is decided about twice"),
        ([FIRST, OTHER, OTHER], "id 'which' is that of an earlier step"),
        ([FIRST.replace(', "other"', "")], "no step decides about 'infarct'"),
        ([FIRST, OTHER, '[[steps]]\nid = "idle"\nafter = ["other"]'], "decides nothing"),
        ([FIRST, EPISODE.replace("has_episode", "has_side"), OTHER], "relations: unknown name 'has_side'"),
    ],
)
def test_what_cannot_be_is_refused(load, steps, says):
    with pytest.raises(SchemaError, match=r"schema\.toml: \[\[steps\]\]") as refused:
        load(*steps)
    assert says in str(refused.value)
