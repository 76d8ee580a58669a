"""``radnlp train pretrain``: an encoder, as masked language model on unlabelled reports."""

from __future__ import annotations

import json
import shutil
import sys
from argparse import ArgumentParser, Namespace
from pathlib import Path

from radnlp.api import CommandHost, ConfigError
from radnlp_transformers.commands.options import (
    add_training_options,
    checkpoint_of,
    digest_of,
    positive,
    refuse_existing,
    shown,
    split,
    texts_of,
)

_HELP = """\
Pre-train an encoder on unlabelled reports as a masked language model: from scratch over a tokenizer of one's own, or
going on with a local Hugging Face folder. A share of the reports is held out; training stops when they get no likelier.
What is written is a Hugging Face folder. A training that was interrupted goes on with --resume.

example:
  radnlp train pretrain reports.jsonl --tokenizer tokenizer --size mini -o encoder
"""


def add_arguments(parser: ArgumentParser) -> None:
    """INPUT, where to start from, how to train."""
    parser.description = _HELP
    parser.add_argument("inputs", nargs="+", metavar="INPUT", help="reports, in any form that extract reads")
    parser.add_argument("-o", "--output", required=True, type=Path, metavar="FOLDER")
    start = parser.add_mutually_exclusive_group(required=True)
    start.add_argument("--tokenizer", type=Path, metavar="FOLDER", help="start afresh over this tokenizer")
    start.add_argument("--encoder", type=Path, metavar="FOLDER", help="go on with this Hugging Face folder")
    parser.add_argument(
        "--size", default="mini", metavar="NAME", help="of a fresh one: tiny, mini (default), small, base"
    )
    parser.add_argument("--max-length", type=positive, default=512, metavar="N", help="tokens of a window (512)")
    parser.add_argument("--held-out", type=float, default=0.05, metavar="SHARE", help="of the reports (default: 0.05)")
    parser.add_argument("--encoding", default="utf-8", metavar="NAME", help="of the input (default: utf-8)")
    add_training_options(parser, epochs=20, batch_size=32, learning_rate=5e-4, patience=2)


def run(options: Namespace, host: CommandHost) -> int:
    """Train and write."""
    from radnlp_transformers.commands.learning import plan_of
    from radnlp_transformers.encoders.local import load_tokenizer
    from radnlp_transformers.encoders.machine import chosen_device, limited, usable_threads
    from radnlp_transformers.keys.windows import Cutter
    from radnlp_transformers.training.loop import train
    from radnlp_transformers.training.pretrain import MaskedTask, fresh_model, known_model, rows_of

    refuse_existing(options.output)
    device = chosen_device(options.device)
    texts = texts_of(options, host)
    tokenizer = load_tokenizer(options.tokenizer or options.encoder)
    if options.encoder:
        model = known_model(options.encoder)
    else:
        model = fresh_model(tokenizer, size=options.size, max_length=options.max_length, seed=options.seed)
    room = getattr(model.config, "max_position_embeddings", options.max_length)
    if options.max_length > room:
        raise ConfigError(f"--max-length {options.max_length}: this encoder reads {room} tokens at most")
    learned, held_out = split(texts, share=options.held_out, seed=options.seed, names=texts)
    cutter = Cutter(tokenizer, max_length=options.max_length)
    task = MaskedTask(
        model.to(device),
        tokenizer,
        learned=rows_of(learned, cutter),
        held_out=rows_of(held_out, cutter),
        batch_size=options.batch_size,
        seed=options.seed,
        device=device,
    )
    about = {"data": digest_of(texts), "model": str(model.config.to_json_string()), "max_length": options.max_length}
    checkpoint = checkpoint_of(options.output)
    with limited(usable_threads(options.threads)):
        progress = train(
            task,
            plan_of(options),
            folder=checkpoint,
            about=about,
            resume=options.resume,
            device=device,
            show=shown(host),
        )
    model.cpu().save_pretrained(str(options.output), safe_serialization=True)
    tokenizer.save_pretrained(str(options.output))
    content = {"reports": len(texts), "held_out": len(held_out), "plan": progress.plan, "epochs": progress.epochs}
    (options.output / "pretraining.json").write_text(json.dumps(content, indent=1) + "\n", encoding="utf-8")
    shutil.rmtree(checkpoint)
    best = progress.epochs[progress.best]
    print(  # noqa: T201
        f"radnlp: {len(progress.epochs)} epochs, best {progress.best + 1} (held-out loss "
        f"{best['validation_loss']:.4f}) -> {options.output}",
        file=sys.stderr,
    )
    return 0
