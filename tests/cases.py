#!/usr/bin/env python3
"""Runs cases: files of commands, their input, and their output. usage: tests/cases.py [--bless] FOLDER|CASE...

A case, NAME.case, tells one story, and its name says which. It has, in any order and as often as needed:

    # a comment, at the beginning or after an "exit" line
    == policy.yaml                          a file: the lines below it, up to the next == or $
    == bytes.csv escaped                    the same with Python's escapes; its own line ends do not count
    == late.yaml from policy.yaml: OLD -> NEW    another file with one text in place of another
    $ lastcall check policy.yaml            a command for sh, and below it
    its standard output
    2> its standard error, after that
    exit 0

Each case runs in an empty folder that gets a copy of everything beside the folder "cases", apart from programs. The
commands find lastcall, machinec and the tools of tests/tools by their names, $ROOT (the checkout) and $BUILD.
A line that begins like one of those above has a backslash before it. In output, MACHINE stands for the machine's hash, CASE
for the case's folder, ROOT for the checkout, and Unicode's pictures for control characters.

--bless (or BLESS=1) writes the output into the cases and shows what changes: read that before you commit it."""
import difflib
import glob
import os
import re
import shutil
import subprocess
import sys
import tempfile

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
BUILD = os.path.abspath(os.environ.get("BUILD", os.path.join(ROOT, "build")))
MARKUP = re.compile(r"\\*(== |\$ |2> |exit )")
PROGRAMS = (".test", ".py", ".c", ".h", ".md")
HANGS = 600  # seconds; no command takes a hundredth of that

ENVIRONMENT = {
    "PATH": ":".join([BUILD, BUILD + "/tools", BUILD + "/gen", os.environ["PATH"]]),
    "ROOT": ROOT, "BUILD": BUILD, "LANG": "C", "TZ": "UTC",
}
KEPT = ("ASAN_OPTIONS", "UBSAN_OPTIONS", "LSAN_OPTIONS", "SHARED")
PICTURES = {i: 0x2400 + i for i in range(32) if i not in (9, 10)} | {127: 0x2421}


def escaped(line):
    return "\\" + line if MARKUP.match(line) else line


def shown(data, folder, hash_):
    """Returns output in the form that it has in a case, as whole lines."""
    text = data.decode("utf-8", "surrogateescape").translate(PICTURES)
    text = re.sub("[\udc80-\udcff]", lambda byte: "<%02x>" % (ord(byte[0]) - 0xdc00), text)
    text = text.replace(hash_, "MACHINE").replace(folder, "CASE").replace(ROOT, "ROOT")
    *lines, last = text.split("\n")
    return [escaped(line) for line in lines] + ([escaped(last), "\\ no newline at the end"] if last else [])


def write(folder, header, lines):
    """Makes the file of a == block."""
    name, _, how = header.partition(" ")
    lines = [line[1:] if line.startswith("\\") and MARKUP.match(line) else line for line in lines]
    data = "".join(line + "\n" for line in lines).encode()
    if how == "escaped":
        data = "".join(lines).encode("latin-1", "backslashreplace").decode("unicode_escape").encode("latin-1")
    elif how.startswith("from "):
        other, change = how[5:].split(": ", 1)
        old, new = (part.replace("\\n", "\n").encode() for part in change.split(" -> "))
        with open(os.path.join(folder, other), "rb") as file:
            data = file.read()
        if old not in data:
            raise SystemExit("%s: %s has no %r" % (name, other, old.decode()))
        data = data.replace(old, new)
    elif how:
        raise SystemExit("== %s: expected \"escaped\" or \"from FILE: OLD -> NEW\" after the name" % header)
    path = os.path.join(folder, name)
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "wb") as file:
        file.write(data)


def run(command, folder, hash_):
    """Returns the lines of a case for the outcome of a command."""
    environment = ENVIRONMENT | {name: os.environ[name] for name in KEPT if name in os.environ}
    environment |= {"HOME": folder, "TMPDIR": folder + ".tmp"}
    try:
        done = subprocess.run(["sh", "-c", command], stdin=subprocess.DEVNULL, capture_output=True, cwd=folder,
                              env=environment, timeout=HANGS)
    except subprocess.TimeoutExpired:
        return ["it did not end within %d seconds" % HANGS]
    errors = shown(done.stderr, folder, hash_)
    left = ["left behind in $TMPDIR: " + name for name in sorted(os.listdir(folder + ".tmp"))]
    return [*shown(done.stdout, folder, hash_), *("2> " + line for line in errors), *left, "exit %d" % done.returncode]


