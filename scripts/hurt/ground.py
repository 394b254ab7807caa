"""A site with a state of some nights, and one night more: what tests do to that one night starts from here.

    site/    policy, ledgers, logs of all nights       was/state, was/out      before the last night
    state/   out/    what a trial works on             done/state, done/out    after it, undisturbed"""

import datetime
import json
import os
import random
import shutil

import product
import rotation
import world

REPORTS = ("report.ndjson", "rows")


class Site:
    def __init__(self, folder, seed, nights=2, mode="create", history=20):
        self.folder = folder
        self.site = os.path.join(folder, "site")
        self.state = os.path.join(folder, "state")
        self.out = os.path.join(folder, "out")
        os.makedirs(self.out)
        world.make(self.site)
        self.truth = world.Truth(os.path.join(folder, "truth"))
        made = world.World(seed, silent=False)
        logs = {system: rotation.Log(os.path.join(self.site, "logs", system),
                                     os.path.join(self.site, "archive", system), mode) for system in world.SYSTEMS}
        self.nights = []
        for number in range(history + nights):
            self.date = world.FIRST + datetime.timedelta(days=number)
            self.now = world.instant(self.date)
            for system, _, line in made.day(self.date):
                logs[system].append([line])
                self.truth.add(system, [line])
            if number < history - 1:
                for log in logs.values():
                    log.rotate(self.date)
                continue
            for log in logs.values():
                log.rest(world.epoch(self.date), True)
            if number == history + nights - 1:
                self.keep("was")
                self.before = product.judge(self.state, self.yesterday, self.site)
            done = self.night()
            if done.status not in (0, 1):
                raise SystemExit("night %d of the site ended with %d: %s\n0 passed, 1 failed" % (
                    number, done.status, done.err))
            self.yesterday = self.now
            self.nights.append((self.now, self.keep("night%d" % number), self.keep_logs("logs%d" % number)))
            for log in logs.values():
                log.rotate(self.date)
        self.done = done
        self.keep("done")
        self.before = product.judge(os.path.join(folder, "was", "state"), self.now, self.site)
        self.after = product.judge(os.path.join(folder, "done", "state"), self.now, self.site)
        self.wanted = product.scan(self.now, self.truth.folder)
        self.reports = {name: self.reports_in(name) for name in ("was", "done")}
        self.logs_back(self.nights[-1][2])

    def command(self, logs=(), more=()):
        outs = []
        for report in REPORTS:
            outs += ["-o", "%s=%s" % ("oracle" if report == "rows" else "ndjson", os.path.join(self.out, report))]
        return product.nightly(self.state, self.now, logs, [*outs, *more])

    def night(self, shim=None, logs=()):
        return product.run(self.command(logs), self.site, shim)

    def keep(self, name):
        for part in ("state", "out"):
            if os.path.exists(os.path.join(self.folder, part)):
                product.copy(os.path.join(self.folder, part), os.path.join(self.folder, name, part))
        return os.path.join(self.folder, name)

    def keep_logs(self, name):
        product.copy(os.path.join(self.site, "logs"), os.path.join(self.folder, name))
        return os.path.join(self.folder, name)

    def logs_back(self, kept):
        product.copy(kept, os.path.join(self.site, "logs"))

    def back(self, name="was"):
        for part in ("state", "out"):
            product.copy(os.path.join(self.folder, name, part), os.path.join(self.folder, part))

    def reports_in(self, name):
        found = {}
        for report in REPORTS:
            path = os.path.join(self.folder, name, "out", report)
            if os.path.exists(path):
                with open(path, "rb") as one:
                    found[report] = one.read()
        return found

    # --- what must hold ---

    def sane(self):
        """The undisturbed nights are right, or nothing that follows means anything."""
        trouble = product.differences(self.after, self.wanted)
        if self.before.digest == self.after.digest or self.before.accepted == self.after.accepted:
            trouble.append("the last night changes nothing")
        for rule in ("ORG-01", "SHR-02", "VOL-01"):
            if not any(row.startswith(rule) for row in self.after.rows):
                trouble.append("no finding of " + rule)
        return trouble

    def which(self, stated=None):
        """'before', 'after', or what else the state is."""
        stated = stated or product.judge(self.state, self.now, self.site)
        if not product.differences(stated, self.after):
            return "after"
        if not product.differences(stated, self.before):
            return "before"
        return "neither the state before nor the one after: " + "; ".join(product.differences(stated, self.after))

    def torn_reports(self):
        """Reports that are neither the old nor the new one, and files beside them."""
        found = []
        for name in product.listing(self.out):
            if name in REPORTS:
                text = self.reports_in("")[name]
                if text not in (self.reports["was"].get(name), self.reports["done"][name]):
                    found.append("report '%s' is neither the old nor the new one" % name)
        for name in self.reports["was"]:
            if not os.path.exists(os.path.join(self.out, name)):
                found.append("the old report '%s' is gone" % name)
        return found

    def strays(self):
        """Files that an undisturbed run would not have left."""
        found = []
        for part in ("state", "out"):
            now = product.listing(os.path.join(self.folder, part))
            done = product.listing(os.path.join(self.folder, "done", part))
            if len(now) != len(done):
                found.append("'%s' holds %s instead of %s" % (part, " ".join(sorted(set(now) - set(done))) or len(now),
                                                             " ".join(sorted(set(done) - set(now))) or len(done)))
        return found

    def goes_on(self, was):
        """The run again, undisturbed: all must be as if nothing had happened."""
        done = self.night()
        if done.status != self.done.status:
            return ["the next run ended with %d instead of %d: %s" % (done.status, self.done.status, done.err.strip()[:600])]
        found = product.differences(product.judge(self.state, self.now, self.site), self.after)
        reports = self.reports_in("")
        if was == "before":
            # nothing was kept of the disturbed run, so this one is the undisturbed one
            found += ["report '%s' differs from that of an undisturbed run" % name
                      for name in REPORTS if reports.get(name) != self.reports["done"][name]]
        else:
            for name in REPORTS:
                if findings(name, reports.get(name, b"")) != findings(name, self.reports["done"][name]):
                    found.append("report '%s' has other findings than that of an undisturbed run" % name)
        return found + self.strays()


def findings(name, report):
    if name == "rows":
        return report
    text = report.decode("utf-8", "replace")
    try:
        return [product.bare(json.loads(line)) for line in text.splitlines() if '"sekisho/finding/' in line[:40]]
    except ValueError as error:
        return str(error)


def perform(name, asked, parts):
    """The tests of a program that were asked for, one after the other, on one site."""
    product.need_shim()
    folder = product.scratch(name)
    score = product.Score()
    drawn = random.Random("%s %s" % (name, asked.seed))
    site = Site(folder, asked.seed)
    if score.judge("the undisturbed nights", site.sane(), "the folder: " + folder):
        for part, test in parts.items():
            if part in asked.only.split(","):
                test(site, score, drawn)
    if not score.failed:
        shutil.rmtree(folder)
    return score.end()
