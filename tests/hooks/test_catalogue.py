"""What plugins offer, by name; a plugin that answers nonsense offers nothing at all."""

import sys
from dataclasses import replace
from pathlib import Path

import pytest

from radnlp.errors import DuplicateNameError, PluginError, SchemaError, UnknownNameError, UnknownProviderError
from radnlp.hooks import Catalogue, create_manager, hookimpl
from radnlp.records import Check, EngineProvider, LexiconSource, Provider, SchemaSource


def provider(name):
    return Provider(name=name, summary="", factory=lambda schema, lexicon, settings: None)


def raising():
    raise RuntimeError("no licence")


def leaving():
    raise SystemExit(3)


def odd(**fields):
    return replace(provider("x"), **fields)


def half_way():
    yield SchemaSource(id="first", folder=Path("first"))
    raise RuntimeError("disk gone")


GOOD = SchemaSource(id="good", folder=Path("good"))
CHECK = Check(name="gpu", summary="the card", run=lambda settings: [])
ORDER = ("radnlp_register_schemas", "radnlp_register_relation_mappers", "radnlp_register_checks")


@pytest.mark.parametrize(
    ("hook", "answer", "reason"),
    [
        ("radnlp_register_relation_mappers", raising, "radnlp_register_relation_mappers raised RuntimeError: no licen"),
        ("radnlp_register_relation_mappers", ["rules"], "radnlp_register_relation_mappers returned a str; it must re"),
        ("radnlp_register_relation_mappers", "rules", "returned a str; it must return a list of Providers"),
        ("radnlp_register_relation_mappers", {"rules": provider("x")}, "returned a dict; it must return a list of"),
        ("radnlp_register_relation_mappers", provider("x"), "returned a Provider; it must return a list of Providers"),
        ("radnlp_register_relation_mappers", 3, "returned a int; it must return a list of Providers"),
        ("radnlp_register_relation_mappers", leaving, "radnlp_register_relation_mappers raised SystemExit: 3"),
        ("radnlp_register_relation_mappers", [provider("x"), provider("x")], "returned 'x' twice; a name stands for"),
        ("radnlp_register_relation_mappers", [provider("")], "whose name is ''; give it a name without spaces"),
        ("radnlp_register_relation_mappers", [provider("my rules")], "whose name is 'my rules'; give it a name with"),
        ("radnlp_register_relation_mappers", [provider("a:b")], "whose name is 'a:b'; give it a name without spaces"),
        ("radnlp_register_relation_mappers", [provider(None)], "whose name is None; give it a name without spaces"),
        ("radnlp_register_relation_mappers", [odd(factory="Mapper")], "factory is 'Mapper' (of 'x'); it is called"),
        ("radnlp_register_relation_mappers", [odd(schemas="chest_ct")], "schemas is 'chest_ct' (of 'x'); give a tuple"),
        ("radnlp_register_relation_mappers", [odd(settings=["a"])], "settings is ['a'] (of 'x'); give a dict from n"),
        ("radnlp_register_relation_mappers", [odd(settings={"a": [1]})], "give a dict from names (no spaces, no dots)"),
        ("radnlp_register_lexicons", [LexiconSource(language="de", file="x")], "file is 'x' (of 'x'); give a pathlib"),
        ("radnlp_register_relation_mappers", [provider("x"), None], "returned a NoneType; it must return Providers"),
        ("radnlp_register_commands", [provider("x")], "returned a Provider; it must return Commands"),
        ("radnlp_register_batch_engines", lambda: half_way(), "raised RuntimeError: disk gone"),
        ("radnlp_register_lexicons", [GOOD], "returned a SchemaSource; it must return LexiconSources"),
    ],
)
def test_a_hook_that_raises_or_answers_nonsense_takes_its_whole_plugin_out(manager, plugin, hook, answer, reason):
    bad = plugin(radnlp_register_schemas=[SchemaSource(id="of_bad", folder=Path("of_bad"))], **{hook: answer})
    manager.add(bad, "bad", distribution="radnlp-bad", version="0.1")
    manager.add(plugin(radnlp_register_schemas=[GOOD]), "good")
    catalogue = Catalogue(manager)
    assert set(catalogue.schemas) == {"good"}
    info = manager.info("bad")
    assert (info.state, info.distribution, info.version) == ("quarantined", "radnlp-bad", "0.1")
    assert reason in info.reason
    assert manager.info("good").state == "loaded"


