"""What is followed: the relation and keys of the schema, unless told otherwise."""

import pytest

from radnlp.errors import ConfigError, UnknownNameError
from radnlp.hooks import default_catalogue
from radnlp.timeline import settings_for


def test_brain_mri_by_default_follows_the_episodes_of_the_three_malignant_tumours(brain_mri):
    settings = settings_for(brain_mri)
    assert settings.relation == "has_episode"
    assert list(settings.keys) == ["glioma", "lymphoma", "metastasis"]
    assert list(settings.values) == ["progression", "stable", "improvement"]
    assert settings.statuses == ("present", "uncertain", "historical")
    assert (settings.min_reports, settings.max_changes) == (3, 4)


def test_a_schema_without_episodes_wants_its_relation_named():
    chest_ct = default_catalogue().vocabulary("chest_ct")
    with pytest.raises(ConfigError, match=r"has no relation 'has_episode' \(it has located_in"):
        settings_for(chest_ct)
    settings = settings_for(chest_ct, relation="located_in", keys=["mass", "nodules"])
    assert (list(settings.keys), settings.value_type) == (["nodules", "mass"], "location")
    assert "rul" in settings.values


@pytest.mark.parametrize(
    ("options", "complaint"),
    [
        ({"relation": "has_epsiode"}, "did you mean 'has_episode'"),
        ({"keys": ["gliome"]}, "did you mean 'glioma'"),
        ({"keys": ["stroke"]}, "unknown key with the relation has_episode 'stroke'"),
    ],
)
def test_names_that_there_are_not(brain_mri, options, complaint):
    with pytest.raises(UnknownNameError, match=complaint):
        settings_for(brain_mri, **options)


@pytest.mark.parametrize("options", [{"min_reports": 0}, {"max_changes": -1}])
def test_numbers_out_of_range(brain_mri, options):
    with pytest.raises(ConfigError, match=next(iter(options))):
        settings_for(brain_mri, **options)
