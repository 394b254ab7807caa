-- SHR-01, SHR-05: accounts that are nobody's.  SHR-03, SHR-06: one account at many terminals, many
-- accounts at one terminal, within a day (B.2, B.13.34, 36; who counts: B.13.15).
INSERT INTO hit
	SELECT 'SHR-01', e.acct, e.ts, e.id
	FROM ev e JOIN system s ON s.sys = e.sys
	WHERE e.kind IN ('shared', 'group') AND s.nonpersonal = 'forbidden';

-- the entries of the shared-ID ledger that hold at a line; a day at most
CREATE TABLE entry AS
	SELECT account, person, terminal, vf, min(vt, vf + 86400000) AS vt,
		vt = 9223372036854775807 AS unclosed
	FROM l_shared_ids;
CREATE INDEX entry_i ON entry(account);
CREATE TABLE shared_line AS
	SELECT e.id, e.ts, e.acct, e.term
	FROM ev e LEFT JOIN system s ON s.sys = e.sys
	WHERE e.kind IN ('shared', 'group') AND s.nonpersonal IS NOT 'forbidden';
CREATE TABLE entered AS
	SELECT l.id, l.ts, l.acct,
		sum(r.terminal IS NOT NULL AND l.term IS NULL) AS unsure,
		sum(r.account IS NOT NULL AND (r.terminal IS NULL OR r.terminal = l.term)) AS m,
		max(r.person) AS person
	FROM shared_line l LEFT JOIN entry r ON r.account = l.acct AND r.vf <= l.ts AND l.ts < r.vt
		AND (r.terminal IS NULL OR l.term IS NULL OR r.terminal = l.term)
	GROUP BY l.id, l.ts, l.acct;
INSERT INTO hit
	SELECT 'SHR-05', acct || char(31) || reason, ts, id
	FROM (SELECT *, CASE WHEN unsure THEN NULL WHEN m >= 2 THEN 'ambiguous'
			WHEN m = 1 THEN CASE WHEN person IS NULL THEN 'no_person' END
			WHEN EXISTS (SELECT 1 FROM entry r WHERE r.account = l.acct AND r.unclosed AND r.vt <= l.ts)
			THEN 'never_closed' ELSE 'no_entry' END AS reason
		FROM entered l)
	WHERE reason IS NOT NULL;

CREATE TABLE sitting AS
	SELECT id, acct, org_a, day, term FROM ev
	WHERE kind = 'person' AND term IS NOT NULL AND term_kind IS NOT 'kiosk';
INSERT INTO fired
	SELECT 'SHR-03', d.acct, d.day, e.id
	FROM (SELECT acct, day FROM sitting GROUP BY acct, day HAVING count(DISTINCT term) >= 3) d
	CROSS JOIN ev e ON e.acct = d.acct AND e.day = d.day;

CREATE TABLE crowd AS
	SELECT term, day FROM sitting GROUP BY term, day HAVING count(DISTINCT acct) >= 3;
CREATE UNIQUE INDEX crowd_i ON crowd(term, day);
INSERT INTO fired
	SELECT 'SHR-06', e.term, e.day, e.id
	FROM ev e JOIN crowd c ON c.term = e.term AND c.day = e.day WHERE e.kind = 'person';
INSERT INTO bonus
	SELECT f.rule, f.key, f.id, 20 FROM fired f
	WHERE f.rule = 'SHR-06' AND (f.key, f.unit) IN (
		SELECT f.key, f.unit FROM fired f JOIN every e ON e.id = f.id
		WHERE f.rule = 'SHR-06' GROUP BY f.key, f.unit HAVING count(DISTINCT e.org_a) >= 2);
