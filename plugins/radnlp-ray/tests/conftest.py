"""A cluster of this machine for all tests, with a provider and a schema that its workers find too."""

import os

import pytest

PLUGIN = """
import os
from radnlp.api import ConfigError, Provider, hookimpl

class Obedient:
    def classify(self, views):
        for view in views:
            if view.report.id == "exits":
                os._exit(7)
        return [() for view in views]

def build(schema, lexicon, settings):
    if settings["broken"]:
        raise ConfigError("obedient: the model is not there; name one that is")
    return Obedient()

@hookimpl
def radnlp_register_entity_key_classifiers():
    return [Provider(name="obedient", summary="does what the id says", factory=build, settings={"broken": False})]
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


@pytest.fixture(scope="session")
def quick(tmp_path_factory):
    """The path of a schema that is loaded in no time; it knows nodules."""
    folder = tmp_path_factory.mktemp("schemas") / "quick"
    (folder / "terms").mkdir(parents=True)
    (folder / "schema.toml").write_text(SCHEMA)
    (folder / "terms" / "lesions.la.toml").write_text(TERMS)
    return str(folder)


@pytest.fixture(scope="session")
def cluster(tmp_path_factory):
    """Ray on this machine with room for two actors; the provider ``obedient`` is installed there."""
    os.environ["RAY_USAGE_STATS_ENABLED"] = "0"
    import ray

    site = tmp_path_factory.mktemp("site")
    info = site / "obedient-1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: obedient\nVersion: 1.0\n")
    (info / "entry_points.txt").write_text("[radnlp]\nobedient = obedient_plugin\n")
    (site / "obedient_plugin.py").write_text(PLUGIN)
    patch = pytest.MonkeyPatch()
    patch.setenv("PYTHONPATH", str(site))
    patch.syspath_prepend(str(site))
    ray.init(num_cpus=3, include_dashboard=False, log_to_driver=False, _node_ip_address="127.0.0.1")
    yield
    ray.shutdown()
    patch.undo()
