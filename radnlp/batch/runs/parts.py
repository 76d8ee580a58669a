"""Where a run keeps what is done so far: for a file, in a folder beside it."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass
from hashlib import sha256
from pathlib import Path
from typing import Protocol

from radnlp.batch.formats import Format
from radnlp.batch.runs.folder_lock import FolderLock
from radnlp.batch.runs.job import RunSummary
from radnlp.batch.runs.writing import PARTS_KEPT, writing
from radnlp.errors import ConfigError, ReportError

_MANIFEST = "manifest.json"
_SUFFIX = ".part"
_UNFINISHED = ".tmp"
#: What a part file's first line says of all others, beside the header.
_DIGEST = "lines_digest"


@dataclass(frozen=True, slots=True, kw_only=True)
class PartHeader:
    """What is known of a part.

    Attributes:
        summary: Counts over its reports; ``summary.reports`` lines follow the header.
        reports_digest: SHA-256 over what :func:`radnlp.batch.runs.resume.report_mark` says of each of its reports.
        providers: Stage -> the provider that worked, with its version.
        first_error: Id and issue code of the first report with an error, or None.
    """

    summary: RunSummary
    reports_digest: str
    providers: Mapping[str, str]
    first_error: tuple[str, str] | None = None

    @classmethod
    def from_json(cls, text: str | bytes) -> PartHeader:
        """Raises ValueError, KeyError or TypeError for what is no header."""
        data = json.loads(text)
        return cls(
            summary=RunSummary(**data["summary"]),
            reports_digest=data["reports_digest"],
            providers=data["providers"],
            first_error=tuple(data["first_error"]) if data["first_error"] else None,
        )


class PartStore(Protocol):
    """Parts numbered from 0, each there as a whole or not at all, and the fingerprint of the run they belong to.

    Attributes:
        name: For messages.
    """

    name: str

    def prepare(self) -> None:
        """Find out whether parts can be written, without touching those that are there. Raises ConfigError.

        What is taken hold of here is let go by :meth:`close`.
        """

    def fingerprint(self) -> dict[str, str] | None:
        """That of the run which left the parts; None when there are none."""

    def headers(self) -> list[PartHeader]:
        """Headers of the whole parts, up to the first that is missing or damaged."""

    def begin(self, fingerprint: Mapping[str, str], *, keep: int) -> None:
        """Keep the first ``keep`` parts, drop all others and note the fingerprint. Raises ReportError."""

    def write(self, index: int, header: PartHeader, lines: Sequence[str]) -> None:
        """Write one part. Raises ReportError."""

    def finish(self, form: Format, *, reports: int) -> None:
        """All parts are there, with so many reports: make the result of them and remove them. Raises ReportError."""

    def is_empty(self) -> bool:
        """Whether there is no part to continue from."""

    def remove(self) -> None:
        """Remove all parts."""

    def close(self) -> None:
        """The run is over, however it ended."""


class PartFolder:
    """``OUT.parts/``: a manifest with the run's fingerprint, and part files numbered from 0.

    A file is written under another name, brought to the disk and renamed, so a part that is there is whole. Only one
    run at a time has the folder.
    """

    def __init__(self, output: Path) -> None:
        self.path = output.with_name(f"{output.name}.parts")
        self.name = self.path.name
        self._output = output
        self._lock = FolderLock(self.path)

    def prepare(self) -> None:
        """Make the folder and try to write in it, without touching what is there. Raises ConfigError."""
        try:
            self.path.mkdir(exist_ok=True)
            probe = self.path / f"probe{_UNFINISHED}"
            probe.write_bytes(b"")
            probe.unlink()
            alone = self._lock.take()
        except OSError as error:
            raise ConfigError(f"{self._output}: cannot be written: {error.strerror}") from None
        if not alone:
            raise ConfigError(f"{self._output}: another run is writing it; wait for its end, or name another file")

    def close(self) -> None:
        """Let another run have the folder."""
        self._lock.release()

    def fingerprint(self) -> dict[str, str] | None:
        """That of the run which left the parts; None when there is no manifest that can be read."""
        try:
            manifest = json.loads((self.path / _MANIFEST).read_text(encoding="utf-8"))
            return {str(name): str(value) for name, value in manifest["fingerprint"].items()}
        except (OSError, ValueError, KeyError, TypeError, AttributeError):
            return None

    def headers(self) -> list[PartHeader]:
        """Headers of the whole parts, up to the first that is missing or damaged."""
        found: list[PartHeader] = []
        while (header := _whole(self._part(len(found)))) is not None:
            found.append(header)
        return found

    def begin(self, fingerprint: Mapping[str, str], *, keep: int) -> None:
        """Keep the first ``keep`` parts, delete all others and write the manifest. Raises ReportError."""
        with writing(self.path, hint=PARTS_KEPT):
            for path in self.path.glob(f"*{_SUFFIX}"):
                if not path.stem.isdigit() or int(path.stem) >= keep:
                    path.unlink()
            for path in self.path.glob(f"*{_UNFINISHED}"):
                path.unlink()
            text = json.dumps({"fingerprint": fingerprint}, indent=1)
            self._write(self.path / _MANIFEST, [text.encode() + b"\n"])

    def write(self, index: int, header: PartHeader, lines: Sequence[str]) -> None:
        """Write one part. Raises ReportError."""
        with writing(self.path, hint=PARTS_KEPT):
            encoded = [line.encode("utf-8", "surrogatepass") + b"\n" for line in lines]
            head = {**asdict(header), _DIGEST: _digest(encoded)}
            self._write(self._part(index), [json.dumps(head).encode() + b"\n", *encoded])

    def finish(self, form: Format, *, reports: int) -> None:
        """Write the finished file, on the same disk as the output, move it into place and remove the parts."""
        scratch = self.path / f"finished{_UNFINISHED}"
        try:
            with writing(self.path, hint=PARTS_KEPT):
                with scratch.open("wb") as out:
                    form.finish(self._lines(reports), out)
                    out.flush()
                    os.fsync(out.fileno())
                scratch.replace(self._output)
        except BaseException:
            with suppress(OSError):
                scratch.unlink(missing_ok=True)  # a full disk needs the room
            raise
        self.remove()

    def _lines(self, reports: int) -> Iterator[str]:
        """The lines of all parts in order, without their headers. Raises ReportError when they are not so many."""
        index = found = 0
        while self._part(index).exists():
            with self._part(index).open("rb") as file:
                next(file)
                for line in file:
                    found += 1
                    yield line[:-1].decode("utf-8", "surrogatepass")
            index += 1
        if found != reports:
            raise ReportError(
                f"{self.path}: {found:,} of {reports:,} reports are there, part {index} is missing; somebody removed "
                "it; run again with --resume"
            )

    def is_empty(self) -> bool:
        """Whether there is no part to continue from."""
        return not self._part(0).exists()

    def remove(self) -> None:
        """Delete what radnlp wrote, and the folder unless somebody put something else into it."""
        try:
            for path in [*self.path.glob(f"*{_SUFFIX}"), *self.path.glob(f"*{_UNFINISHED}"), self.path / _MANIFEST]:
                path.unlink(missing_ok=True)
            self._lock.remove()
            self.path.rmdir()
        except OSError:  # the result is complete; a leftover does no harm
            return

    def _part(self, index: int) -> Path:
        return self.path / f"{index:08d}{_SUFFIX}"

    def _write(self, path: Path, lines: Iterable[bytes]) -> None:
        unfinished = path.with_suffix(_UNFINISHED)
        with unfinished.open("wb") as file:
            file.writelines(lines)
            file.flush()
            os.fsync(file.fileno())
        unfinished.replace(path)


def _whole(path: Path) -> PartHeader | None:
    """The header of a part that has all its lines, else None."""
    try:
        with path.open("rb") as file:
            first = next(file)
            header = PartHeader.from_json(first)
            whole = json.loads(first)[_DIGEST] == _digest(file)
    except (OSError, ValueError, KeyError, TypeError, StopIteration):
        return None
    return header if whole else None


def _digest(lines: Iterable[bytes]) -> str:
    """SHA-256 over lines, each with its line end."""
    digest = sha256()
    for line in lines:
        digest.update(line)
    return digest.hexdigest()
