"""The same device on paper: a model of what an agent should do, in as few lines as possible, around the compiled core alone
(build/tools/core_alone). Without loop, processes, files or sockets, it shares nothing with src/agent but the core.

It says when an agent assesses again, in which order it posts events, and which driver ends or waits for which. Its
`pages` are the journals that the agent should write, and traces() the same as written by hand."""
import json, os, subprocess

from director import BUILD, DURATIONS, Failure, instant

SETTLED = 1020          # ms without changes before files are read
SILENCE = 1200_000      # ms without output until a driver is ended
GRACE = 5000            # ms for a driver to end
QUIT = 10_000           # ms for all drivers to end when the agent stops
ENDS = {"updater download": ["updater download"], "updater install": ["updater download", "updater install"],
        "apps close": ["apps close"], "apps hold": ["apps hold"],
        "apps release": ["apps close", "apps hold"], "power reboot": []}
WAITS = {"updater download": ["updater install"], "updater install": [], "apps close": ["apps release"],
         "apps hold": ["apps release"], "apps release": ["apps release"], "power reboot": ["power reboot"]}
VERBS = list(ENDS)
STARTS = {"download": "updater download", "install": "updater install", "close-apps": "apps close",
          "hold-apps": "apps hold", "release-apps": "apps release", "reboot": "power reboot"}
FIRST = ("timer", "wake", "start", "booted", "clock")   # before these events no timer fires, even if it is due
OUTCOME = {"updater download": ("downloaded", "download-failed"), "updater install": ("installed", "install-failed"),
           "apps close": ("apps-closed", None)}


