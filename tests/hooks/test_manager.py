"""Loading plugins: a fault in radnlp's own stops at once, a fault in somebody else's sets that plugin aside."""

import sys
from pathlib import Path

import pytest

from radnlp.errors import PluginError
from radnlp.hooks import API_VERSION, Catalogue, create_manager, default_manager
from radnlp.hooks import manager as manager_module
from radnlp.records import PipelineSpec, Report, SchemaSource

SPEC = PipelineSpec(schema="chest_ct")
REPORT = Report(id="r1", text="Zebra-striped 8 mm nodule in the RUL.")

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
    "misspelt": (MISSPELT, "there is no hook 'radnlp_register_schema'; did you mean 'radnlp_register_schemas'"),
    "wrong_signature": (WRONG_SIGNATURE, "colour"),
    "unmarked": (UNMARKED, "radnlp_register_schemas would never be called; put @hookimpl in front of it"),
    "failing": ("import no_such_library", "ModuleNotFoundError: No module named 'no_such_library'"),
    "raising": ("raise RuntimeError('no licence')", "RuntimeError: no licence"),
    "leaving": ("import sys; sys.exit(3)", "SystemExit: 3"),
    "not_python": ("def", "SyntaxError: "),
    "panicking": ("class Panic(BaseException): pass\nraise Panic('at native code')", "Panic: at native code"),
    "without_hooks": ("answer = 42", "no hook of radnlp is in it; name the module or object that has them"),
    "wrapping": (GOOD.replace("@hookimpl", "@hookimpl(wrapper=True)"), "is a wrapper; plugins are asked one by one"),
    "misspelt_without_prefix": (GOOD.replace("radnlp_register", "register"), "there is no hook 'register_schemas'"),
    "for_a_later_api": (GOOD + "RADNLP_API = (7, 9)", "made for the plugin API 7 to 9, this radnlp-core (0."),
    "for_no_api": (GOOD + "RADNLP_API = '1'", "RADNLP_API is '1'; write the number of the API it was made for"),
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


@pytest.mark.parametrize("numbers", ["1", "(1, 1)", "(1, 2)"])
def test_a_plugin_may_name_the_numbers_of_the_api_it_works_with(install, numbers):
    assert API_VERSION == 1
    install("radnlp-x", {"radnlp": {"x": "x_plugin"}}, {"x_plugin.py": f"{GOOD}\nRADNLP_API = {numbers}\n"})
    assert info_of(create_manager(builtin=[]), "x").state == "loaded"


@pytest.mark.parametrize(
    ("needs", "state"),
    [
        ("radnlp-core", "loaded"),
        ("radnlp_core>=0.1,<1; python_version > '3'", "loaded"),
        ("radnlp-core>=99; python_version < '3'", "loaded"),
        ("radnlp-core-tools>=99", "loaded"),
        ("radnlp-core >> 99", "loaded"),  # nonsense that no installer could have read
        ("radnlp-core<0.1", "quarantined"),
        ("Radnlp_Core>=99", "quarantined"),
    ],
)
def test_the_range_of_versions_that_a_distribution_depends_on_is_held(install, needs, state):
    site = install("radnlp-x", {"radnlp": {"x": "x_plugin"}}, {"x_plugin.py": GOOD})
    metadata = site / "radnlp_x-1.2.3.dist-info" / "METADATA"
    metadata.write_text(f"{metadata.read_text('utf-8')}Requires-Dist: {needs}\n", "utf-8")
    info = info_of(create_manager(builtin=[]), "x")
    assert info.state == state
    assert state == "loaded" or f"its distribution needs radnlp-core {needs[11:]}, installed is 0." in info.reason


def test_what_a_plugin_prints_on_import_goes_to_standard_error_and_standard_output_stays(install, capsys):
    loud = f"import os, sys\nprint('welcome')\nsys.stdout = open(os.devnull, 'w')\n{GOOD}"
    install("radnlp-x", {"radnlp": {"x": "x_plugin"}}, {"x_plugin.py": loud})
    before = sys.stdout
    assert info_of(create_manager(builtin=[]), "x").state == "loaded"
    assert sys.stdout is before
    assert capsys.readouterr() == ("", "welcome\n")


def test_the_trace_of_the_plugins_holds_no_word_of_a_report(monkeypatch, capsys):
    monkeypatch.setenv("RADNLP_TRACE_PLUGINS", "1")
    catalogue = Catalogue(create_manager(installed=False))
    (extraction,) = catalogue.batch_engine("serial").item.factory(1).run(SPEC, [REPORT])
    assert extraction.findings[0].key == "nodules"
    trace = capsys.readouterr().err
    assert "radnlp_register_batch_engines" in trace
    assert "zebra" not in trace.lower()


def test_managers_share_nothing(plugin):
    one, other = (create_manager(builtin=[], installed=False) for _ in range(2))
    one.add(plugin(radnlp_register_schemas=[SchemaSource(id="x", folder=Path("x"))]), "mine")
    assert other.infos == ()
    assert Catalogue(other).schemas == {}
