"""The schemas and lexicons that come with radnlp, registered through the hooks like anybody's."""

from __future__ import annotations

from radnlp.hooks.specs import hookimpl
from radnlp.records import LexiconSource, SchemaSource
from radnlp.schema import lexicons_in, schemas_in, shipped_folder


@hookimpl
def radnlp_register_schemas() -> list[SchemaSource]:
    return schemas_in(shipped_folder())


@hookimpl
def radnlp_register_lexicons() -> list[LexiconSource]:
    return lexicons_in(shipped_folder() / "lexicons")
