"""Tests of the whole agent: a device made of files, drivers that record how they are called, and people.

A Device has a root (what the probe reads), drivers, a policy, a state folder and a socket. Time is real, so policies
here have seconds instead of days. Nothing asserts how long anything took: a test waits for what must happen, and a
time-out only ends a test that hangs. It then reports the state of each agent."""
import glob, json, os, signal, socket, subprocess, sys, time

LASTCALL = os.environ["LASTCALL"]
TMP = os.environ["TMP"]
CLOCKS = os.path.join(os.environ["BUILD"], "tools/clocks.so")
PATIENCE = float(os.environ.get("PATIENCE", 180))  # seconds until a test counts as hanging

POLICY = """policy: 1
name: {name}
platform: linux
enforce:
  minimum: {{version: "{version}", deadline: {deadline}, time_zone: UTC}}
notice: {{window: 5d, remind: [1h, 1d], repeat: {repeat}, minimum: {minimum}}}
countdown: {{length: {length}, warn_every: {warn_every}}}
install: {{retry: {{times: {times}, wait: {wait}}}, cache: {cache}, close_apps: {close_apps}}}
recheck: {recheck}
"""

# A driver records its process and its arguments, then runs the script JOB-VERB if there is one.
DRIVER = """#!/bin/sh
here=$(dirname "$0")
job=$(basename "$0")
echo $$ >> "$here/../pids"
echo "$job $*" >> "$here/../asked"
[ ! -f "$here/../$job-$1" ] || . "$here/../$job-$1"
"""
INSTALL = 'echo progress 50; echo "$2" > "$here/../root/etc/debian_version"; echo installed'


class Device:
    count = 0

    def __init__(self, version="12.7", boot="boot-1", session=True, **policy):
        Device.count += 1
        self.folder = os.path.join(TMP, "device%d" % Device.count)
        self.state = self.path("state")
        self.socket = self.path("socket")
        self.policy = self.path("policy.yaml")
        self.agent = None
        self.errors = ""
        for folder in ("root/etc", "root/proc/sys/kernel/random", "root/run/systemd/sessions", "drivers"):
            os.makedirs(self.path(folder))
        os.chmod(self.path("drivers"), 0o755)
        self.write("root/etc/os-release", 'ID=debian\nVERSION_ID="12"\n')
        self.write("root/etc/debian_version", version + "\n")
        self.write("root/etc/timezone", "Europe/Paris\n")
        self.boot(boot)
        self.session(session)
        for job in ("updater", "apps", "power"):
            self.write("drivers/" + job, DRIVER)
            os.chmod(self.path("drivers/" + job), 0o755)
        self.write("updater-download", "echo progress 50; echo downloaded")
        self.write("updater-install", INSTALL)
        self.write("asked", "")
        self.set_policy(**policy)

    def path(self, name):
        return os.path.join(self.folder, name)

    def write(self, name, text):
        with open(self.path(name) + ".new", "w") as f:
            f.write(text)
        os.rename(self.path(name) + ".new", self.path(name))

    def read(self, name):
        with open(self.path(name), errors="replace") as f:
            return f.read()

    def boot(self, boot):
        self.write("root/proc/sys/kernel/random/boot_id", boot + "\n")

    def session(self, present):
        name = self.path("root/run/systemd/sessions/1")
        if present:
            self.write("root/run/systemd/sessions/1", "UID=%d\nCLASS=user\nSTATE=active\nSEAT=seat0\n" % os.getuid())
        elif os.path.exists(name):
            os.unlink(name)

    def set_policy(self, **given):
        values = dict(name="lab", version="12.8", deadline="2020-01-01 17:00", repeat="1h", minimum="0s", length="1s",
                      warn_every="1s", times=3, wait="1s", cache="true", close_apps="true", recheck="1h")
        values.update(given)
        self.write("policy.yaml", POLICY.format(**values))

    def command(self, *more):
        return [LASTCALL, "run", "--policy", self.policy, "--state", self.state, "--socket", self.socket, "--drivers",
                self.path("drivers"), "--probe-root", self.path("root"), "--log-level", "info", *more]

    def start(self, *more, before=()):
        env = {k: v for k, v in os.environ.items() if k != "JOURNAL_STREAM"}
        if os.path.exists(self.path("clocks")):
            env.update(LD_PRELOAD=CLOCKS, CLOCKS=self.path("clocks"), ASAN_OPTIONS="verify_asan_link_order=0")
        self.log = open(self.path("log"), "ab")
        self.agent = subprocess.Popen([*before, *self.command(*more)], stderr=self.log, stdout=self.log, env=env,
                                      stdin=subprocess.DEVNULL)
        return self

    def ready(self):
        """Starts the agent and waits until it listens or has ended."""
        self.start()
        wait(lambda: os.path.exists(self.socket) and self.view() or self.agent.poll() is not None)
        return self

    def kill(self, number=signal.SIGKILL):
        if self.agent:
            if self.agent.poll() is None:
                self.agent.send_signal(number)
            status = self.agent.wait(PATIENCE)
            self.agent = None
            self.log.close()
            return status

    def end_drivers(self):
        """Ends drivers that have outlived their agent: in some tests they sleep for ever."""
        for pid in self.read("pids").split() if os.path.exists(self.path("pids")) else ():
            try:
                with open("/proc/%s/cmdline" % pid) as f:
                    if self.folder in f.read():
                        os.killpg(int(pid), signal.SIGKILL)
            except OSError:
                pass

    def where(self):
        """Describes the device for the report of a failed test."""
        text = "%s: " % os.path.basename(self.folder)
        if not self.agent:
            text += "no agent"
        elif self.agent.poll() is not None:
            text += "the agent has ended with %d" % self.agent.returncode
        else:
            try:
                view = self.view()
                text += "the agent is in state %s, cache %s, screen %s" % (view["state"], view["cache"], view["screen"]) \
                    if view else "the agent runs and does not answer"
            except (subprocess.TimeoutExpired, ValueError, KeyError) as e:
                text += "the agent runs and does not answer: %s" % e
        try:
            last = [line for line in self.read("state/journal").splitlines() if '"state":' in line or '"event":' in line]
            text += "; last in its journal: " + " ".join(last[-2:])
        except OSError:
            text += "; it has no journal"
        return text + "; driver calls: " + (", ".join(self.asked()) or "nothing")

    def restart(self, boot):
        """Restarts the device."""
        self.kill()
        self.boot(boot)
        return self.ready()

    def cli(self, *arguments):
        return subprocess.run([LASTCALL, *arguments, "--socket", self.socket], capture_output=True, text=True,
                              timeout=PATIENCE)

    def view(self):
        done = self.cli("status", "--json")
        return json.loads(done.stdout) if done.returncode == 0 else None

    def state_is(self, state):
        return wait(lambda: (self.view() or {}).get("state", "").startswith(state), lambda: "it never entered " + state)

    def healthy(self):
        """Fails if a sanitizer reported an error in the log."""
        text = self.read("log") if os.path.exists(self.path("log")) else ""
        holds("Sanitizer:" not in text and "runtime error:" not in text, "a sanitizer reports an error")

    def asked(self):
        return self.read("asked").splitlines()

    def journals(self):
        """Returns the parsed lines of every journal, the oldest first."""
        closed = sorted(glob.glob(self.state + "/journal.0*"))
        return [[json.loads(line) for line in open(name)] for name in closed + [self.state + "/journal"]]

    def lines(self):
        return [line for journal in self.journals() for line in journal]

    def kinds(self, what):
        return [line[what] for line in self.lines() if what in line]

    def replays(self):
        """Returns whether every journal replays. Stops the agent first, so that no line is half written."""
        self.kill(signal.SIGTERM)
        files = sorted(glob.glob(self.state + "/journal.0*")) + [self.state + "/journal"]
        done = subprocess.run([LASTCALL, "replay", *files], capture_output=True, text=True, timeout=PATIENCE)
        return done.returncode == 0 or fail(done.stdout + done.stderr)


