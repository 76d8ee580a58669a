"""annotation.conf of a brat project, made from a schema.

https://brat.nlplab.org/configuration.html
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from radnlp.records import STATUS_ORDER, Schema
from radnlp.text import EXCLUDING

#: Attributes of an annotation of a key.
STATUS, EXCLUDED = "Status", "Excluded"
#: Attributes of other projects, binary ones, and the status that they mean.
BINARY = {"negation": "absent", "negated": "absent", "speculation": "uncertain", "uncertain": "uncertain"}


def reasons(schema: Schema) -> tuple[str, ...]:
    """Why a mention may not count."""
    sections = (section for section, effect in schema.section_effects.items() if effect == "excluded")
    return tuple(dict.fromkeys([*EXCLUDING, *sections]))


def configuration(schema: Schema) -> str:
    """The content of annotation.conf: types grouped as the schema does, relations it licenses, and the status."""
    keys = "|".join(key.id for key in schema.keys)
    lines = [
        f"# {schema.id} {schema.version}, made by radnlp",
        "[entities]",
        *_entities(schema),
        "",
        "[relations]",
        "<OVERLAP>\tArg1:<ENTITY>, Arg2:<ENTITY>, <OVL-TYPE>:<ANY>",
        *(
            f"{relation.id}\tArg1:{'|'.join(relation.keys)}, Arg2:{'|'.join(schema.values_of(relation))}"
            for relation in schema.relations
        ),
        "",
        "[events]",
        "",
        "[attributes]",
        f"{STATUS}\tArg:{keys}, Value:{'|'.join(STATUS_ORDER)}",
        f"{EXCLUDED}\tArg:{keys}, Value:{'|'.join(reasons(schema))}",
    ]
    return "\n".join(lines) + "\n"


def _entities(schema: Schema) -> Iterator[str]:
    rows = [*((key.type, key.id) for key in schema.keys), *((value.type, value.id) for value in schema.values)]
    ids = {entity for _, entity in rows}
    for kind in dict.fromkeys(kind for kind, _ in rows):
        members: Iterable[str] = (entity for other, entity in rows if other == kind)
        if kind in ids:  # a type and an entity of one name: brat wants names once
            yield from members
        else:
            yield f"!{kind}"
            yield from (f"\t{entity}" for entity in members)
