"""What a run has measured so far, and the files it becomes."""

import json
from dataclasses import asdict, dataclass, field
from pathlib import Path

from hostile import Cost
from lengths import Point
from rounds import Rounds
from tables import page


@dataclass(slots=True, kw_only=True)
class Results:
    """Filled part by part.

    Attributes:
        environment: Machine, versions, date.
        missing: System -> why it could not be built.
        measured: Kind of reports ("short", "long", …) -> the rounds.
        lines: System -> time against length.
        hostile: Engine -> text -> cost.
    """

    environment: dict[str, str]
    missing: dict[str, str]
    measured: dict[str, Rounds] = field(default_factory=dict)
    lines: dict[str, tuple[Point, ...]] = field(default_factory=dict)
    hostile: dict[str, dict[str, Cost]] = field(default_factory=dict)

    def write(self, folder: Path) -> str:
        """Write ``speed.json``, ``speed.md`` and the plot; return the page. After every part, so that none is lost."""
        text = json.dumps(asdict(self), indent=1, ensure_ascii=False)
        (folder / "speed.json").write_text(text + "\n", "utf-8")
        markdown = page(
            environment=self.environment,
            missing=self.missing,
            measured=self.measured,
            lines=self.lines,
            hostile=self.hostile,
        )
        (folder / "speed.md").write_text(markdown, "utf-8")
        if self.lines:
            from plot import draw  # matplotlib is needed for this alone

            draw(self.lines, folder)
        return markdown
