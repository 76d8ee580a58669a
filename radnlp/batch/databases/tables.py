"""Tables and views of a database: are they there, and which columns do they have."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from radnlp.batch.databases.address import shown_address
from radnlp.batch.databases.connection import speaking
from radnlp.errors import ConfigError, did_you_mean

if TYPE_CHECKING:
    from sqlalchemy import Engine


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundTable:
    """A table or a view as the database has it.

    Attributes:
        schema: The database's schema that holds it, None for the usual one.
        name: As the database spells it.
        columns: Name -> whether it may be null, in order.
    """

    schema: str | None
    name: str
    columns: dict[str, bool]


def find_table(engine: Engine, address: str, name: str) -> FoundTable:
    """The table of that name, whatever its case.

    Raises:
        ConfigError: There is none; names the nearest ones there are. Or the database cannot be reached.
    """
    from sqlalchemy import inspect

    schema, _, wanted = name.rpartition(".")
    with speaking(address, "cannot be opened", kind=ConfigError):
        there = inspect(engine)
        names = [*there.get_table_names(schema or None), *there.get_view_names(schema or None)]
        found = next((given for given in (wanted, *names) if given in names and given.lower() == wanted.lower()), None)
        if found is None and there.has_table(wanted, schema or None):  # a materialized view, a foreign table
            found = wanted
        if found is not None:
            columns = there.get_columns(found, schema or None)
            return FoundTable(
                schema=schema or None, name=found, columns={c["name"]: c.get("nullable", True) for c in columns}
            )
    where = f"schema {schema!r} of the database" if schema else "database"
    raise ConfigError(
        f"{shown_address(address)}: no table or view {wanted!r} in the {where}"
        f"{did_you_mean(wanted, names)} A table of another schema of the database is named with it: cdm.note"
    )
