"""A finished Doc and a pipeline cross every border that spaCy has: processes, bytes, DocBin, disk."""

import json
import multiprocessing
import pickle
import subprocess
import sys

import pytest
import spacy
from spacy.tokens import Doc, DocBin

import radnlp
from radnlp.pipes.medspacy_extensions import name_extensions
from radnlp.records.wire import to_dict

TEXTS = [
    "Nodules in both lungs, the largest in the RLL. No pleural effusion.",
    "",
    "RUL: 결절. 흉수 없음. Cannot exclude consolidation in LLL.",
    "Effusion has resolved. Family history of lung mass.",
]


def essence(extraction):
    data = to_dict(extraction)
    data["provenance"].pop("seconds")
    return json.loads(json.dumps(data))


@pytest.fixture(scope="module")
def expected(chest_ct):
    return [essence(chest_ct(text)._.rad) for text in TEXTS]


@pytest.mark.parametrize("method", ["fork", "spawn"])
def test_several_processes(chest_ct, expected, method, monkeypatch):
    if method not in multiprocessing.get_all_start_methods():
        pytest.skip(f"this system has no {method}")
    if "medspacy" in sys.modules:  # another test may have imported it without our engine, which names its getters
        name_extensions()
    before = multiprocessing.get_start_method()
    multiprocessing.set_start_method(method, force=True)
    try:
        found = [essence(doc._.rad) for doc in chest_ct.pipe(TEXTS, n_process=2, batch_size=2)]
    finally:
        multiprocessing.set_start_method(before, force=True)
    assert found == expected


def test_doc_to_bytes(chest_ct, expected):
    docs = [Doc(chest_ct.vocab).from_bytes(chest_ct(text).to_bytes()) for text in TEXTS]
    assert [essence(doc._.rad) for doc in docs] == expected


def test_doc_pickled(chest_ct, expected):
    docs = [pickle.loads(pickle.dumps(chest_ct(text))) for text in TEXTS]  # noqa: S301
    assert [essence(doc._.rad) for doc in docs] == expected


def test_docbin(chest_ct, expected):
    stored = DocBin(docs=list(chest_ct.pipe(TEXTS)), store_user_data=True).to_bytes()
    docs = list(DocBin().from_bytes(stored).get_docs(chest_ct.vocab))
    assert [essence(doc._.rad) for doc in docs] == expected
    span = docs[0].spans["radnlp"][0]
    assert (span.text, span._.rad_key, span._.rad_status) == ("Nodules", "nodules", "present")


def test_disk_and_a_fresh_process(chest_ct, expected, tmp_path):
    chest_ct.to_disk(tmp_path / "pipeline")
    code = f"""
import json, spacy
from radnlp.pipes.medspacy_extensions import name_extensions
from radnlp.records.wire import to_dict
nlp = spacy.load({str(tmp_path / "pipeline")!r})
rows = [to_dict(doc._.rad) for doc in nlp.pipe({TEXTS!r})]
for row in rows: row["provenance"].pop("seconds")
print(json.dumps(rows))
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout) == expected


def test_a_reloaded_pipeline_still_takes_long_texts(chest_ct, tmp_path):
    chest_ct.to_disk(tmp_path / "pipeline")
    assert spacy.load(tmp_path / "pipeline").max_length == chest_ct.max_length > 1_000_000


def test_stages_one_by_one_cross_the_same_borders(expected, tmp_path):
    radnlp.add_pipes(spacy.blank("xx"), "chest_ct").to_disk(tmp_path / "stages")
    nlp = spacy.load(tmp_path / "stages")
    keys = [[finding["key"] for finding in row["findings"]] for row in expected]
    assert [[finding.key for finding in doc._.rad.findings] for doc in nlp.pipe(TEXTS, n_process=2)] == keys
