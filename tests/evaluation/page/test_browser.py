"""The page in a real browser, where there is one: hostile text is harmless, and corrections come out as gold."""

import base64
import hashlib
import json
import re
import shutil
import subprocess
from html import unescape

import pytest

from radnlp.evaluation.gold import read_gold
from radnlp.evaluation.keywise import figures
from radnlp.evaluation.page import page
from radnlp.evaluation.page.document import script_of_page
from radnlp.hooks import default_catalogue

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
OPTIONS = (
    "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync --virtual-time-budget=4000 --dump-dom"
)
pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="no Chromium here")

HOSTILE = (
    "<script>document.title='run'</script><img src=x onerror=\"document.title='run'\"> nodule \u202egnilevart\u202c "
    "\U0001f600 </script></main> mass in the RUL. "
)
#: What a person does on the page, and what there is to be seen afterwards.
ACTIONS = """
const told = {violations: []};
addEventListener("securitypolicyviolation", (event) => told.violations.push(event.violatedDirective));
const rows = () => document.querySelectorAll("#rows button");
told.rows = rows().length;
rows()[0].focus();
rows()[0].dispatchEvent(new KeyboardEvent("keydown", {key: "ArrowDown", bubbles: true}));
told.moved = document.activeElement === rows()[1];
const words = (text) => [...document.querySelectorAll("#report button")].find((b) => b.textContent === text);
rows()[0].click();
told.text = document.querySelector("#report .text").textContent;
told.images = document.images.length;
told.marked = [...document.querySelectorAll("#report .text .g")].map((mark) => mark.textContent);
words("Gold is right").click();
const status = () => document.querySelector('#report [aria-label="Status of Mass"]');
status().focus();
status().value = "uncertain";
status().dispatchEvent(new Event("change"));
told.stays = document.activeElement === status();
const boxes = [...status().closest("tr").querySelectorAll("label")];
boxes.find((label) => label.textContent.includes("Left upper")).firstChild.click();
const textOfPage = () => document.querySelector("#report .text");
const select = (from, to) => {
  const places = [];
  let start = 0;
  const walk = document.createTreeWalker(textOfPage(), NodeFilter.SHOW_TEXT);
  while (walk.nextNode()) {
    const end = start + walk.currentNode.data.length;
    for (const at of [from, to]) if (start <= at && at <= end && !places[at === to ? 1 : 0]) {
      places[at === to ? 1 : 0] = [walk.currentNode, at - start];
    }
    start = end;
  }
  getSelection().setBaseAndExtent(...places[0], ...places[1]);
  document.dispatchEvent(new Event("selectionchange")); // which a browser sends a moment later
};
const attachTo = (label) => {
  const row = document.querySelector(`#report [aria-label="Status of ${label}"]`).closest("tr");
  row.querySelector("[data-attach]").click();
};
const evidence = (label) => [...document.querySelector(`#report [aria-label="Status of ${label}"]`).closest("tr")
  .querySelectorAll(".chip bdi")].map((chip) => chip.textContent);
const shown = textOfPage().textContent;
told.unready = document.querySelector("#report [data-attach]").disabled;
select(shown.indexOf("⟨U+202E⟩") + 3, shown.indexOf("</scr" + "ipt></main>") + 1);
told.ready = !document.querySelector("#report [data-attach]").disabled;
told.picked = document.querySelector("#report .picked").textContent;
attachTo("Nodules");
select(shown.lastIndexOf(" mass "), shown.lastIndexOf(" mass ") + 6);
attachTo("Mass");
told.attached = [evidence("Nodules"), evidence("Mass")];
told.gold = linesOf(goldLine);
document.querySelector('#report [aria-label="Not evidence: nodule"]').click();
told.fewer = evidence("Nodules").length;
told.train = linesOf(trainLine);
told.save = [...document.querySelectorAll("#corrections button")].map((b) => b.textContent);
document.querySelector("#corrections button").click();
const kind = document.querySelector("#pick [name=kind]");
kind.value = kind.options[1].value;
kind.form.dispatchEvent(new Event("input"));
told.filtered = [...rows()].map((row) => row.querySelector(".kind").textContent);
told.title = document.title;
setTimeout(() => {
  document.body.prepend(Object.assign(document.createElement("pre"), {id: "told", textContent: JSON.stringify(told)}));
}, 200);
"""


