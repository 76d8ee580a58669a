"""``radnlp train causal``: the sentence classifier ``causal``."""

from __future__ import annotations

import shutil
import sys
from argparse import ArgumentParser, Namespace
from dataclasses import replace
from pathlib import Path

from radnlp.api import CommandHost
from radnlp_transformers.commands.options import add_training_options, checkpoint_of, positive, refuse_existing
from radnlp_transformers.commands.sentences import sentence_data

_HELP = """\
Fine-tune a local causal model by low-rank adapters to label the sentences of a report: the whole report in, JSON out
(Kikuchi et al. 2026). The adapters are merged; what is written is one folder. Input as for radnlp train sentences.

example:
  radnlp train causal labelled.jsonl --schema ja_ct --model causal_model -o model
"""


def add_arguments(parser: ArgumentParser) -> None:
    """LABELS, schema, model, how to train."""
    parser.description = _HELP
    parser.add_argument("labels", nargs="+", type=Path, metavar="LABELS.jsonl", help="reports with labelled sentences")
    parser.add_argument("--schema", required=True, metavar="NAME|FOLDER", help="whose sentence classes are learned")
    parser.add_argument("--model", required=True, type=Path, metavar="FOLDER", help="a local causal model")
    parser.add_argument("-o", "--output", required=True, type=Path, metavar="FOLDER")
    parser.add_argument("--held-out", type=float, default=0.1, metavar="SHARE", help="of the reports (default: 0.1)")
    parser.add_argument("--max-length", type=positive, default=4096, metavar="N", help="tokens with the answer (4096)")
    parser.add_argument("--accumulate", type=positive, default=16, metavar="N", help="batches of one step (16)")
    parser.add_argument("--warmup", type=positive, default=100, metavar="N", help="steps of rising rate (100)")
    add_training_options(parser, epochs=3, batch_size=1, learning_rate=1e-4, patience=3)


def run(options: Namespace, host: CommandHost) -> int:
    """Train, measure, write."""
    from radnlp_transformers.commands.learning import plan_of, running_of
    from radnlp_transformers.training.causal import fit_causal

    refuse_existing(options.output)
    schema = host.schema(options.schema)
    learned, held_out, card = sentence_data(options, schema, kind="sentences-causal")
    plan = replace(
        plan_of(options), accumulate=options.accumulate, warmup=float(options.warmup), decay="cosine", weight_decay=0.0
    )
    checkpoint = checkpoint_of(options.output)
    card = fit_causal(
        learned,
        held_out,
        plan,
        card=card,
        schema=schema,
        model=options.model,
        output=options.output,
        checkpoint=checkpoint,
        running=running_of(options, host),
    )
    shutil.rmtree(checkpoint)
    print(  # noqa: T201
        f"radnlp: accuracy {card.scores['accuracy']:.3f} on {card.scores['reports']} held-out reports, "
        f"{card.scores['parse_failures']} of them not parsed -> {options.output}",
        file=sys.stderr,
    )
    return 0
