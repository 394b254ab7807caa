"""selftest [BUG...] - the tests of states, tried against the stand-in: they pass what is right, and each of them fails where
the stand-in is broken in the way that it is there for."""

import os
import re
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))

CASES = (
    # what is broken, the test and its arguments, what it must tell
    ("", ("nights", "--nights", "6", "--modes", "create,size,dateext-compress", "--every", "3"), None),
    ("half-line", ("nights", "--nights", "8", "--modes", "copytruncate,delaycompress", "--every", "2"), "accepted lines"),
    ("", ("groupings", "--nights", "40"), None),
    ("loses", ("groupings", "--nights", "40"), "accepted lines"),
    ("offset-first", ("kill", "--only", "killed", "--every", "25"), "accepted lines"),
    ("offset-last", ("kill", "--only", "killed", "--every", "25"), "accepted lines"),
    ("commit-first", ("kill", "--only", "killed", "--every", "25"), "neither the state"),
    ("no-fsync", ("kill", "--only", "failing", "--every", "7"), "may not be there tomorrow"),
    ("report-in-place", ("kill", "--only", "killed", "--every", "9"), "neither the old nor the new"),
    ("orphans", ("kill", "--only", "piled"), "instead of"),
    ("no-lock", ("twins", "--only", "rounds", "--rounds", "8"), "two at once"),
    ("reset", ("twins", "--only", "flips", "--flips", "2000"), "no state"),
)


def main():
    passed = failed = 0
    for bug, (name, *arguments), told in CASES:
        # selftest BUG...: only these
        if sys.argv[1:] and bug not in sys.argv[1:]:
            continue
        env = {**os.environ, "SEKISHO_STATE": os.path.join(HERE, "standin"), "STANDIN_BUG": bug, "HURT_TELL": "1000"}
        script = {"kill": "kills"}.get(name, name)
        done = subprocess.run([sys.executable, os.path.join(HERE, script + ".py"), *arguments], env=env, check=False,
                              stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        text = done.stdout.decode("utf-8", "replace")
        if told is None:
            good = done.returncode == 0
        else:
            good = done.returncode == 1 and told in text
        for folder in set(re.findall(r"/\S*/sekisho-%s\.\d+" % script, text)):
            subprocess.run(["rm", "-rf", folder], check=True)
        title = "%s %s, with %s" % (name, " ".join(arguments), bug or "nothing broken")
        if good:
            passed += 1
            found = [line.strip() for line in text.splitlines() if told and told in line]
            print("%s: %s" % (title, found[0][:150] if found else "passes"))
        else:
            failed += 1
            print("FAIL %s: exit %d\n    %s" % (title, done.returncode, "\n    ".join(text.splitlines()[-12:])))
        sys.stdout.flush()
    print("%d passed, %d failed" % (passed, failed))
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
