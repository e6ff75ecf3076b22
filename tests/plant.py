"""Plants a bug in a copy of machine/update.yaml, and compiles that copy into programs that ship as they are otherwise."""
import glob, os
import shlex
import subprocess

ROOT, BUILD, TMP = (os.environ[name] for name in ("ROOT", "BUILD", "TMP"))
CC = shlex.split(os.environ.get("CC", "cc"))
SANITIZE = os.environ.get("SANITIZE", "").split()
MACHINE = open(f"{ROOT}/machine/update.yaml").read()
LIBRARIES = ["-lev", "-lcurl", "-lyaml", "-ljansson", "-lm", "-lpthread"]


def run(*command, cwd=TMP, **environment):
    return subprocess.run(command, text=True, capture_output=True, cwd=cwd, env=os.environ | environment)


def interface(folder):
    """What other objects were compiled with. Above it stands the name of the machine's file."""
    return open(f"{folder}/machine.h").read().partition("#define NEVER")[2]


def plant(folder, before, after):
    """The object of the machine that has `after` where it says `before`; or why there is none."""
    if MACHINE.count(before) != 1:
        return None, f"the machine has {MACHINE.count(before)} places for it"
    os.mkdir(folder)
    with open(f"{folder}/bug.yaml", "w") as f:
        f.write(MACHINE.replace(before, after))
    made = run(f"{BUILD}/gen/machinec", "--out", folder, f"{folder}/bug.yaml")
    if made.returncode:
        return None, "machinec: " + made.stderr
    if interface(folder) != interface(f"{BUILD}/machine"):
        return None, "this bug changes machine.h, which the other objects were compiled with: plant another"
    made = run(*CC, "-std=c11", "-O1", "-w", *SANITIZE, f"-I{folder}", f"-I{ROOT}/src/core", "-c", "-o",
               f"{folder}/machine.o", f"{folder}/machine.c")
    return (None, made.stderr) if made.returncode else (f"{folder}/machine.o", None)


def link(program, *objects):
    """What went wrong; None: nothing. An object stands before the library's one of the same name."""
    made = run(*CC, *SANITIZE, "-o", program, *objects, f"{BUILD}/liblastcall-tools.a",
               f"{BUILD}/liblastcall-agent.a", *LIBRARIES)
    return made.stderr if made.returncode else None


def planted(folder, before, after):
    """The path of a lastcall with the bug; or why there is none."""
    machine, wrong = plant(folder, before, after)
    wrong = wrong or link(f"{folder}/lastcall", machine, *glob.glob(f"{BUILD}/obj/cli/*.o"))
    return (None, wrong) if wrong else (f"{folder}/lastcall", None)
