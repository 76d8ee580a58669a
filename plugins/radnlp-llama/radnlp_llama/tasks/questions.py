"""What is asked about a report, made from its schema: one round, or several for a schema that decides in steps."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from radnlp.api import STATUS_ORDER, ConfigError, DecisionStep, Schema
from radnlp_llama.answers import Field, Slot

#: Labels of a side question beside the sides. That a finding has no stated side is no denial of it.
NO_SIDE, ABSENT, NOT_MENTIONED = "no_side", "absent", "not_mentioned"
REASONING = "reasoning"

_STATUS = Field(name="status", kind="one", options=STATUS_ORDER, denies=("absent",), strongest=True)
_FREE = Field(name=REASONING, kind="free")


@dataclass(frozen=True, slots=True, kw_only=True)
class Round:
    """Questions that are asked together.

    Attributes:
        slots: What can be asked, by name: keys, and names that stand for several keys ("non_tumor").
        after: Slot -> names, one of which must have been asked about before and not been denied.
        stands_for: Name that is no key -> its keys: asked when one of them is, and denied with all of them.
    """

    slots: Mapping[str, Slot]
    after: Mapping[str, frozenset[str]] = field(default_factory=dict)
    stands_for: Mapping[str, frozenset[str]] = field(default_factory=dict)

    def asked(self, targets: Collection[str], left: Collection[str]) -> tuple[Slot, ...]:
        """The questions about a report, in order.

        Args:
            targets: The keys of stage one.
            left: What earlier rounds have asked about and not denied.
        """
        return tuple(
            slot
            for name, slot in self.slots.items()
            if (name in targets or not self.stands_for.get(name, frozenset()).isdisjoint(targets))
            and (not self.after.get(name) or not self.after[name].isdisjoint(left))
        )


def relation_rounds(schema: Schema, *, reasoning: bool = False) -> tuple[Round, ...]:
    """One round: of every key its status and, for each relation it may have, the values."""
    return (Round(slots={key.id: Slot(key=key.id, fields=_fields(schema, key.id, reasoning)) for key in schema.keys}),)


def side_rounds(schema: Schema, *, reasoning: bool = False) -> tuple[Round, ...]:
    """One round: of every key one label, a value of its relation or what there is instead of one.

    After Noh et al., Sci Rep 2026;16:4645: a side where one is stated, "not mentioned" where the report is silent.

    Raises:
        ConfigError: A key with several relations, for which one label cannot answer.
    """
    slots = {}
    for key in schema.keys:
        relations = schema.relation_types_of(key.id)
        if len(relations) > 1:
            raise ConfigError(
                f"the key {key.id!r} of {schema.id!r} has {len(relations)} relations and cannot be answered by one "
                "label; take a prompt of the task 'relations'"
            )
        values = schema.values_of(relations[0]) if relations else ()
        label = Field(
            name="label",
            kind="one",
            options=(*values, NO_SIDE, ABSENT, NOT_MENTIONED),
            denies=(ABSENT, NOT_MENTIONED),
            relation=relations[0].id if relations else None,
        )
        slots[key.id] = Slot(key=key.id, fields=(_FREE, label) if reasoning else (label,))
    return (Round(slots=slots),)


def step_rounds(schema: Schema) -> tuple[Round, ...]:
    """A round for the steps that come first, one for the steps behind their answers, and so on.

    A step that decides between answers asks for the status of each, a step about relations for their values, a step
    about keys for the status of each key.

    Raises:
        ConfigError: A schema without steps, or with a key or relation that no step decides about.
    """
    if not schema.steps:
        raise ConfigError(
            f"the schema {schema.id!r} does not decide in steps; take a prompt of the task 'relations' for it"
        )
    rounds: list[Round] = []
    waiting = list(schema.steps)
    known: set[str] = set()
    while waiting:
        ready = [step for step in waiting if not step.after or known & set(step.after)]
        if not ready:
            raise ConfigError(f"the steps of the schema {schema.id!r} wait for answers that no step gives")
        rounds.append(_round(schema, ready))
        known |= {answer for step in ready for answer in (*step.answers, *step.keys)}
        waiting = [step for step in waiting if step not in ready]
    decided = {name for found in rounds for name in found.slots}
    left_out = [key.id for key in schema.keys if key.id not in decided]
    if left_out:
        raise ConfigError(f"no step of the schema {schema.id!r} decides about {', '.join(left_out)}")
    return tuple(rounds)


def sentence_slots(schema: Schema, count: int) -> tuple[Slot, ...]:
    """A question for each sentence, by its number from 1: its class."""
    classes = Field(name="class", kind="one", options=tuple(row.id for row in schema.sentence_classes))
    return tuple(Slot(key=str(number), fields=(classes,)) for number in range(1, count + 1))


def _fields(schema: Schema, key: str, reasoning: bool) -> tuple[Field, ...]:
    return (*((_FREE,) if reasoning else ()), _STATUS, *_values(schema, key, None))


def _values(schema: Schema, key: str, relations: Collection[str] | None) -> tuple[Field, ...]:
    return tuple(
        Field(name=relation.id, kind="some", options=schema.values_of(relation), relation=relation.id)
        for relation in schema.relation_types_of(key)
        if relations is None or relation.id in relations
    )


def _round(schema: Schema, steps: Sequence[DecisionStep]) -> Round:
    slots: dict[str, Slot] = {}
    after: dict[str, frozenset[str]] = {}
    stands_for: dict[str, frozenset[str]] = {}
    keys = {key.id for key in schema.keys}
    for step in steps:
        for answer in step.answers:
            slots[answer] = Slot(key=answer, fields=(_STATUS,))
            if answer not in keys:
                stands_for[answer] = frozenset(
                    key for later in schema.steps if answer in later.after for key in later.keys
                )
        for key in step.keys:
            slots[key] = Slot(key=key, fields=(_STATUS,))
            after[key] = frozenset(step.after)
        for key in step.after if step.relations else ():
            if fields := _values(schema, key, step.relations):
                slots[key] = Slot(key=key, fields=fields)
                after[key] = frozenset({key})
    return Round(slots=slots, after=after, stands_for=stands_for)
