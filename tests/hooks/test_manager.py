"""Loading plugins: a fault in radnlp's own stops at once, a fault in somebody else's sets that plugin aside."""

import sys

import pytest

from radnlp.errors import PluginError
from radnlp.hooks import Catalogue, create_manager, default_manager
from radnlp.hooks import manager as manager_module
from radnlp.records import SchemaSource

GOOD = """
from pathlib import Path
from radnlp.api import SchemaSource, hookimpl

@hookimpl
def radnlp_register_schemas():
    return [SchemaSource(id="good", folder=Path(__file__).parent)]
"""
MISSPELT = """
from radnlp.api import hookimpl

@hookimpl
def radnlp_register_schema():
    return []
"""
WRONG_SIGNATURE = """
from radnlp.api import hookimpl

@hookimpl
def radnlp_register_commands():
    return []

@hookimpl
def radnlp_register_schemas(colour):
    return []
"""
UNMARKED = """
def radnlp_register_schemas():
    return []
"""

BROKEN = {
    "misspelt": (MISSPELT, "there is no hook 'radnlp_register_schema'; the hooks are radnlp_register_"),
    "wrong_signature": (WRONG_SIGNATURE, "colour"),
    "unmarked": (UNMARKED, "radnlp_register_schemas would never be called; put @hookimpl in front of it"),
    "failing": ("import no_such_library", "ModuleNotFoundError: No module named 'no_such_library'"),
    "raising": ("raise RuntimeError('no licence')", "RuntimeError: no licence"),
    "leaving": ("import sys; sys.exit(3)", "SystemExit: 3"),
    "not_python": ("def", "SyntaxError: "),
}


def info_of(manager, name):
    return next(info for info in manager.infos if info.name == name)


@pytest.mark.parametrize("fault", ["misspelt", "wrong_signature", "unmarked"])
def test_a_built_in_plugin_with_a_fault_raises(install, fault):
    source, complaint = BROKEN[fault]
    install("radnlp-own", {}, {"own_plugin.py": source})
    with pytest.raises(PluginError, match="own_plugin") as caught:
        create_manager(builtin=["own_plugin"], installed=False)
    assert complaint in str(caught.value)


def test_a_built_in_plugin_that_cannot_be_imported_raises(install):
    install("radnlp-own", {}, {"own_plugin.py": "import no_such_library"})
    with pytest.raises(ModuleNotFoundError):
        create_manager(builtin=["own_plugin"], installed=False)


@pytest.mark.parametrize("fault", sorted(BROKEN))
def test_an_installed_plugin_with_a_fault_is_quarantined_and_the_rest_goes_on(install, fault):
    source, complaint = BROKEN[fault]
    install(
        "radnlp-others",
        {"radnlp": {"a_broken": "a_broken_plugin", "b_good": "b_good_plugin"}},
        {"a_broken_plugin.py": source, "b_good_plugin.py": GOOD},
    )
    manager = create_manager(builtin=[])
    broken = info_of(manager, "a_broken")
    assert (broken.state, broken.distribution, broken.version) == ("quarantined", "radnlp-others", "1.2.3")
    assert complaint in broken.reason
    assert manager.get_plugin("a_broken") is None
    assert info_of(manager, "b_good").state == "loaded"
    catalogue = Catalogue(manager)
    assert catalogue.schemas["good"].plugin == "b_good"
    assert "a_broken" not in {offer.plugin for offer in catalogue.commands.values()}


def test_a_plugin_left_half_registered_by_its_fault_is_called_by_no_hook(manager, plugin):
    def wrongly_signed(colour):
        return []

    broken = plugin(radnlp_register_commands=[], radnlp_register_schemas=wrongly_signed)
    with pytest.raises(PluginError, match="colour"):
        manager.add(broken, "broken")
    assert manager.get_plugins() == set()
    assert manager.hook.radnlp_register_commands.get_hookimpls() == []


def test_a_plugin_added_under_a_second_name_stays_under_its_first(manager, plugin):
    one = plugin(radnlp_register_schemas=[])
    manager.add(one, "first")
    with pytest.raises(PluginError, match="second: "):
        manager.add(one, "second")
    assert manager.get_plugin("first") is one
    assert [info.name for info in manager.infos] == ["first"]


def test_two_installed_plugins_of_one_name_are_told_apart(install):
    install("radnlp-one", {"radnlp": {"same": "one_plugin"}}, {"one_plugin.py": GOOD})
    install("radnlp-two", {"radnlp": {"same": "two_plugin"}}, {"two_plugin.py": GOOD.replace('"good"', '"two"')})
    manager = create_manager(builtin=[])
    states = {info.distribution: info for info in manager.infos if info.distribution in ("radnlp-one", "radnlp-two")}
    assert sorted(info.state for info in states.values()) == ["loaded", "quarantined"]
    (aside,) = [info for info in states.values() if info.state == "quarantined"]
    (loaded,) = [info for info in states.values() if info.state == "loaded"]
    assert "'same' is loaded already" in aside.reason and loaded.distribution in aside.reason
    assert aside.distribution in aside.name


def test_a_blocked_plugin_is_not_even_imported(install):
    install("radnlp-others", {"radnlp": {"unwanted": "unwanted_plugin"}}, {"unwanted_plugin.py": "raise SystemExit"})
    manager = create_manager(builtin=["radnlp.hooks.shipped"], blocked=["unwanted", "radnlp.hooks.shipped"])
    assert {name: info_of(manager, name).state for name in ("unwanted", "radnlp.hooks.shipped")} == {
        "unwanted": "disabled",
        "radnlp.hooks.shipped": "disabled",
    }
    assert "unwanted_plugin" not in sys.modules
    assert "chest_ct" not in Catalogue(manager).schemas


def test_plugins_are_disabled_by_the_environment(monkeypatch):
    monkeypatch.setenv("RADNLP_DISABLED_PLUGINS", "radnlp.cli.plugin, nobody,,radnlp.batch.plugin")
    manager = default_manager.__wrapped__()
    disabled = {info.name for info in manager.infos if info.state == "disabled"}
    assert disabled == {"radnlp.cli.plugin", "radnlp.batch.plugin"}


def test_calls_of_plugins_are_traced_on_request(install, monkeypatch, capsys):
    monkeypatch.setenv("RADNLP_TRACE_PLUGINS", "1")
    Catalogue(create_manager(builtin=["radnlp.hooks.shipped"], installed=False))
    assert "radnlp_register_schemas" in capsys.readouterr().err
    monkeypatch.delenv("RADNLP_TRACE_PLUGINS")
    Catalogue(create_manager(builtin=["radnlp.hooks.shipped"], installed=False))
    assert capsys.readouterr().err == ""


def test_the_built_in_plugins_all_load_and_come_first():
    names = [info.name for info in create_manager().infos]
    assert tuple(names[: len(manager_module.BUILTIN)]) == manager_module.BUILTIN


def test_managers_share_nothing(plugin):
    one, other = (create_manager(builtin=[], installed=False) for _ in range(2))
    one.add(plugin(radnlp_register_schemas=[SchemaSource(id="x", folder="x")]), "mine")
    assert other.infos == ()
    assert Catalogue(other).schemas == {}
