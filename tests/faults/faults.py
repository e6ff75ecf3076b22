"""Shared by the fault suites: TAP, the driver of the journal, and the promise that the journal keeps in every fault."""
import itertools
import os
import re
import shutil
import subprocess
import sys

ROOT, BUILD, TMP = os.environ["ROOT"], os.environ["BUILD"], os.environ["TMP"]
DRIVER = BUILD + "/tools/journal_driver"
POWERCUT = BUILD + "/tools/powercut.so"
CUT = 99  # powercut's exit status

_number = 0


def tap(name, problems):
    """Prints one TAP line for all cases of a name, and the first few of their problems."""
    global _number
    _number += 1
    problems = list(itertools.islice(problems, 3))
    print(f"{'not ok' if problems else 'ok'} {_number} - {name}", flush=True)
    for problem in problems:
        print("  " + problem.replace("\n", "\n  "))


def skip(why):
    print(f"ok 1 - # SKIP {why}")
    sys.exit(0)


def folder(name):
    """Makes an empty folder that only this user can write."""
    path = os.path.join(TMP, name)
    shutil.rmtree(path, ignore_errors=True)
    os.mkdir(path, 0o700)
    return path


class Life:
    """What one run of the driver printed."""

    def __init__(self, done):
        self.status, self.text, self.errors = done.returncode, done.stdout, done.stderr
        lines = self.text.split("\n")[:-1]  # a killed driver may stop in the middle of a line
        self.acked = [int(line[4:]) for line in lines if line.startswith("ack ")]
        self.got = [int(line[4:]) for line in lines if line.startswith("got ")]
        self.opened = [line.split()[1] for line in lines if line.startswith("opened ")]

    def last_known(self):
        return max(self.acked + self.got, default=0)


def live(path, *steps, before=(), env=None, seconds=float(os.environ.get("PATIENCE", 300))):
    """Runs the driver with the command `before` in front of it and `env` added to the environment."""
    command = [*before, DRIVER, path, *steps]
    # Sanitizers would refuse other preloaded libraries, and cannot look for leaks under strace.
    calm = {"ASAN_OPTIONS": "verify_asan_link_order=0:detect_leaks=0"}
    return Life(subprocess.run(command, capture_output=True, text=True, errors="replace", timeout=seconds,
                               env={**os.environ, **calm, **(env or {})}))


def closed(path):
    """Returns the names of the closed journals, oldest first."""
    return sorted(name for name in os.listdir(path) if re.fullmatch(r"journal\.\d+", name))


def kept(path):
    """Returns the numbers in all journals of a folder, oldest first, read without the journal's own code."""
    numbers = []
    for name in [*closed(path), *(["journal"] if os.path.exists(path + "/journal") else [])]:
        with open(os.path.join(path, name), "rb") as file:
            numbers += [int(n) for n in re.findall(rb'^\{"n":(\d+),', file.read(), re.M)]
    return numbers


_judged = {}


def broken_promise(path, acked):
    """Like _broken_promise, but judges folders with the same contents only once: most faults leave the same."""
    content = tuple((name, open(os.path.join(path, name), "rb").read()) for name in sorted(os.listdir(path)))
    if (content, acked) not in _judged:
        _judged[content, acked] = _broken_promise(path, acked)
    return _judged[content, acked]


def _broken_promise(path, acked):
    """Opens the journal and appends to it. Returns None, or how it broke its promise: every acknowledged line is there,
    in order and once, with at most one unacknowledged line after them; nothing is set aside; it accepts new lines."""
    found = live(path)
    if found.status or found.opened not in (["whole"], ["tail-cut"], ["new"]):
        return f"does not open: exit {found.status}\n{found.text}{found.errors}"
    numbers = kept(path)
    # Only the last ten closed journals are kept.
    first = numbers[0] if numbers and len(closed(path)) >= 10 else 1
    if numbers != list(range(first, first + len(numbers))) or first + len(numbers) - 1 - acked not in (0, 1):
        return f"acknowledged up to {acked}, found {numbers}\n{found.text}"
    if found.got != numbers[len(numbers) - len(found.got):]:
        return f"handed over {found.got}, of {numbers}"
    next_number = first + len(numbers)
    more = live(path, f"first={next_number}", "append=2", "reopen")
    if more.status or "tail-cut" in more.opened or kept(path) != [*numbers, next_number, next_number + 1]:
        return f"does not go on after {numbers}: exit {more.status}\n{more.text}{more.errors}"
    return None
