"""twins [--rounds N] [--flips K] [--seed S] [--only WHAT] - two runs at once: one wins, the other says who holds the
state and ends with 2; a state of last week's backup goes on; and every K-th byte of a state is turned over (1: every
byte, 0: none): the run ends with 4 and the state stays as it is, or the findings are the same."""

import argparse
import os
import re
import subprocess
import sys
import time

import ground
import product


def start(site, now, logs, shim=None):
    return subprocess.Popen(product.nightly(site.state, now, logs), cwd=site.site, env=product.surroundings(shim),
                            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE)


def logs_of(site):
    found = []
    for name in product.listing(os.path.join(site.site, "logs")):
        found.append(os.path.join("logs", name))
    return found


def rounds(site, score, count, drawn):
    """Two at once, each with one half of the files.  What both fold is settled by content; what one was refused is
    given again; who is refused is told who holds the state."""
    refused = 0
    for number in range(count):
        site.back()
        names = logs_of(site)
        drawn.shuffle(names)
        half = len(names) // 2
        given = (names[:half], names[half:])
        # in every third round one of them holds the state for longer
        shim = {"HURT_DO": "wait", "HURT_N": "3", "HURT_ONLY": ",fsync,", "HURT_UNDER": site.state}
        runs = []
        for one in given:
            runs.append(start(site, site.now, one, shim if number % 3 == 0 and not runs else None))
            time.sleep(drawn.choice((0, 0, 0.002, 0.01)))
        ended = []
        for run in runs:
            out, err = run.communicate(timeout=120)
            ended.append((run.returncode, out.decode("utf-8", "replace"), err.decode("utf-8", "replace")))
        trouble = []
        again = []
        for me, other in ((0, 1), (1, 0)):
            status, out, err = ended[me]
            if status in (0, 1, 3):
                continue
            again.append(me)
            refused += 1
            if status != 2:
                trouble.append("exit %d: %s" % (status, err.strip()[:300]))
            elif not re.search(r"\b%d\b" % runs[other].pid, err):
                trouble.append("process %d holds the state, and the other is told: %r" % (runs[other].pid, err.strip()[:300]))
        if len(again) == 2:
            trouble.append("neither of the two has run")
        for me in again:
            done = product.run(product.nightly(site.state, site.now, given[me]), site.site)
            if done.status not in (0, 1, 3):
                trouble.append("given again: exit %d: %s" % (done.status, done.err.strip()[:300]))
        trouble += product.differences(product.judge(site.state, site.now, site.site), site.after)
        score.judge("two at once, round %d" % number, trouble, "the folder: " + site.folder)
    score.judge("of two at once one is refused now and then", [] if refused * 10 >= count else [
        "%d times in %d rounds" % (refused, count)])
    print("two at once: %d rounds, in %d of them one was refused" % (count, refused))


def waiting(site, score):
    """--wait: the second run has its turn when the first one is done."""
    site.back()
    names = logs_of(site)
    slow = {"HURT_DO": "wait", "HURT_N": "1", "HURT_STICKY": "1", "HURT_ONLY": ",fsync,", "HURT_UNDER": site.state}
    first = start(site, site.now, names[::2], slow)
    time.sleep(0.05)
    second = product.run([*product.nightly(site.state, site.now, names[1::2]), "--wait", "30s"], site.site)
    first.communicate(timeout=60)
    trouble = [] if second.status in (0, 1, 3) and first.returncode in (0, 1, 3) else [
        "exits %d and %d: %s" % (first.returncode, second.status, second.err.strip()[:300])]
    trouble += product.differences(product.judge(site.state, site.now, site.site), site.after)
    score.judge("the second run waits for the first", trouble)


def killed_holder(site, score):
    """A lock is gone with the run that held it."""
    site.back()
    shim = {"HURT_DO": "wait", "HURT_N": "1", "HURT_STICKY": "1", "HURT_ONLY": ",fsync,write,", "HURT_UNDER": site.state}
    run = start(site, site.now, [], shim)
    time.sleep(0.15)
    run.kill()
    run.communicate()
    score.judge("the lock of a run that was killed", site.goes_on(site.which()), "the folder: " + site.folder)


def restored(site, score):
    """Backups of every night: each goes on when it is given the logs since, and has the same findings."""
    for now, kept, logs in site.nights[:-1]:
        product.copy(os.path.join(kept, "state"), site.state)
        product.copy(os.path.join(kept, "out"), site.out)
        site.logs_back(site.nights[-1][2])
        trouble = site.goes_on("after")
        score.judge("the backup of %s, given everything since" % now[:10], [line for line in trouble if " holds " not in line],
                    "the folder: " + site.folder)
        # and once more, night by night, as they were
        product.copy(os.path.join(kept, "state"), site.state)
        for later, _, then in site.nights:
            if later > now:
                site.logs_back(then)
                done = product.run(product.nightly(site.state, later), site.site)
                if done.status not in (0, 1):
                    trouble = ["the night of %s ended with %d: %s" % (later, done.status, done.err.strip()[:300])]
                    score.judge("the backup of %s, night by night" % now[:10], trouble)
        score.judge("the backup of %s, and the nights since" % now[:10],
                    product.differences(product.judge(site.state, site.now, site.site), site.after))
    site.logs_back(site.nights[-1][2])


