"""No hook goes without what its users need: a test of its name, a contract check, a template, a page, a README row."""

from pathlib import Path

import pytest

from radnlp.cli.scaffold import TEMPLATES
from radnlp.hooks import specs
from radnlp.testing import CHECKS

ROOT = Path(__file__).resolve().parents[2]
HOOKS = [name for name in vars(specs) if name.startswith("radnlp_")]
TESTS = "\n".join(path.read_text("utf-8") for path in Path(__file__).parent.glob("test_*.py"))
README = (ROOT / "README.md").read_text("utf-8")

#: What every hook has -> whether this one does.
HAS = {
    "a test of its name": lambda hook: f"\ndef test_{hook}(" in TESTS,
    "a contract check": lambda hook: hook.removeprefix("radnlp_register_") in CHECKS,
    "a template for radnlp new-plugin": lambda hook: hook.removeprefix("radnlp_register_") in TEMPLATES,
    "a page": lambda hook: (ROOT / "radnlp" / "docs" / "hooks" / f"{hook}.md").is_file(),
    "a row in the README": lambda hook: f"| `{hook}` |" in README,
}


@pytest.mark.parametrize("what", HAS)
@pytest.mark.parametrize("hook", HOOKS)
def test_every_hook_has(hook, what):
    assert HAS[what](hook), f"{hook} has not {what}"


def test_nothing_is_for_a_hook_that_is_gone():
    shorts = {hook.removeprefix("radnlp_register_") for hook in HOOKS}
    assert set(CHECKS) == set(TEMPLATES) == shorts
