"""Without Ray there is nothing here to test; the rest of the suite goes on."""

from importlib.util import find_spec

_NEEDED = ("ray", "radnlp_ray")
collect_ignore = [] if all(find_spec(name) for name in _NEEDED) else ["radnlp_ray", "tests"]
