"""nights [--nights N] [--modes LIST] [--seed S] [--every K] - N nights of a small utility in each of logrotate's
modes, with faults, folded into a state one by one; what the state says is compared with one scan of all lines that
were ever written, on every K-th night and at the end.  Lost 0, doubled 0."""

import argparse
import datetime
import os
import random
import shutil
import sys

import product
import purges
import rotation
import world

HISTORY = 20    # days that lie there when the first night comes

# How often what happens, in a hundred nights; several may happen in one.
FAULTS = {
    "missed": 6,        # nobody runs; the next run has more to read
    "twice": 10,        # a file is named twice, and all of them in another order
    "copied": 8,        # an old file is delivered again under another name
    "half": 15,         # the writer is in the middle of a line
    "by day": 15,       # rotated in the middle of the day
    "between": 15,      # the run comes between two steps of the rotation
    "repeat": 12,       # two equal lines, and a run between them
    "again": 8,         # a second run in the same night
    "torn": 5,          # the writer died in the middle of a line: a log ends with half of one
    "nothing": 6,       # no line was written
    "killed": 8,        # the run is killed at some call
    "full": 6,          # the disk is full from some call on
}


class Nights:
    def __init__(self, folder, mode, seed, score, every):
        self.folder = os.path.join(folder, "site")
        self.truth = world.Truth(os.path.join(folder, "truth"))
        world.make(self.folder)
        self.mode = mode
        self.seed = seed
        self.score = score
        self.every = every
        self.random = random.Random("%s %s" % (seed, mode))
        self.world = world.World(seed)
        self.logs = {
            system: rotation.Log(os.path.join(self.folder, "logs", system),
                                 os.path.join(self.folder, "archive", system), mode)
            for system in world.SYSTEMS
        }
        self.date = None
        self.what = []
        self.runs = self.killed = self.full = 0
        self.used = dict.fromkeys(FAULTS, 0)
        self.good = True

    # --- writing ---

    def write(self, rows):
        for system, _, line in rows:
            self.logs[system].append([line])
            self.truth.add(system, [line])
            if self.mode == "size" and self.logs[system].size() >= rotation.SIZE:
                self.logs[system].rotate(self.date)

    def rotate(self, between=None):
        if self.mode == "size":
            return
        for log in self.logs.values():
            log.rotate(self.date, between)

    # --- running ---

    def files(self):
        found = []
        for top in ("logs", "archive"):
            for name in product.listing(os.path.join(self.folder, top)):
                found.append(os.path.join(top, name))
        return found

    def run(self, logs=(), shim=None):
        """True: it ended as a night should; False: it was killed, or told that the disk is full."""
        for log in self.logs.values():
            log.rest(world.epoch(self.date), self.random.random() < 0.5)
        done = product.run(product.nightly("../state", world.instant(self.date), logs), self.folder, shim)
        self.runs += 1
        trouble = []
        if done.out:
            trouble.append("stdout of a night is empty, and this was told there: %r" % done.out[:200])
        if shim and done.status == -9:
            self.killed += 1
            return False
        if shim and done.status == 5:
            self.full += 1
            if not done.err.strip():
                trouble.append("exit 5 and not a word why")
            self.good &= self.score.judge(self.name("a run on a full disk"), trouble, self.again())
            return False
        if done.status not in (0, 1, 3):
            trouble.append("exit %d: %s" % (done.status, done.err.strip()[:600]))
        if trouble:
            self.good &= self.score.judge(self.name("a run"), trouble, self.again())
        return not trouble

    def draw(self, fault):
        if self.random.random() * 100 < FAULTS[fault]:
            self.what.append(fault)
            self.used[fault] += 1
            return True
        return False

    def name(self, what):
        return "%s, %s, %s (%s)" % (self.mode, self.date, what, ", ".join(self.what) or "as always")

    def again(self):
        return "scripts/nights --modes %s --seed %s; the folder: %s" % (self.mode, self.seed, os.path.dirname(self.folder))

    def night(self, number):
        r = self.random
        self.what = []
        rows = [] if self.draw("nothing") else self.world.day(self.date)
        cut = r.randrange(len(rows) + 1)
        self.write(rows[:cut])
        if self.draw("repeat") and cut:
            # Written twice in one second, as a browser does; the run reads one of them first.  They stay in one file.
            system, _, line = rows[cut - 1]
            if self.logs[system].size() > 0:
                self.run()
                self.logs[system].append([line])
                self.truth.add(system, [line])
        if self.draw("by day"):
            self.rotate()
        self.write(rows[cut:])
        if self.mode != "size":
            between = self.run if self.draw("between") else None
            if "by day" not in self.what and self.draw("torn"):
                self.tear()
            if "by day" not in self.what or not self.mode.startswith("dateext"):
                self.rotate(between)
        if self.draw("missed"):
            return
        half = None
        if self.draw("half"):
            when = datetime.datetime(self.date.year, self.date.month, self.date.day, 1, 30,
                                     tzinfo=world.JST) + datetime.timedelta(days=1)
            broken = r.choice(world.SYSTEMS)
            half = self.world.line(broken, when, "pg0001", "10.1.0.1", "T-1", 3)
            # the end of the line, its newline or its last digits, is what is missed most easily
            self.logs[broken].begin_line(half, r.choice((r.randrange(1, len(half)), len(half) - 2, len(half))))
        ended = self.come()
        if self.draw("again"):
            ended = self.run() or ended
        if ended and (number % self.every == 0 or r.random() < 0.03):
            self.compare("along the way")
        if half:
            self.logs[broken].end_line()
            self.truth.add(broken, [half])

    def tear(self):
        """What is there of a line is a line, when nobody goes on with it."""
        when = datetime.datetime(self.date.year, self.date.month, self.date.day, 23, 59, tzinfo=world.JST)
        line = self.world.line("daicho", when, "pg0002", "10.1.0.2", "T-1", 4)[:-2]
        self.logs["daicho"].append([line], "")
        self.truth.add("daicho", [line])

    def come(self):
        """The run of the night, with what may befall it."""
        r = self.random
        logs, shim, copied = [], None, None
        if self.draw("copied"):
            copied = self.deliver()
        if self.draw("twice"):
            logs = self.files()
            logs.append(r.choice(logs))
            r.shuffle(logs)
        if self.draw("killed"):
            shim = {"HURT_DO": "kill", "HURT_N": str(r.randrange(1, 500))}
        elif self.draw("full"):
            shim = {"HURT_DO": "28", "HURT_N": str(r.randrange(1, 60)), "HURT_STICKY": "1",
                    "HURT_ONLY": product.CHANGES, "HURT_UNDER": os.path.dirname(self.folder)}
        ended = self.run(logs, shim)
        if not ended and shim and r.random() < 0.5:
            ended = self.run(logs)
        if copied:
            os.unlink(copied)
        return ended

    def deliver(self):
        old = [os.path.join(self.folder, name) for name in self.files() if "portal" in name]
        path = self.random.choice(old)
        ending = ".gz" if path.endswith(".gz") else ""
        to = os.path.join(self.folder, "logs", "portal", "access.log.900" + ending)
        shutil.copy2(path, to)
        return to

    def compare(self, when):
        stated = product.judge("../state", world.instant(self.date), self.folder)
        wanted = product.scan(world.instant(self.date), self.truth.folder)
        trouble = product.differences(stated, wanted)
        if wanted.accepted != self.truth.accepted:
            trouble.append("the scan itself accepts %s of %d lines" % (wanted.accepted, self.truth.accepted))
        lent = self.truth.lent_row()
        if lent and not any(row.startswith(lent) for row in stated.rows):
            trouble.append("no row begins with %s" % lent)
        self.good &= self.score.judge(self.name(when), trouble, self.again())
        return stated

    def all(self, nights):
        first = world.FIRST
        for number in range(nights + HISTORY):
            self.date = first + datetime.timedelta(days=number)
            if number < HISTORY:
                self.write(self.world.day(self.date))
                self.rotate()
            else:
                self.night(number - HISTORY)
        self.what = ["the last"]
        self.run()
        stated = self.compare("the end")
        if nights >= 15:
            missing = [rule for rule in ("ORG-01", "SHR-02", "VOL-01", "LOG-02")
                       if not any(row.startswith(rule) for row in stated.rows)]
            self.score.judge("%s: every rule fires" % self.mode, ["no finding of " + rule for rule in missing])


def main():
    options = argparse.ArgumentParser(prog="nights", description=__doc__)
    options.add_argument("--nights", type=int, default=365)
    options.add_argument("--modes", default=",".join([*rotation.MODES, "keep"]))
    options.add_argument("--seed", default="1")
    options.add_argument("--every", type=int, default=14)
    asked = options.parse_args()
    product.need_shim()
    folder = product.scratch("nights")
    score = product.Score()
    for mode in asked.modes.split(","):
        where = os.path.join(folder, mode)
        if mode == "keep":
            purges.nights(where, max(40, min(asked.nights, 90)), asked.seed, score)
            continue
        nights = Nights(where, mode, asked.seed, score, asked.every)
        nights.all(asked.nights)
        print("%-16s %d runs, %d killed, %d on a full disk; %d lines, %s" % (
            mode, nights.runs, nights.killed, nights.full, nights.truth.accepted,
            ", ".join("%s %d" % item for item in nights.used.items() if item[1])))
        sys.stdout.flush()
        if nights.good:
            shutil.rmtree(where)
    if not os.listdir(folder):
        os.rmdir(folder)
    return score.end()


if __name__ == "__main__":
    sys.exit(main())
