-- What is peculiar to a rule and needs no look at lines; every other file treats all rules alike.
-- kind: violation, anomaly or (control) gap.  outside: a non-public view is "shown outside" always
-- (F), or if the matrix denies it (D).  gap: the longest pause inside an episode.  min_*: what makes
-- an episode fire, of lines and objects either.  many, extra: so many distinct consumers in the
-- record give so many points more.
CREATE TABLE rule(rule TEXT PRIMARY KEY, base INT, kind TEXT, outside TEXT, cap INT,
	gap INT DEFAULT 1800000, min_views INT DEFAULT 0, min_accounts INT DEFAULT 0,
	min_lines INT DEFAULT 0, min_objects INT DEFAULT 0, many INT, extra INT);
INSERT INTO rule(rule, base, kind, outside) VALUES
	('ORG-01', 75, 'violation', 'F'), ('ORG-02', 75, 'violation', 'F'),
	('ORG-03', 90, 'violation', 'F'), ('SHR-01', 60, 'violation', 'D'),
	('SHR-02', 70, 'anomaly', 'D'), ('SHR-03', 40, 'anomaly', 'D'),
	('SHR-05', 80, 'violation', 'D'), ('SHR-06', 40, 'anomaly', 'D'),
	('TRM-01', 70, 'violation', 'D'), ('TRM-02', 55, 'violation', 'D'),
	('TRM-03', 70, 'violation', 'D'), ('OFF-01', 40, 'anomaly', 'D'),
	('OFF-02', 40, 'anomaly', 'D'), ('OFF-03', 25, 'anomaly', 'D'),
	('DRF-01', 10, 'anomaly', 'D'), ('DRF-03', 40, 'anomaly', 'D'),
	('DRF-04', 90, 'violation', 'D'), ('DRF-05', 60, 'anomaly', 'D'),
	('DRF-06', 30, 'anomaly', 'D'), ('VOL-01', 50, 'anomaly', 'D'),
	('XTN-01', 75, 'violation', 'D'), ('XTN-02', 90, 'violation', 'D'),
	('XTN-03', 40, 'anomaly', 'D'), ('XTN-04', 40, 'gap', 'D'),
	('XTN-05', 75, 'violation', 'F'), ('DIS-01', 90, 'violation', 'F'),
	('DIS-02', 70, 'violation', 'F'), ('DIS-02b', 60, 'violation', 'F'),
	('DIS-03', 60, 'violation', 'F'), ('DIS-04', 50, 'violation', 'F'),
	('DIS-05', 70, 'violation', 'F'), ('DIS-06', 70, 'violation', 'D'),
	('DIS-08', 40, 'violation', 'D'), ('DIS-09', 50, 'violation', 'D'),
	('TMP-01', 90, 'violation', 'F'), ('ACC-01', 70, 'violation', 'D'),
	('ACC-02', 85, 'violation', 'F');
UPDATE rule SET cap = 89 WHERE kind <> 'violation';
UPDATE rule SET cap = 39 WHERE rule = 'OFF-03';
UPDATE rule SET gap = 3600000, min_views = 1, many = 50, extra = 15
	WHERE rule IN ('OFF-01', 'OFF-02');
UPDATE rule SET gap = 604800000, min_accounts = 3 WHERE rule = 'XTN-02';
UPDATE rule SET gap = 9223372036854775807 WHERE rule = 'XTN-04';
UPDATE rule SET min_lines = 10, min_objects = 5 WHERE rule = 'XTN-03';

-- Without a ledger that decides them, these cannot be evaluated, and have no rows.
CREATE TABLE need(rule TEXT, ledger TEXT);
INSERT INTO need VALUES
	('SHR-05', 'shared_ids'), ('TRM-01', 'terminals'), ('TRM-03', 'terminal_loans'),
	('OFF-01', 'schedules'), ('OFF-02', 'schedules'), ('DRF-04', 'networks'),
	('XTN-04', 'barrier'), ('DIS-06', 'auth_events'), ('TMP-01', 'grants'),
	('ACC-01', 'accounts'), ('ACC-02', 'people');
INSERT INTO need SELECT rule, 'disasters' FROM rule WHERE rule GLOB 'DIS-*';

-- Where the families put what they find: lines for episodes, lines of a unit that fired already (a
-- day, a pair), units without lines, and points that a line brings to its record.
CREATE TABLE hit(rule TEXT, key TEXT, ts INTEGER, id INTEGER);
CREATE TABLE fired(rule TEXT, key TEXT, unit INTEGER, id INTEGER);
CREATE TABLE bare(rule TEXT, key TEXT, unit INTEGER, at INTEGER);
CREATE TABLE bonus(rule TEXT, key TEXT, id INTEGER, points INTEGER);
