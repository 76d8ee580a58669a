"""The built-in providers come through the hooks and keep the contract of everybody's."""

import pytest

from radnlp.rules import plugin
from radnlp.testing import check_entity_key_classifier, check_relation_mapper

CLASSIFIERS = {provider.name: provider for provider in plugin.radnlp_register_entity_key_classifiers()}
MAPPERS = {provider.name: provider for provider in plugin.radnlp_register_relation_mappers()}


def test_the_names_of_the_contract():
    assert (set(CLASSIFIERS), set(MAPPERS)) == ({"rules"}, {"cascade", "cooccurrence", "rules"})


@pytest.mark.parametrize("name", sorted(CLASSIFIERS))
def test_classifiers_keep_their_contract(name):
    check_entity_key_classifier(CLASSIFIERS[name])


@pytest.mark.parametrize("name", sorted(set(MAPPERS) - {"cascade"}))  # which needs a second one: see its own tests
def test_mappers_keep_their_contract(name):
    check_relation_mapper(MAPPERS[name])
