"""A model that cannot answer is refused by its head, before it is loaded and before the first report."""

import shutil

import pytest
from radnlp_llama.runtime.gguf_file import read_head

from radnlp.api import ConfigError


@pytest.fixture
def model(random_gguf):
    return random_gguf(seed=1)


def test_what_the_head_tells(model):
    head = read_head(model)
    assert head.architecture == "llama"
    assert (head.number("context_length"), head.number("block_count")) == (16384, 2)
    assert (head.token("bos"), head.token("eos"), head.token("unk")) == ("<|begin|>", "<|end|>", "")
    assert "message['role']" in head.chat_template
    assert (head.files, head.bytes) == ((model,), model.stat().st_size)


def test_a_model_without_a_chat_template(random_gguf):
    assert read_head(random_gguf(seed=1, chat_template=None)).chat_template is None


def test_a_file_that_is_not_there(tmp_path):
    with pytest.raises(ConfigError, match=r"other\.gguf does not exist; model_path must name a GGUF"):
        read_head(tmp_path / "other.gguf")


def test_a_folder(tmp_path):
    with pytest.raises(ConfigError, match="is a folder"):
        read_head(tmp_path)


def test_something_else(tmp_path):
    (tmp_path / "page.gguf").write_text("<html>not found</html>", "utf-8")
    with pytest.raises(ConfigError, match="is no GGUF file"):
        read_head(tmp_path / "page.gguf")


@pytest.mark.parametrize("kept", [5, 40, 500, 4000, 9000, 100_000, -1])
def test_a_file_that_was_cut_off(model, tmp_path, kept):
    cut = tmp_path / "cut.gguf"
    cut.write_bytes(model.read_bytes()[:kept])
    with pytest.raises(ConfigError, match=r"cannot be read as GGUF|bytes where its head promises") as caught:
        read_head(cut)
    assert "fetch it again" in str(caught.value)


@pytest.mark.parametrize("length", [8, 16, 24])
def test_numbers_that_cannot_be(model, tmp_path, length):
    """A head whose counts are nonsense ends in a sentence, and not in all of the memory."""
    data = bytearray(model.read_bytes())
    data[length : length + 8] = b"\xff" * 7 + b"\x7f"
    (tmp_path / "odd.gguf").write_bytes(data)
    with pytest.raises(ConfigError, match="cannot be read as GGUF"):
        read_head(tmp_path / "odd.gguf")


@pytest.mark.parametrize(
    ("extra", "words"),
    [
        pytest.param({"llama.pooling_type": 1}, "model for embeddings", id="pooled"),
        pytest.param({"llama.attention.causal": False}, "model for embeddings", id="looks both ways"),
        pytest.param({"general.type": "adapter"}, "of the kind 'adapter'", id="adapter"),
        pytest.param({"general.type": "mmproj"}, "of the kind 'mmproj'", id="encoder of pictures"),
    ],
)
def test_a_model_that_cannot_write(random_gguf, extra, words):
    with pytest.raises(ConfigError, match=words):
        read_head(random_gguf(seed=1, extra=extra))


def test_a_bert(tmp_path):
    from gguf import GGUFWriter

    writer = GGUFWriter(tmp_path / "bert.gguf", "bert")
    writer.add_tokenizer_model("bert")
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.close()
    with pytest.raises(ConfigError, match="architecture 'bert'"):
        read_head(tmp_path / "bert.gguf")


def test_a_vocabulary_without_weights(tmp_path):
    from gguf import GGUFWriter

    writer = GGUFWriter(tmp_path / "vocab.gguf", "llama")
    writer.add_tokenizer_model("gpt2")
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.close()
    with pytest.raises(ConfigError, match="holds no weights"):
        read_head(tmp_path / "vocab.gguf")


def test_a_model_in_parts(random_gguf, tmp_path):
    whole = random_gguf(seed=1, extra={"split.count": 2})
    first, second = (tmp_path / f"big-0000{number}-of-00002.gguf" for number in (1, 2))
    shutil.copy(whole, first)
    with pytest.raises(ConfigError, match=r"big-00002-of-00002\.gguf does not exist"):
        read_head(first)
    shutil.copy(whole, second)
    assert read_head(first).files == (first, second)
    with pytest.raises(ConfigError, match="give the first of them"):
        read_head(second)
