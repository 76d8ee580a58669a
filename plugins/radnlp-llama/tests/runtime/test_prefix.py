"""What was read of a prefix lies on disk for the next run, and only for the model and prompt that it belongs to."""

import pytest

from radnlp.api import ConfigError


@pytest.fixture
def first_run(opened, questions, tmp_path):
    generator, asked = opened(prefix_path=tmp_path / "kept"), questions(3)
    texts = [answer.text for answer in generator.generate(asked)]
    (file,) = (tmp_path / "kept").iterdir()
    return asked, texts, file, generator.reads


def again(opened, file, asked, **options):
    generator = opened(prefix_path=file.parent, **options)
    answers = generator.generate(asked)
    return generator, [(answer.text, answer.score) for answer in answers]


def test_the_second_run_reads_no_prefix_and_answers_the_same(opened, first_run):
    asked, texts, file, reads = first_run
    generator, answers = again(opened, file, asked)
    assert [text for text, _ in answers] == texts
    assert generator.reads == reads - 1
    assert [score for _, score in answers] == [answer.score for answer in opened().generate(asked)]


@pytest.mark.parametrize(
    "spoil",
    [
        pytest.param(lambda data: data[: len(data) // 2], id="cut off"),
        pytest.param(lambda data: data[:900] + bytes([data[900] ^ 1]) + data[901:], id="one bit"),
        pytest.param(lambda data: b"", id="empty"),
        pytest.param(lambda data: b"something else" * 100, id="another file"),
    ],
)
def test_a_file_that_is_broken_is_read_anew_and_mended(opened, first_run, spoil):
    asked, texts, file, reads = first_run
    whole = file.read_bytes()
    file.write_bytes(spoil(whole))
    generator, answers = again(opened, file, asked)
    assert [text for text, _ in answers] == texts
    assert generator.reads == reads
    assert file.read_bytes() == whole


def test_another_model_finds_nothing_there(opened, first_run):
    asked, _, file, reads = first_run
    generator, _ = again(opened, file, asked, seed=2)
    assert generator.reads == reads or len(list(file.parent.iterdir())) == 2
    assert len(list(file.parent.iterdir())) == 2


def test_a_folder_that_cannot_be_made(opened, questions, tmp_path):
    (tmp_path / "file").write_text("", "utf-8")
    with pytest.raises(ConfigError, match="for prefixes cannot be made"):
        opened(prefix_path=tmp_path / "file" / "kept").generate(questions(1))
