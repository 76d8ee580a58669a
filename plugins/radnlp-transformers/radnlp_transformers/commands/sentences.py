"""``radnlp train sentences``: the sentence classifier ``bert``."""

from __future__ import annotations

import shutil
import sys
from argparse import ArgumentParser, Namespace
from pathlib import Path

from radnlp.api import CommandHost, ConfigError, Schema
from radnlp_transformers.commands.options import (
    add_training_options,
    checkpoint_of,
    digest_of,
    positive,
    refuse_existing,
    split,
)
from radnlp_transformers.folder.card import Card
from radnlp_transformers.labels.sentences import LabelledSentences, read_sentences

_HELP = """\
Fine-tune an encoder to label sentences, each read among two on either side (Kikuchi et al. 2026). Input: JSON lines
with {"sentences": [...], "labels": [...]}, or finding_lines and sentence_class.

example:
  radnlp train sentences labelled.jsonl --schema ja_ct --encoder encoder -o model
"""


def add_arguments(parser: ArgumentParser) -> None:
    """LABELS, schema, encoder, how to train."""
    parser.description = _HELP
    parser.add_argument("labels", nargs="+", type=Path, metavar="LABELS.jsonl", help="reports with labelled sentences")
    parser.add_argument("--schema", required=True, metavar="NAME|FOLDER", help="whose sentence classes are learned")
    parser.add_argument("--encoder", required=True, type=Path, metavar="FOLDER", help="a local Hugging Face folder")
    parser.add_argument("-o", "--output", required=True, type=Path, metavar="FOLDER")
    parser.add_argument("--held-out", type=float, default=0.1, metavar="SHARE", help="of the reports (default: 0.1)")
    parser.add_argument("--max-length", type=positive, default=512, metavar="N", help="tokens of a window (512)")
    add_training_options(parser, epochs=3, batch_size=16, learning_rate=2e-5, patience=3)


def run(options: Namespace, host: CommandHost) -> int:
    """Train, calibrate, write."""
    from radnlp_transformers.commands.learning import plan_of, running_of
    from radnlp_transformers.training.fitting import fit_sentences

    refuse_existing(options.output)
    schema = host.schema(options.schema)
    learned, held_out, card = sentence_data(options, schema, kind="sentences")
    checkpoint = checkpoint_of(options.output)
    card = fit_sentences(
        learned,
        held_out,
        plan_of(options),
        card=card,
        encoder=options.encoder,
        output=options.output,
        checkpoint=checkpoint,
        running=running_of(options, host),
    )
    shutil.rmtree(checkpoint)
    print(  # noqa: T201
        f"radnlp: accuracy {card.scores['accuracy']:.3f}, macro F1 {card.scores['macro_f1']:.3f} on "
        f"{card.data['held_out']} held-out reports -> {options.output}",
        file=sys.stderr,
    )
    return 0


def sentence_data(
    options: Namespace, schema: Schema, *, kind: str
) -> tuple[list[LabelledSentences], list[LabelledSentences], Card]:
    """The reports that the options name, in two parts, and the card of the model to be.

    Raises:
        RadnlpError: A file that cannot be used, too few reports, a class that nobody shows.
    """
    classes = tuple(row.id for row in schema.sentence_classes)
    if not classes:
        raise ConfigError(f"the schema {schema.id!r} has no sentence classes; take one that has, e.g. ja_ct")
    rows = read_sentences(options.labels, classes=classes)
    names = ["\n".join(row.sentences) for row in rows]
    learned, held_out = split(rows, share=options.held_out, seed=options.seed, names=names)
    silent = [name for number, name in enumerate(classes) if not any(number in row.labels for row in learned)]
    if silent:
        raise ConfigError(f"no sentence to train on has the class {', '.join(silent)}; add some")
    numbers = [f"{name}\0{row.labels}" for name, row in zip(names, rows, strict=True)]
    card = Card(
        kind=kind,
        schema=schema.id,
        schema_version=schema.version,
        answers=classes,
        max_length=options.max_length,
        data={"reports": len(learned), "held_out": len(held_out), "sha256": digest_of(numbers)},
    )
    return learned, held_out, card
