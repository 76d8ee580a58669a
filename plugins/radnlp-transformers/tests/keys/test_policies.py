"""What an encoder proposes and what the mentions say, joined four ways."""

import pytest

pytest.importorskip("torch")

from radnlp_transformers.keys.policies import POLICIES, decide, policy_of

from radnlp.api import ConfigError


@pytest.mark.parametrize(
    ("proposed", "told", "alone", "union", "intersection", "deny"),
    [
        # the encoder, the mentions      alone        union        intersection deny
        (True, "present", "present", "present", "present", "present"),
        (True, "uncertain", "uncertain", "uncertain", "uncertain", "uncertain"),
        (True, "historical", "historical", "historical", "historical", "historical"),
        (True, "absent", "present", "present", "absent", "absent"),
        (True, None, "present", "present", None, "present"),
        (False, "present", None, "present", None, None),
        (False, "uncertain", None, "uncertain", None, None),
        (False, "absent", None, "absent", "absent", "absent"),
        (False, None, None, None, None, None),
    ],
)
def test_the_status_of_a_key(proposed, told, alone, union, intersection, deny):
    expected = dict(zip(("alone", "union", "intersection", "deny"), (alone, union, intersection, deny), strict=True))
    assert {policy: decide(policy, proposed=proposed, told=told) for policy in POLICIES} == expected


def test_another_policy_is_refused_with_those_there_are():
    with pytest.raises(ConfigError, match="must be one of alone, union, intersection, deny"):
        policy_of("majority")
