"""An invented cohort as findings, and how long its timeline takes.

    python benchmarks/timeline/cohort.py --output cohort.jsonl     writes it: JSON lines as `radnlp extract` writes them
    python benchmarks/timeline/cohort.py                           writes it to a scratch folder and times the command

Nothing of it comes from a patient: ids are numbers, dates and episodes are drawn. Each patient has a diagnosis and a
course, a Markov chain over the episodes; some reports name two diagnoses, mixed episodes or none, some patients change
their diagnosis, a few lines lack a date or a patient, and one patient in ten comes in another order than that of time.
"""

import argparse
import json
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

EPISODES = ("progression", "stable", "improvement")
#: Chances of the next episode after each, in the order of EPISODES.
NEXT = {"progression": (0.35, 0.35, 0.30), "stable": (0.25, 0.60, 0.15), "improvement": (0.25, 0.40, 0.35)}
MALIGNANT = ("glioma", "lymphoma", "metastasis")
OTHER = ("non_malignant_tumor", "stroke", "hemorrhage_vascular")


def cohort(patients: int, *, seed: int) -> Iterator[str]:
    """The lines of the cohort; the same for the same seed."""
    draw = random.Random(seed)
    for number in range(1, patients + 1):
        lines = list(_patient(f"P{number:05}", draw))
        if draw.random() < 0.1:
            draw.shuffle(lines)
        yield from lines


def _patient(patient_id: str, draw: random.Random) -> Iterator[str]:
    key = draw.choices(MALIGNANT, (0.35, 0.15, 0.5))[0]
    changing = draw.random() < 0.03
    benign = draw.random() < 0.1
    episode = draw.choices(EPISODES, (0.4, 0.4, 0.2))[0]
    day = date(2012, 1, 1) + timedelta(days=draw.randrange(2500))
    for number in range(1, draw.randint(5, 15) + 1):
        findings = [] if benign else [_finding(key, _episodes(episode, number, draw))]
        if draw.random() < 0.3:
            findings.append(_finding(draw.choice(OTHER), []))
        if draw.random() < 0.04 and not benign:
            findings.append(_finding(draw.choice([name for name in MALIGNANT if name != key]), []))
        yield _line(patient_id, number, day, findings, draw)
        episode = draw.choices(EPISODES, NEXT[episode])[0]
        day += timedelta(days=draw.choice((0, *range(20, 150))) if draw.random() < 0.05 else draw.randrange(20, 150))
        if changing and draw.random() < 0.2:
            key = draw.choice(MALIGNANT)


def _episodes(episode: str, number: int, draw: random.Random) -> list[str]:
    if number == 1 or draw.random() < 0.12:
        return []
    if draw.random() < 0.06:
        return sorted({episode, draw.choice(EPISODES)}, key=EPISODES.index)
    return [episode]


def _finding(key: str, episodes: list[str]) -> dict[str, object]:
    values = {"has_episode": episodes} if episodes else {}
    return {"key": key, "status": "present", "score": None, "values": values, "evidence": [], "sources": ["invented"]}


def _line(patient_id: str, number: int, day: date, findings: list[dict[str, object]], draw: random.Random) -> str:
    chance = draw.random()
    row = {
        "format": 1,
        "report_id": f"{patient_id}-{number:02}",
        "patient_id": None if chance < 0.0005 else patient_id,
        "study_date": None if 0.001 < chance < 0.002 else day.isoformat() if chance < 0.999 else f"{day:%d.%m.%Y}",
        "schema": "brain_mri",
        "schema_version": "1.0.0",
        "findings": findings,
    }
    return json.dumps(row)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--patients", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=20250)
    parser.add_argument("--output", type=Path, help="write the cohort there and do no more")
    options = parser.parse_args()
    lines = list(cohort(options.patients, seed=options.seed))
    text = "".join(f"{line}\n" for line in lines)
    if options.output:
        options.output.write_text(text, encoding="utf-8")
        return
    with tempfile.TemporaryDirectory() as folder:
        findings = Path(folder, "cohort.jsonl")
        findings.write_text(text, encoding="utf-8")
        for target in ("timeline.json", "everything"):
            command = [sys.executable, "-m", "radnlp", "timeline", findings, "-o", Path(folder, target)]
            started = time.perf_counter()
            done = subprocess.run(command, capture_output=True, text=True, check=False)
            seconds = time.perf_counter() - started
            print(f"{options.patients:,} patients, {len(lines):,} reports -> {target}: {seconds:.1f} s")
        print("\n".join(line for line in done.stderr.splitlines() if not line.startswith(str(findings))))


if __name__ == "__main__":
    main()
