"""A scripted author of Japanese reports, who can also label them, and runs with it. All sentences are invented."""

import json
import random
import re
from types import SimpleNamespace

import pytest
from radnlp_llama.synthesis.asking import Desk, Writer
from radnlp_llama.synthesis.cases import draw
from radnlp_llama.synthesis.labels import labelling
from radnlp_llama.synthesis.output import write_outcome, write_requests
from radnlp_llama.synthesis.parts import Parts
from radnlp_llama.synthesis.recipe_file import read_recipe
from radnlp_llama.synthesis.run import synthesize

from radnlp.hooks import default_catalogue
from radnlp.testing import ScriptedLlm

PLACES = [f"{side}{place}" for side in ("右", "左") for place in ("肺上葉", "肺下葉", "腎", "副腎", "卵巣", "甲状腺")]


def written(request):
    """A report with as many sentences as the request asks for."""
    lot = random.Random(request.rest)
    number = int(re.search(r"文の数: (\d+)", request.rest)[1])
    sentences = [f"{lot.randint(2, 400)}日前の検査と比較しました。"]
    for place in lot.sample(PLACES, len(PLACES)) * 2:
        size = lot.randint(3, 99)
        sentences.append(f"{place}に{size}mm大の腫瘤を認めます。")
        sentences.append(f"辺縁は整で、{size + lot.randint(1, 900)}日前から変化を認めません。")
        sentences.append(f"{place}に{lot.randint(1, 9999)}枚目まで異常を認めません。")
    return json.dumps({"sentences": sentences[:number]}, ensure_ascii=False)


def labelled(request):
    """The classes of the sentences that the request numbers."""
    classes = {}
    for number, sentence in re.findall(r"^\[(\d+)\] (.*)$", request.rest, re.MULTILINE):
        if "比較" in sentence:
            classes[number] = "background"
        elif sentence.startswith("辺縁"):
            classes[number] = "continuation"
        else:
            classes[number] = "negative" if "認めません" in sentence else "positive"
    return json.dumps(classes)


def answer(request):
    return written(request) if request.id.endswith("/report") else labelled(request)


@pytest.fixture(scope="session")
def author():
    return SimpleNamespace(answer=answer, written=written, labelled=labelled)


@pytest.fixture(scope="session")
def ja_ct():
    """Recipe and schema; tests that need the schema are skipped without radnlp-ja."""
    pytest.importorskip("radnlp_ja")
    return SimpleNamespace(recipe=read_recipe("ja_ct"), schema=default_catalogue().vocabulary("ja_ct"))


@pytest.fixture(scope="session")
def chest_ct():
    """Recipe and schema of English reports whose keys have statuses."""
    return SimpleNamespace(recipe=read_recipe("chest_ct"), schema=default_catalogue().vocabulary("chest_ct"))


@pytest.fixture
def synthesized(request):
    """Runs everything into a folder: (folder, answer function, reports=, ...) -> outcome, summary, desk."""

    def run(folder, answer, *, kind="ja_ct", reports=40, seed=1, resume=False, recorded=None, generator=None):
        kind = request.getfixturevalue(kind)
        parts = Parts(folder)
        kept = parts.begin({"reports": reports, "seed": seed}, resume=resume)
        llm = generator or (ScriptedLlm(answer) if answer else None)
        writer = llm and Writer(generator=llm, name="scripted", batch=8)
        desk = Desk(recorded=recorded or {}, kept=kept, parts=parts, writer=writer)
        cases = tuple(draw(kind.recipe, count=reports, seed=seed))
        outcome = synthesize(kind.recipe, cases, labelling(kind.recipe, kind.schema), desk)
        write_requests(folder, desk.open)
        summary = write_outcome(folder, outcome, kind.recipe, kind.schema, weights=kind.recipe.splits, seed=seed)
        return SimpleNamespace(outcome=outcome, summary=summary, desk=desk, llm=llm)

    return run
