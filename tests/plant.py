"""Plants a bug in a copy of machine/update.yaml, and links that copy into programs that are otherwise those that ship."""
import glob
import os
import shlex
import subprocess

from places import Misplaced, changed

ROOT, BUILD, TMP = (os.environ[name] for name in ("ROOT", "BUILD", "TMP"))
CC = shlex.split(os.environ.get("CC", "cc"))
SANITIZE = os.environ.get("SANITIZE", "").split()
MACHINE = open(f"{ROOT}/machine/update.yaml").read()
LIBRARIES = ["-lev", "-lcurl", "-lyaml", "-ljansson", "-lm", "-lpthread"]


def run(*command, cwd=TMP, **environment):
    return subprocess.run(command, text=True, capture_output=True, cwd=cwd, env=os.environ | environment)


def bugs(path):
    """Reads a list of bugs, `FOUND: STORY` and then indented changes, one a line. Returns [(found, story, changes)]."""
    listed = []
    with open(path) as f:
        lines = [line.rstrip("\n") for line in f if line.strip() and not line.startswith("#")]
    for line in lines:
        if line[0].isspace():
            listed[-1][2].append(line.strip())
        else:
            found, story = line.split(": ", 1)
            listed.append((found, story, []))
    return listed


def machine_with(changes):
    """Returns the machine with these changes, without its picture, since a bug may remove what an arrow shows."""
    return changed(MACHINE, ["delete picture", *changes])


def interface(folder):
    """Returns the part of machine.h that other objects were compiled against, which begins after the file's name."""
    return open(f"{folder}/machine.h").read().partition("#define NEVER")[2]


def plant(folder, changes):
    """Compiles the machine with these changes. Returns (object, None), or (None, why not)."""
    os.mkdir(folder)
    try:
        with open(f"{folder}/bug.yaml", "w") as f:
            f.write(machine_with(changes))
    except Misplaced as why:
        return None, f"machine/update.yaml has no such place: {why}"
    made = run(f"{BUILD}/gen/machinec", "--out", folder, f"{folder}/bug.yaml")
    if made.returncode:
        return None, "machinec: " + made.stderr
    if interface(folder) != interface(f"{BUILD}/machine"):
        return None, "this bug changes machine.h, which the other objects were compiled with: plant another"
    made = run(*CC, "-std=c11", "-O1", "-w", *SANITIZE, f"-I{folder}", f"-I{ROOT}/src/core", "-c", "-o",
               f"{folder}/machine.o", f"{folder}/machine.c")
    return (None, made.stderr) if made.returncode else (f"{folder}/machine.o", None)


def link(program, *objects):
    """Links the objects before the libraries, whose objects of the same name they replace. Returns the error, or None."""
    made = run(*CC, *SANITIZE, "-o", program, *objects, f"{BUILD}/liblastcall-tools.a",
               f"{BUILD}/liblastcall-agent.a", *LIBRARIES)
    return made.stderr if made.returncode else None


def planted(folder, changes):
    """Builds a lastcall with the bug. Returns (its path, None), or (None, why not)."""
    machine, wrong = plant(folder, changes)
    cli = [o for o in glob.glob(f"{BUILD}/obj/cli/*.o") if not o.endswith("/synopsis.o")]  # which has a main of its own
    wrong = wrong or link(f"{folder}/lastcall", machine, *cli)
    return (None, wrong) if wrong else (f"{folder}/lastcall", None)
