"""How an encoder's keys and the mentions' statuses become one answer."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, get_args

from radnlp.api import ConfigError, ReportView, Status, strongest

#: alone: the encoder's keys. union: keys of either. intersection: keys of both. deny: the encoder's keys, but for those
#: that the report denies (what Shin et al. leave to an LLM, done by the statuses of the mentions).
Policy = Literal["alone", "union", "intersection", "deny"]
POLICIES: tuple[Policy, ...] = get_args(Policy)


def policy_of(name: str) -> Policy:
    """The policy of a name.

    Raises:
        ConfigError: Another name.
    """
    for policy in POLICIES:
        if policy == name:
            return policy
    raise ConfigError(f"keys.policy={name!r}: must be one of {', '.join(POLICIES)}")


def decide(policy: Policy, *, proposed: bool, told: Status | None) -> Status | None:
    """The status of one key of one report.

    Args:
        policy: How the two are joined.
        proposed: Whether the encoder asserts the key.
        told: The strongest status of the key's mentions that count; None without any.

    Returns:
        The status, or None when the key is no finding. What is asserted has the status its mentions give it, unless
        that is ``absent``; what only the encoder sees is ``present``. A denial that stands in the report stays visible
        as ``absent`` where the key is not asserted, except under ``alone``, which looks at no status to deny.

    >>> decide("deny", proposed=True, told="absent"), decide("alone", proposed=True, told="absent")
    ('absent', 'present')
    >>> decide("union", proposed=False, told="uncertain"), decide("intersection", proposed=False, told="uncertain")
    ('uncertain', None)
    """
    asserted_by_mentions = told is not None and told != "absent"
    if policy == "alone":
        asserted = proposed
    elif policy == "union":
        asserted = proposed or asserted_by_mentions
    elif policy == "intersection":
        asserted = proposed and asserted_by_mentions
    else:
        asserted = proposed and told != "absent"
    if asserted:
        return told if told is not None and told != "absent" else "present"
    return "absent" if told == "absent" and policy != "alone" else None


def sources_of(status: Status, *, proposed: bool, told: Status | None) -> tuple[str, ...]:
    """Who says what :func:`decide` answered: the encoder, the mentions (which are the provider ``rules``'s), or both.

    >>> sources_of("present", proposed=True, told="present"), sources_of("absent", proposed=True, told="absent")
    (('bert', 'rules'), ('rules',))
    """
    encoder = ("bert",) if proposed and status != "absent" else ()
    return encoder + (("rules",) if told == status else ())


def told_statuses(view: ReportView) -> Mapping[str, Status]:
    """Key -> strongest status of its mentions that count."""
    found: dict[str, list[Status]] = {}
    for mention in view.mentions:
        if mention.status is not None and mention.excluded is None:
            found.setdefault(mention.entity, []).append(mention.status)
    strong = {key: strongest(statuses) for key, statuses in found.items()}
    return {key: status for key, status in strong.items() if status is not None}
