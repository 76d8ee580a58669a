"""The contracts of radnlp_register_commands and radnlp_register_checks: what a user reads on a terminal."""

from __future__ import annotations

import argparse
import json
from typing import get_args

from radnlp.pipeline import complete_settings
from radnlp.records import Check, CheckLine, Command, Settings
from radnlp.records.descriptions import CheckState
from radnlp.testing.contracts.asking import NO_SETTINGS, SECONDS
from radnlp.testing.contracts.errors import ContractError, require
from radnlp.testing.contracts.watch import watched


def check_command(command: Command, *, seconds: float = SECONDS) -> None:
    """radnlp_register_commands: its help can be shown, and shows an example; nothing runs while it is built.

    Raises:
        ContractError: The rule that is broken, and what the rule is for.
    """
    require(bool(command.summary.strip()), "described", f"the command {command.name!r} has no summary")
    parser = argparse.ArgumentParser(prog=f"radnlp {command.name}")
    with watched([], seconds=seconds):
        command.add_arguments(parser)
        parser.format_help()
    shown = "example" in (parser.description or "")
    require(shown, "described", f"the help of {command.name!r} shows no example")


def check_check(check: Check, *, settings: Settings = NO_SETTINGS, seconds: float = SECONDS) -> None:
    """radnlp_register_checks: described; looks, and says in words and in values what it found and what to do.

    Args:
        check: The description that the hook returns.
        settings: Laid over its defaults.
        seconds: Limit.

    Raises:
        ContractError: The rule that is broken, and what the rule is for.
    """
    require(bool(check.summary.strip()), "described", f"the check {check.name!r} has no summary")
    complete = complete_settings("settings", settings, check.settings)
    with watched([], seconds=seconds):
        lines = check.run(complete)
    right = all(isinstance(line, CheckLine) for line in lines)
    require(right, "right_kind", f"the check {check.name!r} gave something else than CheckLines")
    names = [line.name for line in lines]
    unique = len(names) == len(set(names)) > 0
    require(unique, "described", f"the check {check.name!r} gave no line, or two of one name")
    for line in lines:
        require(line.state in get_args(CheckState), "described", f"{line.name}: the state {line.state!r}")
        one_line = bool(line.words.strip()) and "\n" not in line.words
        require(one_line, "described", f"{line.name}: its words are not one line")
        try:
            json.dumps(dict(line.values))
        except (TypeError, ValueError):
            raise ContractError("sendable", f"{line.name}: its values cannot be written as JSON") from None
