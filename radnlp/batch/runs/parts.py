"""The folder beside the output file that holds what is done so far."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from radnlp.batch.runs.job import RunSummary

_MANIFEST = "manifest.json"
_SUFFIX = ".part"
_UNFINISHED = ".tmp"


@dataclass(frozen=True, slots=True, kw_only=True)
class PartHeader:
    """First line of a part file.

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


class PartFolder:
    """``OUT.parts/``: a manifest with the run's fingerprint, and part files numbered from 0.

    A file is written under another name, brought to the disk and renamed, so a part that is there is whole.
    """

    def __init__(self, output: Path) -> None:
        self.path = output.with_name(f"{output.name}.parts")

    def prepare(self) -> None:
        """Make the folder and try to write in it, without touching what is there. Raises OSError."""
        self.path.mkdir(exist_ok=True)
        probe = self.path / f"probe{_UNFINISHED}"
        probe.write_bytes(b"")
        probe.unlink()

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
        """Keep the first ``keep`` parts, delete all others and write the manifest. Raises OSError."""
        for path in self.path.glob(f"*{_SUFFIX}"):
            if not path.stem.isdigit() or int(path.stem) >= keep:
                path.unlink()
        for path in self.path.glob(f"*{_UNFINISHED}"):
            path.unlink()
        text = json.dumps({"fingerprint": fingerprint}, indent=1)
        self._write(self.path / _MANIFEST, [text])

    def write(self, index: int, header: PartHeader, lines: Sequence[str]) -> None:
        """Write one part. Raises OSError."""
        self._write(self._part(index), [json.dumps(asdict(header)), *lines])

    def lines(self) -> Iterator[str]:
        """The lines of all parts in order, without their headers."""
        index = 0
        while self._part(index).exists():
            with self._part(index).open("rb") as file:
                next(file)
                for line in file:
                    yield line[:-1].decode("utf-8", "surrogatepass")
            index += 1

    def scratch(self) -> Path:
        """Where the finished file is written before it is moved; on the same disk as the output."""
        return self.path / f"finished{_UNFINISHED}"

    def is_empty(self) -> bool:
        """Whether there is no part to continue from."""
        return not self._part(0).exists()

    def remove(self) -> None:
        """Delete what radnlp wrote, and the folder unless somebody put something else into it."""
        try:
            for path in [*self.path.glob(f"*{_SUFFIX}"), *self.path.glob(f"*{_UNFINISHED}"), self.path / _MANIFEST]:
                path.unlink(missing_ok=True)
            self.path.rmdir()
        except OSError:  # the result is complete; a leftover does no harm
            return

    def _part(self, index: int) -> Path:
        return self.path / f"{index:08d}{_SUFFIX}"

    def _write(self, path: Path, lines: Iterable[str]) -> None:
        unfinished = path.with_suffix(_UNFINISHED)
        with unfinished.open("wb") as file:
            file.writelines(line.encode("utf-8", "surrogatepass") + b"\n" for line in lines)
            file.flush()
            os.fsync(file.fileno())
        unfinished.replace(path)


def _whole(path: Path) -> PartHeader | None:
    """The header of a part that has all its lines, else None."""
    try:
        with path.open("rb") as file:
            data = json.loads(next(file))
            header = PartHeader(
                summary=RunSummary(**data["summary"]),
                reports_digest=data["reports_digest"],
                providers=data["providers"],
                first_error=tuple(data["first_error"]) if data["first_error"] else None,
            )
            ends = [line.endswith(b"\n") for line in file]
    except (OSError, ValueError, KeyError, TypeError, StopIteration):
        return None
    return header if all(ends) and len(ends) == header.summary.reports else None
