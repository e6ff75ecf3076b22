"""Bugs for tests/journal/mutants.test to plant, from every tests/AREA/mutants.list: four lines each, the last three
indented: a description, the file, a sed script that plants it, and the suite that must fail."""
import collections
import glob
import os
import subprocess

ROOT = os.environ["ROOT"]
Mutant = collections.namedtuple("Mutant", "what path script suite")


def listed():
    found = []
    for path in sorted(glob.glob(ROOT + "/tests/*/mutants.list")):
        with open(path) as text:
            lines = [line.strip() for line in text if line.strip() and not line.startswith("#")]
        found += [Mutant(*lines[n:n + 4]) for n in range(0, len(lines), 4)]
    return found


def planted(mutant, tree):
    """Returns the source with the bug in it, or None if the script no longer changes it."""
    source = f"{tree}/{mutant.path}"
    if not os.path.exists(source):
        return None
    done = subprocess.run(["sed", mutant.script, source], capture_output=True, text=True)
    with open(source) as file:
        return None if done.returncode or done.stdout == file.read() else done.stdout
