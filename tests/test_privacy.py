"""Nothing of a report leaves the process but by the output that was asked for."""

import logging
import subprocess
import sys

REPORT = "Findings: A ZEBRAFISH-shaped 8 mm nodule in the RUL. No effusion. Cannot exclude QUOKKA pneumonia. " * 3

#: Stops the process at the first use of a socket, by whatever library. The one exception: spaCy imports urllib3, which
#: asks this machine at import, by binding to its own ::1, whether it has IPv6. Nothing is looked up, reached or sent.
NO_SOCKETS = """
import sys, traceback
def hook(event, args):
    if event.startswith("socket.") and not (
        event in ("socket.__new__", "socket.bind")
        and any(frame.name == "_has_ipv6" for frame in traceback.extract_stack())
    ):
        raise SystemExit(f"a socket was used: {event}")
sys.addaudithook(hook)
"""


def run(code, **environment):
    return subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=False, env=environment or None
    )


def test_no_socket_is_opened_by_the_main_job(tmp_path):
    report = tmp_path / "r.txt"
    report.write_text(REPORT)
    code = f"""{NO_SOCKETS}
from radnlp.cli.main import main
sys.exit(main(["extract", {str(report)!r}, "--schema", "chest_ct", "--format", "jsonl"]))
"""
    done = run(code)
    assert done.returncode == 0, done.stderr
    assert '"nodules"' in done.stdout


def test_the_audit_hook_would_notice_a_socket():
    assert "a socket was used" in run(f"{NO_SOCKETS}\nimport socket; socket.socket()").stderr


def test_nothing_of_a_report_reaches_standard_error_or_a_log_at_any_level():
    code = f"""
import logging, radnlp
logging.basicConfig(level=logging.DEBUG)
nlp = radnlp.load("chest_ct")
list(nlp.pipe([{REPORT!r}] * 3))
"""
    done = run(code)
    assert done.returncode == 0, done.stderr
    for word in ("ZEBRAFISH", "QUOKKA", "nodule", "effusion"):
        assert word.lower() not in done.stderr.lower()
    assert done.stdout == ""


def test_a_failing_provider_leaves_its_words_out_of_the_issues(chest_ct, caplog):
    from radnlp.pipes.draft import Draft
    from radnlp.records import Report

    draft = Draft(report=Report(id="r1", text=REPORT))
    with caplog.at_level(logging.DEBUG):
        draft.note_failure("keys", ValueError(f"cannot read {REPORT}"))
    assert "ZEBRAFISH" not in draft.issues[0].message
    assert "ValueError" in draft.issues[0].message
    assert "ZEBRAFISH" not in caplog.text