def seen(html, folder):
    """The page after :data:`ACTIONS`, which are let in by their digest, as if they were the page's own."""
    script = script_of_page()
    longer = script + ACTIONS
    for old, new in ((digest(script), digest(longer)), (f"<script>{script}</script>", f"<script>{longer}</script>")):
        assert old in html
        html = html.replace(old, new)
    (folder / "page.html").write_text(html, encoding="utf-8")
    command = [CHROMIUM, *OPTIONS.split(), f"--user-data-dir={folder / 'user'}", (folder / "page.html").as_uri()]
    dom = subprocess.run(command, capture_output=True, check=True, timeout=120).stdout.decode("utf-8")
    return json.loads(unescape(re.search(r'<pre id="told">(.*?)</pre>', dom, re.DOTALL).group(1)))


def digest(script):
    return f"'sha256-{base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()}'"


@pytest.fixture(scope="module")
def told(experiment, tmp_path_factory):
    folder = tmp_path_factory.mktemp("browser")
    rows = {
        "\u202er1<b>": (HOSTILE + "z" * 100_000, [("nodules", "present", ["lll"], "nodule")]),
        "r2": ("A mass.", [("mass", "absent", [], "mass")]),
    }
    result = experiment(rows, title="Hostile")
    data = result.experiment.data
    return seen(page(result, [], figures(result), with_text=True), folder), data


def test_hostile_text_is_words_and_runs_nothing(told):
    found, _ = told
    assert found["title"] == "Hostile"
    assert found["images"] == 0
    assert found["violations"] == []
    assert "<script>document.title='run'</script>" in found["text"]
    assert "⟨U+202E⟩gnilevart" in found["text"]
    assert found["text"].endswith("z" * 1000)


def test_gold_is_marked_and_the_list_can_be_walked_and_filtered(told):
    found, _ = told
    assert found["marked"] == ["nodule"]
    assert found["rows"] > 2
    assert found["moved"]
    assert found["stays"], "the focus, though everything was drawn anew"
    assert len(set(found["filtered"])) == 1 < found["rows"]


def test_what_a_person_corrected_is_gold_that_bench_reads(told, tmp_path):
    found, data = told
    path = data.path.parent / "corrected.jsonl"
    path.write_text(found["gold"], encoding="utf-8")
    schema, _ = default_catalogue().schema("chest_ct")
    gold = read_gold("findings", path, schema=schema, options={"partial": True})
    (labelled,) = gold.gold
    assert labelled.report_id == "\u202er1<b>"
    assert [(f.key, f.status, dict(f.values)) for f in labelled.findings] == [
        ("nodules", "present", {"located_in": ("lll",)}),
        ("mass", "uncertain", {"located_in": ("lul",)}),
    ]
    assert labelled.findings[0].evidence[0].text == "nodule"


def test_selected_words_are_attached_as_evidence_by_code_points(told):
    """Behind an emoji, and from the middle of what is shown in place of a character: that one is taken whole."""
    found, _ = told
    nodules, mass = (finding["evidence"] for finding in json.loads(found["gold"])["findings"])
    words = [[HOSTILE[span["start"] : span["end"]] for span in spans] for spans in (nodules, mass)]
    assert words == [["nodule", "\u202egnilevart\u202c \U0001f600 <"], ["mass"]], "no space at the ends"
    assert found["attached"] == [["nodule", " gnilevart \U0001f600 <"], ["mass"]]
    assert (found["unready"], found["ready"]) == (True, True)
    assert found["picked"] == "Selected: \u201c gnilevart \U0001f600 <\u201d"
    assert found["fewer"] == 1, "evidence can be taken away again"


def test_and_labels_that_train_reads(told):
    found, _ = told
    (row,) = map(json.loads, found["train"].splitlines())
    assert row["keys"] == ["nodules", "mass"]
    assert row["text"] == HOSTILE + "z" * 100_000, "the text itself, not what the eye gets"
    assert found["save"] == ["Save as gold for bench", "Save for train"]
