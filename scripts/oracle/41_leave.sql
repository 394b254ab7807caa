-- What gives leave: organisations a system names (B.13.49), grants (B.13.20, 21), disaster windows.
CREATE TABLE permitted AS SELECT system AS sys, org, vf, vt FROM l_permitted;
CREATE TABLE system AS
	SELECT id AS sys, owner, nonpersonal, internal_only, w.ms AS split
	FROM c_systems LEFT JOIN written w ON w.v = split_since;

-- a line and the grants of its account, terminal or network, whenever these hold
CREATE TABLE of_grant AS
	SELECT e.id, e.ts, g.kind, g.subject, g.vf, g.vt
	FROM every e JOIN granted g ON g.subject IN (e.acct, e.term, e.net)
		AND g.subject = CASE g.kind WHEN 'account' THEN e.acct WHEN 'terminal' THEN e.term
			WHEN 'network' THEN e.net END
		AND (g.system IS NULL OR g.system = e.sys);
CREATE TABLE licensed AS SELECT DISTINCT id FROM of_grant WHERE vf <= ts AND ts < vt;
CREATE UNIQUE INDEX licensed_i ON licensed(id);
