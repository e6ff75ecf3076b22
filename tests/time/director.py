"""A device in virtual time: the shipped agent is a child process, whose clocks and waits are controlled through
build/tools/virtual.so and whose drivers are puppets. The owner of a Device moves its time and makes things happen."""
import glob, json, os, shutil, signal, socket, subprocess, tempfile, time

LASTCALL, BUILD = os.environ["LASTCALL"], os.environ["BUILD"]
VIRTUAL = BUILD + "/tools/virtual.so"
PATIENCE = float(os.environ.get("PATIENCE", 180))  # real seconds until an agent counts as hanging
BASE = 1_793_491_200_000  # 2026-11-01T00:00:00Z, where a story begins

POLICY = """policy: 1
name: story
platform: linux
enforce:
  {enforce}
notice: {{window: {window}s, remind: [1h, 1d], repeat: {repeat}s, minimum: {minimum}s}}
countdown: {{length: {length}s, warn_every: {warn_every}s}}
install: {{retry: {{times: {retry_times}, wait: {retry_wait}s}}, cache: {cache}, close_apps: {close_apps}, unattended: {unattended}}}
recheck: {recheck}s
"""
DURATIONS = ("window", "repeat", "minimum", "length", "warn_every", "retry_wait", "recheck")  # of a policy, in seconds


def folder_for_stories():
    """Makes a folder in memory if possible, since a journal syncs each line."""
    return tempfile.mkdtemp(prefix="story.", dir="/dev/shm" if os.path.isdir("/dev/shm") else os.environ["TMP"])


def instant(ms):
    seconds, ms = divmod(ms, 1000)
    return time.strftime("%Y-%m-%dT%H:%M:%S", time.gmtime(seconds)) + (".%03dZ" % ms if ms else "Z")


class Clocks:
    """Clocks, in ms. `true` is the time of the world; the device's clocks follow from it."""

    def __init__(self, true=0):
        self.true = true
        self.offset = BASE
        self.boot(60_000)

    def boot(self, ago):
        self.booted, self.slept = self.true - ago, 0

    def sleep(self, ms):
        self.true += ms
        self.slept += ms

    @property
    def real(self):
        return self.true + self.offset

    @property
    def since_boot(self):
        return self.true - self.booted

    @property
    def awake(self):
        return self.since_boot - self.slept


class Place:
    """What an agent finds on its device: policy, installed version, session and boot."""

    def __init__(self, policy, version="12.7", session=True):
        self.policy, self.version, self.session, self.boot = policy, version, session, 1


