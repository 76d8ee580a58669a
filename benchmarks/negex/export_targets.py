"""NegEx sentences and the place of their condition as JSON lines, for tools that live in environments of their own.

.venv/bin/python benchmarks/negex/export_targets.py "$RADNLP_DATA/negex/dev.tsv" > targets.jsonl
"""

import json
import sys
from pathlib import Path

from radnlp.evaluation.gold import read_gold
from radnlp.hooks import default_catalogue

FOLDER = Path(__file__).resolve().parent


def main() -> None:
    schema, _ = default_catalogue().schema(str(FOLDER / "schema"))
    gold = read_gold("negex", Path(sys.argv[1]), schema=schema, options={})
    for report in gold.reports:
        start, end, _entity = report.targets[0] if report.targets else (None, None, None)
        print(json.dumps({"id": report.id, "text": report.text, "start": start, "end": end}))


if __name__ == "__main__":
    main()