class Person:
    """A client of the socket."""

    def __init__(self, device):
        self.socket = socket.socket(socket.AF_UNIX)
        self.socket.settimeout(PATIENCE)
        self.socket.connect(device.socket)
        self.buffer = b""

    def line(self):
        """Returns the next line, or None at the end."""
        while b"\n" not in self.buffer:
            try:
                got = self.socket.recv(65536)
            except ConnectionError:
                return None
            if not got:
                return None
            self.buffer += got
        line, self.buffer = self.buffer.split(b"\n", 1)
        return json.loads(line)

    def say(self, text):
        self.socket.sendall(text if isinstance(text, bytes) else (text + "\n").encode())

    def answer(self):
        """Returns the next line that is not a view; views come whenever something changes."""
        answer = self.line()
        while answer and "view" in answer:
            answer = self.line()
        return answer

    def ask(self, text):
        self.say(text)
        return self.answer()

    def until(self, key, value):
        """Returns the first view in which the key has this value."""
        view = self.line()
        while view and view.get(key) != value:
            view = self.line()
        return view

    def close(self):
        self.socket.close()


class Failure(Exception):
    pass


def fail(text):
    raise Failure(text)


def wait(condition, otherwise=lambda: "it never happened"):
    """Returns the first true value of condition(). Its exceptions count as false: an agent that starts has no view yet."""
    end, problem = time.monotonic() + PATIENCE, None
    while time.monotonic() < end:
        try:
            result, problem = condition(), None
        except (TypeError, KeyError, IndexError, ValueError, FileNotFoundError) as e:
            result, problem = None, e
        if result:
            return result
        time.sleep(0.02)
    fail("after %g seconds: %s%s" % (PATIENCE, otherwise(), "" if problem is None else " (%r)" % problem))


def same(found, expected):
    if found != expected:
        fail("expected %s\nfound    %s" % (expected, found))


def holds(condition, text="the condition is false"):
    if not condition:
        fail(text)


def run(*tests):
    """Runs tests, functions whose names tell their stories, and prints TAP."""
    bad = 0
    for i, test in enumerate(tests, 1):
        name = test.__name__.replace("_", " ")
        devices = []
        original = Device.__init__

        def remember(self, *a, **k):
            devices.append(self)
            original(self, *a, **k)
        Device.__init__ = remember
        try:
            test()
            for device in devices:
                device.healthy()
            print("ok %d - %s" % (i, name))
        except Exception as e:
            bad += 1
            print("not ok %d - %s" % (i, name))
            text = str(e) if isinstance(e, Failure) else "%s: %s" % (type(e).__name__, e)
            text += "".join("\n" + device.where() for device in devices)
            for device in devices:
                if os.path.exists(device.path("log")):
                    text += "\n" + device.read("log")[-3000:]
            print("\n".join("# " + line for line in text.splitlines()))
        finally:
            Device.__init__ = original
            for device in devices:
                device.kill()
                device.end_drivers()
        sys.stdout.flush()
    print("1..%d" % len(tests))
    sys.exit(bad > 0)
