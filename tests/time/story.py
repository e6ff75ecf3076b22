"""One random story, played twice: by the shipped agent in virtual time, and by the core alone (paper.py). The seed decides
what the world does, and how it reacts to the device: devices that act alike get the same story."""
import heapq, json, os, random, subprocess, time

from director import BASE, LASTCALL, Clocks, Device, Failure, Place, instant
from paper import Paper

SECOND, MINUTE, HOUR, DAY = 1000, 60_000, 3_600_000, 86_400_000


def random_policy(r):
    return dict(version="12.8", deadline=BASE + r.randint(-2, 10 * 24 * 60) * MINUTE,
                window=r.choice([DAY, 2 * DAY, 5 * DAY]) // 1000, repeat=r.choice([4 * HOUR, DAY]) // 1000,
                minimum=r.choice([0, 0, HOUR, 2 * DAY]) // 1000, length=r.choice([5, 30, 60]) * 60,
                warn_every=r.choice([1, 5]) * 60, retry_wait=r.choice([60, 900]), retry_times=r.choice([0, 1, 3]),
                recheck=r.choice([HOUR, 6 * HOUR, DAY]) // 1000, cache=r.random() < .8, close_apps=r.random() < .8,
                unattended=r.random() < .8, broken=False)


class World:
    def __init__(self, seed, kind, days=14):
        self.random = r = random.Random(seed)
        self.clocks = Clocks(r.randint(1, DAY))
        self.place = Place(random_policy(r), session=r.random() < .7)
        self.device = kind(self.place, self.clocks)
        self.end = self.clocks.true + days * DAY
        self.heap, self.count = [], 0
        self.told = []                  # what people saw and drivers were asked
        self.handy = r.choice([.1, .5, 1])              # how often people answer
        self.honest = r.choice([.3, .8, 1])             # how often the updater succeeds
        self.events = [getattr(self, name) for name in r.sample(
            ["sleep", "session", "crash", "stop", "power_cut", "clock", "policy", "otherwise"], r.randint(2, 8))]

    # --- time ---

    def after(self, ms, what, *arguments):
        self.count += 1
        heapq.heappush(self.heap, (self.clocks.true + ms, self.count, what, arguments))

    def somewhen(self, mean):
        return 1 + int(self.random.expovariate(1) * mean)

    def postpone(self, ms):
        """Delays everything, because the device sleeps or is off."""
        self.heap = [(t + ms, n, what, arguments) for t, n, what, arguments in self.heap]
        heapq.heapify(self.heap)

    def tell(self, *words):
        self.told.append(instant(self.clocks.real) + " " + " ".join(map(str, words)))

    def run(self):
        self.device.start()
        self.after(self.somewhen(HOUR), self.person)
        self.after(self.somewhen(12 * HOUR), self.event)
        self.expect_person()
        while True:
            for number, verb, version in self.device.started():
                self.tell(verb, version)
                self.driver(number, verb)
            if not self.device.alive:
                if self.clocks.true + self.down[1] > self.end:
                    break
                self.up_again()
                continue
            wake, next_ = self.device.wake(), self.heap[0][0]
            if min(next_, next_ if wake is None else wake) > self.end:
                break
            if wake is not None and wake <= next_:
                self.clocks.true = max(self.clocks.true, wake)
                self.device.advance()
            else:
                self.clocks.true, _, what, arguments = heapq.heappop(self.heap)
                self.device.advance()
                what(*arguments)
        if self.device.alive:
            self.device.kill()
        return self

    # --- what happens ---

    def event(self):
        self.after(self.somewhen(12 * HOUR), self.event)
        self.random.choice(self.events)()

    def sleep(self):
        ms = SECOND + self.somewhen(self.random.choice([MINUTE, 6 * HOUR]))
        self.device.falls_asleep()
        self.clocks.sleep(ms)
        self.postpone(ms)
        self.tell("wakes")
        self.device.slept()

    def session(self):
        self.place.session = not self.place.session
        self.device.place_changed()

    def clock(self):
        was = self.clocks.real
        self.clocks.offset += self.random.choice([-1, 1]) * (3 * SECOND + self.somewhen(6 * HOUR))
        self.device.clock_moved(was)

    def policy(self):
        p = self.place.policy
        change = self.random.choice(["deadline", "deadline", "version", "withdrawn", "rules", "broken"])
        if change == "rules":
            self.place.policy = {**random_policy(self.random), "version": p["version"], "deadline": p["deadline"]}
        else:
            versions = {"version": "12.9", "withdrawn": None, "broken": p["version"]}
            self.place.policy = {**p, "version": versions.get(change, "12.8"), "broken": change == "broken"}
        if change in ("deadline", "version"):
            minutes = (self.clocks.real - BASE) // MINUTE + self.random.randint(-60, 6 * 24 * 60)
            self.place.policy["deadline"] = BASE + minutes * MINUTE
        self.device.place_changed()
        self.expect_person()

    def otherwise(self):
        """The person installs the update another way."""
        self.place.version = self.random.choice(["12.8", "12.9"])
        self.device.place_changed()

    def crash(self):
        self.down = (False, 3 * MINUTE + self.somewhen(HOUR))
        self.device.kill()

    def stop(self):
        """The service is stopped, with time for its drivers to end."""
        self.down = (self.random.random() < .5, 3 * MINUTE + self.somewhen(HOUR))
        self.device.term()

    def power_cut(self):
        self.down = (True, 3 * MINUTE + self.somewhen(5 * HOUR))
        self.device.kill()

    def up_again(self):
        boots, ms = self.down
        self.clocks.true += ms
        self.postpone(ms)
        if boots:
            self.place.boot += 1
            self.place.session = self.random.random() < .5
            self.clocks.boot(20 * SECOND + self.random.randrange(SECOND))
        self.device.place_changed()
        self.tell("starts")
        self.device.start()

    # --- people ---

    def person(self):
        near = self.looks()
        self.after(self.somewhen(4 * MINUTE if near else 5 * HOUR), self.person)

    def looks(self):
        """A person looks at the screen. Returns whether they should look again soon."""
        if not self.place.session:
            return False
        view, accepted = self.device.look(self.choose)
        self.tell("a person sees", *(view[k] for k in ("state", "cache", "badge", "screen", "banner", "target")), accepted)
        return view["state"].startswith(("countdown", "installing", "retry"))

    def expect_person(self):
        """Lets people look often around the deadline."""
        ms = self.place.policy["deadline"] - self.clocks.real
        if ms > 0:
            for _ in range(3):
                self.after(ms + self.somewhen(6 * MINUTE), self.looks)

    def choose(self, view):
        if self.random.random() > self.handy:
            return None
        intents = ["learn-more", "window-closed", "open-timer", "dismissed", "remind 1h", "remind 1d", "remind 2h"]
        if self.random.random() < .1:
            intents = ["start-now"]
        word, _, time = self.random.choice(intents).partition(" ")
        return {"intent": word, **({"for": time} if time else {})}

    # --- drivers ---

    def driver(self, number, verb):
        honest = self.random.random() < self.honest
        getattr(self, verb.replace(" ", "_"), self.any_driver)(number, honest)

    def any_driver(self, number, honest):
        """One of which these stories know nothing: it works, or fails, after a while."""
        self.after(self.somewhen(MINUTE), self.exits, number, 0 if honest else 1)

    def plays(self, number):
        return self.device.alive and self.device.plays(number)

    def says(self, number, text):
        if self.plays(number):
            self.device.driver_says(number, text)

    def exits(self, number, status):
        if self.plays(number):
            self.device.driver_exits(number, status)

    def updater_download(self, number, honest):
        ms = self.somewhen(20 * MINUTE)
        self.after(ms // 2, self.says, number, "progress 50")
        if honest and self.random.random() < .5:
            self.after(ms, self.says, number, "downloaded")
        if honest or self.random.random() < .7:         # else it hangs
            self.after(ms + 1, self.exits, number, 0 if honest else self.random.choice([1, 69, 75, 77]))

        self.perhaps_deaf(number)

    def perhaps_deaf(self, number):
        if self.random.random() < .1:
            self.device.deafen(number)

    def updater_install(self, number, honest):
        self.perhaps_deaf(number)
        ms, lies = 20 * SECOND + self.somewhen(15 * MINUTE), self.random.random() < .3
        for percent in range(10, 100, 30):
            self.after(ms * percent // 100, self.says, number, "progress %d" % percent)
        if honest or lies:
            self.after(ms, self.installs, number, not lies)
        elif self.random.random() < .7:
            self.after(ms, self.exits, number, 1)
        for _ in range(3):
            self.after(ms + self.place.policy["retry_wait"] * SECOND + self.somewhen(10 * MINUTE), self.looks)

    def installs(self, number, truly):
        if not self.plays(number):
            return
        if truly and self.place.policy["version"]:
            self.pending = self.place.policy["version"]
        if self.random.random() < .5:
            self.device.driver_says(number, "installed")
        self.exits(number, 0)

    pending = None

    def apps_close(self, number, honest):
        if honest or self.random.random() < .5:
            self.after(self.somewhen(5 * SECOND), self.exits, number, 0 if honest else 1)

    def apps_hold(self, number, honest):
        pass

    def apps_release(self, number, honest):
        self.after(self.somewhen(SECOND), self.exits, number, 0)

    def power_reboot(self, number, honest):
        self.after(self.somewhen(5 * SECOND), self.exits, number, 0)
        if honest:
            self.after(10 * SECOND + self.somewhen(20 * SECOND), self.goes_down)

    def goes_down(self):
        if not self.device.alive:
            return
        self.place.version, self.pending = self.pending or self.place.version, None
        self.down = (True, 3 * MINUTE + self.somewhen(10 * MINUTE))
        if self.random.random() < .5:
            self.device.term()
        else:
            self.device.kill()


def answers(lines):
    """Returns the states and effects in lines of traces or journals, as the core writes them."""
    return [line.split(',"seq":')[0].rstrip("}") + "}" for line in lines if ',"state":' in line or ',"effect":' in line]


def events(lines):
    """Returns the events, with timers, but without sleep, which an agent may not have noticed."""
    kept = ("at", "event", "timer", "version", "target", "deadline", "installed", "for", "was", "percent")
    found = [json.loads(line) for line in lines if ',"event":' in line and '"event":"sleep"' not in line]
    return [" ".join("%s=%s" % (k, e[k]) for k in kept if k in e) for e in found]


def difference(what, found, expected):
    for i, (a, b) in enumerate(zip(found + ["(nothing)"], expected + ["(nothing)"])):
        if a != b:
            return "%s %d:\n  the agent  %s\n  the core   %s" % (what, i + 1, a, b)
    return None


def replay(*files):
    done = subprocess.run([LASTCALL, "replay", *files], capture_output=True, text=True)
    return done.stdout + done.stderr if done.returncode else None


def lines_of(path):
    with open(path) as f:
        return f.read().splitlines()


def by_hand(paper, folder):
    """Replays each page as a trace. Returns the output if one does not match."""
    paths = []
    for i, trace in enumerate(paper.traces(), 1):
        paths.append(os.path.join(folder, "page-%d.trace" % i))
        with open(paths[-1], "w") as f:
            f.write("\n".join(trace) + "\n")
    return replay(*paths)


def tell_twice(seed):
    """Returns the differences, by what is compared; the states reached; the seconds that the agent took; and how many
    traces need no timer lines."""
    paper = World(seed, Paper).run()
    began, agent = time.monotonic(), World(seed, Device)
    try:
        agent.run()
        seconds = time.monotonic() - began
        journals = agent.device.journals()
        lines = [line for journal in journals for line in lines_of(journal)]
        problems = {
            "states and effects": difference("state or effect", answers(lines), answers(sum(paper.device.pages, []))),
            "events": difference("event", events(lines), events(sum(paper.device.pages, []))),
            "drivers and people": difference("seen", agent.told, paper.told),
            "journals": replay(*journals),
            "by hand": by_hand(paper.device, agent.device.folder),
        }
        automatic = len(paper.device.pages) - len(paper.device.recorded)
    except Exception as e:
        problems = {"states and effects": "%s: %s\n%s" % (type(e).__name__, e, agent.device.where() + "\n" + agent.device.log()[-1500:])}
        lines, seconds, automatic = [], 0, 0
    finally:
        agent.device.close()
    return problems, {json.loads(line)["state"] for line in lines if ',"state":' in line}, seconds, automatic
