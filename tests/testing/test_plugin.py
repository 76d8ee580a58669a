"""The fixtures that a plugin author gets by one line in conftest.py."""

import socket

import pytest

from radnlp.errors import UnknownNameError
from radnlp.hooks import Catalogue
from radnlp.testing.plugin import radnlp_contract, radnlp_extract, radnlp_manager, radnlp_offline  # noqa: F401


def test_marked_reports_are_read_and_compared(radnlp_extract):  # noqa: F811
    extraction = radnlp_extract("No [nodule](nodules absent).", schema="chest_ct")
    assert extraction.findings[0].status == "absent"
    with pytest.raises(pytest.fail.Exception, match="missing: mass present"):
        radnlp_extract("No [mass](mass present).", schema="chest_ct")


def test_the_contract_by_name(radnlp_contract):  # noqa: F811
    radnlp_contract("radnlp_register_checks", "installation")
    with pytest.raises(UnknownNameError, match=r"unknown checks 'instalation'; did you mean 'installation'"):
        radnlp_contract("checks", "instalation")
    with pytest.raises(UnknownNameError, match="unknown hook 'check'; did you mean 'checks'"):
        radnlp_contract("check", "installation")


def test_a_manager_of_radnlps_own_parts(radnlp_manager):  # noqa: F811
    assert {info.distribution for info in radnlp_manager.infos} == {"radnlp-core"}
    assert "rules" in Catalogue(radnlp_manager).relation_mappers


def test_no_network(radnlp_offline):  # noqa: F811
    with pytest.raises(OSError, match="nothing here opens a connection"):
        socket.create_connection(("127.0.0.1", 9))
    assert radnlp_offline
    one, other = socket.socketpair()  # within the machine
    one.close(), other.close()