def test_a_hook_that_returns_nothing_offers_nothing(manager, plugin):
    manager.add(plugin(radnlp_register_schemas=lambda: None, radnlp_register_commands=()), "quiet")
    catalogue = Catalogue(manager)
    assert (dict(catalogue.schemas), dict(catalogue.commands)) == ({}, {})
    assert manager.info("quiet").state == "loaded"


def test_a_generator_is_an_answer_too(manager, plugin):
    manager.add(plugin(radnlp_register_schemas=lambda: (source for source in [GOOD])), "mine")
    assert set(Catalogue(manager).schemas) == {"good"}


@pytest.mark.parametrize(
    ("hook", "kind", "item"),
    [
        ("radnlp_register_schemas", "schema", GOOD),
        ("radnlp_register_entity_key_classifiers", "entity key classifier", provider("good")),
        ("radnlp_register_relation_mappers", "relation mapper", provider("good")),
        ("radnlp_register_batch_engines", "batch engine", EngineProvider(name="good", summary="", factory=list)),
    ],
)
def test_of_two_plugins_with_one_name_both_are_named_and_the_rest_works(manager, plugin, hook, kind, item):
    manager.add(plugin(**{hook: [item]}), "one")
    manager.add(plugin(**{hook: [item]}), "other")
    manager.add(plugin(radnlp_register_checks=[CHECK]), "third")
    catalogue = Catalogue(manager)
    offers = getattr(catalogue, hook.removeprefix("radnlp_register_"))
    with pytest.raises(DuplicateNameError) as caught:
        offers["good"]
    assert str(caught.value) == (
        f"2 plugins offer the {kind} 'good': one and other; say which, one:good or other:good, or leave one out, e.g. "
        "RADNLP_DISABLED_PLUGINS=other"
    )
    assert (list(offers), offers["one:good"].plugin, offers["other:good"].plugin) == (
        ["one:good", "other:good"],
        "one",
        "other",
    )
    assert "good" in offers and offers.shared == {"good": ("one", "other")}
    assert catalogue.checks["gpu"].plugin == catalogue.checks["third:gpu"].plugin == "third"


def test_radnlps_own_names_are_not_taken_over(manager, plugin):
    manager.add(plugin(radnlp_register_relation_mappers=[provider("rules")]), "own", distribution="radnlp-core")
    manager.add(plugin(radnlp_register_relation_mappers=[provider("rules")]), "theirs", distribution="radnlp-x")
    catalogue = Catalogue(manager)
    assert catalogue.relation_mapper("rules").plugin == "own"
    assert catalogue.relation_mapper("theirs:rules").plugin == "theirs"
    assert list(catalogue.relation_mappers) == ["rules", "theirs:rules"]


def test_radnlp_itself_may_not_offer_a_name_twice_nor_answer_nonsense(manager, plugin):
    for name in ("one", "other"):
        manager.add(plugin(radnlp_register_schemas=[GOOD]), name, distribution="radnlp-core")
    with pytest.raises(DuplicateNameError, match="radnlp offers the schema 'good' twice: one and other"):
        Catalogue(manager)
    manager.unregister(name="other")
    manager.add(plugin(radnlp_register_schemas="good"), "third", distribution="radnlp-core")
    with pytest.raises(PluginError, match="third: radnlp_register_schemas returned a str"):
        Catalogue(manager)


def test_plugins_are_asked_in_the_order_of_their_registration_each_hook_once(manager, plugin):
    asked = []

    def asking(name, hook):
        return lambda: asked.append((name, hook)) or []

    for name in ("zebra", "aardvark"):
        manager.add(plugin(**{hook: asking(name, hook) for hook in ORDER}), name)
    Catalogue(manager)
    assert asked == [(name, hook) for hook in ORDER for name in ("zebra", "aardvark")]


def test_neither_first_nor_last_can_be_asked_for(manager):
    asked = []

    def made(name, **options):
        class Plugin:
            @hookimpl(**options)
            def radnlp_register_checks(self):
                asked.append(name)

        return Plugin()

    manager.add(made("one", trylast=True), "one")
    manager.add(made("other", tryfirst=True), "other")
    Catalogue(manager)
    assert asked == ["one", "other"]


def test_what_a_hook_prints_goes_to_standard_error_and_standard_output_stays(manager, plugin, capsys):
    def printing():
        print("welcome")
        sys.stdout = None
        return [GOOD]

    before = sys.stdout
    manager.add(plugin(radnlp_register_schemas=printing), "loud")
    Catalogue(manager)
    assert sys.stdout is before
    assert capsys.readouterr() == ("", "welcome\n")


