"""Reports with an error, named for an output that has no place to say so."""

from __future__ import annotations

from rich.console import Console

from radnlp.batch import Written

#: Reports that are named one by one.
_MOST_SHOWN = 20


class Failures:
    """Gathers them while the run goes on, and says them afterwards on standard error, below the progress bar."""

    def __init__(self) -> None:
        self._shown: list[str] = []
        self._more = 0

    def add(self, written: Written) -> None:
        """Take a result, whatever became of it."""
        if not written.errors:
            return
        if len(self._shown) == _MOST_SHOWN:
            self._more += 1
            return
        issue = next(issue for issue in written.extraction.issues if issue.level == "error")
        self._shown.append(f"report {written.report_id!r}: {issue.code}: {issue.message}")

    def say(self) -> None:
        """One line each."""
        console = Console(stderr=True, highlight=False, markup=False, soft_wrap=True)
        for line in self._shown:
            console.print(line)
        if self._more:
            console.print(f"{self._more:,} more reports with an error; a run into a .jsonl file names them all")
