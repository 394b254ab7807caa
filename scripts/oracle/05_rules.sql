-- What is peculiar to a rule and needs no look at lines; every other file treats all rules alike.
-- shown: what makes a non-public view "shown outside": F always, D only if the matrix denies it.
-- gap: the longest pause inside an episode; min_*: what makes it fire, of lines and objects either.
-- many, extra: so many distinct consumers in the record give so many points more.
CREATE TABLE rule(rule TEXT PRIMARY KEY, base INT, cap INT, shown TEXT, gap INT DEFAULT 1800000,
	min_views INT DEFAULT 0, min_accounts INT DEFAULT 0, min_lines INT DEFAULT 0,
	min_objects INT DEFAULT 0, many INT, extra INT);
INSERT INTO rule(rule, base, cap, shown) VALUES
	('ORG-01', 75, NULL, 'F'), ('ORG-02', 75, NULL, 'F'), ('ORG-03', 90, NULL, 'F'),
	('SHR-01', 60, NULL, 'D'), ('SHR-02', 70, 89, 'D'), ('SHR-03', 40, 89, 'D'),
	('SHR-05', 80, NULL, 'D'), ('SHR-06', 40, 89, 'D'), ('TRM-01', 70, NULL, 'D'),
	('TRM-02', 55, NULL, 'D'), ('TRM-03', 70, NULL, 'D'), ('OFF-03', 25, 39, 'D'),
	('DRF-01', 10, 89, 'D'), ('DRF-03', 40, 89, 'D'), ('DRF-04', 90, NULL, 'D'),
	('DRF-05', 60, 89, 'D'), ('DRF-06', 30, 89, 'D'), ('VOL-01', 50, 89, 'D'),
	('XTN-01', 75, NULL, 'D'), ('XTN-05', 75, NULL, 'F'),
	('DIS-01', 90, NULL, 'F'), ('DIS-02', 70, NULL, 'F'), ('DIS-02b', 60, NULL, 'F'),
	('DIS-03', 60, NULL, 'F'), ('DIS-04', 50, NULL, 'F'), ('DIS-05', 70, NULL, 'F'),
	('DIS-06', 70, NULL, 'D'), ('DIS-08', 40, NULL, 'D'), ('DIS-09', 50, NULL, 'D'),
	('TMP-01', 90, NULL, 'F'), ('ACC-01', 70, NULL, 'D'), ('ACC-02', 85, NULL, 'F');
INSERT INTO rule(rule, base, cap, shown, gap, min_views, many, extra) VALUES
	('OFF-01', 40, 89, 'D', 3600000, 1, 50, 15), ('OFF-02', 40, 89, 'D', 3600000, 1, 50, 15);
INSERT INTO rule(rule, base, cap, shown, gap, min_accounts) VALUES
	('XTN-02', 90, NULL, 'D', 604800000, 3), ('XTN-04', 40, 89, 'D', 9223372036854775807, 0);
INSERT INTO rule(rule, base, cap, shown, min_lines, min_objects) VALUES ('XTN-03', 40, 89, 'D', 10, 5);

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
