"""Reading the head of a GGUF file, without loading the model: is it one that writes text, and is all of it there?

Source: the GGUF specification, ggml-org/ggml, docs/gguf.md (versions 2 and 3; little-endian).
"""

from __future__ import annotations

import re
import struct
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import BinaryIO

from radnlp.api import ConfigError

Scalar = str | int | float | bool

#: Type number -> struct format; 8 is a string, 9 a list.
_SCALARS = {0: "<B", 1: "<b", 2: "<H", 3: "<h", 4: "<I", 5: "<i", 6: "<f", 7: "<?", 10: "<Q", 11: "<q", 12: "<d"}
_STRING, _LIST = 8, 9
#: Tensor type -> (weights a block, bytes a block), from ggml.h. A type missing here is not measured.
_BLOCKS = {
    0: (1, 4), 1: (1, 2), 2: (32, 18), 3: (32, 20), 6: (32, 22), 7: (32, 24), 8: (32, 34), 9: (32, 36),
    10: (256, 84), 11: (256, 110), 12: (256, 144), 13: (256, 176), 14: (256, 210), 15: (256, 292),
    16: (256, 66), 17: (256, 74), 18: (256, 98), 19: (256, 50), 20: (32, 18), 21: (256, 110), 22: (256, 82),
    23: (256, 136), 24: (1, 1), 25: (1, 2), 26: (1, 4), 27: (1, 8), 28: (1, 8), 29: (256, 56), 30: (1, 2),
    34: (256, 54), 35: (256, 66), 39: (32, 17),
}  # fmt: skip
#: Architectures that make vectors, or encode for another model, and write nothing.
_EMBEDDING = frozenset(
    (
        "bert",
        "clip",
        "eurobert",
        "gemma-embedding",
        "jina-bert-v2",
        "jina-bert-v3",
        "llama-embed",
        "modern-bert",
        "neo-bert",
        "nomic-bert",
        "nomic-bert-moe",
        "t5encoder",
        "wavtokenizer-dec",
    )
)
_CAUSES = "The file is broken or was not fetched to its end; fetch it again and compare its size."


@dataclass(frozen=True, slots=True)
class GgufHead:
    """What the head of a GGUF says.

    Attributes:
        files: The file, and the other parts of a model that was split.
        metadata: Name -> value, without lists.
        bytes: Of all files.
    """

    files: tuple[Path, ...]
    metadata: Mapping[str, Scalar]
    bytes: int
    _lists: Mapping[str, tuple[int, int]]

    @property
    def architecture(self) -> str:
        """As llama.cpp calls it."""
        return str(self.metadata.get("general.architecture", ""))

    def number(self, name: str) -> int:
        """A number under the architecture's name, e.g. ``context_length``; 0 when it is not there."""
        value = self.metadata.get(f"{self.architecture}.{name}", 0)
        return int(value) if isinstance(value, (int, float)) else 0

    @property
    def chat_template(self) -> str | None:
        """Jinja, as the model's maker wrote it."""
        template = self.metadata.get("tokenizer.chat_template")
        return str(template) if template else None

    def token(self, role: str) -> str:
        """The text of a special token: ``bos``, ``eos``; empty when the model has none."""
        number = self.metadata.get(f"tokenizer.ggml.{role}_token_id")
        offset, length = self._lists.get("tokenizer.ggml.tokens", (0, 0))
        if not isinstance(number, int) or not 0 <= number < length:
            return ""
        with self.files[0].open("rb") as file:
            file.seek(offset)
            for _ in range(number):
                file.seek(_number(file, "<Q"), 1)
            return _text(file)


def read_head(path: str | Path) -> GgufHead:
    """Read and check the head of a model that is to write text.

    Raises:
        ConfigError: No such file; no GGUF; cut off; a part of a split model missing; an adapter, an encoder of
            embeddings or of pictures, or a file without a vocabulary.
    """
    path = Path(path)
    head, tensors = _read(path)
    _check_kind(path, head)
    count = head.metadata.get("split.count", 1)
    if isinstance(count, int) and count > 1:
        head = _with_parts(path, head, count)
    elif not tensors:
        raise ConfigError(f"{path} holds no weights, only a vocabulary; give the GGUF of the model itself")
    return head


def _with_parts(path: Path, head: GgufHead, count: int) -> GgufHead:
    match = re.fullmatch(r"(.*)-(\d{5})-of-(\d{5})\.gguf", path.name)
    if not match or int(match[2]) != 1:
        raise ConfigError(
            f"{path} is one of {count} parts; give the first of them, whose name ends in -00001-of-{count:05}.gguf"
        )
    parts = [path.with_name(f"{match[1]}-{number:05}-of-{match[3]}.gguf") for number in range(1, count + 1)]
    size = head.bytes + sum(_read(part)[0].bytes for part in parts[1:])
    return GgufHead(tuple(parts), head.metadata, size, head._lists)


