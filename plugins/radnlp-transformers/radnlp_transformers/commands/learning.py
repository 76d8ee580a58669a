"""The options of a training as the training loop wants them. Imports torch: for when a training starts."""

from __future__ import annotations

from argparse import Namespace

from radnlp.api import CommandHost
from radnlp_transformers.commands.options import shown
from radnlp_transformers.training.fitting import Running
from radnlp_transformers.training.loop import Plan


def plan_of(options: Namespace) -> Plan:
    """How to train, from what ``add_training_options`` added."""
    return Plan(
        epochs=options.epochs,
        batch_size=options.batch_size,
        learning_rate=options.learning_rate,
        patience=options.patience,
        seed=options.seed,
        bfloat16=options.bfloat16,
    )


def running_of(options: Namespace, host: CommandHost) -> Running:
    """Where and how, with the program's progress bar."""
    return Running(device=options.device, threads=options.threads, resume=options.resume, show=shown(host))
