"""``radnlp train config``: a configuration for ``spacy train``."""

from __future__ import annotations

import json
import sys
from argparse import ArgumentParser, Namespace
from pathlib import Path

from radnlp.api import CommandHost, ConfigError, Schema

_TEMPLATE = Path(__file__).resolve().parent.parent / "spacy_pipe" / "keys.cfg"
_HELP = """\
Write a configuration with which `spacy train` makes the classifier `bert`, over a spacy-transformers Transformer. The
labelled reports are read as radnlp train labels writes them; the encoder is a local Hugging Face folder.

example:
  radnlp train config --schema chest_ct
"""


def add_arguments(parser: ArgumentParser) -> None:
    """Schema, keys, output."""
    parser.description = _HELP
    parser.add_argument("--schema", required=True, metavar="NAME|FOLDER", help="whose keys are learned")
    parser.add_argument("--leave-out", default="", metavar="KEY,KEY", help="keys that are not learned")
    parser.add_argument("-o", "--output", type=Path, metavar="FILE", help="default: standard output")


def run(options: Namespace, host: CommandHost) -> int:
    """Fill the shipped template with the schema."""
    schema = host.schema(options.schema)
    keys = learned_keys(schema, options.leave_out)
    text = _TEMPLATE.read_text(encoding="utf-8")
    for place, words in (("SCHEMA", schema.id), ("VERSION", schema.version)):
        text = text.replace(f'"{place}"', json.dumps(words))
    text = text.replace("keys = KEYS", f"keys = {json.dumps(list(keys))}")
    if options.output is None:
        sys.stdout.write(text)
        return 0
    try:
        options.output.write_text(text, encoding="utf-8", newline="\n")
    except OSError as error:
        raise ConfigError(f"{options.output}: cannot be written: {error.strerror}") from None
    return 0


def learned_keys(schema: Schema, leave_out: str) -> tuple[str, ...]:
    """The keys of a schema but for those named, with commas between.

    Raises:
        ConfigError: One of them is not a key of the schema.
    """
    known = tuple(key.id for key in schema.keys)
    left_out = [key for key in leave_out.split(",") if key]
    for key in left_out:
        if key not in known:
            raise ConfigError(f"--leave-out {key}: the schema {schema.id!r} has the keys {', '.join(known)}")
    return tuple(key for key in known if key not in left_out)
