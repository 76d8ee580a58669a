"""The table for a paper: every number with its interval, every metric with its definition."""

import re

import pytest

from radnlp.evaluation.paper import latex, paper_latex, paper_markdown, paper_tables


@pytest.fixture(scope="module")
def odd(experiment):
    """Names that mean something in LaTeX and in Markdown."""
    rows = {"r1": ("A mass.", [("mass", "present", [], "mass")])}
    return experiment(rows, title="50% of_all & more", systems=("[a]* b_c", "d|e"), metrics=("keys", "evidence"))


def test_one_row_a_system_and_one_column_a_metric(result):
    (table,) = paper_tables(result)
    assert table.columns[:3] == ("System", "keys\nmicro_f1", "shin2025\nf1")
    assert [row[0] for row in table.rows] == ["cooccurrence", "rules"]
    assert re.fullmatch(r"\d\.\d{3} \[\d\.\d{3}, \d\.\d{3}\]( [*°]+)?", table.rows[1][1])


def test_the_caption_defines_every_metric_and_says_how_the_intervals_were_made(result):
    (table,) = paper_tables(result)
    caption = " ".join(table.caption)
    for metric in result.metrics:
        assert metric.formula in caption
        assert metric.source in caption
    for words in ("4 reports", "50 draws", "seed 1", "exact McNemar", "Holm", "chest_ct"):
        assert words in caption


def test_latex_keeps_every_sign_a_sign(odd):
    text = paper_latex(odd)
    assert r"50\% of\_all \& more" in text
    assert r"{[}a]{*} b\_c & " in text
    assert r"d\textbar{}e & " in text
    body = re.sub(r"(?m)^%.*$", "", text)
    assert not re.search(r"(?<!\\)[%$#~^]", body)
    opened = re.sub(r"\\[{}]", "", body)
    assert opened.count("{") == opened.count("}")


def test_every_latex_row_has_as_many_cells_as_the_table_columns(odd):
    (columns,) = re.findall(r"\\begin\{tabular\}\{(l?r*)\}", paper_latex(odd))
    rows = re.search(r"\\midrule\n(.*?)\\bottomrule", paper_latex(odd), re.DOTALL).group(1).strip().split("\n")
    assert len(rows) == 2
    assert all(len(re.findall(r"(?<!\\)&", row)) == len(columns) - 1 for row in rows)


def test_two_hyphens_stay_two():
    assert latex("a--b") == "a-{}-b"


def test_markdown_has_the_same_cells_and_every_definition(odd):
    text = paper_markdown(odd)
    row = next(line for line in text.splitlines() if "a" in line and line.startswith("| \\["))
    assert len(re.findall(r"(?<!\\)\|", row)) == 4
    assert text.count("\n- ") == 2
    assert "d\\|e" in text
