"""standin VERB... - a state made of ordinary verbs, for trying the tests of states: `scan --state` writes a part of
all logs it is given and remembers its name; `judge --state` unites the parts.  STANDIN_BUG breaks it in one of the ways
a real one could be broken, and the tests must tell."""

import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
import time

SEKISHO = os.environ["SEKISHO"]
BUG = os.environ.get("STANDIN_BUG", "")


def fail(status, text):
    sys.stderr.write("standin: %s\n" % text)
    sys.exit(status)


def take(argv):
    """State, --now, -o and the rest of the options, and logs."""
    state, now, logs, rest, outs = None, None, [], [], []
    with_value = ("-c", "--now", "--keep", "--max-rejected", "--fail-on")
    at = iter(argv)
    for word in at:
        if word == "--state":
            state = next(at)
        elif word == "--keep":
            next(at)
        elif word == "-o":
            outs += ["-o", next(at)]
        elif word in with_value:
            rest += [word, next(at)]
        elif word.startswith("-"):
            rest.append(word)
        else:
            logs.append(word)
    return state, rest, outs, logs


def listed(state):
    path = os.path.join(state, "list")
    if not os.path.exists(path):
        if os.path.exists(state) and any(name.endswith(".part") for name in os.listdir(state)) and BUG != "reset":
            fail(4, "'%s' is gone, and parts are there" % path)
        return []
    with open(path, encoding="ascii", errors="replace") as one:
        text = one.read()
    head, _, body = text.partition("\n")
    if head != hashlib.sha256(body.encode()).hexdigest():
        if BUG == "reset":
            return []
        fail(4, "'%s' is damaged" % path)
    return body.split()


def durable(path, text):
    fd = os.open(path + ".new", os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    while text:
        text = text[os.write(fd, text):]
    if BUG != "no-fsync":
        os.fsync(fd)
    else:
        try:
            os.fsync(fd)
        except OSError:
            pass
    os.close(fd)
    os.rename(path + ".new", path)


def keep_list(state, parts):
    body = "\n".join(parts)
    durable(os.path.join(state, "list"), (hashlib.sha256(body.encode()).hexdigest() + "\n" + body).encode())


def behind_offset(state, path, data):
    """What is new of a log, its offset kept in a transaction of its own: before the facts, or after them.  Then a kill
    between the two loses lines, or reads them twice into one file, where equal lines count as often as they stand."""
    name = hashlib.sha256(data[:99]).hexdigest()[:16]
    seen, whole = os.path.join(state, "seen-" + name), os.path.join(state, "all-" + name)
    begin = 0
    if os.path.exists(seen):
        with open(seen, encoding="ascii") as one:
            begin = int(one.read() or 0)
    if BUG == "offset-first":
        durable(seen, str(len(data)).encode())
        return data[begin:]
    kept = b""
    if os.path.exists(whole):
        with open(whole, "rb") as one:
            kept = one.read()
    kept += data[begin:]
    durable(whole, kept)
    durable(seen, str(len(data)).encode())
    return kept


def tonight(state, logs, work):
    """The logs as far as they are whole lines, in a world of their own."""
    if not logs:
        for top in ("logs", "archive"):
            for where, _, names in os.walk(top):
                logs += [os.path.join(where, name) for name in names]
    for name in ("sekisho.yaml", "rules.yaml", "ledgers"):
        os.symlink(os.path.abspath(name), os.path.join(work, name))
    for system in ("portal", "daicho"):
        for top in ("logs", "archive"):
            os.makedirs(os.path.join(work, top, system))
    for path in logs:
        to = os.path.join(work, path)
        with open(path, "rb") as log:
            data = log.read()
        if not path.endswith(".gz") and time.time() - os.stat(path).st_mtime < 3600 and BUG != "half-line":
            data = data[:data.rfind(b"\n") + 1]
        if BUG in ("offset-first", "offset-last") and data:
            data = behind_offset(state, path, data)
        with open(to, "wb") as out:
            out.write(data)
        os.utime(to, (0, 0))


def scan(state, rest, outs, logs):
    os.makedirs(state, exist_ok=True)
    lock = os.open(os.path.join(state, "lock"), os.O_RDWR | os.O_CREAT, 0o600)
    if BUG != "no-lock":
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            fail(2, "'%s' is held by process %s" % (state, os.read(lock, 99).decode().strip()))
        os.ftruncate(lock, 0)
        os.pwrite(lock, b"%d\n" % os.getpid(), 0)
    parts = listed(state)
    for name in os.listdir(state) if parts or BUG != "reset" else ():
        if name.endswith((".new", ".part", ".work")) and name not in parts and BUG != "orphans":
            path = os.path.join(state, name)
            if os.path.isdir(path):
                shutil.rmtree(path)
            else:
                os.unlink(path)
    work = os.path.join(state, "%d.work" % os.getpid())
    os.mkdir(work)
    tonight(state, logs, work)
    # by what was read: the same again is nothing new
    read = hashlib.sha256()
    for where, _, names in sorted(os.walk(os.path.join(work, "logs"))):
        for name in sorted(names):
            with open(os.path.join(where, name), "rb") as one:
                read.update(one.read())
    part = "%s.part" % (read.hexdigest()[:16] if BUG != "orphans" else os.getpid())
    if BUG == "loses" and len(parts) == 3:
        parts = parts[:2]
    if BUG == "commit-first":
        keep_list(state, [*parts, part])
    done = subprocess.run([SEKISHO, "scan", *rest, "--partial", os.path.join("..", "new.part")], cwd=work, check=False,
                          env={"LC_ALL": "C"})
    if done.returncode not in (0, 1, 3):
        sys.exit(5)
    with open(os.path.join(state, "new.part"), "rb") as one:
        data = one.read()
    os.unlink(os.path.join(state, "new.part"))
    shutil.rmtree(work)
    if part in parts:
        parts.remove(part)
    else:
        durable(os.path.join(state, part), data)
    if outs:
        if BUG == "report-in-place":
            with open(outs[1].partition("=")[2], "wb") as report:
                report.write(b"half of it")
                report.flush()
                os.fsync(report.fileno())
        judge(state, rest, outs, [*parts, part])
    keep_list(state, [*parts, part])
    sys.exit(done.returncode)


def judge(state, rest, outs, parts):
    """Rest is the options of scan or judge; those of scan alone are left out."""
    words, at = [], iter(rest)
    for word in at:
        if word == "--max-rejected":
            next(at)
        else:
            words.append(word)
    paths = [os.path.join(state, name) for name in parts]
    for path in paths:
        if not os.path.exists(path):
            fail(4, "'%s' is missing" % path)
    done = subprocess.run([SEKISHO, "judge", *words, *outs, *paths], check=False, env={"LC_ALL": "C"})
    return 4 if done.returncode == 2 else done.returncode


def main():
    verb = sys.argv[1]
    if sys.argv[2:] == ["--help"]:
        print("--state")
        return 0
    state, rest, outs, logs = take(sys.argv[2:])
    if verb == "state":
        state = logs[1] # state export DIR FILE
    try:
        if verb == "scan":
            scan(state, rest, outs, logs)
        parts = listed(state)
        if not parts:
            fail(2, "no state in '%s'" % state)
        if verb == "state":
                return subprocess.run([SEKISHO, "merge", *rest, "--partial", logs[-1],
                                   *(os.path.join(state, name) for name in parts)], check=False).returncode
        return judge(state, rest, outs, parts)
    except OSError as error:
        return fail(5, "'%s': %s" % (state, error))


if __name__ == "__main__":
    sys.exit(main())
