"""A GGUF of random weights: the shape and the speed of a model, and none of its knowledge. For tests and measurements.

The architecture is ``llama``. The vocabulary is byte-level (one token a byte, some merges, three control tokens), as
byte-pair encoding like Llama 3 (``"bpe"``) or as SentencePiece with byte fallback like Llama 2 (``"spm"``).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

#: Pairs that are one token beside the bytes, so that a text and its parts do not always split alike.
_MERGES = ("e r", "i n", "o n", "Ġ t", '" ,', '" :', "r u", "l l", "Ġt h", "ru l")
_SPM_PIECES = ("▁", *"abcdefghijklmnopqrstuvwxyz", *'"{}[],:._', *"0123456789", "er", "in", "▁t", '",', "ul", "rul")
#: Rows of random numbers that are drawn; a larger tensor repeats them, shifted, so that 16 GB are written, not drawn.
_DRAWN = 1 << 20

CHAT_TEMPLATE = (
    "{{ bos_token }}{% for message in messages %}<|turn|>{{ message['role'] }}\n{{ message['content'] | trim }}<|end|>"
    "{% endfor %}{% if add_generation_prompt %}<|turn|>assistant\n{% endif %}"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """How large the model is. ``LLAMA_3_8B`` has the shape of Llama-3-8B but for the length of its vocabulary list.

    Attributes:
        layers: Blocks.
        width: Numbers a token.
        heads: Query heads; ``width / heads`` numbers each.
        kv_heads: Key and value heads.
        inner: Width of the feed-forward part.
        context: Tokens that it claims to have been trained on.
        vocabulary: Tokens at least; what the bytes leave is filled with tokens that no text makes.
    """

    layers: int = 2
    width: int = 64
    heads: int = 4
    kv_heads: int = 2
    inner: int = 128
    context: int = 16384
    vocabulary: int = 0


LLAMA_3_8B = Shape(layers=32, width=4096, heads=32, kv_heads=8, inner=14336, context=8192, vocabulary=128256)


def write_random_gguf(
    path: Path,
    *,
    seed: int = 0,
    shape: Shape = Shape(),
    tokenizer: Literal["bpe", "spm"] = "bpe",
    chat_template: str | None = CHAT_TEMPLATE,
    words: Iterable[str] = (),
    half: bool = False,
    spread: float = 2.0,
    extra: dict[str, str | int | bool] | None = None,
) -> Path:
    """Write one.

    Args:
        path: The file.
        seed: Of the weights; two seeds are two models of other opinions.
        shape: How large.
        tokenizer: Byte-pair encoding or SentencePiece.
        chat_template: Jinja; None for a model without one.
        words: Become one token each (``"bpe"`` only), so that texts have about as many tokens as with a real
            vocabulary; a word that stands in a sentence begins with its space.
        half: Weights as float16 instead of float32.
        spread: Standard deviation of the logits, about.
        extra: Further metadata, e.g. ``{"llama.pooling_type": 1}`` of an embedding model.

    Returns:
        The path.

    Raises:
        ModuleNotFoundError: The package ``gguf`` is not installed.
    """
    from gguf import GGUFWriter  # a tool of tests and measurements, no need of a run

    writer = GGUFWriter(path, "llama")
    tokens = _vocabulary(writer, tokenizer, shape.vocabulary, _merged(words))
    writer.add_name(f"random {seed}")
    writer.add_context_length(shape.context)
    writer.add_embedding_length(shape.width)
    writer.add_block_count(shape.layers)
    writer.add_feed_forward_length(shape.inner)
    writer.add_head_count(shape.heads)
    writer.add_head_count_kv(shape.kv_heads)
    writer.add_layer_norm_rms_eps(1e-5)
    writer.add_rope_dimension_count(shape.width // shape.heads)
    writer.add_rope_freq_base(500000.0)
    writer.add_vocab_size(tokens)
    if chat_template is not None:
        writer.add_chat_template(chat_template)
    for name, value in (extra or {}).items():
        add = {bool: writer.add_bool, int: writer.add_uint32, str: writer.add_string}[type(value)]
        add(name, value)
    sizes = list(_tensors(shape, tokens, spread))
    kind = np.float16 if half else np.float32
    for name, rows, columns, _ in sizes:
        weights = kind if columns else np.float32
        size = (rows, columns) if columns else (rows,)
        writer.add_tensor_info(name, size, np.dtype(weights), int(np.prod(size)) * np.dtype(weights).itemsize)
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_ti_data_to_file()
    drawn = np.random.default_rng(seed).standard_normal(_DRAWN, dtype=np.float32)
    for number, (_, rows, columns, scale) in enumerate(sizes):
        writer.write_tensor_data(_weights(drawn, number, rows, columns, scale, kind))
    writer.close()
    return path


def _weights(
    drawn: NDArray[np.float32], number: int, rows: int, columns: int, scale: float, kind: Any
) -> NDArray[np.float32]:
    if not columns:
        return np.ones(rows, dtype=np.float32)
    count = rows * columns
    start = (number * 104729) % len(drawn)  # a prime: no two tensors begin alike
    row = np.roll(drawn, -start)
    # A whole number of repetitions would make rows alike; a length of the pool without its last number does not.
    values = np.resize(row[:-1] if count > len(row) else row, count)
    return (values * scale).astype(kind).reshape(rows, columns)


def _tensors(shape: Shape, tokens: int, spread: float) -> Iterator[tuple[str, int, int, float]]:
    """Name, rows, columns (0 for a vector of ones) and standard deviation of each tensor."""
    width, inner = shape.width, shape.inner
    narrow = width // shape.heads * shape.kv_heads
    yield "token_embd.weight", tokens, width, 1.0
    for block in range(shape.layers):
        row = f"blk.{block}."
        yield f"{row}attn_norm.weight", width, 0, 1.0
        yield f"{row}attn_q.weight", width, width, 2 * width**-0.5
        yield f"{row}attn_k.weight", narrow, width, 2 * width**-0.5
        yield f"{row}attn_v.weight", narrow, width, width**-0.5
        yield f"{row}attn_output.weight", width, width, 2 * width**-0.5
        yield f"{row}ffn_norm.weight", width, 0, 1.0
        yield f"{row}ffn_gate.weight", inner, width, width**-0.5
        yield f"{row}ffn_up.weight", inner, width, width**-0.5
        yield f"{row}ffn_down.weight", width, inner, inner**-0.5
    yield "output_norm.weight", width, 0, 1.0
    yield "output.weight", tokens, width, spread * width**-0.5


def _merged(words: Iterable[str]) -> list[str]:
    """The merges that make one token of each word, letter by letter from its start; first those always there."""
    merges = dict.fromkeys(_MERGES)
    made = {merge.replace(" ", "") for merge in merges}
    for word in words:
        letters = [_visible(byte) for byte in word.encode("utf-8")]
        for end in range(2, len(letters) + 1):
            whole = "".join(letters[:end])
            if whole not in made:
                made.add(whole)
                merges[f"{whole[: -len(letters[end - 1])]} {letters[end - 1]}"] = None
    return list(merges)


def _vocabulary(writer: object, tokenizer: str, least: int, merges: list[str]) -> int:
    """Write the vocabulary; gives its length. Types: 1 normal, 2 unknown, 3 control, 5 unused, 6 byte."""
    from gguf import GGUFWriter

    assert isinstance(writer, GGUFWriter)
    if tokenizer == "bpe":
        tokens = [_visible(byte) for byte in range(256)] + [merge.replace(" ", "") for merge in merges]
        types = [1] * len(tokens)
        tokens += ["<|begin|>", "<|end|>", "<|turn|>"]
        types += [3, 3, 3]
        first, last = tokens.index("<|begin|>"), tokens.index("<|end|>")
        writer.add_tokenizer_model("gpt2")
        writer.add_tokenizer_pre("llama-bpe")
        writer.add_token_merges(merges)
    else:
        tokens = ["<unk>", "<s>", "</s>", *(f"<0x{byte:02X}>" for byte in range(256)), *_SPM_PIECES]
        types = [2, 3, 3, *([6] * 256), *([1] * len(_SPM_PIECES))]
        first, last = 1, 2
        writer.add_tokenizer_model("llama")
        writer.add_add_space_prefix(True)
    fillers = max(0, least - len(tokens))
    tokens += [f"<unused{number}>" for number in range(fillers)]
    types += [5] * fillers
    writer.add_token_list(tokens)
    writer.add_token_types(types)
    writer.add_token_scores(
        [-1.0 * (len(tokens) - number) if len(token) == 1 else -0.5 * number for number, token in enumerate(tokens)]
    )
    writer.add_bos_token_id(first)
    writer.add_eos_token_id(last)
    writer.add_add_bos_token(True)
    return len(tokens)


def _visible(byte: int) -> str:
    """The character that stands for a byte in byte-level vocabularies (GPT-2)."""
    shown = [*range(0x21, 0x7F), *range(0xA1, 0xAD), *range(0xAE, 0x100)]
    return chr(byte if byte in shown else 256 + [other for other in range(256) if other not in shown].index(byte))
