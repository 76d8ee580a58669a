"""The table that a paper prints, in Markdown and in LaTeX, with the definition of every metric in its caption."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from radnlp._version import __version__
from radnlp.evaluation.bench import Result, SplitResult
from radnlp.evaluation.headline import Headline, headlines
from radnlp.evaluation.tables import Table, interval, markdown

SIGNS = (
    "*, **, ***: p < 0.05, 0.01, 0.001 against the first system, exact McNemar test on reports right as a whole, "
    "corrected by Holm over all pairs of systems; °: the metric has no such test, and the 95% interval of the "
    "difference from the first system (paired draws) leaves out 0, uncorrected."
)
_LATEX = {
    "\\": r"\textbackslash{}",
    "&": r"\&",
    "%": r"\%",
    "$": r"\$",
    "#": r"\#",
    "_": r"\_",
    "{": r"\{",
    "}": r"\}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    "<": r"\textless{}",
    ">": r"\textgreater{}",
    "|": r"\textbar{}",
    '"': r"\textquotedbl{}",
    "°": r"\textdegree{}",
    # Behind the end of a row these two would be taken for its options.
    "[": "{[}",
    "*": "{*}",
}
_MARKDOWN = str.maketrans({sign: f"\\{sign}" for sign in "\\`*_[]<~"})


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperTable:
    """One split in one table.

    Attributes:
        label: For references, letters, digits and hyphens.
        caption: What the table shows, then the definition of each metric; sentences of plain words.
        columns: Names; the first column holds the systems. A name may be of two lines.
        rows: System, then a score with its interval and its sign a column.
    """

    label: str
    caption: tuple[str, ...]
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def paper_tables(result: Result) -> list[PaperTable]:
    """A table for each split: systems down, the headline of each metric across."""
    return [_table(result, part) for part in result.splits]


def paper_markdown(result: Result) -> str:
    """All tables in Markdown."""
    parts = []
    for table in paper_tables(result):
        columns = tuple(_escaped(" ".join(name.split("\n"))) for name in table.columns)
        rows = tuple((_escaped(system), *cells) for system, *cells in table.rows)
        words, *definitions = map(_escaped, table.caption)
        note = "\n".join([f"{words}\n", *(f"- {line}" for line in definitions)])
        parts.append(markdown(Table(title=_escaped(result.experiment.title), columns=columns, rows=rows, note=note)))
    return "\n".join(parts)


def paper_latex(result: Result) -> str:
    r"""All tables in LaTeX, for ``\usepackage{booktabs}`` and ``\usepackage[T1]{fontenc}``."""
    head = (
        "% Needs \\usepackage{booktabs} and \\usepackage[T1]{fontenc}; names in other scripts than Latin need XeLaTeX "
        f"or LuaLaTeX.\n% Written by radnlp {__version__}.\n"
    )
    return head + "\n".join(_latex(table) for table in paper_tables(result))


def latex(words: str) -> str:
    r"""Plain words as LaTeX prints them, on one line.

    >>> print(latex("micro_f1 = 2 |P & G|"))
    micro\_f1 = 2 \textbar{}P \& G\textbar{}
    """
    # Two hyphens would be joined to a dash.
    return "".join(_LATEX.get(sign, sign) for sign in words).replace("--", "-{}-")


def _table(result: Result, part: SplitResult) -> PaperTable:
    found = headlines(part.scores)
    systems = list(dict.fromkeys(row.system for row in part.scores.scored))
    return PaperTable(
        label=_label(f"{result.experiment.path.stem}-{part.split.name}"),
        caption=tuple(_caption(result, part, found)),
        columns=("System", *(f"{row.metric.name}\n{row.score}" for row in found)),
        rows=tuple((system, *(_cell(row, system) for row in found)) for system in systems),
    )


def _label(words: str) -> str:
    return "".join(sign if sign.isascii() and sign.isalnum() else "-" for sign in words)


def _cell(row: Headline, system: str) -> str:
    value, against = row.values[system], row.against.get(system)
    return interval(value.value, value.low, value.high) + (f" {against.sign}" if against and against.sign else "")


def _caption(result: Result, part: SplitResult, found: Sequence[Headline]) -> Iterator[str]:
    experiment, schema = result.experiment, result.schema
    reports = part.scores.reports
    yield (
        f"{experiment.title}. Split {part.split.name}: {reports:,} report{'' if reports == 1 else 's'}, schema "
        f"{schema.id} {schema.version}. Score [95% interval], percentile bootstrap over reports, {experiment.draws:,} "
        f"draws, seed {experiment.seed}." + (f" {SIGNS}" if part.scores.compared else "")
    )
    for row in found:
        yield (
            f"{row.metric.name} ({row.score} shown): {row.metric.summary}. {_sentence(row.metric.formula)} "
            f"Source: {row.metric.source}."
        )


def _sentence(words: str) -> str:
    return words if words.endswith(".") else f"{words}."


def _escaped(words: str) -> str:
    return words.translate(_MARKDOWN)


def _latex(table: PaperTable) -> str:
    head = " & ".join(_stacked(name, latex) for name in table.columns)
    rows = "\n".join(" & ".join(map(latex, row)) + r" \\" for row in table.rows)
    return (
        "\\begin{table}\n\\centering\n\\small\n"
        f"\\caption{{{' '.join(map(latex, table.caption))}}}\n\\label{{tab:{table.label}}}\n"
        f"\\begin{{tabular}}{{l{'r' * (len(table.columns) - 1)}}}\n\\toprule\n{head} \\\\\n\\midrule\n{rows}\n"
        "\\bottomrule\n\\end{tabular}\n\\end{table}\n"
    )


def _stacked(name: str, written: Callable[[str], str]) -> str:
    """A column's name, its two lines one below the other."""
    first, _, second = name.partition("\n")
    return f"\\shortstack[r]{{{written(first)}\\\\{written(second)}}}" if second else written(first)
