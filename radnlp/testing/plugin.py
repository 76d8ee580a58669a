"""Fixtures for the tests of a plugin: ``pytest_plugins = ["radnlp.testing.plugin"]`` in its ``conftest.py``.

Nothing of this is active without that line, and no fixture without a test that names it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any

import pytest

import radnlp
from radnlp.errors import UnknownNameError
from radnlp.hooks import RadnlpPluginManager, create_manager, default_catalogue
from radnlp.records import Extraction, Report, Settings
from radnlp.testing.contracts import CHECKS, check_offer
from radnlp.testing.markup import differences, parse_markup
from radnlp.testing.offline import offline


@pytest.fixture
def radnlp_manager() -> RadnlpPluginManager:
    """A plugin manager of its own with radnlp's parts alone; ``radnlp_manager.add(my_module, "mine")`` adds yours."""
    return create_manager(installed=False)


@pytest.fixture
def radnlp_offline() -> Iterator[list[str]]:
    """No network in this test: a socket is refused, and noted in the list that comes back."""
    with offline() as attempts:
        yield attempts


@pytest.fixture
def radnlp_extract() -> Callable[..., Extraction]:
    """Reads a report with inline markup and fails where it says something else than the marks.

    Called with the marked report and the arguments of :func:`radnlp.extract`; gives the extraction::

        radnlp_extract("No [mass](mass absent), [nodule](nodules present located_in=rul) in RUL.", schema="chest_ct")
    """

    def extract(marked: str, **options: Any) -> Extraction:
        expected = parse_markup(marked)
        extraction = radnlp.extract(expected.text, **options)
        found = differences(expected, extraction)
        errors = [f"{issue.stage} {issue.code}: {issue.message}" for issue in extraction.issues]
        if found or errors:
            pytest.fail("\n".join([*found, *errors]), pytrace=False)
        return extraction

    return extract


@pytest.fixture
def radnlp_contract() -> Callable[..., None]:
    """The contract check of something that an installed plugin offers, by hook and name.

    ``radnlp_contract("relation_mappers", "nearest")``; keyword arguments are those of the hook's check.
    """

    def check(hook: str, name: str, **options: Iterable[Report | str] | Settings | str | float) -> None:
        kind = hook.removeprefix("radnlp_register_")
        if kind not in CHECKS:
            raise UnknownNameError("hook", kind, CHECKS)
        offers = getattr(default_catalogue(), kind)
        if name not in offers:
            aside = [f"{info.name}: {info.reason}" for info in default_catalogue().manager.infos if info.reason]
            hint = f" Set aside: {'; '.join(aside)}." if aside else " Is your package installed (pip install -e .)?"
            raise UnknownNameError(kind, name, offers, hint)
        check_offer(kind, offers[name].item, **options)

    return check
