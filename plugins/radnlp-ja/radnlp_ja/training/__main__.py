"""Make the weights of ``linear``: ``python -m radnlp_ja.training train.jsonl -o weights.npz``.

The same file, code and versions of numpy and scipy give the same bytes.
"""

from __future__ import annotations

import argparse
import hashlib
import sys
import tempfile
from importlib.metadata import version
from pathlib import Path

from radnlp.api import RadnlpError
from radnlp_ja.cues import CLASSES
from radnlp_ja.linear.classifier import SHIPPED
from radnlp_ja.linear.encoding import Views
from radnlp_ja.linear.weights import save
from radnlp_ja.training.fit import fit
from radnlp_ja.training.reports import examples

_HELP = """\
Train the sentence classifier 'linear' on reports labelled as those of Kikuchi et al. (J Med Internet Res
2026;28:e86365).

example:
  python -m radnlp_ja.training $RADNLP_DATA/kikuchi/train.jsonl --check
"""


def main(arguments: list[str] | None = None) -> int:
    """Train and write; with ``--check``, compare with the shipped weights instead of writing."""
    parser = argparse.ArgumentParser(
        prog="python -m radnlp_ja.training", description=_HELP, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("reports", type=Path, metavar="TRAIN.jsonl")
    parser.add_argument("-o", "--output", type=Path, metavar="FILE", help="default: the weights in the package")
    parser.add_argument("--check", action="store_true", help="write nothing; tell whether the shipped ones are these")
    options = parser.parse_args(arguments)
    try:
        found = examples(options.reports, Views())
    except (OSError, RadnlpError) as error:
        print(f"radnlp_ja.training: {error}", file=sys.stderr)  # noqa: T201
        return 2
    card = {
        "source": "Kikuchi et al., J Med Internet Res 2026;28:e86365 (CC BY 4.0)",
        "reports": len(found),
        "sentences": sum(len(example.labels) for example in found),
        "data_sha256": hashlib.sha256(options.reports.read_bytes()).hexdigest(),
        "made_with": {name: version(name) for name in ("numpy", "scipy")},
    }
    weights = fit(found, labels=CLASSES, views=Views(), card=card)
    with tempfile.TemporaryDirectory() as folder:
        made = Path(folder) / "weights.npz"
        save(weights, made)
        content = made.read_bytes()
    digest = hashlib.sha256(content).hexdigest()
    if options.check:
        same = SHIPPED.exists() and SHIPPED.read_bytes() == content
        print(f"{'the same bytes' if same else 'OTHER bytes'}: {digest}")  # noqa: T201
        return 0 if same else 1
    output: Path = options.output or SHIPPED
    output.write_bytes(content)
    print(f"{output}: {len(weights.whole.buckets):,} features, {len(content):,} bytes, sha256 {digest}")  # noqa: T201
    return 0


if __name__ == "__main__":
    sys.exit(main())
