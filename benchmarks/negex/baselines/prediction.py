"""A negation decision in radnlp's output format; standard library only, to be used in any environment."""

import json


def prediction(report_id: str, *, negated: bool) -> str:
    """One line. A condition that is not in its sentence counts as affirmed for every system."""
    status = "absent" if negated else "present"
    finding = {"key": "condition", "status": status, "score": None, "values": {}, "evidence": [], "sources": []}
    return json.dumps({"format": 1, "report_id": report_id, "schema": "negex", "findings": [finding]})
