"""A plugin whose classifier does what the report's id says, and a schema with which workers start quickly."""

import pytest

PLUGIN = """
import os, re, time
from radnlp.api import ConfigError, Provider, hookimpl

class Obedient:
    def classify(self, views):
        for view in views:
            if view.report.id == "exits":
                os._exit(7)
            if view.report.id == "hangs":
                while True:
                    time.sleep(0.01)
            if view.report.id == "holds the interpreter":
                re.match("(a+)+$", "a" * 60 + "b")
            if view.report.id == "refuses":
                raise ConfigError("this provider runs in one process only")
            if view.report.id.startswith("slow"):
                time.sleep(0.02)
            if view.report.id == "prints":
                print("words of a provider")
        return [() for view in views]

def build(schema, lexicon, settings):
    if settings["broken"]:
        raise ConfigError("obedient: the model is not there; name one that is")
    if settings["dies"]:
        os._exit(9)
    return Obedient()

@hookimpl
def radnlp_register_entity_key_classifiers():
    settings = {"broken": False, "dies": False}
    return [Provider(name="obedient", summary="does what the id says", factory=build, settings=settings)]
"""


SCHEMA = """
id = "quick"
version = "1.0.0"
title = "One key, and no language whose words would have to be compiled"
languages = ["la"]
source = "invented"

[keys.nodules]
type = "lesion"
label = "Nodules"
"""
TERMS = """
language = "la"

[[terms]]
entities = ["nodules"]
phrases = ["nodule[s]"]
"""


@pytest.fixture
def quick(tmp_path):
    """The path of a schema that is loaded in no time; it knows nodules."""
    folder = tmp_path / "quick"
    (folder / "terms").mkdir(parents=True)
    (folder / "schema.toml").write_text(SCHEMA)
    (folder / "terms" / "lesions.la.toml").write_text(TERMS)
    return str(folder)


@pytest.fixture
def obedient(tmp_path, monkeypatch):
    """The name of the provider; the folder it lies in also stands in PYTHONPATH."""
    site = tmp_path / "site"
    info = site / "obedient-1.0.dist-info"
    info.mkdir(parents=True)
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: obedient\nVersion: 1.0\n")
    (info / "entry_points.txt").write_text("[radnlp]\nobedient = obedient_plugin\n")
    (site / "obedient_plugin.py").write_text(PLUGIN)
    monkeypatch.setenv("PYTHONPATH", str(site))
    monkeypatch.syspath_prepend(str(site))
    return "obedient"
