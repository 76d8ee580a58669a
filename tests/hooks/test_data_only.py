"""Packages that hold TOML only: installed like any other, and no line of theirs is ever run."""

import sys

import pytest

from radnlp.errors import PluginError
from radnlp.hooks import Catalogue, create_manager
from radnlp.hooks.data_only import data_only_plugin

# In a language for which nothing installed has words of its own.
SCHEMA = """
id = "abdomen_us"
version = "1.0.0"
title = "Abdomen"
languages = ["gsw"]

[keys.gallstone]
type = "lesion"
label = "Gallstone"
"""
FILES = {
    "abdomen_data/__init__.py": "",
    "abdomen_data/abdomen_us/schema.toml": SCHEMA,
    "abdomen_data/abdomen_us/terms/words.gsw.toml": (
        'language = "gsw"\n[[terms]]\nentities = ["gallstone"]\nphrases = ["Gallenstein[e]"]\n'
    ),
    "abdomen_data/lexicons/clause_breaks.gsw.toml": 'language = "gsw"\nclause_breaks = ["und"]\n',
}
ENTRY = {"radnlp_schemas": {"abdomen": "abdomen_data"}}
#: Leaves a trace if it is ever run.
CODE = "import sys\nsys.code_of_a_data_package_ran = True\n"


def aside(manager, name):
    info = manager.info(name)
    assert info.state == "quarantined"
    return info.reason


def test_its_schemas_and_lexicons_work_and_no_code_is_run(install):
    install("radnlp-abdomen", ENTRY, FILES)
    manager = create_manager(builtin=[])
    assert (manager.info("abdomen").state, manager.info("abdomen").distribution) == ("loaded", "radnlp-abdomen")
    schema, lexicon = Catalogue(manager).schema("abdomen_us")
    assert schema.keys[0].id == "gallstone"
    assert [term.phrase for term in lexicon.terms] == ["Gallensteine", "Gallenstein"]
    assert lexicon.clause_breaks == ("und",)
    assert "abdomen_data" not in sys.modules


@pytest.mark.parametrize("place", ["__init__.py", "abdomen_us/tools.py", "lexicons/deep/er.py"])
def test_one_that_holds_code_is_refused_and_the_code_not_run(install, place):
    install("radnlp-abdomen", ENTRY, {**FILES, f"abdomen_data/{place}": CODE})
    manager = create_manager(builtin=[])
    assert f"'abdomen_data' holds code ({place})" in aside(manager, "abdomen")
    assert "abdomen_us" not in Catalogue(manager).schemas
    assert not hasattr(sys, "code_of_a_data_package_ran")


def test_a_package_inside_another_is_found_without_running_the_outer_one(install):
    files = {f"outer_package/{name}": content for name, content in FILES.items()}
    install(
        "radnlp-abdomen",
        {"radnlp_schemas": {"abdomen": "outer_package.abdomen_data"}},
        {**files, "outer_package/__init__.py": CODE},
    )
    manager = create_manager(builtin=[])
    assert manager.info("abdomen").state == "loaded"
    assert "abdomen_us" in Catalogue(manager).schemas
    assert not hasattr(sys, "code_of_a_data_package_ran")


@pytest.mark.parametrize("package", ["no_such_package", "no_such_package.inner", "abdomen_data.nowhere"])
def test_one_that_is_not_there_is_refused(install, package):
    install("radnlp-abdomen", {}, FILES)
    with pytest.raises(PluginError, match=f"the data package '{package}' cannot be found; reinstall"):
        data_only_plugin(package)


def test_a_module_is_no_package(install):
    install("radnlp-abdomen", {}, {"abdomen_module.py": ""})
    with pytest.raises(PluginError, match="cannot be found"):
        data_only_plugin("abdomen_module")


def test_a_broken_schema_inside_is_told_when_it_is_asked_for(install):
    from radnlp.errors import SchemaError

    broken = {**FILES, "abdomen_data/abdomen_us/schema.toml": SCHEMA.replace("title", "titel")}
    install("radnlp-abdomen", ENTRY, broken)
    catalogue = Catalogue(create_manager(builtin=[]))
    with pytest.raises(SchemaError, match=r"schema\.toml: titel: unknown name; did you mean 'title'"):
        catalogue.schema("abdomen_us")
