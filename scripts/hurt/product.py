"""Runs sekisho as cron does, and reads what it says: nothing here knows how a state is made.

SEKISHO is the program.  SEKISHO_STATE, where it is set, is the one that is asked for everything about a state (the
stand-in, which these tests are tried against)."""

import collections
import json
import os
import re
import shutil
import subprocess
import sys

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
SHIM = os.path.join(ROOT, "build", "hurt", "shim.so")
PLAIN = os.path.abspath(os.environ.get("SEKISHO", os.path.join(ROOT, "build", "release", "sekisho")))
STATEFUL = os.path.abspath(os.environ.get("SEKISHO_STATE", PLAIN))

Run = collections.namedtuple("Run", "status out err")
Judged = collections.namedtuple("Judged", "status accepted digest rows records err")

# Calls that change what is on the disk.  A close, too: it may tell of a write that failed.
CHANGES = ",create,write,fsync,truncate,rename,link,unlink,mkdir,chmod,close,"

# Members of a finding that are no function of the lines (SPEC): where evidence lay, and what was told before.
NOT_FINDINGS = ("at", "baseline", "disposition", "time_to_detect_h")


def surroundings(shim=None):
    env = {"PATH": os.environ.get("PATH", "/usr/bin:/bin"), "LC_ALL": "C", "TZ": "UTC", "SEKISHO": PLAIN}
    for name, value in os.environ.items():
        if name.startswith(("ASAN_", "UBSAN_", "STANDIN_")):
            env[name] = value
    if shim:
        env.update(shim)
        env["LD_PRELOAD"] = SHIM
    return env


def run(command, cwd, shim=None, timeout=120):
    done = subprocess.run(command, cwd=cwd, env=surroundings(shim), stdin=subprocess.DEVNULL,
                          stdout=subprocess.PIPE, stderr=subprocess.PIPE, timeout=timeout, check=False)
    return Run(done.returncode, done.stdout.decode("utf-8", "replace"), done.stderr.decode("utf-8", "replace"))


def nightly(state, now, logs=(), more=(), keep="4000d"):
    """The command of a night."""
    return [STATEFUL, "scan", "-j1", "--state", state, "-c", "sekisho.yaml", "--now", now, "--keep", keep,
            "--max-rejected", "100%", *more, *logs]


def numbers(err):
    accepted = digest = None
    for line in err.splitlines():
        found = re.match(r"lines .* accepted (\d+)$", line)
        if found:
            accepted = int(found.group(1))
        found = re.match(r"findings \d+ digest ([0-9a-f]+)$", line)
        if found:
            digest = found.group(1)
    return accepted, digest


def told(command, cwd):
    done = run(command, cwd)
    accepted, digest = numbers(done.err)
    rows = [line for line in done.out.splitlines() if not line.startswith("{")]
    return Judged(done.status, accepted, digest, rows, findings_of(done.out), done.err)


def judge(state, now, cwd):
    """What a state says: --stats, -o oracle and the findings."""
    both = told([STATEFUL, "judge", "-j1", "--state", state, "-c", "sekisho.yaml", "--now", now, "--fail-on", "none",
                 "--stats", "-o", "ndjson=judged.ndjson", "-o", "oracle"], cwd)
    return both._replace(records=findings_in(os.path.join(cwd, "judged.ndjson")))


def scan(now, cwd, logs=()):
    """What one ordinary scan of all logs says."""
    both = told([PLAIN, "scan", "-j1", "-c", "sekisho.yaml", "--now", now, "--fail-on", "none", "--max-rejected", "100%",
                 "--stats", "-o", "ndjson=scanned.ndjson", "-o", "oracle", *logs], cwd)
    return both._replace(records=findings_in(os.path.join(cwd, "scanned.ndjson")))


def bare(value):
    """A record without what is no function of the lines."""
    if isinstance(value, dict):
        return {key: bare(one) for key, one in value.items() if key not in NOT_FINDINGS}
    if isinstance(value, list):
        return [bare(one) for one in value]
    return value


def findings_of(text):
    records = []
    for line in text.splitlines():
        if '"sekisho/finding/' in line[:40]:
            records.append(bare(json.loads(line)))
    return records


def findings_in(path):
    if not os.path.exists(path):
        return None
    with open(path, encoding="utf-8") as report:
        return findings_of(report.read())


def differences(state, truth):
    """In words, how what a state says is not what the truth says; empty: it is."""
    found = []
    if state.status not in (0, 1, 3):
        found.append("judge ended with %d: %s" % (state.status, state.err.strip()))
        return found
    if state.accepted is None or state.accepted != truth.accepted:
        found.append("%s accepted lines instead of %s" % (state.accepted, truth.accepted))
    if state.rows != truth.rows:
        found.append("rows %s instead of %s" % (sorted(set(state.rows) - set(truth.rows)),
                                                sorted(set(truth.rows) - set(state.rows))))
    elif state.digest is None or state.digest != truth.digest:
        found.append("findings digest %s instead of %s" % (state.digest, truth.digest))
    elif state.records != truth.records:
        found.append("the digest agrees, and the records do not")
    return found


def copy(source, to):
    """A folder as it lies, times too."""
    shutil.rmtree(to, ignore_errors=True)
    shutil.copytree(source, to, symlinks=True)


def listing(folder):
    found = []
    for where, _, names in os.walk(folder):
        found += [os.path.relpath(os.path.join(where, name), folder) for name in names]
    return sorted(found)


def contents(folder):
    found = {}
    for name in listing(folder):
        with open(os.path.join(folder, name), "rb") as one:
            found[name] = one.read()
    return found


class Score:
    """Counts, and tells what failed with how to see it again; the folder of a failure stays where keep says so."""

    def __init__(self, keep=None):
        self.passed = self.failed = 0
        self.keep = keep

    def judge(self, name, trouble, again=None):
        if not trouble:
            self.passed += 1
            return True
        self.failed += 1
        if self.failed <= int(os.environ.get("HURT_TELL", "20")):
            print("FAIL %s" % name)
            for line in trouble[:6]:
                print("    " + line.replace("\n", "\n    "))
            if again:
                print("    again: " + again)
            sys.stdout.flush()
        return False

    def end(self):
        if self.passed + self.failed == 0:
            self.failed = 1
        print("%d passed, %d failed" % (self.passed, self.failed))
        return 1 if self.failed else 0


def scratch(name):
    """A folder in memory where there is any: every run flushes, and a disk would be most of the time."""
    base = os.environ.get("HURT_TMP") or ("/dev/shm" if os.access("/dev/shm", os.W_OK) else "/tmp")
    folder = os.path.join(base, "sekisho-%s.%d" % (name, os.getpid()))
    shutil.rmtree(folder, ignore_errors=True)
    os.makedirs(folder)
    return folder


def need_shim():
    if not os.path.exists(SHIM):
        print("no '%s': `make hurt-shim` builds it" % SHIM)
        print("0 passed, 1 failed")
        sys.exit(1)
    # what is linked statically could not be hurt, and every test would pass
    if os.path.basename(STATEFUL) == "sekisho":
        if "libc.so" not in run(["ldd", STATEFUL], ROOT).out:
            print("'%s' is linked statically, and cannot be hurt" % STATEFUL)
            print("0 passed, 1 failed")
            sys.exit(1)
