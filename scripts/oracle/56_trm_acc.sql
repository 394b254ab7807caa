-- TRM: a terminal nobody lists, somebody else's, not lent.  ACC: an account nobody lists, one whose
-- owner left its organisation.  TMP-01: what a grant that ended had allowed (B.2, B.6, B.8,
-- B.13.12, 21, 22, 46, 47).
INSERT INTO hit
	SELECT 'TRM-01', acct || char(31) || term, ts, id
	FROM ev WHERE acct IS NOT NULL AND term IS NOT NULL AND terminal_row IS NULL;

INSERT INTO hit
	SELECT 'TRM-02', acct || char(31) || term, ts, id
	FROM ev e WHERE kind = 'person' AND term_kind = 'normal' AND assignee <> owner
	AND NOT EXISTS (SELECT 1 FROM l_substitutes s WHERE s.person = e.assignee
		AND s.substitute = e.owner AND s.vf <= e.ts AND e.ts < s.vt);
INSERT INTO bonus
	SELECT h.rule, h.key, h.id, 20
	FROM hit h JOIN every e ON e.id = h.id
	WHERE h.rule = 'TRM-02' AND e.assignee IN (SELECT person FROM people)
	AND NOT EXISTS (SELECT 1 FROM people p WHERE p.person = e.assignee AND p.org = e.org_a
		AND p.vf <= e.ts AND e.ts < p.vt);

INSERT INTO hit
	SELECT 'TRM-03', acct || char(31) || term, ts, id
	FROM ev e WHERE acct IS NOT NULL AND term_kind IN ('loan', 'disaster')
	AND NOT EXISTS (SELECT 1 FROM loan l WHERE l.terminal = e.term AND l.vf <= e.ts AND e.ts < l.vt);
INSERT INTO bonus
	SELECT h.rule, h.key, h.id, 20
	FROM hit h JOIN every e ON e.id = h.id
	WHERE h.rule = 'TRM-03'
	AND EXISTS (SELECT 1 FROM loan l WHERE l.terminal = e.term AND l.vt <= e.ts);

INSERT INTO hit
	SELECT 'ACC-01', sys || char(31) || acct, ts, id
	FROM ev WHERE acct IS NOT NULL AND account_row IS NULL;

INSERT INTO hit
	SELECT 'ACC-02', acct, ts, id
	FROM ev e WHERE owner IN (SELECT person FROM people)
	AND NOT EXISTS (SELECT 1 FROM people p WHERE p.person = e.owner AND p.org = e.org_a
		AND p.vf <= e.ts AND e.ts < p.vt);

INSERT INTO hit
	SELECT DISTINCT 'TMP-01', g.subject || char(31) || e.sys, e.ts, e.id
	FROM of_grant g JOIN ev e ON e.id = g.id
	WHERE g.vt <= e.ts AND e.id NOT IN (SELECT id FROM licensed)
	AND NOT EXISTS (SELECT 1 FROM permitted p WHERE p.sys = e.sys AND p.vf <= e.ts AND e.ts < p.vt
		AND p.org = CASE g.kind WHEN 'account' THEN e.org_a WHEN 'terminal' THEN e.org_t
			ELSE e.net_org END);
