"""What plugins offer of one kind, by name, and what happens when two of them chose the same one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Generic, TypeVar

from radnlp.errors import DuplicateNameError

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer(Generic[T]):
    """One thing on offer and the plugin it comes from."""

    plugin: str
    item: T


class Offers(Mapping[str, Offer[T]]):
    """Name -> offer.

    A name that one plugin alone offers is enough. Where several do, radnlp's own keeps the name, so that installing a
    plugin never changes what a command line meant before; the others are asked for as ``PLUGIN:NAME``, which is also
    how they are listed. Asking for a name that two other plugins share is an error that says so; nothing else suffers.

    Args:
        kind: What is offered, for messages.
        offers: Name and offer, in call order.
        own: Plugins that are radnlp's.

    Raises:
        DuplicateNameError: radnlp itself offers a name twice, which is a fault of radnlp.

    >>> offers = Offers("relation mapper", [("near", Offer(plugin="a", item=1)), ("near", Offer(plugin="b", item=2))])
    >>> list(offers), offers["b:near"].item
    (['a:near', 'b:near'], 2)
    """

    def __init__(self, kind: str, offers: Iterable[tuple[str, Offer[T]]], *, own: Iterable[str] = ()) -> None:
        self._kind = kind
        self._full: dict[str, Offer[T]] = {}
        rivals: dict[str, list[Offer[T]]] = {}
        for name, offer in offers:
            self._full[f"{offer.plugin}:{name}"] = offer
            rivals.setdefault(name, []).append(offer)
        ours = frozenset(own)
        self._listed: dict[str, Offer[T]] = {}
        self._shared: dict[str, tuple[str, ...]] = {}
        for name, found in rivals.items():
            first = [offer for offer in found if offer.plugin in ours] or (found if len(found) == 1 else [])
            if len(first) > 1:
                raise DuplicateNameError(f"radnlp offers the {kind} {name!r} twice: {_named(first)}")
            if first:
                self._listed[name] = first[0]
            else:
                self._shared[name] = tuple(offer.plugin for offer in found)
            self._listed |= {f"{offer.plugin}:{name}": offer for offer in found if offer not in first}

    def __getitem__(self, name: str) -> Offer[T]:
        if name in self._listed:
            return self._listed[name]
        if name in self._shared:
            plugins = self._shared[name]
            raise DuplicateNameError(
                f"{len(plugins)} plugins offer the {self._kind} {name!r}: {' and '.join(plugins)}; say which, "
                f"{' or '.join(f'{plugin}:{name}' for plugin in plugins)}, or leave one out, e.g. "
                f"RADNLP_DISABLED_PLUGINS={plugins[-1]}"
            )
        return self._full[name]

    def __contains__(self, name: object) -> bool:
        return name in self._listed or name in self._shared or name in self._full

    def __iter__(self) -> Iterator[str]:
        """The shortest name of each offer."""
        return iter(self._listed)

    def __len__(self) -> int:
        return len(self._listed)

    @property
    def shared(self) -> Mapping[str, tuple[str, ...]]:
        """Names that mean nothing by themselves -> the plugins that offer them."""
        return dict(self._shared)


def _named(offers: Iterable[Offer[T]]) -> str:
    return " and ".join(offer.plugin for offer in offers)
