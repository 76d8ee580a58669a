"""The picture: well-formed, labelled, without ids, and honest when it is empty."""

from itertools import pairwise
from xml.etree import ElementTree

from radnlp.timeline import sankey_svg

SVG = "{http://www.w3.org/2000/svg}"


def drawn(timeline, **options):
    return ElementTree.fromstring(sankey_svg(timeline, **options))


def words(root):
    return ["".join(text.itertext()) for text in root.iter(f"{SVG}text")]


def test_title_legend_steps_and_counts(timeline_of, eight):
    root = drawn(timeline_of(eight))
    said = words(root)
    assert said[:3] == ["Episode changes over time", "Glioma, CNS lymphoma, Metastasis", "5 patients, 18 reports"]
    assert said[3:7] == ["Progression", "Stable", "Improvement", "No change"]
    assert said[7:12] == ["Step 1 (5)", "Step 2 (4)", "Step 3 (3)", "Step 4 (1)", "Step 5 (1)"]
    assert said[12:16] == ["Progression 1", "Stable 3", "Improvement 1", "Progression 2"]
    assert "1 patient changed more than 4 times; later changes are not shown." in " ".join(said[-2:])


def test_every_bar_and_ribbon_says_what_it_is(timeline_of, eight):
    root = drawn(timeline_of(eight))
    said = [title.text for title in root.iter(f"{SVG}title")]
    assert "Step 1 to 2, Stable to Progression: 2 patients" in said
    assert "Progression throughout: 1 patient" in said
    assert "Step 5, Improvement: 1 patient" in said
    assert len(list(root.iter(f"{SVG}path"))) == 9


def test_nobody_left_says_so(timeline_of):
    root = drawn(timeline_of("A glioma: stable"))
    assert " ".join(words(root)[1:]) == "No patient passes the filters (1 line read, 1 patient with dated reports)."
    assert not list(root.iter(f"{SVG}path"))


def test_one_step_is_a_picture_too(timeline_of, eight):
    root = drawn(timeline_of(eight, max_changes=0))
    assert "Step 1 (5)" in words(root)


def test_a_title_is_text_and_no_markup(timeline_of, eight):
    title = '<b onclick="x">A & B</b>\x00\u2028'
    root = drawn(timeline_of(eight), title=title)
    assert words(root)[0] == '<b onclick="x">A & B</b>'
    assert root.get("width") == "860"


def test_it_holds_no_id_of_a_patient_or_report_and_loads_nothing(timeline_of, one):
    lines = [one(f"REPORT{n}", "PATIENT", f"2024-0{n}-01") for n in range(1, 5)]
    picture = sankey_svg(timeline_of(lines))
    assert "1 patient, 4 reports" in picture
    assert "PATIENT" not in picture
    assert "REPORT" not in picture
    assert picture.count("http") == 1  # the namespace
    assert "script" not in picture


def test_long_names_make_the_sheet_wider_so_that_no_label_reaches_the_next_column(timeline_of, eight):
    root = drawn(timeline_of(eight, several_values=True))
    bars = sorted({float(rect.get("x")) for rect in root.iter(f"{SVG}rect") if rect.find(f"{SVG}title") is not None})
    longest = max(len(text) for text in words(root) if text.startswith("Progression + Improvement"))
    assert min(right - left for left, right in pairwise(bars)) > 20 + 8 * longest
    assert float(root.get("width")) > bars[-1] + 20 + 8 * longest