def duration(seconds):
    for unit, letter in ((86400, "d"), (3600, "h"), (60, "m")):
        if seconds and seconds % unit == 0:
            return "%d%s" % (seconds // unit, letter)
    return "%ds" % seconds


def version(text):
    return [int(part) for part in text.split(".")] + [0] * (3 - text.count("."))


class Core:
    """The core: one process for all stories, since a header starts a new machine."""
    process = None

    def __init__(self):
        if not Core.process:
            Core.process = subprocess.Popen([BUILD + "/tools/core_alone"], stdin=subprocess.PIPE,
                                            stdout=subprocess.PIPE, text=True)

    def say(self, line):
        self.process.stdin.write(line + "\n")
        self.process.stdin.flush()
        answer = []
        for text in self.process.stdout:
            if text.startswith('{"wake"'):
                self.status = json.loads(text)
                self.view = json.loads(self.process.stdout.readline())
                return answer
            answer.append(text.rstrip("\n"))
        raise Failure("the core does not accept " + line)


class Slot:
    def __init__(self):
        self.number = None      # of the running driver
        self.wanted = self.ending = self.posted = False
        self.stall = self.grace = None


class Paper:
    def __init__(self, place, clocks):
        self.place, self.clocks, self.core = place, clocks, Core()
        self.pages = []         # each a list of lines
        self.recorded = set()   # indices of pages that replay only with timer lines
        self.alive = False
        self.rules = None
        self.place_seen = {}    # as the agent last read it
        self.starts = []
        self.drivers = []       # verbs, by number
        self.deaf = set()
        self.dying = []         # verbs whose driver is ending at once
        self.fresh = []

    # --- post ---

    def settings(self):
        p = self.place_seen["policy"]
        return {**{k: duration(p[k]) for k in DURATIONS},
                **{k: p[k] for k in ("retry_times", "cache", "close_apps", "unattended")}}

    def say(self, line):
        """Sends a line to the core with both clocks, and writes it without awake time, which replay computes."""
        line = {"at": instant(self.clocks.real), **line}
        self.pages[-1].append(json.dumps(line, separators=(",", ":")))
        return self.core.say(json.dumps({**line, "awake": self.clocks.awake}))

    def begin_page(self):
        header = {"trace": 1, "settings": self.rules, "device": {"version": self.place_seen["version"]}}
        self.pages.append([json.dumps(header, separators=(",", ":"))])
        self.core.say(self.pages[-1][0])
        self.cycle = False

    def post(self, kind, **fields):
        if self.stopping and kind != "halt":
            return
        self.queue.append({"event": kind, **fields})
        if self.busy:
            return
        self.busy = True
        while self.queue:
            self.handle(self.queue.pop(0))
            if not self.queue and self.cycle and not self.stopping and not self.core.status["required"] and \
                    self.core.view["state"] == "idle":
                self.begin_page()
                self.queue.append({"event": "start"})
                if self.place_seen["session"]:
                    self.queue.append({"event": "login"})
        self.busy = False
        if self.reassess:
            self.reassess = False
            self.assess()

    def handle(self, event):
        wake, kind = self.core.status["wake"], event["event"]
        if wake is not None and wake <= self.clocks.real and kind not in FIRST:
            self.recorded.add(len(self.pages) - 1)
        answer = self.say(event)
        self.last = event["event"]
        self.pages[-1] += answer
        lines = [json.loads(line) for line in answer]
        for line in lines:
            self.cycle |= "state" in line and line["state"] != "idle"
            self.reassess |= kind not in ("required", "compliant") and line.get("state") in ("retry", "failed", "idle")
        for line in lines:
            if line.get("effect") in STARTS:
                self.drive(STARTS[line["effect"]], line.get("target"))

    def assess(self):
        if self.stopping:
            return
        self.place_seen["version"] = here = self.place.version
        policy = self.place_seen["policy"]
        if self.settings() != self.rules:
            self.rules = self.settings()
            self.say({"settings": self.rules})
        self.look_at = self.clocks.real + policy["recheck"] * 1000
        if policy["version"] and version(policy["version"]) > version(here):
            self.post("required", version=policy["version"], target=policy["version"],
                      deadline=instant(policy["deadline"]), installed=here)
        else:
            self.post("compliant", installed=here)

    def see_session(self):
        self.place_seen["session"] = there = self.place.session
        if there != self.core.status["session"]:
            self.post("login" if there else "logout")

    # --- life ---

    def start(self):
        same_boot = not self.pages or self.boot == self.place.boot
        self.place_seen.update(version=self.place.version, session=False)
        self.read_policy()
        self.queue, self.busy, self.reassess, self.stopping, self.quit = [], False, False, False, None
        self.dying = []
        self.alive, self.slots = True, {verb: Slot() for verb in VERBS}
        self.starts = [at for at in self.starts if self.clocks.real - 600_000 < at <= self.clocks.real] + [self.clocks.real]
        if len(self.starts) >= 5:
            raise Failure("this story needs a safe mode")
        if not self.pages:
            self.rules = self.settings()
            self.begin_page()
        self.boot = self.place.boot
        self.settle = self.clocks.awake + SETTLED
        self.stale = {"session", "policy"}
        self.session, self.file = self.place.session, self.place.policy
        if same_boot:
            self.post("start")
        else:
            self.post("booted", version=self.place.version)
        self.see_session()
        self.assess()

    def place_changed(self):
        if not self.alive:
            return
        if self.place.session != self.session:
            self.stale.add("session")
        if self.place.policy != self.file:
            self.stale.add("policy")
        if (self.session, self.file) != (self.place.session, self.place.policy):
            self.settle = self.clocks.awake + SETTLED
        self.session, self.file = self.place.session, self.place.policy

    def settled(self):
        stale, self.stale, self.settle = self.stale, set(), None
        if "session" in stale:
            self.see_session()
        if "policy" in stale and self.place.policy != self.read:
            self.read_policy()
            self.assess()           # even if it does not check: the last good one stays

    def read_policy(self):
        self.read = self.place.policy
        if not self.read["broken"]:
            self.place_seen["policy"] = self.read

    def term(self):
        self.stopping = True
        self.post("halt")
        for verb in VERBS:
            if verb != "apps release":
                self.slots[verb].wanted = False
                self.end(verb)
        self.quit = self.clocks.awake + QUIT
        self.turn()
        self.end_if_quiet()

    def end_if_quiet(self):
        if self.stopping and not any(s.number is not None or s.wanted for s in self.slots.values()):
            self.alive = False

    def kill(self):
        if self.last != "halt":
            self.say({"crash": True})
        self.alive = False

    def wake(self):
        """Returns the true time at which something is due, or None."""
        if not self.alive:
            return None
        c = self.clocks
        at = [] if self.stopping else [self.core.status["wake"], self.look_at]
        awake = [self.settle, self.quit] + [t for s in self.slots.values() for t in (s.stall, s.grace)]
        due = [t - c.offset for t in at if t is not None] + [t - c.awake + c.true for t in awake if t is not None]
        return max(min(due), c.true)

    def advance(self):
        """Does everything that has become due."""
        c = self.clocks
        at = [t for t in (self.core.status["wake"], self.look_at) if t is not None]
        if min(at) <= c.real:
            self.alarm()
        if self.settle is not None and self.settle <= c.awake:
            self.settled()
        for verb, slot in self.slots.items():
            if slot.stall is not None and slot.stall <= c.awake:
                self.end(verb)
            if slot.grace is not None and slot.grace <= c.awake:
                self.dying.append(verb)
                slot.grace = None
        self.turn()
        if self.quit is not None and self.quit <= c.awake:
            self.alive = False

    def alarm(self):
        c = self.clocks
        while True:
            self.core.say("due %d %d" % (c.real, c.awake))
            if not self.core.status["timer"]:
                break
            self.post("timer", timer=self.core.status["timer"])
        if self.look_at <= c.real:
            self.see_session()
            self.assess()

    def clock_moved(self, was):
        self.post("clock", was=instant(was))
        self.assess()
        self.settle = self.clocks.awake + SETTLED
        self.advance()

    def slept(self):
        self.post("wake")
        self.see_session()
        self.assess()
        self.settle = self.clocks.awake + SETTLED
        self.advance()

    def falls_asleep(self):
        self.post("sleep")

    # --- drivers ---

    def drive(self, verb, target):
        slot = self.slots[verb]
        slot.posted = False
        for other in VERBS:
            if other in ENDS[verb]:
                self.slots[other].wanted = False
                self.end(other)
        slot.wanted, slot.version = True, target
        self.begin_wanted()

    def begin_wanted(self):
        for verb, slot in self.slots.items():
            blockers = {verb, *ENDS[verb], *WAITS[verb]}
            if slot.wanted and not any(self.slots[v].number is not None for v in blockers):
                slot.wanted, slot.ending = False, False
                slot.number = len(self.drivers)
                slot.stall = None if verb == "apps hold" else self.clocks.awake + SILENCE
                self.drivers.append(verb)
                self.fresh.append((slot.number, verb, slot.version))

    def end(self, verb):
        slot = self.slots[verb]
        if slot.number is None or slot.ending:
            return
        slot.ending, slot.stall = True, None
        if slot.number in self.deaf:
            slot.grace = self.clocks.awake + GRACE
        else:
            self.dying = self.dying + [verb]

    def over(self, verb, status):
        slot = self.slots[verb]
        ended, slot.number, slot.stall, slot.grace = slot.ending, None, None, None
        if not slot.wanted:
            self.outcome(verb, status == 0 and not ended)
            self.end_if_quiet()
        self.begin_wanted()

    def outcome(self, verb, done):
        event = OUTCOME.get(verb, (None, None))[0 if done else 1]
        if event and not self.slots[verb].posted:
            self.slots[verb].posted = True
            self.post(event)

    def turn(self):
        """Ends the drivers that are dying, the oldest first."""
        while self.dying and self.alive:
            self.dying = sorted(self.dying, key=lambda verb: self.slots[verb].number)
            verb, self.dying = self.dying[0], self.dying[1:]
            self.over(verb, 1)

    def started(self):
        fresh, self.fresh = self.fresh, []
        return fresh

    def plays(self, number):
        slot = self.slots[self.drivers[number]]
        return self.alive and slot.number == number and (not slot.ending or number in self.deaf)

    def driver_says(self, number, text):
        verb = self.drivers[number]
        slot = self.slots[verb]
        if slot.ending:
            return
        if slot.stall is not None:
            slot.stall = self.clocks.awake + SILENCE
        word, _, rest = text.partition(" ")
        if word == "progress" and verb == "updater install":
            self.post("progress", percent=int(rest))
        elif (word, verb) in (("downloaded", "updater download"), ("installed", "updater install")):
            self.outcome(verb, True)
        self.turn()

    def deafen(self, number):
        self.deaf.add(number)

    def driver_exits(self, number, status):
        self.over(self.drivers[number], status)
        self.turn()

    def traces(self):
        """Returns each page as a trace, without timer lines if possible: replay fires late timers before the next event, but
        an agent that wakes posts events first. A page in which that matters keeps its timer lines."""
        for i, page in enumerate(self.pages):
            recorded = i in self.recorded
            header = {**json.loads(page[0]), "timers": "recorded" if recorded else "automatic"}
            end = {"at": json.loads(page[-1]).get("at"), "end": True}   # so that a last timer fires, too
            yield [json.dumps(header)] + [line for line in page[1:] if recorded or '"event":"timer"' not in line] + \
                ([] if recorded or len(page) == 1 else [json.dumps(end)])

    # --- people ---

    def look(self, choose):
        """A person looks. The view shows which intents an agent accepts."""
        self.core.say("due %d %d" % (self.clocks.real, self.clocks.awake))
        view = self.core.view
        intent, accepted = choose(view), None
        if intent:
            accepted = {"remind": view["state"].startswith("notify-window") and intent.get("for") in ("1h", "1d"),
                        "dismissed": view["banner"] != "none", "learn-more": view["offered"],
                        "start-now": view["start_now"], "open-timer": view["left"] is not None,
                        "window-closed": view["screen"] in ("info", "timer")}[intent["intent"]]
        if accepted:
            fields = dict(intent)
            self.post(fields.pop("intent"), **fields)
            self.turn()
        return view, accepted

    def close(self, keep=False):
        pass
