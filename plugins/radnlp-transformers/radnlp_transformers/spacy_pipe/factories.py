"""What spaCy finds through entry points: the component and the reader of labelled reports.

spaCy imports this module whenever any pipeline is made, so nothing heavy is here; and it does without
``from __future__ import annotations``, which breaks ``add_pipe`` on spaCy 3.7.
"""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Optional

from spacy.language import Language


@Language.factory(
    "radnlp_bert_keys",
    default_config={"encoder": None, "max_length": 512, "dropout": 0.1, "max_batch_items": 4096},
    default_score_weights={"cats_macro_f": 1.0},
    assigns=["doc.cats"],
)
def make_bert_keys(
    nlp: Language,
    name: str,
    schema_id: str,
    schema_version: str,
    keys: list[str],
    encoder: Optional[str],  # noqa: UP045
    max_length: int,
    dropout: float,
    max_batch_items: int,
) -> Any:
    """Entity keys by an encoder, trained inside spaCy; `radnlp train config` writes a configuration for it."""
    from radnlp.api import PluginError
    from radnlp_transformers.folder.card import Card

    try:
        from radnlp_transformers.spacy_pipe.component import BertKeys
    except ModuleNotFoundError as error:
        raise PluginError(f"radnlp_bert_keys needs {error.name}; pip install 'radnlp-transformers[spacy]'") from None

    card = Card(
        kind="keys", schema=schema_id, schema_version=schema_version, answers=tuple(keys), max_length=max_length
    )
    start = None if encoder is None else Path(encoder)
    return BertKeys(nlp, name, card, encoder=start, dropout=dropout, max_batch_items=max_batch_items)


def make_reader(path: str, schema_id: str, schema_version: str, keys: list[str]) -> Callable[[Language], Iterator[Any]]:
    """`radnlp.Labels.v1`: the lines that `radnlp train labels` writes, as Docs with ``cats`` of 0 or 1."""
    from spacy.training import Example

    from radnlp_transformers.labels.rows import read_labels

    def read(nlp: Language) -> Iterator[Any]:
        for row in read_labels([Path(path)], schema=schema_id, version=schema_version, keys=None):
            reference = nlp.make_doc(row.text)
            reference.cats = {key: float(key in row.keys) for key in keys}
            yield Example(nlp.make_doc(row.text), reference)

    return read
