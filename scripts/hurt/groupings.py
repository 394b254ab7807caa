"""groupings [--nights N] [--seed S] [--parts-only] - one world of N days, taken apart in many ways: one scan of all
lines, N nights one by one, seven random groupings of nights, and parts that are merged; every one of them must end in
the same findings, and count the same lines."""

import argparse
import datetime
import os
import random
import sys

import product
import world


class Site:
    """The truth, and one file a day of the same lines."""

    def __init__(self, folder, nights, seed):
        self.folder = folder
        self.truth = world.Truth(os.path.join(folder, "truth"))
        made = world.World(seed)
        self.days = []
        os.makedirs(os.path.join(folder, "days"))
        for number in range(nights):
            date = world.FIRST + datetime.timedelta(days=number)
            files = []
            rows = made.day(date)
            for system in world.SYSTEMS:
                lines = [line for of, _, line in rows if of == system]
                # equal lines of one file count as often as they stand there
                if lines and number % 5 == 2:
                    lines.append(lines[-1])
                self.truth.add(system, lines)
                if lines:
                    name = os.path.join(folder, "days", "%s-%s" % (system, date.strftime("%Y%m%d")))
                    with open(name, "w", encoding="ascii") as out:
                        out.write("".join(line + "\n" for line in lines))
                    files.append((system, name, "access.log-%s" % date.strftime("%Y%m%d")))
            self.days.append(files)
        self.now = world.instant(world.FIRST + datetime.timedelta(days=nights))
        self.serial = 0

    def place(self, days, work):
        """A world with the logs of these days."""
        world.make(work)
        for day in days:
            for system, path, name in self.days[day]:
                to = os.path.join(work, "logs", system, name)
                os.link(path, to)
                os.utime(to, (world.epoch(world.FIRST), world.epoch(world.FIRST)))

    def room(self, name):
        self.serial += 1
        return os.path.join(self.folder, "%s%d" % (name, self.serial))


def fold(site, groups):
    """The groups of days, one run each, into one state."""
    state = site.room("state")
    for days in groups:
        work = site.room("work")
        site.place(days, work)
        done = product.run(product.nightly(state, site.now), work)
        if done.status not in (0, 1, 3):
            return None, ["run of days %s ended with %d: %s" % (days, done.status, done.err.strip()[:400])]
    return product.judge(state, site.now, site.truth.folder), []


