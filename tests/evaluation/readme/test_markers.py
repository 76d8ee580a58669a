"""Places for results: found by their lines, filled without touching what people wrote, refused where not whole."""

import pytest

from radnlp.errors import ConfigError
from radnlp.evaluation.readme import Block, blocks_of, with_content

TEXT = """# Ours\r
<!-- bench: a.toml -->
old
<!-- /bench -->
Between.
  <!-- bench: metamorphic a.toml -->
<!-- /bench -->
"""


@pytest.fixture
def readme(tmp_path):
    def write(text):
        (tmp_path / "README.md").write_bytes(text.encode())
        return tmp_path / "README.md"

    return write


def test_places_in_their_order_with_what_stands_there(readme):
    assert blocks_of(readme(TEXT)) == (
        Block(name="a.toml", content="old"),
        Block(name="a.toml", metamorphic=True),
    )


def test_only_what_is_between_the_lines_changes(readme):
    path = readme(TEXT)
    first, second = blocks_of(path)
    with_content(path, first, "new\n\n| a |\n")
    expected = TEXT.replace("old\n", "\nnew\n\n| a |\n\n")
    assert path.read_bytes().decode() == expected
    with_content(path, second, "checks")
    assert path.read_bytes().decode() == expected.replace("a.toml -->\n<!-- /b", "a.toml -->\n\nchecks\n\n<!-- /b")
    assert [block.content for block in blocks_of(path)] == ["new\n\n| a |", "checks"]
    assert [name.name for name in path.parent.iterdir()] == ["README.md"], "nothing is left beside it"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("# Ours\n", "no place for results; write a line <!-- bench: EXPERIMENT.toml -->"),
        ("<!-- bench: a.toml -->\n", "README.md:1: <!-- bench: a.toml --> is not closed"),
        ("<!-- bench: a.toml -->\n<!-- bench: b.toml -->\n<!-- /bench -->\n", "README.md:1: .* is not closed"),
        ("one\n<!-- /bench -->\n", "README.md:2: <!-- /bench --> closes nothing"),
        ("<!-- bench: a.toml -->\n<!-- /bench -->\n" * 2, "README.md:3: a second place"),
    ],
)
def test_what_is_not_whole_is_refused_with_its_line(readme, text, words):
    with pytest.raises(ConfigError, match=words):
        blocks_of(readme(text))


def test_a_file_that_is_not_there_is_refused(tmp_path):
    with pytest.raises(ConfigError, match="there is no such file; make it, and write a line"):
        blocks_of(tmp_path / "README.md")


def test_a_place_that_somebody_took_away_meanwhile_is_refused(readme):
    path = readme(TEXT)
    (first, _) = blocks_of(path)
    path.write_text("gone\n")
    with pytest.raises(ConfigError, match="no longer has the line <!-- bench: a"):
        with_content(path, first, "new")
