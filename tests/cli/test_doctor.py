"""radnlp doctor: what is there and works, in words and for programs."""

import json

import pytest

from radnlp.cli import doctor
from radnlp.errors import ConfigError
from radnlp.hooks import Catalogue, create_manager, hookimpl
from radnlp.records import Check, CheckLine


class Plugin:
    """Offers checks of somebody else."""

    def __init__(self, *checks):
        self._checks = checks

    @hookimpl
    def radnlp_register_checks(self):
        return list(self._checks)


@pytest.fixture
def offering(monkeypatch):
    """Makes the program's catalogue hold these checks, and radnlp's own."""

    def offer(*checks):
        manager = create_manager(builtin=["radnlp.cli.plugin"], installed=False)
        manager.add(Plugin(*checks), "mine", distribution="radnlp-mine", version="1.0")
        catalogue = Catalogue(manager)
        monkeypatch.setattr(doctor, "default_catalogue", lambda: catalogue)

    return offer


def line(state="ok", words="one GPU", **values):
    return CheckLine(name="gpu", state=state, words=words, values=values)


def check(run, **settings):
    return Check(name="gpu", summary="the card", run=run, settings=settings)


def test_what_radnlp_stands_on(radnlp):
    done = radnlp("doctor", "installation")
    assert done.status == 0
    assert done.out.startswith("installation (Python, packages and plugins)\n  ok      Python 3.")
    assert "\n  ok      spacy 3." in done.out and done.err == ""


def test_for_programs(radnlp):
    (row,) = json.loads(radnlp("doctor", "installation", "--json").out)
    assert (row["check"], row["plugin"]) == ("installation", "radnlp.cli.plugin")
    python = row["lines"][0]
    assert (python["name"], python["state"]) == ("python", "ok")
    assert python["values"]["version"] in python["words"]


@pytest.mark.parametrize(("state", "status"), [("ok", 0), ("warning", 0), ("failed", 1)])
def test_the_exit_status_tells_whether_something_failed(radnlp, offering, state, status):
    offering(check(lambda settings: [line(state=state, words="[1] card")]))
    done = radnlp("doctor", "gpu")
    assert done.status == status
    assert done.out == f"gpu (the card)\n  {state:<8}[1] card\n"


def test_settings_reach_the_check_in_their_kind(radnlp, offering):
    offering(check(lambda settings: [line(words=repr(dict(settings)))], device=0, path=None))
    assert "{'device': 2, 'path': None}" in radnlp("doctor", "gpu", "--set", "gpu.device=2").out


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["gpus"], "unknown check 'gpus'; did you mean 'gpu'?"),
        (["--set", "cpu.device=1"], "unknown check 'cpu'"),
        (["--set", "gpu.devise=1"], "unknown setting 'gpu.devise'; did you mean 'gpu.device'?"),
        (["--set", "gpu.device=first"], "whole number"),
        (["--set", "device=1"], "write CHECK.NAME=VALUE"),
    ],
)
def test_wrong_use(radnlp, offering, arguments, words):
    offering(check(lambda settings: [line()], device=0))
    done = radnlp("doctor", *arguments)
    assert done.status == 2 and words in done.err and done.out == ""


def _refuse(settings):
    raise ConfigError("the model x.gguf does not exist")


def _break(settings):
    raise ZeroDivisionError("by zero")


@pytest.mark.parametrize(
    ("run", "words"),
    [(_refuse, "the model x.gguf does not exist"), (_break, "the check itself broke with ZeroDivisionError: by zero")],
)
def test_a_check_that_breaks_is_a_line_and_the_others_go_on(radnlp, offering, run, words):
    offering(check(run))
    done = radnlp("doctor", "--json")
    rows = {row["check"]: row["lines"] for row in json.loads(done.out)}
    assert done.status == 1
    assert words in rows["gpu"][0]["words"] and rows["installation"][0]["state"] == "ok"


def test_a_plugin_that_was_set_aside_is_a_failure_with_its_reason(monkeypatch):
    from radnlp.cli import installation

    manager = create_manager(builtin=[], installed=False)
    manager.set_aside("theirs", "quarantined", "ImportError: no torch", distribution="radnlp-theirs", version="0.1")
    manager.set_aside("quiet", "disabled", "on request", distribution="radnlp-quiet", version="0.1")
    catalogue = Catalogue(manager)
    monkeypatch.setattr(installation, "default_catalogue", lambda: catalogue)
    lines = {found.name: found for found in installation.look()}
    assert lines["plugin theirs"].state == "failed" and "ImportError: no torch" in lines["plugin theirs"].words
    assert lines["plugin quiet"].state == "ok"


def test_a_package_that_is_missing(monkeypatch):
    from radnlp.cli import installation

    monkeypatch.setattr(installation, "_PACKAGES", ("radnlp-core", "no-such-package"))
    states = {found.name: found.state for found in installation.look()}
    assert (states["radnlp-core"], states["no-such-package"]) == ("ok", "failed")