def sections(case):
    """Splits a case into pieces: first what is before any == or $ line, then each such line with the lines below it."""
    pieces = [[]]
    for line in case.split("\n")[:-1]:
        if line.startswith(("== ", "$ ")):
            pieces.append([])
        pieces[-1].append(line)
    return pieces


def inputs(path, folder):
    """Writes the files of a case into a folder. Returns their names."""
    with open(path, encoding="utf-8", newline="\n") as file:
        files = [piece for piece in sections(file.read()) if piece and piece[0].startswith("== ")]
    for header, *lines in files:
        write(folder, header[3:], lines)
    return [header.split()[1] for header, *_ in files]


def comments(lines):
    """Returns the lines below the "exit" line of a command, or all if it has none yet."""
    last = max((i for i, line in enumerate(lines) if line.startswith("exit ")), default=-1)
    return [line for line in lines[last + 1:] if line[:1] in ("#", "")]


def play(case, folder, hash_):
    """Runs a case. Returns its text with the actual output."""
    answer = []
    for piece in sections(case):
        if piece and piece[0].startswith("$ "):
            answer += [piece[0], *run(piece[0][2:], folder, hash_), *comments(piece[1:])]
        else:
            if piece and piece[0].startswith("== "):
                write(folder, piece[0][3:], piece[1:])
            answer += piece
    return "\n".join(answer) + "\n"


def found(names):
    """Returns the paths of the cases that the arguments name."""
    for name in names:
        if name.endswith(".case"):
            yield os.path.abspath(name)
        else:
            inner = sorted(glob.glob(os.path.join(os.path.abspath(name), "**/*.case"), recursive=True))
            if not inner:
                raise SystemExit("no cases in " + name)
            yield from inner


def area(path):
    """Returns the folder above the folder "cases" of a case."""
    while os.path.basename(path) != "cases":
        path = os.path.dirname(path)
        if path == "/":
            raise SystemExit("a case has to be in a folder named \"cases\"")
    return os.path.dirname(path)


def prepared(path, folder):
    os.makedirs(folder)
    os.mkdir(folder + ".tmp")
    beside = area(path)
    for name in os.listdir(beside):
        full = os.path.join(beside, name)
        if os.path.isdir(full) and name not in ("cases", "__pycache__"):
            shutil.copytree(full, os.path.join(folder, name))
        elif os.path.isfile(full) and not name.endswith(PROGRAMS) and not os.access(full, os.X_OK):
            shutil.copy(full, folder)
    return folder


def main(arguments):
    bless = "--bless" in arguments or "BLESS" in os.environ
    paths = list(found([name for name in arguments if name != "--bless"] or sorted(glob.glob(ROOT + "/tests/*/cases"))))
    hash_ = subprocess.run([BUILD + "/lastcall", "--version"], stdout=subprocess.PIPE, text=True, check=True).stdout.split()[-1]
    changed = failed = 0
    with tempfile.TemporaryDirectory(dir=os.environ.get("TMP")) as top:
        print("1..%d" % len(paths))
        for number, path in enumerate(paths, 1):
            name = os.path.relpath(path, area(path) + "/cases")[:-len(".case")].replace("-", " ")
            with open(path, encoding="utf-8", newline="\n") as file:
                case = file.read()
            played = play(case, prepared(path, os.path.join(top, str(number), "case")), hash_)
            same = played == case
            changed += not same
            if bless and not same:
                with open(path, "w", encoding="utf-8", newline="\n") as file:
                    file.write(played)
            failed += not same and not bless
            print("%s %d - %s" % ("ok" if same or bless else "not ok", number, name))
            if not same:
                relative = os.path.relpath(path, ROOT)
                for line in difflib.unified_diff(case.split("\n"), played.split("\n"), relative, relative, lineterm=""):
                    print(("" if bless else "    ") + line)
            sys.stdout.flush()
    if bless:
        print("# %d of %d cases changed" % (changed, len(paths)))
    return failed > 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
