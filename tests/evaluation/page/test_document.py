"""The page of a run: whole, made of nothing but itself, safe whatever a report holds, silent about what is closed."""

import base64
import hashlib
import json
import re
from html.parser import HTMLParser

import pytest

from radnlp.evaluation.keywise import figures
from radnlp.evaluation.page import page
from radnlp.evaluation.report import quality_tables

HOSTILE = (
    "<script>alert(1)</script> <img src=x onerror=alert(2)> \"'& nodule in RUL \u202egnilevart\u202c \x1b[2J "
    "</script></main> mass \U0001f600 in the LLL"
)


def html_of(result, *, with_text=True):
    return page(result, quality_tables(result), figures(result), with_text=with_text)


class Elements(HTMLParser):
    """The tags of a page with their attributes, and what its data elements hold."""

    def __init__(self, html):
        super().__init__()
        self.tags, self.data, self._inside = [], {}, None
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))
        self._inside = dict(attrs).get("id") if tag == "script" else None

    def handle_endtag(self, tag):
        self._inside = None

    def handle_data(self, data):
        if self._inside:
            self.data[self._inside] = self.data.get(self._inside, "") + data

    def index(self):
        return json.loads(self.data["index"])

    def lines(self):
        return [json.loads(line) for line in self.data["lines"].split("\n")]


@pytest.fixture(scope="module")
def html(result):
    return html_of(result)


@pytest.fixture(scope="module")
def hostile(experiment):
    rows = {
        "r1": (HOSTILE, [("nodules", "present", ["rul"], "nodule")]),
        "\u202er2<b>": ("A mass. " + "y" * 100_000, []),
    }
    return experiment(rows, title="</title><script>alert(3)</script>", systems=("<i>one</i>", "two"))


def test_nothing_is_loaded_from_anywhere(html):
    for _, attributes in Elements(html).tags:
        assert not {"src", "style", "onclick", "onerror"} & set(attributes)
        assert attributes.get("href", "#").startswith("#")
    assert "default-src 'none'" in html
    assert "unsafe-inline" not in html
    assert not re.search(r"https?:|url\(|@import|fetch\(|XMLHttp|innerHTML", html)


def test_the_browser_is_told_the_digests_of_our_own_style_and_script(html):
    for kind in ("style", "script"):
        (content,) = re.findall(f"<{kind}>(.*?)</{kind}>", html, re.DOTALL)
        digest = base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()
        assert f"{kind}-src 'sha256-{digest}'" in html


def test_hostile_words_stay_words(hostile):
    html = html_of(hostile)
    tags = [tag for tag, _ in Elements(html).tags]
    assert tags.count("script") == 3, "two of data, one of ours"
    assert "img" not in tags
    assert html.count("</main>") == 1
    assert not re.search("[\u202a-\u202e\u2066-\u2069\x00\x1b]", html)
    assert "<i>one</i>" not in html


def test_the_text_is_cut_where_somebody_points_and_comes_together_again(hostile):
    first, second = Elements(html_of(hostile)).lines()
    assert first["raw"] == HOSTILE
    assert len(first["text"]) == len(first["cuts"]) - 1
    assert "⟨U+202E⟩" in "".join(first["text"])
    (key, status, values, ((start, end),), _) = first["gold"][0]
    assert first["text"][start:end] == ["nodule"]
    assert (key, status, values) == (0, 0, {"located_in": ["rul"]})
    assert "raw" not in second
    assert "".join(second["text"]) == "A mass. " + "y" * 100_000
    assert second["id"] == "\u202er2<b>"


def test_offsets_are_code_points_also_behind_an_emoji(hostile):
    line, _ = Elements(html_of(hostile)).lines()
    ((start, end),) = next(places for key, _, _, places, _ in line["said"][1] if key == 7)
    assert HOSTILE[line["cuts"][start] : line["cuts"][end]] == "mass"


def test_every_mistake_is_listed_with_system_key_and_kind(html):
    index = Elements(html).index()
    told = [
        (
            index["reports"][report][0],
            index["systems"][system],
            index["keys"][key][0],
            index["kinds"][kind][0],
            f"{gold} > {said}",
        )
        for report, system, key, _, kind, gold, said in index["errors"]
    ]
    assert ("r1", "cooccurrence", "nodules", "invented value", " > lll") in told
    assert ("r3", "rules", "mass", "invented key", "not mentioned > present") in told
    assert ("r4", "rules", "atelectasis", "status", "present > uncertain") in told
    assert not any(system == "rules" for report, system, *_ in told if report == "r1")


def test_beside_a_mistake_stands_how_the_system_came_to_it(html):
    line = Elements(html).lines()[3]
    trace = line["why"][0]["atelectasis"]
    assert trace[0] == "atelectasis: uncertain  by rules"
    assert "cue 'Possible' [17-25]: uncertain" in "\n".join(trace)
    assert "pleural_effusion" not in line["why"][0]


def test_without_text_no_word_of_a_report_is_on_the_page(experiment):
    rows = {"r1": ("No ZEBRA nodule, probably a QUOKKA mass.", [("mass", "present", ["rul"], "mass")])}
    html = html_of(experiment(rows), with_text=False)
    for word in ("ZEBRA", "QUOKKA", "probably"):
        assert word not in html
    (line,) = Elements(html).lines()
    assert "text" not in line
    assert line["cuts"]
    assert "[35-39]" in "\n".join(line["why"][1]["mass"])


def test_a_split_of_aggregates_never_shows_a_single_report(experiment):
    rows = {f"r{number}": ("ZEBRA mass." if number % 2 else "QUOKKA mass.", []) for number in range(1, 7)}
    splits = (
        "[data.splits.open]\nmodulo = 1\nremainders = [0]\n"
        "[data.splits.closed]\nmodulo = 2\nremainders = [0]\naggregates_only = true"
    )
    html = html_of(experiment(rows, splits=splits))
    elements = Elements(html)
    assert [line["id"] for line in elements.lines()] == ["r1", "r3", "r5"], "also not by way of another split"
    assert "QUOKKA" not in html
    assert not re.search(r"\br[246]\b", html)
    assert "closed, 3 reports" in html, "its aggregates are there"
    assert "Of closed only aggregates are shown." in html


def test_an_experiment_of_nothing_but_aggregates_has_no_browser(experiment):
    splits = "[data.splits.closed]\nmodulo = 1\nremainders = [0]\naggregates_only = true"
    html = html_of(experiment({"r1": ("A mass.", [])}, splits=splits))
    assert 'id="lines"' not in html
    assert "Overall" in html


def test_the_figures_are_there_without_a_script(html):
    for words in (
        "Which keys a report has",
        "Which values a key has: located_in",
        "status, rules",
        "located_in, rules",
    ):
        assert words in html
    assert 'title="F1 0.667: 1 right, 1 invented, 0 missed"' in html, "the baseline's nodule in the left lower lobe"
    assert "Not charged:" in html, "the definitions"


def test_without_a_cost_there_is_no_figure_of_cost(html):
    assert 'id="cost"' not in html
