-- DRF-01, DRF-03: networks, terminals and programs an account was not seen with for 90 days, once
-- there are 28 days to look back on.  DRF-04: from outside into a system that is internal.  DRF-06:
-- restless days (B.4, B.13.37, 39, 41).
CREATE TABLE feature AS
	SELECT what, acct, value, day, sum(kind IS 'person') AS n, max(created_day) AS created_day
	FROM (SELECT 'net' AS what, acct, net AS value, day, kind, created_day FROM ev
		UNION ALL SELECT 'term', acct, CASE WHEN term_kind IS NOT 'kiosk' THEN term END, day, kind,
			created_day FROM ev
		UNION ALL SELECT 'client', acct, client, day, kind, created_day FROM ev)
	WHERE acct IS NOT NULL AND value IS NOT NULL GROUP BY what, acct, value, day;
CREATE TABLE fresh AS
	SELECT what, acct, value, day FROM (
		SELECT *, day - lag(day) OVER (PARTITION BY what, acct, value ORDER BY day) AS since FROM feature)
	WHERE n >= 3 AND (since IS NULL OR since > 90)
	AND day - max((SELECT first_day FROM span), coalesce(created_day, -1000000)) >= 28;

INSERT INTO fired
	SELECT 'DRF-01', e.acct || char(31) || e.net, e.day, e.id
	FROM fresh f CROSS JOIN ev e ON e.acct = f.acct AND e.day = f.day AND e.net = f.value
	WHERE f.what = 'net';
INSERT INTO bonus
	SELECT f.rule, f.key, f.id, CASE WHEN e.net_kind = 'hosting' THEN 50
		WHEN e.net_kind IN ('mobile', 'isp') THEN 15 WHEN e.cidr IS NULL THEN 35
		WHEN e.net_org <> e.org_a THEN 50 ELSE 0 END
	FROM fired f JOIN every e ON e.id = f.id WHERE f.rule = 'DRF-01';

CREATE TABLE strange_program AS
	SELECT id, acct, day FROM ev e
	WHERE kind = 'person' AND client IS NOT NULL
	AND EXISTS (SELECT 1 FROM c_clients c WHERE c.org = e.org_a AND c.system = e.sys)
	AND NOT EXISTS (SELECT 1 FROM c_clients c WHERE c.org = e.org_a AND c.system = e.sys
		AND c.client = e.client);
INSERT INTO fired
	SELECT 'DRF-03', acct, day, id FROM (
		SELECT acct, day, id FROM strange_program
		UNION SELECT e.acct, e.day, e.id
		FROM fresh f CROSS JOIN ev e ON e.acct = f.acct AND e.day = f.day
			AND f.value = CASE WHEN f.what = 'client' THEN e.client
				WHEN f.what = 'term' AND e.term_kind IS NOT 'kiosk' THEN e.term END);
INSERT INTO bonus SELECT 'DRF-03', acct, id, 20 FROM strange_program;

INSERT INTO hit
	SELECT 'DRF-04', e.sys || char(31) || e.net, e.ts, e.id
	FROM ev e JOIN system s ON s.sys = e.sys AND s.internal_only = 'yes'
	WHERE e.net IS NOT NULL AND (e.cidr IS NULL OR e.public);

CREATE TABLE restless AS
	SELECT acct, day FROM ev WHERE kind = 'person' AND net_kind <> 'mobile'
	GROUP BY acct, day HAVING count(DISTINCT net) >= 5
	INTERSECT
	SELECT acct, day FROM (
		SELECT acct, day, site <> lag(site) OVER (PARTITION BY acct, day ORDER BY id) AS moved
		FROM ev WHERE kind = 'person' AND site IS NOT NULL)
	GROUP BY acct, day HAVING sum(moved) >= 3;
INSERT INTO fired
	SELECT 'DRF-06', d.acct, d.day, e.id
	FROM restless d CROSS JOIN ev e ON e.acct = d.acct AND e.day = d.day;