def merge(site, groups):
    """The groups of days, one part each, united by merge in a drawn order, some of them before the others."""
    parts = []
    for days in groups:
        work = site.room("work")
        site.place(days, work)
        part = site.room("part")
        done = product.run([product.PLAIN, "scan", "-j1", "-c", "sekisho.yaml", "--now", site.now, "--max-rejected",
                            "100%", "--partial", part], work)
        if done.status not in (0, 1, 3):
            return None, ["part of days %s ended with %d: %s" % (days, done.status, done.err.strip()[:400])]
        parts.append(part)
    if len(parts) > 3:
        both = site.room("part")
        done = product.run([product.PLAIN, "merge", "-c", "sekisho.yaml", "--now", site.now, "--partial", both,
                            *parts[:len(parts) // 2]], site.truth.folder)
        if done.status not in (0, 1, 3):
            return None, ["merge of %d parts ended with %d: %s" % (len(parts) // 2, done.status, done.err.strip()[:400])]
        parts = [*parts[len(parts) // 2:], both]
    told = product.told([product.PLAIN, "merge", "-j1", "-c", "sekisho.yaml", "--now", site.now, "--fail-on", "none",
                         "--stats", "-o", "ndjson=judged.ndjson", "-o", "oracle", *parts], site.truth.folder)
    return told._replace(records=product.findings_in(os.path.join(site.truth.folder, "judged.ndjson"))), []


def export(site, groups):
    """A state of the first half, exported, and parts of the rest: a part like any other."""
    state = site.room("state")
    parts = []
    for number, days in enumerate(groups):
        work = site.room("work")
        site.place(days, work)
        if number < len(groups) // 2:
            done = product.run(product.nightly(state, site.now), work)
        else:
            parts.append(site.room("part"))
            done = product.run([product.PLAIN, "scan", "-j1", "-c", "sekisho.yaml", "--now", site.now, "--max-rejected",
                                "100%", "--partial", parts[-1]], work)
        if done.status not in (0, 1, 3):
            return None, ["days %s: exit %d: %s" % (days, done.status, done.err.strip()[:400])]
    part = site.room("part")
    done = product.run([product.STATEFUL, "state", "export", state, "-c", "sekisho.yaml", part],
                       site.truth.folder)
    if done.status not in (0, 1, 3):
        return None, ["state export ended with %d: %s" % (done.status, done.err.strip()[:400])]
    told = product.told([product.PLAIN, "merge", "-j1", "-c", "sekisho.yaml", "--now", site.now, "--fail-on", "none",
                         "--stats", "-o", "ndjson=judged.ndjson", "-o", "oracle", *parts, part], site.truth.folder)
    return told._replace(records=product.findings_in(os.path.join(site.truth.folder, "judged.ndjson"))), []


def cut(days, pieces, drawn):
    """Days in so many groups, of neighbours."""
    ends = sorted(drawn.sample(range(1, len(days)), min(pieces, len(days)) - 1))
    return [days[a:b] for a, b in zip([0, *ends], [*ends, len(days)])]


def main():
    options = argparse.ArgumentParser(prog="groupings", description=__doc__)
    options.add_argument("--nights", type=int, default=182)
    options.add_argument("--seed", default="1")
    options.add_argument("--parts-only", action="store_true", help="no state, only what merge does")
    asked = options.parse_args()
    folder = product.scratch("groupings")
    score = product.Score()
    site = Site(folder, asked.nights, asked.seed)
    drawn = random.Random("groupings %s" % asked.seed)
    days = list(range(asked.nights))
    wanted = product.scan(site.now, site.truth.folder)
    lent = site.truth.lent_row()
    trouble = [] if wanted.accepted == site.truth.accepted else [
        "%s accepted lines instead of %d" % (wanted.accepted, site.truth.accepted)]
    if not any(row.startswith(lent) for row in wanted.rows):
        trouble.append("no row begins with %s" % lent)
    for rule in ("ORG-01", "SHR-02", "VOL-01", "LOG-02"):
        if not any(row.startswith(rule) for row in wanted.rows):
            trouble.append("no finding of " + rule)
    score.judge("the scan of all lines", trouble)

    ways = [("16 parts merged", merge, cut(days, 16, drawn))]
    strewn = [[] for _ in range(16)]
    for day in days:
        strewn[drawn.randrange(16)].append(day)
    ways.append(("16 parts of strewn days merged", merge, [group for group in strewn if group]))
    twice = cut(days, 8, drawn)
    ways.append(("8 parts, one of them with a day of another", merge, [*twice[:-1], [*twice[-1], days[0]]]))
    if not asked.parts_only:
        ways.append(("night by night", fold, [[day] for day in days]))
        ways.append(("one run", fold, [days]))
        for number in range(7):
            groups = cut(days, drawn.randrange(2, max(3, asked.nights // 3)), drawn)
            name = "grouping %d: %d runs" % (number + 1, len(groups))
            if number % 3 == 1:
                drawn.shuffle(groups)
                name += ", not in the order of days"
            if number % 3 == 2:
                groups = [[*group, groups[0][0]] for group in groups]
                name += ", the first day given every time"
            ways.append((name, fold, [sorted(set(group)) for group in groups]))
        ways.append(("a state exported, and parts", export, cut(days, 16, drawn)))
    for name, how, groups in ways:
        got, trouble = how(site, groups)
        score.judge(name, trouble or product.differences(got, wanted),
                    "scripts/groupings --nights %d --seed %s; the folder: %s" % (asked.nights, asked.seed, folder))
        print("%-50s %s" % (name, got.digest if got else "-"))
        sys.stdout.flush()
    if not score.failed:
        product.shutil.rmtree(folder)
    return score.end()


if __name__ == "__main__":
    sys.exit(main())
