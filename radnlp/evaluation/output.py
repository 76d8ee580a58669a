"""A folder with everything about an experiment: a page, tables for people and papers, one JSON, every decision."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

from radnlp.errors import ConfigError
from radnlp.evaluation.bench import Result
from radnlp.evaluation.keywise import figures
from radnlp.evaluation.openness import may_be_shown
from radnlp.evaluation.page import page
from radnlp.evaluation.paper import paper_latex, paper_markdown
from radnlp.evaluation.report import cost_table, detail_tables, quality_tables
from radnlp.evaluation.summary import summary
from radnlp.evaluation.tables import csv_text, markdown
from radnlp.records.wire import to_dict


def write_results(result: Result, folder: Path, *, with_text: bool) -> list[Path]:
    """Write the files.

    ``results.html`` is the page, ``results.md`` and ``results.csv`` every table, ``paper.md`` and ``paper.tex`` the
    table for a paper, ``results.json`` what another site needs to repeat it, ``decisions.jsonl`` every decision.

    Args:
        result: What to write.
        folder: Made when it is not there.
        with_text: True puts the words of reports into page and decisions; else there are ids and offsets.

    Returns:
        The files written.

    Raises:
        ConfigError: The folder cannot be written.
    """
    tables = [*quality_tables(result), *detail_tables(result), cost_table(result)]
    title, drawn = result.experiment.title, figures(result)
    contents = {
        "results.md": f"# {title}\n\n" + "\n".join(markdown(table) for table in tables),
        "results.csv": csv_text(tables),
        "results.json": json.dumps(summary(result, drawn), indent=2, ensure_ascii=False) + "\n",
        "decisions.jsonl": "".join(f"{line}\n" for line in _decisions(result, with_text=with_text)),
        "results.html": page(result, tables, drawn, with_text=with_text),
        "paper.md": paper_markdown(result),
        "paper.tex": paper_latex(result),
    }
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, content in contents.items():
            (folder / name).write_text(content, encoding="utf-8", newline="\n")
    except OSError as error:
        raise ConfigError(f"{folder}: cannot be written: {error.strerror}") from None
    return [folder / name for name in contents]


def _decisions(result: Result, *, with_text: bool) -> Iterator[str]:
    """A line for each report and system; none of a split of which only aggregates may be seen."""
    for part in result.splits:
        if part.split.aggregates_only:
            continue
        correct = {(row.system, row.metric.name): row.correct for row in part.scores.scored}
        for system, pairs in part.pairs.items():
            for number, (gold, predicted) in enumerate(pairs):
                if not may_be_shown(result.experiment, gold.report_id):
                    continue
                decision = {
                    "split": part.split.name,
                    "system": system,
                    "report_id": gold.report_id,
                    "correct": {metric.name: correct[system, metric.name][number] for metric in result.metrics},
                    "gold": to_dict(gold, with_text=with_text)["findings"],
                    "predicted": to_dict(predicted, with_text=with_text)["findings"],
                }
                yield json.dumps(decision, ensure_ascii=False, separators=(",", ":"))
