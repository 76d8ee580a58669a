"""The names of a new plugin."""

import pytest

from radnlp.cli.scaffold import PluginNames
from radnlp.errors import ConfigError


@pytest.mark.parametrize(
    ("given", "distribution", "package", "name"),
    [
        ("radnlp-nearest", "radnlp-nearest", "radnlp_nearest", "nearest"),
        ("Nearest", "nearest", "nearest", "nearest"),
        ("my__near.place", "my-near-place", "my_near_place", "my-near-place"),
        ("radnlp_us2", "radnlp-us2", "radnlp_us2", "us2"),
    ],
)
def test_one_name_gives_the_others(given, distribution, package, name):
    names = PluginNames.of(given)
    assert (names.distribution, names.package, names.name) == (distribution, package, name)


@pytest.mark.parametrize("given", ["", "-x", "x-", "a b", "a/b", "../x", "naïve", "x\n", "a:b"])
def test_what_no_installer_takes_is_refused(given):
    with pytest.raises(ConfigError, match="cannot be the name of a package"):
        PluginNames.of(given)


@pytest.mark.parametrize("given", ["2d", "class", "radnlp-2d"])
def test_what_python_cannot_import_is_refused(given):
    with pytest.raises(ConfigError, match="cannot be imported as"):
        PluginNames.of(given)


@pytest.mark.parametrize("given", ["radnlp", "json", "numpy", "radnlp-core"])
def test_a_package_that_is_here_already_is_refused(given):
    with pytest.raises(ConfigError, match="is here already; take another name"):
        PluginNames.of(given)
