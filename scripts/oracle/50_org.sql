-- ORG-01: which lines come from a network or terminal of another organisation than the account's?
-- ORG-02: of one the system does not name?  ORG-03: of a retailer, after the system was split?
-- (B.2, origins by B.13.23, grants by B.13.20.)  A line gives up to two keys, never one twice.
CREATE TABLE origin AS
	SELECT id, org_n AS org FROM every WHERE org_n IS NOT NULL
	UNION SELECT id, org_t FROM every WHERE org_t IS NOT NULL;
CREATE INDEX origin_i ON origin(id);

INSERT INTO hit
	SELECT 'ORG-01', e.acct || char(31) || o.org, e.ts, e.id
	FROM ev e JOIN origin o ON o.id = e.id
	WHERE e.acct IS NOT NULL AND e.org_a IS NOT NULL AND o.org <> e.org_a
	AND NOT EXISTS (SELECT 1 FROM allow_pair p
		WHERE p.account_org = e.org_a AND p.origin_org = o.org
		AND (p.system IS NULL OR p.system = e.sys) AND p.vf <= e.ts AND e.ts < p.vt)
	AND e.id NOT IN (SELECT id FROM licensed);

INSERT INTO hit
	SELECT 'ORG-02', e.sys || char(31) || o.org, e.ts, e.id
	FROM ev e JOIN origin o ON o.id = e.id
	WHERE e.sys IN (SELECT sys FROM permitted)
	AND NOT EXISTS (SELECT 1 FROM permitted p
		WHERE p.sys = e.sys AND p.org = o.org AND p.vf <= e.ts AND e.ts < p.vt)
	AND NOT EXISTS (SELECT 1 FROM disaster w
		WHERE (w.org IS NULL OR w.org = o.org) AND w.vf <= e.ts AND e.ts < w.vt)
	AND e.id NOT IN (SELECT id FROM licensed);

INSERT INTO hit
	SELECT 'ORG-03', e.sys || char(31) || o.org, e.ts, e.id
	FROM every e JOIN origin o ON o.id = e.id
	JOIN system s ON s.sys = e.sys AND s.split <= e.ts
	JOIN org_class c ON c.org = o.org AND c.class = 'retailer';