def test_what_was_registered_the_way_of_pluggy_has_its_owner_too(manager, plugin):
    manager.add(plugin(radnlp_register_schemas=[]), "first")
    assert manager.register(plugin(radnlp_register_schemas=[GOOD]), "second") == "second"
    assert Catalogue(manager).schemas["good"].plugin == "second"
    manager.unregister(name="second")
    assert [info.name for info in manager.infos] == ["first"]
    assert "good" not in Catalogue(manager).schemas


def test_a_quarantined_plugin_is_no_rival_for_a_name(manager, plugin):
    manager.add(plugin(radnlp_register_schemas=[GOOD], radnlp_register_commands=raising), "bad")
    manager.add(plugin(radnlp_register_schemas=[GOOD]), "good")
    assert Catalogue(manager).schemas["good"].plugin == "good"


def test_one_name_may_serve_two_stages(manager, plugin):
    offers = {
        hook: [provider("rules")]
        for hook in ("radnlp_register_relation_mappers", "radnlp_register_entity_key_classifiers")
    }
    manager.add(plugin(**offers), "mine")
    catalogue = Catalogue(manager)
    assert catalogue.relation_mapper("rules") and catalogue.entity_key_classifier("rules")


def test_an_unknown_provider_is_answered_with_near_names_and_what_was_set_aside(manager, plugin):
    manager.add(plugin(radnlp_register_relation_mappers=[provider("rules")]), "mine")
    manager.add(plugin(radnlp_register_relation_mappers=raising), "llama")
    catalogue = Catalogue(manager)
    with pytest.raises(UnknownProviderError) as caught:
        catalogue.relation_mapper("rulez")
    assert "did you mean 'rules'?" in str(caught.value)
    assert "Plugin llama is quarantined: radnlp_register_relation_mappers raised RuntimeError" in str(caught.value)
    for ask in (catalogue.entity_key_classifier, catalogue.batch_engine):
        with pytest.raises(UnknownProviderError, match="none is available"):
            ask("rules")


@pytest.fixture
def shipped():
    return Catalogue(create_manager(builtin=["radnlp.hooks.shipped"], installed=False))


def test_a_schema_is_found_by_name_and_by_path(shipped):
    by_name = shipped.schema("chest_ct")
    by_path = shipped.schema(str(shipped.schemas["chest_ct"].item.folder))
    assert by_name == by_path


def test_an_unknown_schema_is_answered_with_its_near_name(shipped):
    with pytest.raises(UnknownNameError, match="unknown schema 'chest_cd'; did you mean 'chest_ct'"):
        shipped.schema("chest_cd")


def test_a_folder_named_without_a_separator_is_explained(shipped, tmp_path, monkeypatch):
    (tmp_path / "mine").mkdir()
    monkeypatch.chdir(tmp_path)
    with pytest.raises(UnknownNameError, match=r"needs a path separator: \./mine\."):
        shipped.schema("mine")
    with pytest.raises(SchemaError, match=r"mine.schema\.toml: there is no such file"):
        shipped.schema("./mine")


def test_a_schema_of_ones_own_extends_a_shipped_one(shipped, tmp_path):
    (tmp_path / "schema.toml").write_text(
        'id = "mine"\nversion = "1.0.0"\ntitle = "Mine"\nlanguages = ["en"]\nextends = "chest_ct"\n'
        '[keys.cyst]\ntype = "lesion"\nlabel = "Cyst"\n',
        "utf-8",
    )
    schema, lexicon = shipped.schema(str(tmp_path))
    assert schema.keys[-1].id == "cyst" and len(schema.keys) == 12
    assert any("nodules" in term.entities for term in lexicon.terms)
    (tmp_path / "schema.toml").write_text(
        'id = "mine"\nversion = "1.0.0"\ntitle = "Mine"\nlanguages = ["en"]\nextends = "chest_cd"\n', "utf-8"
    )
    with pytest.raises(SchemaError, match=r"schema\.toml: extends: unknown schema 'chest_cd'; did you mean 'chest_ct'"):
        shipped.schema(str(tmp_path))


def test_terms_on_top_are_given_as_paths(shipped, tmp_path):
    path = tmp_path / "mine.toml"
    path.write_text('language = "en"\n[[terms]]\nentities = ["nodules"]\nphrases = ["coin lesion"]\n', "utf-8")
    _, lexicon = shipped.schema("chest_ct", terms=(str(path),))
    assert lexicon.terms[-1].phrase == "coin lesion"
