"""Standard output while providers work in several threads."""

import io
import sys
from threading import Barrier, Thread

from radnlp.pipes.aside import ASIDE


def test_threads_that_overlap_leave_standard_output_as_it_was(capsys):
    before = sys.stdout
    inside, first_out = Barrier(2), Barrier(2)
    printed = {"a": io.StringIO(), "b": io.StringIO()}

    def first():
        with ASIDE.led(printed["a"]):
            inside.wait()
            print("words of a")
        first_out.wait()

    def second():
        with ASIDE.led(printed["b"]):
            inside.wait()
            first_out.wait()
            print("words of b")

    threads = [Thread(target=first), Thread(target=second)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sys.stdout is before
    assert {name: stream.getvalue() for name, stream in printed.items()} == {"a": "words of a\n", "b": "words of b\n"}
    assert capsys.readouterr().out == ""


def test_who_leads_nothing_aside_prints_as_before(capsys):
    with ASIDE.led(io.StringIO()):
        thread = Thread(target=print, args=("a result",))
        thread.start()
        thread.join()
    assert capsys.readouterr().out == "a result\n"
