"""The provider as users name it: `--relations cascade --set relations.then=NAME`."""

from dataclasses import replace

import pytest

import radnlp
from radnlp.errors import ConfigError, UnknownNameError
from radnlp.hooks import default_catalogue
from radnlp.pipeline import Assembly
from radnlp.rules import plugin
from radnlp.rules.cascade import building
from radnlp.testing import check_relation_mapper

(CASCADE,) = (provider for provider in plugin.radnlp_register_relation_mappers() if provider.name == "cascade")
TEXT = "Nodules in both lungs and RUL; mass and consolidation in the LLL. GGO is seen."


@pytest.fixture(scope="module")
def assembly():
    return Assembly.of("chest_ct")


@pytest.fixture(scope="module")
def build(assembly):
    """The stage with the provider, as a pipeline builds it."""
    return lambda **settings: assembly.relations("cascade", settings)


@pytest.fixture(scope="module")
def cascade():
    """Rules, of which nobody has to be surer than they are."""
    settings = {"relations": {"then": "cooccurrence", "threshold": 0}}
    return radnlp.load("chest_ct", relations="cascade", settings=settings)


def test_it_keeps_the_contract_of_everybodys_mapper():
    check_relation_mapper(replace(CASCADE, settings={**CASCADE.settings, "then": "cooccurrence"}))


def test_without_a_second_provider_the_message_lists_them(build):
    with pytest.raises(ConfigError, match=r"relations\.then is missing.*cooccurrence.*budget=0"):
        build()


def test_with_no_budget_there_is_nobody_to_name(build):
    build(budget=0)


@pytest.mark.parametrize("name", ["cascade", "rules"])
def test_what_is_no_second_provider_is_refused(name, build):
    with pytest.raises(ConfigError, match=f"'{name}', which is no second one"):
        build(then=name)


def test_an_unknown_one_is_refused_with_the_near_names(build):
    with pytest.raises(UnknownNameError, match="cooccurrence"):
        build(then="cooccurence")


@pytest.mark.parametrize(("name", "value"), [("threshold", 1.5), ("budget", "-1"), ("budget", 2)])
def test_a_share_lies_between_0_and_1(name, value, build):
    with pytest.raises(ConfigError, match=rf"relations\.{name}="):
        build(then="cooccurrence", **{name: value})


def test_changes_are_not_what_the_measure_was_calibrated_for(assembly):
    brain_mri = default_catalogue().vocabulary("brain_mri")
    with pytest.raises(ConfigError, match=r"brain_mri.*changes"):
        building.build(brain_mri, assembly.lexicon, {**building.SETTINGS, "then": "cooccurrence"})


def test_who_answered_is_in_the_provenance(cascade):
    made = cascade(TEXT)._.rad.provenance.providers["relations"]
    assert (made["name"], made["first"], made["then"]) == ("cascade", "rules", "cooccurrence")
    assert made["measure"]


def test_a_threshold_of_0_says_what_rules_says(chest_ct, cascade):
    first, said = chest_ct(TEXT)._.rad, cascade(TEXT)._.rad
    assert [(f.key, f.values) for f in said.findings] == [(f.key, f.values) for f in first.findings]
    assert {route.end for route in said.routes} == {"sure"}
    assert all(finding.score is not None for finding in said.findings)
    assert said.provenance.counts["relations.calls"] == 0
    assert first.routes == (), "the default output has none"


def test_the_settings_of_the_second_provider_are_its_own(assembly, monkeypatch):
    catalogue = default_catalogue()
    offer = catalogue.relation_mapper("cooccurrence")
    given = []

    def factory(schema, lexicon, settings):
        given.append(dict(settings))
        return offer.item.factory(schema, lexicon, settings)

    modelled = replace(offer, item=replace(offer.item, factory=factory, settings={"model_path": None, "batch": 8}))
    offers = {**catalogue.relation_mappers, "cooccurrence": modelled}
    monkeypatch.setattr(type(catalogue), "relation_mapper", lambda self, name: offers[name])
    assembly.relations("cascade", {"then": "cooccurrence", "then.model_path": "a.gguf", "then.batch": "4"})
    assert given == [{"model_path": "a.gguf", "batch": 4}]
    with pytest.raises(UnknownNameError, match=r"did you mean 'relations\.then\.model_path'"):
        assembly.relations("cascade", {"then": "cooccurrence", "then.modelpath": "a.gguf"})
    with pytest.raises(ConfigError, match=r"relations\.then\.batch='many'"):
        assembly.relations("cascade", {"then": "cooccurrence", "then.batch": "many"})
