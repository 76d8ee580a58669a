"""The page: safe whatever a report holds, complete, and made of nothing but itself."""

import base64
import hashlib
import io
import re
from html.parser import HTMLParser

import pytest

from radnlp.batch.formats.html import HtmlFormat
from radnlp.hooks import default_catalogue
from radnlp.pipeline import build, stream
from radnlp.records import PipelineSpec, Report

HOSTILE = (
    "<script>alert(1)</script> <img src=x onerror=alert(2)> \"'&amp; nodule in RUL \u202egnilevart\u202c \x00\x1b[2J "
    "\ud800 </article></main>"
)


@pytest.fixture(scope="module")
def page():
    """Renders reports as the command line would."""
    nlp = build(PipelineSpec(schema="chest_ct"))
    writer = HtmlFormat(default_catalogue().schema("chest_ct")[0])

    def render(*texts, with_text=True, **fields):
        reports = [Report(id=f"r{number}", text=text, **fields) for number, text in enumerate(texts)]
        lines = [
            writer.part(report, extraction, with_text=with_text)
            for report, extraction in zip(reports, stream(nlp, reports), strict=True)
        ]
        assert all("\n" not in line for line in lines)
        out = io.BytesIO()
        writer.finish(iter(lines), out)
        return out.getvalue().decode("utf-8")

    return render


class Elements(HTMLParser):
    """The tags of a page, each with its attributes, and the words of its reports."""

    def __init__(self, html):
        super().__init__()
        self.tags = []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))


def test_hostile_text_stays_text(page):
    html = page(HOSTILE, meta={"note": "<b>bold</b>"})
    tags = Elements(html).tags
    assert [tag for tag, _ in tags].count("script") == 1, "our own"
    assert "img" not in [tag for tag, _ in tags]
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in html
    assert "&lt;b&gt;bold&lt;/b&gt;" in html
    assert not re.search("[\u202a-\u202e\u2066-\u2069\x00\x1b]", html)
    assert html.count("</main>") == 1


def test_nothing_is_loaded_from_anywhere(page):
    html = page("Nodule.")
    for _, attributes in Elements(html).tags:
        assert not {"src", "href", "onclick", "onerror", "style"} & set(attributes)
    assert "default-src 'none'" in html
    assert "unsafe-inline" not in html
    assert not re.search(r"https?://|url\(|@import", html)


def test_the_browser_is_told_the_digests_of_our_own_style_and_script(page):
    html = page("Nodule.")
    for kind in ("style", "script"):
        content = re.search(f"<{kind}>(.*?)</{kind}>", html, re.DOTALL).group(1)
        digest = base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()
        assert f"{kind}-src 'sha256-{digest}'" in html


def test_line_ends_of_every_kind_and_what_cannot_be_seen(page):
    html = page("Nodule.\r\nMass.\rEffusion.\u200b\x85")
    text = html[html.index('<div class="text"') : html.index('<div class="found"')]
    words = re.sub("<[^>]*>", "", text)
    assert words.startswith("Nodule.\nMass.⟨U+000D⟩\nEffusion.⟨U+200B⟩⟨U+0085⟩")


def test_mentions_are_marked_where_they_stand_with_their_status(page):
    html = page("No effusion. Ground-glass nodule in both lungs.")
    text = html[html.index('<div class="text"') :]
    assert re.search(r'<mark class="k absent end"[^>]*>effusion</mark>', text)
    assert re.search(r'<mark class="k present end"[^>]*data-f="0 1"[^>]*>Ground-glass nodule</mark>', text)
    assert re.search(r'<span class="v" title="Right lung · Left lung" data-v="0 1">both lungs</span>', text)
    assert re.search(r'<span class="c" title="cue: negated">No</span>', text)


def test_sizes_stand_behind_the_values(page):
    html = page("Nodules up to 5 mm in both lungs.")
    assert '<span title="located in">Left lung</span><br><span title="measures">up to 5 mm</span>' in html


def test_what_did_not_count_is_shown_with_the_reason(page):
    html = page("Recommendation: follow-up of the nodule.")
    assert "Seen, not counted" in html
    assert "Nodules: recommendation" in html


def test_without_text_no_word_of_a_report_is_on_the_page(page):
    html = page("No ZEBRA effusion. Consolidation seen.", with_text=False, meta={"note": "QUOKKA"})
    for word in ("ZEBRA", "QUOKKA", "Consolidation seen"):
        assert word not in html
    assert "<bdi>19-32</bdi>" in html, "offsets stand instead"


def test_counts_of_the_run(page):
    html = page("Nodule.", "No nodule.", "")
    assert "<strong>3</strong> reports" in html
    assert 'data-query="nodules absent">1<' in html
    assert "1 with a warning" in html


def test_a_run_without_reports_is_a_page_too(page):
    html = page()
    assert "<strong>0</strong> reports" in html
    assert html.rstrip().endswith("</html>")


def test_a_line_of_100_kilobytes(page):
    html = page("nodule " * 15_000)
    assert html.count("<mark") >= 15_000
