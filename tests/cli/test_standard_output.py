"""Standard output is for results: what C code or a process started from here prints goes to standard error."""

import subprocess
import sys


def run(code):
    return subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)


def test_only_results_reach_standard_output():
    done = run("""
import os, sys
from radnlp.cli.standard_output import results_only
print("before")
with results_only():
    os.write(1, b"from C\\n")
    os.system("echo from a process")
    print("a result", flush=True)
    sys.stdout.buffer.write(b"bytes of a result\\n")
    sys.stdout.flush()
print("after")
""")
    assert done.stdout.splitlines() == ["before", "a result", "bytes of a result", "after"]
    assert sorted(done.stderr.splitlines()) == ["from C", "from a process"]


def test_a_reader_who_has_gone_leaves_no_noise_behind():
    done = run("""
import os, sys
from radnlp.cli.standard_output import results_only
reading, writing = os.pipe()
os.close(reading)
os.dup2(writing, 1)
with results_only():
    print("for nobody")
""")
    assert (done.stdout, done.stderr) == ("", "")


def test_where_standard_output_is_something_else_nothing_changes(capsys):
    from radnlp.cli.standard_output import results_only

    before = sys.stdout
    with results_only():
        assert sys.stdout is before
        print("a result")
    assert capsys.readouterr().out == "a result\n"
