import pytest

from radnlp.errors import ConfigError, UnknownNameError
from radnlp.evaluation.gold.options import Options

NAMES = ["word", "flag", "words", "table", "split"]


def test_options_as_given():
    given = {"word": "a", "flag": True, "words": ["b", "c"], "table": {"d": "e"}, "split": "dev"}
    options = Options("wide", given, allowed=NAMES)
    assert options.word("word") == "a"
    assert options.flag("flag") is True
    assert options.words("words") == ("b", "c")
    assert options.table("table") == {"d": "e"}
    assert options.choice("split", ("all", "dev")) == "dev"


def test_defaults():
    options = Options("wide", {}, allowed=NAMES)
    assert (options.word("word", "x"), options.flag("flag"), options.choice("split", ("all",))) == ("x", False, "all")


@pytest.mark.parametrize("name", ["word", "words", "table"])
def test_a_missing_option_is_named(name):
    method = {"word": Options.word, "words": Options.words, "table": Options.table}[name]
    with pytest.raises(ConfigError, match=f"'wide' needs the option '{name}'"):
        method(Options("wide", {}, allowed=NAMES), name)


@pytest.mark.parametrize(
    ("method", "value", "wanted"),
    [
        (Options.word, 1, "a string"),
        (Options.flag, "yes", "true or false"),
        (Options.words, "text", "a list of strings"),
        (Options.words, [], "a list of strings"),
        (Options.table, {"a": 1}, "a table of strings"),
    ],
)
def test_another_kind_is_refused(method, value, wanted):
    with pytest.raises(ConfigError, match=wanted):
        method(Options("wide", {"word": value}, allowed=NAMES), "word")


def test_another_choice_is_refused():
    with pytest.raises(UnknownNameError, match="did you mean 'dev'"):
        Options("indiana", {"split": "deve"}, allowed=NAMES).choice("split", ("all", "dev"))