def gone(site, score):
    """Files of a state that are empty, cut, gone or another's: told as damage, and nothing is begun anew."""
    whole = product.contents(os.path.join(site.folder, "done", "state"))
    parts = [name for name in whole if name.endswith(".part")]
    for name in sorted(whole):
        for title, change in (
            ("gone", lambda data: None), ("empty", lambda data: b""), ("cut in half", lambda data: data[:len(data) // 2]),
            ("longer", lambda data: data + bytes(4096)), ("zeros", lambda data: bytes(len(data))),
            ("another part", lambda data: whole[parts[0] if name != parts[0] else parts[-1]]),
        ):
            if title == "another part" and (name not in parts or len(parts) < 2):
                continue
            data = change(whole[name])
            if data != whole[name]:
                hurt(site, score, whole, name, data, "'%s' is %s" % (name, title), True)


def hurt(site, score, whole, name, data, title, write):
    """A state with one file changed: judged, and then given a night."""
    path = os.path.join(site.state, name)
    site.back("done")
    if data is None:
        os.unlink(path)
    else:
        with open(path, "wb") as out:
            out.write(data)
    stated = product.judge(site.state, site.now, site.site)
    kind = outcome(stated, site)
    trouble = [] if kind else ["judge: exit %d, %s" % (stated.status, "; ".join(product.differences(stated, site.after)) or
                                                       stated.err.strip()[:300])]
    if kind and kind != "same" and not stated.err.strip():
        trouble.append("exit %d, and not a word why" % stated.status)
    if write and kind:
        before = product.contents(site.state)
        done = site.night()
        if done.status in (2, 4):
            after = product.contents(site.state)
            changed = [each for each in set(before) | set(after) if before.get(each) != after.get(each) and
                       not each.endswith("lock")]
            if changed:
                trouble.append("exit %d, and yet changed: %s" % (done.status, " ".join(changed)))
            if done.status == 2 and kind == "damaged":
                trouble.append("judge says that it is damaged, scan ends with 2: %s" % done.err.strip()[:300])
        elif done.status in (0, 1, 3):
            trouble += ["after a night: " + line for line in product.differences(
                product.judge(site.state, site.now, site.site), site.after)]
        else:
            trouble.append("scan: exit %d: %s" % (done.status, done.err.strip()[:300]))
    score.judge(title, trouble)
    return kind


def outcome(stated, site):
    """How judge may end over a damaged state: "same", "damaged", "version", or "" for what it must not say."""
    if stated.status == 4:
        return "damaged"
    if stated.status in (0, 1, 3) and not product.differences(stated, site.after):
        return "same"
    if stated.status == 2 and re.search(r"version|lines are read", stated.err):
        return "version"
    return ""


def flips(site, score, every, drawn):
    """One byte at a time, turned over."""
    if not every:
        return
    whole = product.contents(os.path.join(site.folder, "done", "state"))
    for name in sorted(whole):
        kinds = {}
        data = bytearray(whole[name])
        if not data or name.endswith("lock"):
            continue
        for n, at in enumerate(range(drawn.randrange(min(every, len(data))), len(data), every)):
            data[at] ^= drawn.choice((1, 0x80, 0xff))
            kind = hurt(site, score, whole, name, bytes(data), "byte %d of '%s' turned over" % (at, name), n % 16 == 0)
            kinds[kind] = kinds.get(kind, 0) + 1
            data[at] = whole[name][at]
        if kinds.get("version", 0) > 40:
            score.judge("'%s': damage is told as damage" % name, ["%d bytes are told as another version" % kinds["version"]])
        print("%-40s %d bytes: %s" % (name[-40:], len(data), ", ".join(
            "%s %d" % (kind or "WRONG", n) for kind, n in sorted(kinds.items()))))
        sys.stdout.flush()


def main():
    options = argparse.ArgumentParser(prog="twins", description=__doc__)
    options.add_argument("--rounds", type=int, default=1000)
    options.add_argument("--flips", type=int, default=1)
    options.add_argument("--seed", default="1")
    options.add_argument("--only", default="rounds,waiting,holder,restored,gone,flips")
    asked = options.parse_args()
    return ground.perform("twins", asked, {
        "rounds": lambda site, score, drawn: rounds(site, score, asked.rounds, drawn),
        "waiting": lambda site, score, drawn: waiting(site, score),
        "holder": lambda site, score, drawn: killed_holder(site, score),
        "restored": lambda site, score, drawn: restored(site, score),
        "gone": lambda site, score, drawn: gone(site, score),
        "flips": lambda site, score, drawn: flips(site, score, asked.flips, drawn),
    })


if __name__ == "__main__":
    sys.exit(main())
