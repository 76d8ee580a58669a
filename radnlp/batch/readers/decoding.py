"""Encodings: is the name known, do the bytes fit, and where do they not."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from difflib import get_close_matches
from encodings.aliases import aliases
from pathlib import Path
from typing import BinaryIO

from radnlp.errors import ReportError

#: How much of a file is looked at before its first report is read.
HEAD = 1 << 20

BYTE_ORDER_MARK = "\ufeff"

_ESCAPED = re.compile("[\udc80-\udcff]")


def check_encoding(name: str) -> None:
    """Raises ReportError for a name that is no text encoding of Python."""
    try:
        b"a".decode(name)
    except UnicodeError:
        return  # known, only not a whole character of it
    except (LookupError, ValueError):
        known = sorted({*aliases, *aliases.values()})
        near = get_close_matches(name.lower().replace("-", "_"), known, n=2, cutoff=0.6)
        question = f"; did you mean {' or '.join(repr(n) for n in near)}?" if near else "."
        raise ReportError(
            f"unknown encoding {name!r}{question} Common ones: utf-8, cp949, euc_kr, shift_jis, cp932, latin-1."
        ) from None


def check_head(path: Path, encoding: str, *, limit: int | None = HEAD) -> None:
    """Decode the first ``limit`` bytes of a file (None for all) and keep nothing of them.

    Of a head of lines the first and nine tenths of all must be in the encoding: with fewer it is another one. A single
    bad line costs itself, here as further down.

    Raises:
        ReportError: They are not in that encoding; names file and byte.
    """
    with path.open("rb") as file:
        bad = first_bad_byte(_chunks(file, limit), encoding)
        if bad is None:
            return
        file.seek(0)
        if limit is None or not _few_bad_lines(file.read(limit), encoding):
            raise undecodable(path.name, encoding, bad)


def first_bad_byte(chunks: Iterator[tuple[bytes, bool]], encoding: str) -> int | None:
    """Offset of the first byte that is not in the encoding, None when all are.

    Args:
        chunks: Pieces of the file, each with whether the file ends there; a character cut off elsewhere is no fault.
        encoding: A name that :func:`check_encoding` let pass.
    """
    decoder = codecs.getincrementaldecoder(encoding)()
    start = 0
    for chunk, last in chunks:
        held = decoder.getstate()[0]
        try:
            decoder.decode(chunk, last)
        except UnicodeDecodeError as error:
            return start - len(held) + error.start
        except UnicodeError:  # UTF-16 without the mark it needs, for example
            return start
        start += len(chunk)
    return None


def undecodable(file: str, encoding: str, offset: int) -> ReportError:
    """The error for a file that is in another encoding than the one given."""
    others = [name for name in ("utf-8", "cp949", "shift_jis") if codecs.lookup(name) != codecs.lookup(encoding)]
    advice = " or ".join(f"--encoding {name}" for name in others)
    return ReportError(f"{file}: byte {offset} is not {encoding}; name the file's own encoding, for example {advice}")


def holds_undecoded(text: str) -> bool:
    """Whether text decoded with ``surrogateescape`` holds a byte that was not in the encoding."""
    return _ESCAPED.search(text) is not None


def _few_bad_lines(head: bytes, encoding: str) -> bool:
    if "\n".encode(encoding) != b"\n":  # what follows a bad byte cannot be trusted
        return False
    good = [_decodes(line, encoding) for line in head.splitlines()]
    return good[0] and 10 * good.count(False) <= len(good)


def _decodes(line: bytes, encoding: str) -> bool:
    try:
        line.decode(encoding)
    except UnicodeError:
        return False
    return True


def _chunks(file: BinaryIO, limit: int | None) -> Iterator[tuple[bytes, bool]]:
    left = limit
    while left is None or left > 0:
        chunk = file.read(1 << 16 if left is None else min(1 << 16, left))
        yield chunk, not chunk
        if not chunk:
            return
        left = None if left is None else left - len(chunk)
