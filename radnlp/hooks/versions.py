"""Which radnlp a plugin was written for: the API number it names, and the range its distribution depends on."""

from __future__ import annotations

from collections.abc import Iterable

from radnlp._version import __version__
from radnlp.errors import PluginError

#: Number of the plugin API, raised by one whenever a plugin that keeps to it would have to be changed.
API_VERSION = 1
#: Where a plugin may name the numbers it works with: ``RADNLP_API = 1``, or ``(1, 2)`` for lowest and highest.
API_ATTRIBUTE = "RADNLP_API"
CORE = "radnlp-core"


def require_api(plugin: object, name: str) -> None:
    """Refuse a plugin that was written for another number of the API; one that names none is let in.

    Raises:
        PluginError: It names other numbers, or something that is no number.
    """
    named = getattr(plugin, API_ATTRIBUTE, API_VERSION)
    ends = named if isinstance(named, tuple) else (named, named)
    if len(ends) != 2 or not all(type(end) is int and end > 0 for end in ends) or ends[0] > ends[1]:
        raise PluginError(
            f"{name}: {API_ATTRIBUTE} is {named!r}; write the number of the API it was made for, e.g. "
            f"{API_VERSION}, or the lowest and the highest, e.g. ({API_VERSION}, {API_VERSION + 1})"
        )
    lowest, highest = ends
    if not lowest <= API_VERSION <= highest:
        wanted = f"{lowest}" if lowest == highest else f"{lowest} to {highest}"
        older = "radnlp-core" if lowest > API_VERSION else "the plugin"
        raise PluginError(
            f"{name}: it is made for the plugin API {wanted}, this radnlp-core ({__version__}) has {API_VERSION}; "
            f"update {older}"
        )


def require_core(requires: Iterable[str], name: str) -> None:
    """Refuse a plugin whose distribution depends on another radnlp-core.

    pip looks at the range when it installs the plugin; nobody does when radnlp-core is exchanged later.

    Args:
        requires: The dependencies in its distribution's metadata (PEP 508).
        name: Of the plugin, for the message.

    Raises:
        PluginError: The version of radnlp-core lies outside the range.
    """
    for line in requires:
        if not line.lower().replace("_", "-").startswith(CORE):
            continue
        from packaging.requirements import InvalidRequirement, Requirement  # a plugin that is not ours is rare

        try:
            wanted = Requirement(line)
        except InvalidRequirement:  # what no installer could read says nothing
            continue
        applies = wanted.name.lower().replace("_", "-") == CORE and (not wanted.marker or wanted.marker.evaluate())
        if applies and not wanted.specifier.contains(__version__, prereleases=True):
            raise PluginError(
                f"{name}: its distribution needs {CORE} {wanted.specifier}, installed is {__version__}; install "
                "versions that go together"
            )
