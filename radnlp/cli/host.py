"""What commands may ask of the program they run in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TypeVar

from radnlp.batch import ReadOptions, read_reports
from radnlp.cli.progress import progress_bar
from radnlp.hooks import default_catalogue
from radnlp.records import Extraction, PipelineSpec, Report, Schema

T = TypeVar("T")


class Host:
    """Fulfils :class:`radnlp.api.CommandHost`."""

    def read_reports(self, *paths: str, encoding: str = "utf-8") -> Iterator[Report]:
        """The reports of input files, in every form that ``radnlp extract`` reads."""
        return read_reports(paths, options=ReadOptions(encoding=encoding))

    def schema(self, name: str) -> Schema:
        """The schema of a name, or of a folder's path."""
        return default_catalogue().vocabulary(name)

    def extract(self, spec: PipelineSpec, reports: Iterable[Report]) -> Iterator[Extraction]:
        """Run a pipeline over reports, in this process."""
        return default_catalogue().batch_engine("serial").item.engine().run(spec, reports)

    def progress(self, items: Iterable[T], *, label: str, total: int | None = None) -> Iterator[T]:
        """The same items, with a progress bar on standard error when that is a terminal."""
        with progress_bar(label, total=total) as tick:
            for item in items:
                yield item
                tick()