def _check_kind(path: Path, head: GgufHead) -> None:
    kind = head.metadata.get("general.type", "model")
    if kind != "model":
        raise ConfigError(f"{path} is of the kind {kind!r}; give the GGUF of a whole text-generating model")
    pooling, causal = head.number("pooling_type"), head.metadata.get(f"{head.architecture}.attention.causal", True)
    if head.architecture in _EMBEDDING or pooling > 0 or not causal:
        raise ConfigError(
            f"{path} is a model for embeddings (architecture {head.architecture!r}) and cannot write; give the GGUF of "
            "a text-generating model, e.g. an Instruct one"
        )
    if not head.architecture or head.metadata.get("tokenizer.ggml.model", "no_vocab") == "no_vocab":
        raise ConfigError(
            f"{path} names no architecture or has no vocabulary; give the GGUF of a text-generating model"
        )


def _read(path: Path) -> tuple[GgufHead, int]:
    """The head, and the number of tensors, which all lie inside the file."""
    if not path.is_file():
        what = "is a folder" if path.is_dir() else "does not exist"
        raise ConfigError(f"the model {path} {what}; model_path must name a GGUF file")
    size = path.stat().st_size
    try:
        with path.open("rb") as file:
            if file.read(4) != b"GGUF":
                raise ConfigError(f"{path} is no GGUF file; give a model in this format, whose name ends in .gguf")
            version = _number(file, "<I")
            if version not in (2, 3):
                raise ConfigError(f"{path} is GGUF of version {version}; versions 2 and 3 can be read")
            tensors, pairs = _number(file, "<Q"), _number(file, "<Q")
            metadata: dict[str, Scalar] = {}
            lists: dict[str, tuple[int, int]] = {}
            for _ in range(pairs):
                name, kind = _text(file), _number(file, "<I")
                if kind == _LIST:
                    lists[name] = _skip_list(file)
                else:
                    metadata[name] = _text(file) if kind == _STRING else _scalar(file, kind)
            furthest = max((_tensor_end(file) for _ in range(tensors)), default=0)
            alignment = metadata.get("general.alignment", 32)
            step = alignment if isinstance(alignment, int) and alignment > 0 else 32
            needed = -(-file.tell() // step) * step + furthest if tensors else file.tell()
    except (struct.error, UnicodeDecodeError, KeyError, MemoryError, OverflowError) as error:
        raise ConfigError(f"{path} cannot be read as GGUF ({size} bytes). {_CAUSES}") from error
    if needed > size:
        raise ConfigError(f"{path} has {size} bytes where its head promises {needed}. {_CAUSES}")
    return GgufHead((path,), MappingProxyType(metadata), size, MappingProxyType(lists)), tensors


def _number(file: BinaryIO, form: str) -> int:
    return int(struct.unpack(form, file.read(struct.calcsize(form)))[0])


def _scalar(file: BinaryIO, kind: int) -> Scalar:
    form = _SCALARS[kind]
    value: Scalar = struct.unpack(form, file.read(struct.calcsize(form)))[0]
    return value


def _text(file: BinaryIO) -> str:
    length = _number(file, "<Q")
    data = file.read(min(length, 1 << 26))  # a broken length must not ask for all of the memory
    if len(data) != length:
        raise struct.error("the text is cut off")
    return data.decode("utf-8", "replace")


def _skip_list(file: BinaryIO) -> tuple[int, int]:
    """Go past a list; gives where its first item lies and how many there are."""
    kind, count = _number(file, "<I"), _number(file, "<Q")
    start = file.tell()
    if kind == _STRING:
        for _ in range(count):
            file.seek(_number(file, "<Q"), 1)
    elif kind == _LIST:
        for _ in range(count):
            _skip_list(file)
    else:
        file.seek(count * struct.calcsize(_SCALARS[kind]), 1)
    return start, count


def _tensor_end(file: BinaryIO) -> int:
    """Where a tensor ends, in bytes from the start of all tensors."""
    _text(file)
    shape = [_number(file, "<Q") for _ in range(_number(file, "<I"))]
    kind, offset = _number(file, "<I"), _number(file, "<Q")
    weights = 1
    for extent in shape:
        weights *= extent
    per_block, block_bytes = _BLOCKS.get(kind, (1, 0))
    return offset + -(-weights // per_block) * block_bytes
