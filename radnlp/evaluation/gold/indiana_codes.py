"""From a MeSH code such as ``Opacity/lung/base/left/mild`` to a key with its side."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from radnlp.evaluation.gold.gold import require_keys
from radnlp.records import EntityKey, Finding, Schema

_FILE = Path(__file__).with_name("indiana.toml")


@dataclass(frozen=True, slots=True, kw_only=True)
class MeshMapping:
    """``indiana.toml``.

    Attributes:
        unlabelled: The code of reports that were never labelled.
        keys: The keys that are scored, in order.
        codes: Finding of a code, case folded -> its key, with the qualifier it needs or "".
        relation: The relation whose values are the sides.
        sides: Qualifier -> value ids.
        family: The key that several keys of the schema are merged into.
        merges: Those keys.
    """

    unlabelled: str
    keys: tuple[str, ...]
    codes: Mapping[str, tuple[str, str]]
    relation: str
    sides: Mapping[str, tuple[str, ...]]
    family: EntityKey
    merges: tuple[str, ...]

    def scoring_schema(self, schema: Schema) -> Schema:
        """The schema with the scored keys alone and the family in the place of the keys it merges.

        The family has the relation when every key of it has.

        Raises:
            ConfigError: The schema lacks one of the keys.
        """
        own = [key for key in self.keys if key != self.family.id]
        require_keys(schema, [*own, *self.merges], reader="indiana")
        family = replace(self.family, type=schema.key(self.merges[0]).type)
        relations = []
        for relation in schema.relations:
            known = [*relation.keys, *([family.id] if set(self.merges) <= set(relation.keys) else [])]
            relations.append(replace(relation, keys=tuple(key for key in self.keys if key in known)))
        keys = tuple(family if key == family.id else schema.key(key) for key in self.keys)
        return replace(schema, keys=keys, relations=tuple(relations))

    def findings(self, codes: Iterable[str], scored: Schema) -> tuple[Finding, ...]:
        """The findings of a report's codes, in the order of the scoring schema, each with all its sides.

        >>> mapping = load_mapping()
        >>> mapping.key("Opacity/lung/base/left/mild"), mapping.key("Thickening/bronchi")
        ('opacity', None)
        """
        sides: dict[str, set[str]] = {}
        for code in codes:
            key = self.key(code)
            if key is not None:
                sides.setdefault(key, set()).update(*(self.sides.get(word, ()) for word in _qualifiers(code)))
        return tuple(self._finding(key.id, sides[key.id], scored) for key in scored.keys if key.id in sides)

    def key(self, code: str) -> str | None:
        """The key of a code, None for one that is not scored."""
        finding, needed = code.partition("/")[0].strip().casefold(), _qualifiers(code)
        key, qualifier = self.codes.get(finding, (None, ""))
        return key if not qualifier or qualifier in needed else None

    def _finding(self, key: str, sides: set[str], scored: Schema) -> Finding:
        has_side = any(relation.id == self.relation for relation in scored.relation_types_of(key))
        values = tuple(value.id for value in scored.values if value.id in sides)
        return Finding(key=key, status="present", values={self.relation: values} if has_side and values else {})


def load_mapping() -> MeshMapping:
    """Read ``indiana.toml``, which lies beside this module."""
    data = tomllib.loads(_FILE.read_text(encoding="utf-8"))
    codes = {finding.casefold(): (key, "") for finding, key in data["codes"].items()}
    codes |= {row["finding"].casefold(): (row["key"], row["qualifier"]) for row in data["qualified"]}
    sides = dict(data["sides"])
    relation = sides.pop("relation")
    family = data["family"]
    return MeshMapping(
        unlabelled=data["unlabelled"],
        keys=tuple(data["keys"]),
        codes=codes,
        relation=relation,
        sides={qualifier: tuple(values) for qualifier, values in sides.items()},
        family=EntityKey(id=family["key"], type="", label=family["label"]),
        merges=tuple(family["merges"]),
    )


def _qualifiers(code: str) -> list[str]:
    return [word.strip().casefold() for word in code.split("/")[1:]]
