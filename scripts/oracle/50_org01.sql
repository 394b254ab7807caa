-- ORG-01: which lines come from a network or terminal of another organisation than the account's?
-- (B.2, origins by B.13.23, grants by B.13.20.)  A line gives up to two keys, never one twice.
CREATE TABLE hit(rule TEXT, key TEXT, gap INTEGER, ts INTEGER, id INTEGER);
INSERT INTO hit
	SELECT 'ORG-01', e.acct || char(31) || o.org, 1800000, e.ts, e.id
	FROM ev e
	JOIN (SELECT id, org_n AS org FROM ev UNION SELECT id, org_t FROM ev) o ON o.id = e.id
	WHERE e.org_a IS NOT NULL AND o.org <> e.org_a
	AND NOT EXISTS (SELECT 1 FROM allow_pair p
		WHERE p.account_org = e.org_a AND p.origin_org = o.org
		AND (p.system IS NULL OR p.system = e.sys) AND p.vf <= e.ts AND e.ts < p.vt)
	AND NOT EXISTS (SELECT 1 FROM granted g WHERE (g.system IS NULL OR g.system = e.sys)
		AND g.vf <= e.ts AND e.ts < g.vt
		AND g.subject = CASE g.kind WHEN 'account' THEN e.acct WHEN 'terminal' THEN e.term
			WHEN 'network' THEN e.cidr END);
