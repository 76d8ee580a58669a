"""Text files: one report a file, alone or in a folder."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from radnlp.batch.readers.decoding import BYTE_ORDER_MARK, check_head
from radnlp.batch.readers.fields import report_from_text, unreadable
from radnlp.batch.readers.options import ReadOptions
from radnlp.errors import ReportError
from radnlp.records import Report

SUFFIX = ".txt"


def read_text(path: str, options: ReadOptions) -> Iterator[Report]:
    """The one report of a text file, called by the file's name.

    Raises:
        ReportError: The file is not in the encoding.
    """
    file = Path(path)
    check_head(file, options.encoding, limit=None)
    return iter_files([(file, file.name)], options)


def read_folder(path: str, options: ReadOptions) -> Iterator[Report]:
    """The reports of a folder and its folders, each called by its path inside, sorted by it.

    Raises:
        ReportError: There is no text file in it.
    """
    folder = Path(path)
    names = text_files(folder)
    if not names:
        raise ReportError(f"{path}: no {SUFFIX} file in this folder")
    return iter_files(((folder / name, name) for name in names), options)


def text_files(folder: Path) -> list[str]:
    """The paths of the text files inside a folder, with forward slashes, sorted.

    Raises:
        OSError: A folder in it cannot be read; its reports would be missing without a word.
    """

    def refuse(error: OSError) -> None:
        raise error

    return sorted(
        (Path(root) / name).relative_to(folder).as_posix()
        for root, _, names in os.walk(folder, onerror=refuse)
        for name in names
        if is_text_file(Path(name))
    )


def is_text_file(path: Path) -> bool:
    """Whether a file of a folder is read as a report."""
    return path.name.lower().endswith(SUFFIX)


def iter_files(files: Iterator[tuple[Path, str]] | list[tuple[Path, str]], options: ReadOptions) -> Iterator[Report]:
    """One report a file; a file that cannot be read becomes a report with an error."""
    for path, name in files:
        try:
            text = path.read_bytes().decode(options.encoding)
        except UnicodeDecodeError as error:
            message = f"byte {error.start} of the file is not {options.encoding}; --encoding names another"
            yield unreadable(name, "invalid_encoding", message)
        except UnicodeError:
            yield unreadable(name, "invalid_encoding", f"the file is not {options.encoding}")
        except OSError as error:
            yield unreadable(name, "unreadable_file", f"the file cannot be read: {error.strerror}")
        else:
            yield report_from_text(text.removeprefix(BYTE_ORDER_MARK), report_id=name)
