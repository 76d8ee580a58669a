"""A program and the processes it started, as Linux shows them in /proc."""

import os
from pathlib import Path

_PAGE = os.sysconf("SC_PAGE_SIZE")


def children(parent: int) -> list[int]:
    """Ids of the processes that a process started, and of those that these started, oldest first."""
    started: dict[int, list[tuple[int, int]]] = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text().rsplit(")", 1)[1].split()
        except OSError:  # gone in the meantime
            continue
        started.setdefault(int(fields[1]), []).append((int(fields[19]), int(stat.parent.name)))
    found: list[tuple[int, int]] = []
    asked = [parent]
    while asked:
        below = started.get(asked.pop(), [])
        found += below
        asked += [pid for _, pid in below]
    return [pid for _, pid in sorted(found)]


def is_worker(pid: int) -> bool:
    """Whether a pipeline is in it: a worker of the engine ``process``, or an actor of ``ray``, each beside others."""
    try:
        command = Path(f"/proc/{pid}/cmdline").read_bytes()
    except OSError:
        return False
    return b"spawn_main" in command or (command.startswith(b"ray::") and b"Map" in command)


def megabytes(pid: int) -> float:
    """Resident memory; 0 for a process that is gone."""
    try:
        return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * _PAGE / 1e6
    except (OSError, IndexError):
        return 0.0


def processor_seconds(pid: int) -> float:
    """User and system time so far."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    except OSError:
        return 0.0
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
