"""What is followed over time, and which reports and patients count. The defaults are those of Shin et al."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from radnlp.errors import ConfigError, UnknownNameError
from radnlp.records import STATUS_ORDER, Schema, Status

EPISODES = "has_episode"
JOINT = "+"


@dataclass(frozen=True, slots=True, kw_only=True)
class TimelineSettings:
    """What is followed and what counts.

    Source of the defaults: Shin et al., Sci Rep 2025;15:31550, Fig. 4: reports with one malignant diagnosis and one
    episode, patients with one diagnosis and at least three reports, at most four changes.

    Attributes:
        schema: Id of the schema whose extractions are used; None when the input holds none.
        relation: The relation type whose values are followed.
        value_type: What its values are (``episode``).
        keys: Key id -> label of the keys that count, in schema order.
        values: Value id -> label, in schema order.
        statuses: Statuses with which a key counts. All but ``absent``: a malignant tumour that was operated on and is
            not seen now is ``historical`` and may have improved.
        min_reports: Least number of reports that a patient must have left, at least 1.
        max_changes: Changes of a patient that are followed, at least 0; there is one step more than changes.
        several_keys: Keep reports with several keys that count; their values are joined.
        several_values: Keep reports with several values, as a value of its own (``progression+stable``).
        mixed_patients: Keep patients whose reports differ in their key.
    """

    schema: str | None = None
    relation: str = EPISODES
    value_type: str = "episode"
    keys: Mapping[str, str] = field(default_factory=dict)
    values: Mapping[str, str] = field(default_factory=dict)
    statuses: tuple[Status, ...] = tuple(status for status in STATUS_ORDER if status != "absent")
    min_reports: int = 3
    max_changes: int = 4
    several_keys: bool = False
    several_values: bool = False
    mixed_patients: bool = False

    def __post_init__(self) -> None:
        if self.min_reports < 1:
            raise ConfigError(f"min_reports {self.min_reports}: a patient needs at least 1 report")
        if self.max_changes < 0:
            raise ConfigError(f"max_changes {self.max_changes}: it must be 0 or more")
        for status in self.statuses:
            if status not in STATUS_ORDER:
                raise UnknownNameError("status", status, STATUS_ORDER)

    def label_of(self, value: str) -> str:
        """The words for a value or for several joined ones.

        >>> TimelineSettings(values={"stable": "Stable", "improvement": "Improvement"}).label_of("stable+improvement")
        'Stable + Improvement'
        """
        return " + ".join(self.values.get(part, part) for part in value.split(JOINT))


def settings_for(
    schema: Schema,
    *,
    relation: str | None = None,
    keys: Collection[str] = (),
    statuses: Collection[Status] = (),
    min_reports: int = 3,
    max_changes: int = 4,
    several_keys: bool = False,
    several_values: bool = False,
    mixed_patients: bool = False,
) -> TimelineSettings:
    """The settings for the extractions of a schema.

    Args:
        schema: Gives the keys that may have the relation, and its values.
        relation: Relation type to follow; ``has_episode`` when the schema has it.
        keys: Only these keys count; all that may have the relation when empty.
        statuses: Statuses with which a key counts; all but ``absent`` when empty.
        min_reports: Least number of reports that a patient must have left, at least 1.
        max_changes: Changes of a patient that are followed, at least 0.
        several_keys: Keep reports with several keys that count.
        several_values: Keep reports with several values.
        mixed_patients: Keep patients whose reports differ in their key.

    Raises:
        ConfigError: The schema has no ``has_episode`` and no relation is named; a number is out of range.
        UnknownNameError: A relation, key or status that there is not.
    """
    relations = {row.id: row for row in schema.relations}
    if relation is None and EPISODES not in relations:
        known = f"it has {', '.join(relations)}" if relations else "it has none"
        raise ConfigError(f"the schema {schema.id!r} has no relation {EPISODES!r} ({known}); name one with --relation")
    name = relation or EPISODES
    if name not in relations:
        raise UnknownNameError(f"relation of {schema.id}", name, relations)
    followed = relations[name]
    for key in keys:
        if key not in followed.keys:
            raise UnknownNameError(f"key with the relation {name}", key, followed.keys)
    defaults = TimelineSettings()
    return TimelineSettings(
        schema=schema.id,
        relation=name,
        value_type=followed.value_type,
        keys={key.id: key.label for key in schema.keys if key.id in (keys or followed.keys)},
        values={value: schema.value(value).label for value in schema.values_of(followed)},
        statuses=tuple(status for status in STATUS_ORDER if status in statuses) if statuses else defaults.statuses,
        min_reports=min_reports,
        max_changes=max_changes,
        several_keys=several_keys,
        several_values=several_values,
        mixed_patients=mixed_patients,
    )
