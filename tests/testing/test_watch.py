"""What a contract check notices beside the answers."""

import logging
import os
import socket
import subprocess
import sys
import time
import warnings
from contextlib import suppress

import pytest

from radnlp.testing import RULES, ContractError
from radnlp.testing.contracts.probes import PROBES, inputs
from radnlp.testing.contracts.watch import safe_words, watched

SECRET = "Quokka-shaped nodule in the RUL."
ASKED = inputs([SECRET])


def broken(work, **options):
    with pytest.raises(ContractError) as caught, watched(ASKED, **{"seconds": 60, **options}):
        work()
    assert "Quokka" not in str(caught.value)
    return caught.value.rule, caught.value.where


OWN = f"report {len(PROBES)} (your own, id 'own-{len(PROBES)}')"


@pytest.mark.parametrize(
    "work",
    [
        lambda: print("hello"),
        lambda: os.write(1, b"hello"),
        lambda: subprocess.run([sys.executable, "-c", "print('hello')"], check=True),
    ],
    ids=["print", "from C", "from a process"],
)
def test_nothing_may_be_printed(work):
    assert broken(work) == ("silent", "")


@pytest.mark.parametrize(
    "work",
    [
        lambda: print(f"reading {SECRET}", file=sys.stderr),
        lambda: os.write(2, SECRET.replace(" ", "\n").encode()),
        lambda: logging.getLogger("a.library").debug("reading %s", SECRET),
        lambda: warnings.warn(f"long report: {SECRET[:14]}", stacklevel=1),
    ],
    ids=["stderr", "from C", "log", "warning"],
)
def test_no_words_of_a_report_may_be_told(work):
    assert broken(work) == ("silent", OWN)


def test_other_words_may_be_told(capfd):
    with watched(ASKED, seconds=60):
        print("loading the model", file=sys.stderr)
        logging.getLogger("a.library").warning("no GPU")
    assert capfd.readouterr() == ("", "")


def swallowed():
    with suppress(OSError):
        socket.getaddrinfo("example.org", 80)


def test_a_socket_is_noticed_even_where_its_refusal_is_swallowed():
    assert broken(swallowed) == ("offline", "")
    with watched(ASKED, seconds=60, network=True):
        socket.socket().close()


def test_what_takes_too_long_is_told():
    assert broken(lambda: time.sleep(0.02), seconds=0.01) == ("in_time", "")


def test_the_words_of_an_exception_are_shown_unless_they_are_a_reports():
    probes = [one for one in ASKED if not one.own]
    assert safe_words(KeyError("liver"), probes) == "KeyError: 'liver'"
    assert safe_words(KeyError("liver"), ASKED) == "KeyError"
    with pytest.raises(ContractError) as caught:
        safe_words(ValueError(f"cannot read {SECRET}"), ASKED)
    assert (caught.value.rule, caught.value.where) == ("silent", OWN)


def test_every_rule_says_what_it_is_for():
    error = ContractError("order", "they came backwards", where="report 0 (plain)")
    assert str(error) == f"report 0 (plain): they came backwards [rule order: {RULES['order']}]"
    assert all(len(why.split()) > 5 for why in RULES.values())
