"""kills [--every K] [--moments N] [--seed S] [--only WHAT] - a nightly run is killed before its n-th system call, for
every n until it ends by itself, and at random moments; calls fail once and from then on; and every check is shown to
fail on a state that is really broken.  Of each: the state is the one before or the one after, reports are whole, the
next run goes on as if nothing had happened, and nothing piles up.  --every K: every K-th call only."""

import argparse
import os
import signal
import subprocess
import sys
import time

import ground
import product

ENOSPC, EIO, EINTR = "28", "5", "4"
FAULTS = (
    # name, what is done, from then on, calls
    ("the disk full once", ENOSPC, "0", product.CHANGES),
    # what takes room away still works then
    ("the disk full from then on", ENOSPC, "1", ",create,write,fsync,truncate,rename,link,mkdir,"),
    ("the disk broken once", EIO, "0", product.CHANGES),
    ("the disk broken from then on", EIO, "1", product.CHANGES),
    ("interrupted", EINTR, "0", ",create,open,read,write,truncate,close,"),
    ("half written once", "short", "0", ",write,"),
    ("half written from then on", "short", "1", ",write,"),
    ("unreadable once", EIO, "0", ",open,read,lock,"),
)

# A run that could not do one of these must not end as if it had, whatever else was right.
DURABLE = ("create", "write", "fsync", "truncate", "rename")


class Calls:
    """The calls that a run makes below the state and the reports, as the shim counts them."""

    def __init__(self, site, only):
        self.shim = {"HURT_ONLY": only, "HURT_UNDER": "%s:%s" % (site.state, site.out)} if only else {}
        log = os.path.join(site.folder, "calls")
        if os.path.exists(log):
            os.unlink(log)
        site.back()
        site.night({**self.shim, "HURT_LOG": log})
        self.made = []
        if os.path.exists(log):
            with open(log, encoding="utf-8") as one:
                self.made = [line.rstrip("\n").split("\t") for line in one]
        site.back()

    def name(self, n):
        if n > len(self.made):
            return "call %d" % n
        return "call %d, %s of %s" % (n, self.made[n - 1][1], os.path.basename(self.made[n - 1][3]))

    def is_needless(self, n):
        """A close of what was flushed since it was written last tells nothing new; nor does what is no data."""
        call, path = self.made[n - 1][1], self.made[n - 1][3]
        if os.path.basename(path) == "lock":
            return True # says who holds the state, and to nobody tomorrow
        if call == "fsync" and os.path.isdir(path) and ["fsync", path] in [[one[1], one[3]] for one in self.made[n:]]:
            # a journal's name, which guards the transaction while it runs: the folder is flushed again at its end
            return True
        if call in DURABLE:
            return False
        if call != "close":
            return True
        for _, before, _, of, *_ in reversed(self.made[:n - 1]):
            if of == path and before in ("write", "truncate"):
                return False
            if of == path and before in ("fsync", "create", "open"):
                return True
        return True


def killed(site, score, every):
    """Before every call there is, until a run comes through."""
    states = {"before": 0, "after": 0}
    n = 1
    while True:
        site.back()
        done = site.night({"HURT_DO": "kill", "HURT_N": str(n)})
        if done.status != -signal.SIGKILL:
            score.judge("the run that no call is left for", [] if done.status == site.done.status else [
                "it ended with %d: %s" % (done.status, done.err.strip()[:400])])
            break
        survived(site, score, states, "killed before call %d" % n)
        n += every
    score.judge("kills meet both states", [] if min(states.values()) > 0 or every > 1 else [str(states)])
    print("killed before each of %d calls%s: %d times the state before, %d times the one after" % (
        n - 1, "" if every == 1 else ", every %d" % every, states["before"], states["after"]))


def survived(site, score, states, name):
    trouble = site.torn_reports()
    was = site.which()
    if was in states:
        states[was] += 1
    else:
        trouble.append(was)
    trouble += site.goes_on(was)
    return score.judge(name, trouble, "the folder: " + site.folder)


