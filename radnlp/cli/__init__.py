"""The commands of the program ``radnlp``."""


def main() -> int:
    """Run the program on the arguments of this process; the exit status comes back."""
    from radnlp.cli.main import main as run  # not before it is wanted: this package is imported for its plugin too

    return run()
