"""``radnlp train keys``: the entity key classifier ``bert``."""

from __future__ import annotations

import shutil
import sys
from argparse import ArgumentParser, Namespace
from pathlib import Path

from radnlp.api import CommandHost, Schema
from radnlp_transformers.commands.config import learned_keys
from radnlp_transformers.commands.options import (
    add_training_options,
    checkpoint_of,
    digest_of,
    positive,
    refuse_existing,
    split,
)
from radnlp_transformers.labels.rows import KeyData, LabelledReport, read_labels, to_line

_HELP = """\
Fine-tune an encoder with an attention-pooling head on labelled reports (see radnlp train labels). What is written is
one folder: config, tokenizer, model.safetensors and card.json, for --set keys.model_path=FOLDER.

example:
  radnlp train keys labels.jsonl --schema chest_ct --encoder encoder -o model
"""


def add_arguments(parser: ArgumentParser) -> None:
    """LABELS, schema, encoder, how to train."""
    parser.description = _HELP
    parser.add_argument("labels", nargs="+", type=Path, metavar="LABELS.jsonl", help="labelled reports")
    parser.add_argument("--schema", required=True, metavar="NAME|FOLDER", help="whose keys are learned")
    parser.add_argument("--encoder", required=True, type=Path, metavar="FOLDER", help="a local Hugging Face folder")
    parser.add_argument("-o", "--output", required=True, type=Path, metavar="FOLDER")
    parser.add_argument("--validation", type=Path, action="append", metavar="LABELS.jsonl", help="instead of a share")
    parser.add_argument("--held-out", type=float, default=0.2, metavar="SHARE", help="for validation (default: 0.2)")
    parser.add_argument("--leave-out", default="", metavar="KEY,KEY", help="keys that are not learned")
    parser.add_argument("--max-length", type=positive, default=512, metavar="N", help="tokens of a window (512)")
    parser.add_argument("--dropout", type=float, default=0.1, metavar="X", help="of the pooled state (default: 0.1)")
    add_training_options(parser, epochs=20, batch_size=16, learning_rate=5e-5, patience=4)


def run(options: Namespace, host: CommandHost) -> int:
    """Train, calibrate, write."""
    from radnlp_transformers.commands.learning import plan_of, running_of
    from radnlp_transformers.training.fitting import fit_keys

    refuse_existing(options.output)
    data = key_data(options, host.schema(options.schema))
    checkpoint = checkpoint_of(options.output)
    card = fit_keys(
        data,
        plan_of(options),
        encoder=options.encoder,
        output=options.output,
        checkpoint=checkpoint,
        max_length=options.max_length,
        dropout=options.dropout,
        running=running_of(options, host),
    )
    shutil.rmtree(checkpoint)
    print(  # noqa: T201
        f"radnlp: {len(card.answers)} keys, macro F1 {card.scores['macro_f1']:.3f} on {card.data['held_out']} held-out "
        f"reports -> {options.output}",
        file=sys.stderr,
    )
    return 0


def key_data(options: Namespace, schema: Schema) -> KeyData:
    """The labelled reports that the options name, in two parts.

    Raises:
        RadnlpError: A file that cannot be used, none or too few reports, a key that the schema does not have.
    """
    known = [key.id for key in schema.keys]
    answers = learned_keys(schema, options.leave_out)

    def read(paths: list[Path]) -> list[LabelledReport]:
        return read_labels(paths, schema=schema.id, version=schema.version, keys=known)

    rows = read(options.labels)
    if options.validation:
        learned, held_out = rows, read(options.validation)
    else:
        names = [f"{row.id}\0{row.text}" for row in rows]
        learned, held_out = split(rows, share=options.held_out, seed=options.seed, names=names)
    return KeyData(
        learned=learned,
        held_out=held_out,
        schema=schema.id,
        schema_version=schema.version,
        answers=answers,
        digest=digest_of(to_line(row) for row in (*learned, *held_out)),
    )