def moments(site, score, count, drawn):
    """Killed from outside, whenever it may be."""
    if not count:
        return
    states = {"before": 0, "after": 0}
    begun = time.monotonic()
    site.back()
    site.night()
    length = time.monotonic() - begun
    for number in range(count):
        site.back()
        run = subprocess.Popen(site.command(), cwd=site.site, env=product.surroundings(), stdin=subprocess.DEVNULL,
                               stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        delay = drawn.random() * length * 1.2
        time.sleep(delay)
        run.kill()
        run.wait()
        survived(site, score, states, "killed %.1f ms after its start (%d)" % (delay * 1000, number))
    print("killed at %d moments: %d times the state before, %d times the one after" % (
        count, states["before"], states["after"]))


def piled(site, score, last, drawn):
    """Thirty nights in a row are killed, and nothing of them stays."""
    site.back()
    for _ in range(30):
        site.night({"HURT_DO": "kill", "HURT_N": str(drawn.randrange(1, last))})
    held = [len(product.listing(os.path.join(site.folder, part))) for part in ("state", "out")]
    trouble = site.goes_on(site.which())
    score.judge("thirty killed nights leave nothing", trouble, "the folder: " + site.folder)
    print("thirty killed nights left %d files in the state, %d beside the reports; the next run left %d and %d" % (
        *held, *(len(product.listing(os.path.join(site.folder, part))) for part in ("state", "out"))))


def is_named(text, site, path):
    """Does a message name the file, or what it becomes, or the folder it lies in?"""
    names = [path, os.path.basename(path), os.path.dirname(path), site.state]
    return any(name and name in text for name in names) or any(report in text for report in ground.REPORTS)


def failing(site, score, every, drawn):
    """Calls that do not do what they are asked."""
    for name, act, sticky, only in FAULTS:
        calls = Calls(site, only)
        ended = {}
        for n in range(1 + drawn.randrange(every), len(calls.made) + 1, every):
            site.back()
            try:
                done = product.run(site.command(), site.site, {**calls.shim, "HURT_DO": act, "HURT_N": str(n),
                                                               "HURT_STICKY": sticky}, timeout=60)
            except subprocess.TimeoutExpired:
                score.judge("%s at %s" % (name, calls.name(n)), ["the run does not end"])
                continue
            ended[done.status] = ended.get(done.status, 0) + 1
            trouble = []
            was = site.which()
            if done.status == site.done.status:
                if was != "after":
                    trouble.append("exit %d, and the state is %s" % (done.status, was))
                if act in (ENOSPC, EIO) and not calls.is_needless(n) and "unreadable" not in name:
                    trouble.append("exit %d, and what it has written may not be there tomorrow" % done.status)
                if site.reports_in("") != site.reports["done"]:
                    trouble.append("exit %d, and the reports are not those of an undisturbed run" % done.status)
            elif done.status == 5 or (done.status == 4 and "unreadable" in name):
                # the last step of a commit is to flush the folder, and then the night is in it, and that is told
                if was != "before" and not (was == "after" and "the run is in it" in done.err):
                    trouble.append("exit %d, and the state is %s: %s" % (done.status, was, done.err.strip()[:300]))
                if not is_named(done.err, site, calls.made[n - 1][3]):
                    trouble.append("the message names no file: %r" % done.err.strip()[:300])
            else:
                trouble.append("exit %d: %s" % (done.status, done.err.strip()[:400]))
            trouble += site.torn_reports()
            trouble += site.goes_on(was)
            score.judge("%s at %s" % (name, calls.name(n)), trouble,
                        "HURT_DO=%s HURT_N=%d HURT_STICKY=%s HURT_ONLY=%s HURT_UNDER=STATE:OUT LD_PRELOAD=build/hurt/shim.so"
                        % (act, n, sticky, only))
        print("%-30s at %3d calls, exits %s" % (name, len(calls.made), ", ".join(
            "%d: %d times" % item for item in sorted(ended.items()))))
        sys.stdout.flush()


def seen_by_strace(site, score):
    """The shim counts what strace counts; what it does not see it cannot hurt."""
    if subprocess.run(["sh", "-c", "command -v strace"], stdout=subprocess.DEVNULL, check=False).returncode:
        print("skipped: no strace to count calls with")
        return
    calls = Calls(site, product.CHANGES)
    mine = [call for call in calls.made if call[1] not in ("close", "create")]
    log = os.path.join(site.folder, "strace")
    done = product.run(["strace", "-f", "-y", "-s", "0", "-o", log, "-e",
                        "trace=write,pwrite64,writev,pwritev,pwritev2,fsync,fdatasync,sync_file_range,sync,syncfs,"
                        "ftruncate,truncate,fallocate,rename,renameat,renameat2,link,linkat,unlink,unlinkat,rmdir,"
                        "mkdir,mkdirat,fchmod,copy_file_range,sendfile,splice", *site.command()], site.site)
    if not os.path.exists(log) or done.status != site.done.status:
        print("skipped: strace does not trace here")
        return
    with open(log, encoding="utf-8", errors="replace") as one:
        theirs = [line for line in one if (site.state in line or site.out in line) and "+++" not in line]
    score.judge("the shim sees what strace sees", [] if len(mine) == len(theirs) else [
        "%d calls that change files by the shim, %d by strace" % (len(mine), len(theirs)),
        *(line.strip()[:200] for line in theirs[-5:])])


def seeded(site, score):
    """States that are really broken, and runs that leave things out: the checks above must not pass them."""
    done = product.contents(os.path.join(site.folder, "done", "state"))
    was = product.contents(os.path.join(site.folder, "was", "state"))
    changed = sorted(name for name in set(done) | set(was) if done.get(name) != was.get(name))
    score.judge("the last night changes files of the state", [] if len(changed) > 1 else [str(changed)])
    for name in changed:
        for whole, other, title in ((done, was, "all of tonight but '%s', which is of last night" % name),
                                    (was, done, "all of last night but '%s', which is of tonight" % name)):
            site.back()
            product.shutil.rmtree(site.state)
            for each in set(whole) | {name}:
                data = other.get(each) if each == name else whole[each]
                if data is None:
                    continue
                path = os.path.join(site.state, each)
                os.makedirs(os.path.dirname(path), exist_ok=True)
                with open(path, "wb") as out:
                    out.write(data)
            stated = product.judge(site.state, site.now, site.site)
            found = product.differences(stated, site.after)
            # an orphan is no damage, and the state is last night's or tonight's; anything else is told as damage
            score.judge("told: " + title, [] if found and (stated.status == 4 or site.which(stated) == "before") or
                        (not found and was.get(name) is not None) or site.which(stated) == "after" and
                        whole is was else ["it passes for tonight's: exit %d" % stated.status])
    calls = Calls(site, ",write,rename,link,")
    caught = []
    for n in range(1, len(calls.made) + 1):
        site.back()
        product.run(site.command(), site.site, {**calls.shim, "HURT_DO": "skip", "HURT_N": str(n)})
        found = site.torn_reports()
        if site.which() != "after":
            found.append("the state is not tonight's")
        if site.reports_in("") != site.reports["done"]:
            found.append("the reports are not tonight's")
        if found:
            caught.append(n)
        elif calls.made[n - 1][1] == "rename" or calls.made[n - 1][3].startswith(site.out):
            score.judge("%s, left out" % calls.name(n), ["no check tells it"])
    score.judge("runs that leave calls out are caught", [] if caught else ["none of %d" % len(calls.made)])
    print("of %d writes and renames left out in secret, %d are caught at once" % (len(calls.made), len(caught)))


def main():
    options = argparse.ArgumentParser(prog="kill", description=__doc__)
    options.add_argument("--every", type=int, default=1)
    options.add_argument("--moments", type=int, default=0)
    options.add_argument("--seed", default="1")
    options.add_argument("--only", default="killed,moments,piled,failing,strace,seeded")
    asked = options.parse_args()
    return ground.perform("kill", asked, {
        "strace": lambda site, score, drawn: seen_by_strace(site, score),
        "seeded": lambda site, score, drawn: seeded(site, score),
        "killed": lambda site, score, drawn: killed(site, score, asked.every),
        "piled": lambda site, score, drawn: piled(site, score, len(Calls(site, "").made), drawn),
        "moments": lambda site, score, drawn: moments(site, score, asked.moments, drawn),
        "failing": lambda site, score, drawn: failing(site, score, asked.every, drawn),
    })


if __name__ == "__main__":
    sys.exit(main())
