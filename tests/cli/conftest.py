"""Running the program as a user does, in this process."""

from dataclasses import dataclass

import pytest

from radnlp.cli.main import main


@dataclass(frozen=True)
class Run:
    status: int
    out: str
    err: str


@pytest.fixture
def radnlp(capfdbinary):
    """Call it with the arguments of a command line; gives exit status, standard output and standard error."""

    def call(*arguments):
        capfdbinary.readouterr()
        try:
            status = main([str(argument) for argument in arguments])
        except SystemExit as stop:  # argparse
            status = stop.code
        out, err = capfdbinary.readouterr()
        return Run(status, out.decode("utf-8"), err.decode("utf-8"))

    return call
