"""The places of results in a Markdown file: ``<!-- bench: chest_ct.toml -->`` to ``<!-- /bench -->``."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from pathlib import Path

from radnlp.errors import ConfigError

_OPEN = re.compile(r"<!-- bench: (metamorphic )?(\S+) -->")
_CLOSE = "<!-- /bench -->"
_HINT = (
    "write a line <!-- bench: EXPERIMENT.toml --> (or <!-- bench: metamorphic EXPERIMENT.toml -->) where its results "
    f"are to stand, and a line {_CLOSE} behind it"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """A place for results.

    Attributes:
        name: The experiment's file, relative to the folder of the Markdown file.
        metamorphic: Whether the place is for the metamorphic checks on its reports.
        content: What stands there now, without the markers and the empty lines around it.
    """

    name: str
    metamorphic: bool = False
    content: str = ""

    @property
    def marker(self) -> str:
        """The line that opens it."""
        return f"<!-- bench: {'metamorphic ' if self.metamorphic else ''}{self.name} -->"


def blocks_of(path: Path) -> tuple[Block, ...]:
    """The places of a file, in its order.

    Raises:
        ConfigError: The file cannot be read, has no place, two of the same, or one that is not closed; names the line.
    """
    lines = _text(path).split("\n")
    blocks: dict[str, Block] = {}
    at = 0
    while at < len(lines):
        found = _OPEN.fullmatch(lines[at].strip())
        if lines[at].strip() == _CLOSE:
            raise ConfigError(f"{path}:{at + 1}: {_CLOSE} closes nothing; {_HINT}")
        if not found:
            at += 1
            continue
        end = _end(lines, at, path)
        content = "\n".join(lines[at + 1 : end]).strip("\n")
        block = Block(name=found[2], metamorphic=bool(found[1]), content=content)
        if block.marker in blocks:
            raise ConfigError(f"{path}:{at + 1}: a second place for {block.marker}; keep one")
        blocks[block.marker] = block
        at = end + 1
    if not blocks:
        raise ConfigError(f"{path} has no place for results; {_HINT}")
    return tuple(blocks.values())


def with_content(path: Path, block: Block, content: str) -> None:
    """Put results into their place; every other character of the file stays as it is.

    The file is read anew and moved into place whole, so that what people wrote in the meantime is not lost.

    Args:
        path: The Markdown file.
        block: The place.
        content: Markdown, without the markers.

    Raises:
        ConfigError: The file cannot be read or written, or no longer has the place.
    """
    lines = _text(path).split("\n")
    for at, line in enumerate(lines):
        if line.strip() == block.marker:
            lines[at + 1 : _end(lines, at, path)] = ["", *content.strip("\n").split("\n"), ""]
            break
    else:
        raise ConfigError(f"{path} no longer has the line {block.marker}; {_HINT}")
    aside = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        aside.write_bytes("\n".join(lines).encode("utf-8"))
        aside.replace(path)
    except OSError as error:
        aside.unlink(missing_ok=True)
        raise ConfigError(f"{path}: cannot be written: {error.strerror}") from None


def _end(lines: list[str], at: int, path: Path) -> int:
    """The line that closes the place opened in line ``at``."""
    for number in range(at + 1, len(lines)):
        if lines[number].strip() == _CLOSE:
            return number
        if _OPEN.fullmatch(lines[number].strip()):
            break
    raise ConfigError(f"{path}:{at + 1}: {lines[at].strip()} is not closed; write a line {_CLOSE} behind it")


def _text(path: Path) -> str:
    try:
        return path.read_bytes().decode("utf-8")
    except FileNotFoundError:
        raise ConfigError(f"{path}: there is no such file; make it, and {_HINT}") from None
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(f"{path}: cannot be read: {error}") from None
