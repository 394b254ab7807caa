"""Nights of a state that keeps twenty days only, while logrotate keeps sixty: what was purged lies there to be read
again every night, and must neither come back nor be told as late every time."""

import datetime
import os
import shutil

import product
import rotation
import world

DAYS = 20


def nights(folder, count, seed, score):
    site = os.path.join(folder, "site")
    world.make(site)
    made = world.World(seed, silent=False)
    logs = {system: rotation.Log(os.path.join(site, "logs", system), os.path.join(site, "archive", system), "create")
            for system in world.SYSTEMS}
    written, good = {}, True
    again = "the folder: " + folder
    for number in range(count):
        date = world.FIRST + datetime.timedelta(days=number)
        rows = made.day(date)
        written[date] = rows
        for system, _, line in rows:
            logs[system].append([line])
        for log in logs.values():
            log.rest(world.epoch(date), True)
        # every other night before the rotation, so that files are known by two names
        if number % 2:
            good &= night(site, date, score, again)
            turn(logs, date)
        else:
            turn(logs, date)
            good &= night(site, date, score, again)
        if number % 10 == 9:
            good &= compare(site, date, written, score, again, "keep, night %d" % number)
    old = os.path.join(site, "logs", "portal", "access.log.%d" % (count - 2))
    shutil.copy2(old, os.path.join(site, "logs", "portal", "access.log.901"))
    product.run(product.nightly("../state", world.instant(date), keep="%dd" % DAYS), site)
    good &= compare(site, date, written, score, again, "keep, a purged log under another name")
    with open(old, encoding="ascii") as one:
        text = one.read()
    other = made.line("portal", datetime.datetime(world.FIRST.year, world.FIRST.month, world.FIRST.day, 12,
                                                  tzinfo=world.JST), "pg0001", "10.1.0.1", "T-1", 5)
    with open(os.path.join(site, "logs", "portal", "access.log.902"), "w", encoding="ascii") as one:
        one.write(other + "\n" + text)
    for log in logs.values():
        log.rest(world.epoch(date), True)
    done = product.run(product.nightly("../state", world.instant(date), keep="%dd" % DAYS), site)
    good &= score.judge("keep, a line of a purged day is late", [] if done.status == 3 and "does not keep" in done.err else [
        "exit %d instead of 3: %s" % (done.status, done.err.strip()[:300])], again)
    good &= compare(site, date, written, score, again, "keep, lines of purged days do not come back")
    print("%-16s %d nights, of which %d days are kept" % ("keep", count, DAYS))
    if good:
        shutil.rmtree(folder)


def turn(logs, date):
    for log in logs.values():
        log.rotate(date)
        log.rest(world.epoch(date), True)


def night(site, date, score, again):
    done = product.run(product.nightly("../state", world.instant(date), keep="%dd" % DAYS), site)
    return score.judge("keep, the night of %s" % date, [] if done.status in (0, 1) else [
        "exit %d: %s" % (done.status, done.err.strip()[:300])], again)


def compare(site, date, written, score, again, name):
    """Every night folds one day, so the days that are kept are the last twenty of them."""
    kept = [day for day in written if day > date - datetime.timedelta(days=DAYS)]
    wanted = sum(len(written[day]) for day in kept)
    lent = sum(1 for day in kept for _, _, line in written[day] if " - pg0003 " in line and line.startswith("10.2."))
    stated = product.judge("../state", world.instant(date), site)
    trouble = [] if stated.accepted == wanted else ["%s accepted lines instead of %d of %d days: exit %d: %s" % (
        stated.accepted, wanted, len(kept), stated.status, stated.err.strip()[-300:])]
    row = [row.split("|") for row in stated.rows if row.startswith("ORG-01|pg0003,KEP|")]
    if (int(row[0][4]) if row else 0) != lent:
        trouble.append("%s lines of ORG-01 instead of %d" % (row, lent))
    return score.judge(name, trouble, again)
