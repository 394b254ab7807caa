-- What fired: episodes (B.0.7) that have what their rule asks for, and what the families found by
-- days and pairs, each with its lines (B.13.15).
CREATE TABLE islands AS
	SELECT rule, key, id, sum(brk) OVER w AS ep
	FROM (SELECT *, CASE WHEN ts - lag(ts) OVER w <= gap THEN 0 ELSE 1 END AS brk
		FROM hit JOIN rule USING (rule) WINDOW w AS (PARTITION BY rule, key ORDER BY ts, id))
	WINDOW w AS (PARTITION BY rule, key ORDER BY id);

CREATE TABLE silent AS
	SELECT i.rule, i.key, i.ep
	FROM rule r JOIN islands i ON i.rule = r.rule JOIN every e ON e.id = i.id
	WHERE r.min_views OR r.min_accounts OR r.min_lines GROUP BY i.rule, i.key, i.ep
	HAVING sum(e.viewed) < max(r.min_views) OR count(DISTINCT e.acct) < max(r.min_accounts)
	OR count(*) < max(r.min_lines) AND count(DISTINCT e.obj) < max(r.min_objects);
CREATE UNIQUE INDEX silent_i ON silent(rule, key, ep);

CREATE TABLE unit_line AS
	SELECT i.rule, i.key, i.ep AS unit, i.id FROM islands i
	WHERE NOT EXISTS (SELECT 1 FROM silent s WHERE s.rule = i.rule AND s.key = i.key AND s.ep = i.ep)
	UNION ALL SELECT * FROM fired;

CREATE TABLE unit AS
	SELECT u.rule, u.key, u.unit, min(e.ts) AS first, max(e.ts) AS last
	FROM unit_line u JOIN every e ON e.id = u.id GROUP BY u.rule, u.key, u.unit
	UNION ALL SELECT rule, key, unit, at, at FROM bare;
