"""The page: it is whole, and holds nothing that could load or do more."""

import base64
import hashlib
import re
import sys

import pytest

from radnlp.timeline import sankey_html


@pytest.fixture(scope="module")
def page(timeline_of, eight):
    return sankey_html(timeline_of(eight))


def test_the_page_holds_all_it_needs_and_is_allowed_no_more(page):
    policy = re.search(r'Content-Security-Policy" content="([^"]*)"', page).group(1)
    assert policy.startswith("default-src 'none'; script-src 'sha256-")
    scripts = re.findall(r"<script>(.*?)</script>", page, flags=re.DOTALL)
    assert len(scripts) == 2
    for script in scripts:
        digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
        assert f"'sha256-{digest}'" in policy
    around = re.sub(r"<script>.*?</script>", "", page, flags=re.DOTALL)
    assert not re.search(r"https?:|<link|<img|\bsrc=|@import", around)


def test_changes_and_what_was_left_out_stand_in_tables(page):
    cells = re.sub(r"<[^>]+>", "|", page[page.index("<h2>Changes") :])
    assert re.search(r"\|1 to 2\|+Stable\|+Progression\|+2\|", cells)
    assert re.search(r"\|patients with fewer than 3 reports left\|+2\|+1\|", cells)


def test_it_holds_no_id_of_a_patient_or_report(timeline_of, one):
    lines = [one(f"REPORT{n}", "PATIENT", f"2024-0{n}-01") for n in range(1, 5)] + [one("REPORT9", study_date=None)]
    page = sankey_html(timeline_of(lines))
    around = re.sub(r"<script>.*?</script>", "", page, flags=re.DOTALL)
    assert "1 patient, 4 reports" in around
    assert "lines that cannot be placed: missing_date" in around
    assert "PATIENT" not in around
    assert "REPORT" not in around


def test_a_title_is_text_and_no_markup(timeline_of):
    page = sankey_html(timeline_of("A glioma: stable"), title="<script>alert(1)</script>")
    assert "<script>" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page


def test_labels_of_a_schema_are_text_and_no_markup(timeline_of, eight):
    from dataclasses import replace

    timeline = timeline_of(eight)
    values = {**timeline.settings.values, "stable": "</script><b>%{x}"}
    page = sankey_html(replace(timeline, settings=replace(timeline.settings, values=values)))
    around = re.sub(r"<script>.*?</script>", "", page, flags=re.DOTALL)
    assert "</script><b>" not in around
    assert "%{x}" not in re.search(r'id="numbers">(.*?)</script>', page, flags=re.DOTALL).group(1)


def test_nobody_left_says_so_and_needs_no_plotly(timeline_of, monkeypatch):
    monkeypatch.setitem(sys.modules, "plotly.offline", None)
    page = sankey_html(timeline_of("A glioma: stable"))
    assert "No patient passes the filters (1 line read, 1 patient with dated reports)." in page
    assert len(page) < 10_000
