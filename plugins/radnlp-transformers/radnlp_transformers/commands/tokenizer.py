"""``radnlp train tokenizer``: byte-level BPE over one's own reports."""

from __future__ import annotations

import sys
from argparse import ArgumentParser, Namespace
from pathlib import Path

from radnlp.api import CommandHost
from radnlp_transformers.commands.options import positive, refuse_existing, texts_of

_HELP = """\
Train a tokenizer on reports: byte-level BPE, text split where scripts and digits meet. No text is unknown to it.

example:
  radnlp train tokenizer benchmarks/samples --size 400 -o tokenizer
"""


def add_arguments(parser: ArgumentParser) -> None:
    """INPUT, size, output."""
    parser.description = _HELP
    parser.add_argument("inputs", nargs="+", metavar="INPUT", help="reports, in any form that extract reads")
    parser.add_argument("-o", "--output", required=True, type=Path, metavar="FOLDER")
    parser.add_argument("--size", type=positive, default=8000, metavar="N", help="of the vocabulary (default: 8000)")
    parser.add_argument("--lowercase", action="store_true", help="read capitals as small letters")
    parser.add_argument("--max-length", type=positive, default=512, metavar="N", help="tokens of a window (512)")
    parser.add_argument("--encoding", default="utf-8", metavar="NAME", help="of the input (default: utf-8)")


def run(options: Namespace, host: CommandHost) -> int:
    """Train and write."""
    from radnlp_transformers.training.tokenizer import save_tokenizer, train_tokenizer

    refuse_existing(options.output)
    texts = texts_of(options, host)
    tokenizer = train_tokenizer(
        host.progress(texts, label="reports", total=len(texts)),
        size=options.size,
        lowercase=options.lowercase,
        max_length=options.max_length,
    )
    save_tokenizer(tokenizer, options.output)
    print(f"radnlp: {len(tokenizer)} tokens of {len(texts)} reports -> {options.output}", file=sys.stderr)  # noqa: T201
    return 0
