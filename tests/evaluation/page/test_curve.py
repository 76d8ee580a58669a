"""The figure of risk and coverage: there for systems whose findings have a score, and for no others."""

from dataclasses import replace

from radnlp.evaluation.page.curve import curve_figure


def scored(pairs):
    """The same predictions, surer of the first finding of a report than of the others."""
    return [
        (gold, replace(said, findings=tuple(replace(f, score=0.9 - 0.2 * n) for n, f in enumerate(said.findings))))
        for gold, said in pairs
    ]


def test_no_scores_no_figure(result):
    assert curve_figure(result.schema, result.splits[0]) == ""


def test_a_line_for_each_system_with_scores_in_its_colour(result):
    part = result.splits[0]
    pairs = {**part.pairs, "rules": scored(part.pairs["rules"])}
    html = curve_figure(result.schema, replace(part, pairs=pairs))
    assert html.count('class="curve') == 1
    assert 'class="curve c1"' in html, "the second system of the experiment has the second colour everywhere"
    assert "Risk against coverage. rules: area" in html
    assert ">cooccurrence<" not in html


def test_names_are_words_and_no_markup(result):
    part = result.splits[0]
    html = curve_figure(result.schema, replace(part, pairs={"<b>": scored(part.pairs["rules"])}))
    assert "<b>" not in html.replace("<b></b>", "")
    assert "&lt;b&gt;" in html
