"""Rows of tokens as a tree: at each node the tokens that may come next."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray


class Trie:
    """A node; the root stands for all rows.

    Attributes:
        children: Token -> node.
        row: At a leaf, the number of the row that ends there; else None.
    """

    __slots__ = ("_allowed", "children", "row")

    def __init__(self) -> None:
        self.children: dict[int, Trie] = {}
        self.row: int | None = None
        self._allowed: NDArray[np.int32] | None = None

    @classmethod
    def of(cls, rows: Iterable[tuple[int, Sequence[int]]]) -> Trie:
        """The tree of numbered rows.

        Raises:
            ValueError: A row is empty, or one begins with the whole of another, so that its end could not be told.

        >>> tree = Trie.of([(0, [5, 7]), (1, [5, 8])])
        >>> tree.allowed.tolist(), tree.children[5].allowed.tolist(), tree.children[5].children[8].row
        ([5], [7, 8], 1)
        """
        root = cls()
        for number, row in rows:
            node = root
            for token in row:
                if node.row is not None:
                    raise ValueError(f"row {number} begins with the whole of row {node.row}")
                node = node.children.setdefault(token, cls())
            if node.children or node.row is not None or node is root:
                raise ValueError(f"row {number} is empty, or another one begins with it")
            node.row = number
        return root

    @property
    def allowed(self) -> NDArray[np.int32]:
        """The tokens that may come next, ascending."""
        if self._allowed is None:
            self._allowed = np.array(sorted(self.children), dtype=np.int32)
        return self._allowed
