"""What README promises, run."""

import re
from pathlib import Path

from radnlp.cli.main import build_parser
from radnlp.hooks import default_catalogue, specs

ROOT = Path(__file__).resolve().parent.parent
README = (ROOT / "README.md").read_text("utf-8")


def blocks(language):
    return re.findall(rf"```{language}\n(.*?)```", README, flags=re.DOTALL)


def test_the_quick_start_runs_and_finds_what_a_reader_expects(capsys):
    (code,) = blocks("python")
    exec(compile(code, "README.md", "exec"), {})  # noqa: S102
    assert capsys.readouterr().out.splitlines() == [
        "nodules present {'located_in': ('rul', 'left_lingula')} ['nodule']",
        "consolidation present {'located_in': ('bll',)} ['consolidation']",
        "pleural_effusion absent {} ['effusion']",
        "{'located_in': ('left',)}",
    ]


def test_every_command_shown_is_one_that_the_program_understands():
    parser = build_parser(default_catalogue())
    shown = [line for block in blocks("bash") for line in block.splitlines() if line.startswith("radnlp ")]
    assert len(shown) >= 6
    for line in shown:
        parser.parse_args(line.partition("#")[0].split()[1:])


def test_every_hook_has_a_row():
    hooks = [name for name in vars(specs) if name.startswith("radnlp_")]
    assert all(f"| `{hook}` |" in README for hook in hooks)