def policy_text(p):
    enforce = "do_not_manage: true"
    if p["version"]:
        deadline = time.strftime("%Y-%m-%d %H:%M", time.gmtime(p["deadline"] // 1000))
        enforce = 'minimum: {version: "%s", deadline: %s, time_zone: UTC}' % (p["version"], deadline)
    words = {k: str(v).lower() if isinstance(v, bool) else v for k, v in p.items()}
    words["unattended"] = "install" if p["unattended"] else "wait"
    if p.get("broken"):
        enforce = "nothing: that anybody knows"
    return POLICY.format(enforce=enforce, **words)


class Device:
    def __init__(self, place, clocks):
        self.place, self.clocks = place, clocks
        self.folder = folder_for_stories()
        self.agent = self.channel = None
        self.wait, self.waits = -1, 0
        self.puppets = {}           # by number, in the order in which they started
        self.fresh = []             # started since the last call of started(): (number, verb, version)
        self.changes = 0
        for name in ("root/etc", "root/proc/sys/kernel/random", "root/run/systemd/sessions", "drivers"):
            os.makedirs(self.path(name))
        os.chmod(self.path("drivers"), 0o755)
        for job in ("updater", "apps", "power"):
            shutil.copy(BUILD + "/tools/puppet", self.path("drivers/" + job))
        self.write("root/etc/os-release", 'ID=debian\nVERSION_ID="12"\n')
        self.write("root/etc/timezone", "UTC\n")
        self.write("root/run/utmp", "")
        self.stage = socket.socket(socket.AF_UNIX)
        self.stage.settimeout(PATIENCE)
        self.stage.bind(self.path("puppets"))
        self.stage.listen()
        self.place_changed()

    def path(self, name):
        return os.path.join(self.folder, name)

    def write(self, name, text):
        with open(self.path(name) + ".new", "w") as f:
            f.write(text)
        os.rename(self.path(name) + ".new", self.path(name))
        self.touch(name)

    def touch(self, name):
        """Gives a file a new time: libev notices changes by whole seconds of real time, in which a whole story passes."""
        self.changes += 1
        os.utime(self.path(name), (self.changes, self.changes))

    def place_changed(self):
        self.write("root/etc/debian_version", self.place.version + "\n")
        self.write("root/proc/sys/kernel/random/boot_id", "boot-%d\n" % self.place.boot)
        text = policy_text(self.place.policy)
        if not os.path.exists(self.path("policy.yaml")) or open(self.path("policy.yaml")).read() != text:
            self.write("policy.yaml", text)
        sessions, name = self.path("root/run/systemd/sessions"), "root/run/systemd/sessions/1"
        if self.place.session and not os.path.exists(self.path(name)):
            self.write(name, "UID=%d\nCLASS=user\nSTATE=active\nSEAT=seat0\n" % os.getuid())
        elif not self.place.session and os.path.exists(self.path(name)):
            os.unlink(self.path(name))
        self.touch("root/run/systemd/sessions")
        self.turn()

    # --- the agent ---

    def start(self):
        ours, theirs = socket.socketpair()
        ours.settimeout(PATIENCE)
        env = {"VIRTUAL_TIME": str(theirs.fileno()), "LD_PRELOAD": VIRTUAL, "PATH": os.environ["PATH"],
               "ASAN_OPTIONS": "verify_asan_link_order=0:detect_leaks=0"}
        with open(self.path("log"), "ab") as log:
            self.agent = subprocess.Popen(
                [LASTCALL, "run", "--policy", self.path("policy.yaml"), "--state", self.path("state"), "--socket",
                 self.path("socket"), "--drivers", self.path("drivers"), "--probe-root", self.path("root"),
                 "--log-level", "info"], stdin=subprocess.DEVNULL, stdout=log, stderr=log, env=env,
                pass_fds=[theirs.fileno()])
        theirs.close()
        self.channel, self.lines = ours, ours.makefile("r")
        self.follow()

    @property
    def alive(self):
        return self.agent is not None

    def tell(self, text):
        self.channel.sendall((text + "\n").encode())

    def now(self):
        c = self.clocks
        return "at %d %d %d" % (c.real, c.awake, c.since_boot)

    def follow(self):
        """Answers the agent until it waits or has ended."""
        for line in self.lines:
            word, *rest = line.split()
            if word == "wait":
                self.wait = int(rest[0])
                self.waits += 1
                return
            if word == "now":
                self.tell(self.now())
            elif word == "child":
                self.enter(int(rest[0]))
            elif word == "kill":
                self.tell(self.struck(int(rest[0]), int(rest[1])))
            else:
                raise Failure("the agent says " + line)
        self.gone(self.agent.wait(PATIENCE))

    def gone(self, status):
        for puppet in self.puppets.values():
            puppet.leave()
        self.status, self.agent = status, None
        self.channel.close()
        self.lines.close()

    def enter(self, pid):
        puppet = Puppet(self.stage.accept()[0], pid)
        number = len(self.puppets)
        self.puppets[number] = puppet
        self.fresh.append((number, puppet.verb, puppet.version))
        self.tell("go on")

    def deafen(self, number):
        self.puppets[number].order("deaf")

    def struck(self, pid, number):
        for puppet in self.puppets.values():
            if puppet.pid == pid and puppet.alive and (number == signal.SIGKILL or not puppet.deaf):
                puppet.leave()
                return "ended %d" % pid
        return "no"

    def turn(self, word=None):
        """Lets the agent handle what has happened, without time passing."""
        if self.alive:
            self.tell(word or self.now())
            self.follow()

    def wake(self):
        """Returns the true time at which the agent's wait ends, or None."""
        return self.clocks.true + self.wait if self.alive and self.wait >= 0 else None

    def advance(self):
        self.turn()

    def slept(self):
        self.turn()

    def clock_moved(self, was):
        self.turn()

    def falls_asleep(self):
        """Does nothing: an agent does not notice that its device falls asleep."""

    def term(self):
        self.agent.send_signal(signal.SIGTERM)
        self.turn()

    def kill(self):
        self.agent.kill()
        self.gone(self.agent.wait(PATIENCE))

    # --- drivers and people ---

    def started(self):
        fresh, self.fresh = self.fresh, []
        return fresh

    def plays(self, number):
        return self.puppets[number].alive

    def driver_says(self, number, text):
        self.puppets[number].order("say " + text)
        self.turn()

    def driver_exits(self, number, status):
        puppet = self.puppets[number]
        puppet.leave("exit %d" % status)
        self.turn("ended %d" % puppet.pid)

    def look(self, choose):
        """A person connects, sees the view and sends the intent choose(view). Returns the view, and whether it was accepted."""
        with socket.socket(socket.AF_UNIX) as s:
            s.settimeout(PATIENCE)
            s.connect(self.path("socket"))
            lines = s.makefile("r")
            self.turn()
            view, answer = json.loads(lines.readline()), None
            intent = choose(view)
            if intent:
                s.sendall((json.dumps(intent) + "\n").encode())
                self.turn()
                answer = json.loads(lines.readline())
                while "view" in answer:
                    answer = json.loads(lines.readline())
            lines.close()
        self.turn()
        return view, answer and answer.get("ok", False)

    # --- results ---

    def journals(self):
        return sorted(glob.glob(self.path("state/journal.0*"))) + [self.path("state/journal")]

    def where(self):
        """Describes the agent's state by its journal, since an agent that hangs does not answer."""
        try:
            with open(self.path("state/journal")) as f:
                lines = [line.strip() for line in f if '"state":' in line or '"event":' in line]
        except OSError:
            lines = ["nothing"]
        return "%s; last in its journal: %s" % ("the agent runs" if self.alive else "no agent runs", " ".join(lines[-2:]))

    def log(self):
        with open(self.path("log"), errors="replace") as f:
            return f.read()

    def close(self, keep=False):
        if self.alive:
            self.kill()
        self.stage.close()
        if not keep:
            shutil.rmtree(self.folder)


class Puppet:
    def __init__(self, s, pid):
        s.settimeout(PATIENCE)
        self.socket, self.lines, self.alive, self.deaf = s, s.makefile("r"), True, False
        self.pid, *words = self.lines.readline().split()
        self.pid = int(self.pid)
        if self.pid != pid:
            raise Failure("child %d was expected, %d came" % (pid, self.pid))
        self.verb, self.version = " ".join(words[:2]), words[2] if words[2] != "-" else None

    def order(self, what):
        self.deaf |= what == "deaf"
        self.socket.sendall((what + "\n").encode())
        if self.lines.readline() != "done\n":
            raise Failure("a puppet is gone")

    def leave(self, word=None):
        if word:
            self.socket.sendall((word + "\n").encode())
        self.alive = False
        self.lines.close()
        self.socket.close()


class Failure(Exception):
    pass
