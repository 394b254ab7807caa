"""A small invented utility whose logs are written day by day, and the truth about them: every line that was ever
written, in the order it was written, and what a reader of the generator alone knows of the findings.

KPG is the grid company, KEP its retailer.  10.1 and 10.11 are sites of KPG, 10.2 of KEP.  What fires, and when, is
drawn here: pg0003 is lent to KEP (ORG-01), pg0004 is at two places at once (SHR-02), pg0005 looks at forty consumers
in a day (VOL-01), and the system daicho is silent on some working days (LOG-02)."""

import datetime
import os
import random

JST = datetime.timezone(datetime.timedelta(hours=9))
FIRST = datetime.date(2022, 6, 1)
SYSTEMS = ("portal", "daicho")

POLICY = """\
sekisho: 1
timezone: Asia/Tokyo
systems:
  - id: portal
    owner: KPG
    feed: portal
    logs: [logs/portal/*, archive/portal/*]
    format: combined
    extract: {object: 'path:/consumers/{object}/{class}', terminal: 'query:t'}
    permitted_orgs: [KPG]
  - id: daicho
    owner: KPG
    feed: daicho
    logs: [logs/daicho/*, archive/daicho/*]
    format: ltsv
    extract: {object: 'path:/consumers/{object}/{class}', terminal: 'query:t'}
    permitted_orgs: [KPG]
    expect: {weekday: "08:00-20:00"}
ledgers:
  orgs: ledgers/orgs.csv
  accounts: ledgers/accounts.csv
  networks: ledgers/networks.csv
  terminals: ledgers/terminals.csv
resources:
  - {class: contract, sensitivity: non-public}
rules: [rules.yaml]
"""

RULES = """\
- {id: ORG-01, version: 1.0}
- {id: SHR-02, version: 1.0}
- {id: VOL-01, version: 1.0}
- {id: LOG-02, version: 1.0}
"""

LEDGERS = {
    "orgs": "org,name,class\nKPG,Kasumi Power Grid,grid\nKEP,Kasumi Energy Partner,retailer\n",
    "accounts": "account,system,org,kind,privileged,role,valid_from,valid_to\n"
    + "".join("pg%04d,,KPG,person,no,clerk,,\n" % n for n in range(1, 9))
    + "pgbatch,,KPG,service,no,,,\n",
    "networks": "cidr,org,site,kind,flags\n10.1.0.0/16,KPG,Honten,site,\n10.11.0.0/16,KPG,North,site,\n"
    "10.2.0.0/16,KEP,EP-Honten,site,\n",
    "terminals": "terminal,org\nT-1,KPG\nT-2,KPG\n",
}

MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()


def make(folder):
    """The policy, the rules and the ledgers."""
    os.makedirs(os.path.join(folder, "ledgers"))
    for name, text in LEDGERS.items():
        with open(os.path.join(folder, "ledgers", name + ".csv"), "w", encoding="ascii") as out:
            out.write(text)
    for name, text in (("sekisho.yaml", POLICY), ("rules.yaml", RULES)):
        with open(os.path.join(folder, name), "w", encoding="ascii") as out:
            out.write(text)
    for system in SYSTEMS:
        os.makedirs(os.path.join(folder, "logs", system))
        os.makedirs(os.path.join(folder, "archive", system))


