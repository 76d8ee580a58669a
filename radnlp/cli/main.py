"""The program ``radnlp``: the only place that exits."""

from __future__ import annotations

import argparse
import os
import sys
import traceback
from collections.abc import Callable, Sequence
from pathlib import Path

from radnlp._version import __version__
from radnlp.cli.host import Host
from radnlp.cli.standard_output import results_only
from radnlp.errors import PluginError, RadnlpError, StrictError, UnknownNameError
from radnlp.hooks import Catalogue, default_catalogue

OK, SOME_REPORTS_FAILED, UNUSABLE, INTERRUPTED = 0, 1, 2, 130

_DESCRIPTION = "Radiology reports in, findings out: entity keys with status, values and evidence."
_EXAMPLE = """\
example:
  radnlp extract benchmarks/samples --schema chest_ct

exit status: 0 every report was read, 1 some could not be (see their "issues"), 2 wrong use or unreadable input
"""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the program; the exit status comes back (see contract: 0, 1, 2; 130 when interrupted)."""
    with results_only():
        return _run(sys.argv[1:] if arguments is None else arguments)


def _run(arguments: Sequence[str]) -> int:
    try:
        catalogue = default_catalogue()
        parser = build_parser(catalogue)
        _check_command(arguments, catalogue)
        parsed = parser.parse_args(arguments)
        status = parsed.run(parsed, Host())
        sys.stdout.flush()
        return int(status)
    except StrictError as error:
        return _say(str(error), SOME_REPORTS_FAILED)
    except RadnlpError as error:
        return _say(str(error), UNUSABLE)
    except KeyboardInterrupt:
        return _say("interrupted", INTERRUPTED)
    except BrokenPipeError:  # the reader of our output has gone, e.g. `| head`
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return OK
    except Exception as error:
        # The words of a foreign exception may hold report text, so they are shown only to who asks for them.
        if os.environ.get("RADNLP_DEBUG") == "1":
            traceback.print_exc()
        place = traceback.extract_tb(error.__traceback__)[-1]
        where = f"{Path(place.filename).name}:{place.lineno}"
        return _say(
            f"a fault in radnlp or a plugin: {type(error).__name__} at {where}; set RADNLP_DEBUG=1 to see the "
            "traceback (it may show report text)",
            UNUSABLE,
        )


def build_parser(catalogue: Catalogue) -> argparse.ArgumentParser:
    """The parser with every command that the plugins offer."""
    parser = argparse.ArgumentParser(
        prog="radnlp",
        description=_DESCRIPTION,
        epilog=_EXAMPLE,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    parser.add_argument("--version", action="version", version=f"radnlp {__version__}")
    commands = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)
    for name, offer in catalogue.commands.items():
        command = offer.item
        sub = commands.add_parser(
            name,
            help=command.summary,
            formatter_class=argparse.RawDescriptionHelpFormatter,
            allow_abbrev=False,
        )
        try:
            command.add_arguments(sub)
        except (Exception, SystemExit) as error:  # a foreign command that cannot be built takes no other with it
            sub.add_argument("rest", nargs=argparse.REMAINDER, help=argparse.SUPPRESS)
            sub.set_defaults(run=_unusable(name, offer.plugin, error))
        else:
            sub.set_defaults(run=command.run)
    return parser


def _check_command(arguments: Sequence[str], catalogue: Catalogue) -> None:
    """A command that nobody offers is answered with its near names; one that two plugins offer with both."""
    name = next(iter(arguments), "-")
    if not name.startswith("-"):
        if name not in catalogue.commands:
            raise UnknownNameError("command", name, catalogue.commands)
        catalogue.commands[name]


def _unusable(name: str, plugin: str, error: BaseException) -> Callable[[argparse.Namespace, Host], int]:
    def run(options: argparse.Namespace, host: Host) -> int:
        raise PluginError(
            f"the command {name!r} of the plugin {plugin!r} cannot be used: {type(error).__name__}: {error}; install "
            f"the plugin again, or leave it out with RADNLP_DISABLED_PLUGINS={plugin}"
        )

    return run


def _say(message: str, status: int) -> int:
    print(f"radnlp: {message}", file=sys.stderr)  # noqa: T201
    return status
