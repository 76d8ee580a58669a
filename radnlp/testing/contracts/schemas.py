"""The contracts of radnlp_register_schemas and radnlp_register_lexicons: data that can be read."""

from __future__ import annotations

from radnlp.errors import SchemaError
from radnlp.hooks import default_catalogue
from radnlp.records import LexiconSource, SchemaSource
from radnlp.schema import load_schema
from radnlp.testing.contracts.asking import SECONDS
from radnlp.testing.contracts.errors import ContractError, require
from radnlp.testing.contracts.watch import watched


def check_schema_source(source: SchemaSource, *, seconds: float = SECONDS) -> None:
    """radnlp_register_schemas: the folder loads, and its id is the one it is offered under.

    Raises:
        ContractError: The rule that is broken, and what the rule is for.
    """
    beside, installed = source.folder.parent, default_catalogue().schemas
    with watched([], seconds=seconds):
        try:
            schema, _ = load_schema(
                source.folder,
                find=lambda name: installed[name].item.folder if name in installed else beside / name,
            )
        except SchemaError as error:
            raise ContractError("loads", str(error)) from error
    found = f"the schema in {source.folder} has the id {schema.id!r}, offered as {source.id!r}"
    require(schema.id == source.id, "described", found)
    require(bool(schema.keys), "described", f"the schema {schema.id!r} has no keys")


def check_lexicon_source(source: LexiconSource, *, schema: str = "chest_ct", seconds: float = SECONDS) -> None:
    """radnlp_register_lexicons: the file loads for a schema of its language.

    Args:
        source: The description that the hook returns.
        schema: Name of an installed schema on whose words it is laid; it need not be of the file's language.
        seconds: Limit.

    Raises:
        ContractError: The rule that is broken, and what the rule is for.
    """
    require(source.file.is_file(), "loads", f"{source.file} is not there")
    folder = default_catalogue().schemas[schema].item.folder
    with watched([], seconds=seconds):
        try:
            load_schema(folder, find=lambda name: folder.parent / name, lexicons=[source])
        except SchemaError as error:
            raise ContractError("loads", str(error)) from error