class World:
    """Draws the lines of a day; silent=False leaves daicho without a gap, so that a run can end with 0 or 1."""

    def __init__(self, seed, silent=True):
        self.random = random.Random("world %s" % seed)
        self.silent = silent
        self.written = 0
        self.working_days = 0

    def line(self, system, when, account, address, terminal, consumer):
        # the size makes every line another one; repeats are made on purpose, by writing a line twice
        self.written += 1
        target = "/consumers/%022d/contract?t=%s" % (consumer, terminal)
        if system == "daicho":
            # the target stands last: a line that is cut is a line still, and another one
            return "time:%s\tstatus:200\tsize:%d\thost:%s\tuser:%s\tmethod:GET\turi:%s" % (
                when.isoformat(), self.written, address, account, target)
        return '%s - %s [%02d/%s/%d:%02d:%02d:%02d +0900] "GET %s HTTP/1.1" 200 %d "-" "Kasumi/1.2"' % (
            address, account, when.day, MONTHS[when.month - 1], when.year, when.hour, when.minute, when.second,
            target, self.written)

    def day(self, date):
        """[(system, time, line)] of a day, by time."""
        r = self.random
        rows = []

        def at(hour, minute, second=0):
            return datetime.datetime(date.year, date.month, date.day, hour, minute, second, tzinfo=JST)

        def say(system, when, account, address, terminal, consumer):
            rows.append((system, when, self.line(system, when, account, address, terminal, consumer)))

        working = date.weekday() < 5
        for n in range(1, 9) if working else (1,):
            if n not in (4, 5):
                for _ in range(r.randrange(2, 6)):
                    say("portal", at(r.randrange(8, 21), r.randrange(60), r.randrange(60)), "pg%04d" % n,
                        "10.1.0.%d" % n, "T-1", r.randrange(1, 400))
        say("portal", at(0, 30), "pgbatch", "10.1.0.99", "", 1)
        if working:
            self.working_days += 1
            drawn = self.working_days
            if drawn % 8 == 3:
                for k in range(r.randrange(2, 6)):
                    say("portal", at(14, 10 * k), "pg0003", "10.2.0.7", "T-1", r.randrange(1, 400))
            # one view a day is usual for pg0005, and forty now and then are not
            for k in range(40 if drawn % 17 == 16 else 1):
                say("portal", at(10, k), "pg0005", "10.1.0.5", "T-1", 1000 + k)
            if drawn % 7 == 5:
                for k in range(3):
                    say("portal", at(11, 4 * k), "pg0004", "10.1.0.4", "T-1", 7)
                    say("portal", at(11, 4 * k + 2), "pg0004", "10.11.0.4", "T-2", 8)
            if not self.silent or drawn % 9 != 6:
                for hour in (9, 13, 17):
                    say("daicho", at(hour, r.randrange(60)), "pg0001", "10.1.0.1", "T-1", r.randrange(1, 400))
        # some lines are written later than they happened
        rows.sort(key=lambda row: (row[1] + datetime.timedelta(minutes=r.choice((0, 0, 0, 0, 20))), row[2]))
        return rows


class Truth:
    """All lines that a reader could have seen, in a world of its own: one file a system."""

    def __init__(self, folder):
        self.folder = folder
        make(folder)
        self.accepted = 0
        self.lent = []

    def add(self, system, lines):
        with open(os.path.join(self.folder, "logs", system, "access.log"), "a", encoding="ascii") as out:
            for line in lines:
                out.write(line + "\n")
                self.accepted += 1
                if " - pg0003 " in line and line.startswith("10.2."):
                    self.lent.append(line)

    def lent_row(self):
        """The beginning of the row of ORG-01: rule, key, first and last in ms, lines; None where nothing was lent."""
        if not self.lent:
            return None
        times = []
        for line in self.lent:
            stamp = line[line.index("[") + 1:line.index("]")]
            day, month, rest = stamp.split("/")
            year, hour, minute, second = rest.split(" ")[0].split(":")
            when = datetime.datetime(int(year), MONTHS.index(month) + 1, int(day), int(hour), int(minute), int(second),
                                     tzinfo=JST)
            times.append(int(when.timestamp()) * 1000)
        return "ORG-01|pg0003,KEP|%d|%d|%d|" % (min(times), max(times), len(times))


def instant(date, hour=2):
    """--now of the night behind a day."""
    return "%sT%02d:00:00+09:00" % ((date + datetime.timedelta(days=1)).isoformat(), hour)


def epoch(date, hour=2):
    """The same instant in seconds, for the times of files."""
    return int(datetime.datetime(date.year, date.month, date.day, hour, tzinfo=JST).timestamp()) + 86400
