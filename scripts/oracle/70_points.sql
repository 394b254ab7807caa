-- Counts and points over the union of a record's lines, none twice (B.13.14, B.0.14). A change of
-- a consumer's row: a beginning that is not its first, or any end (B.5, switch_boundary).
CREATE TABLE switched AS
	SELECT consumer, vf AS at FROM consumer c
	WHERE vf > (SELECT min(vf) FROM consumer o WHERE o.consumer = c.consumer)
	UNION SELECT consumer, vt FROM consumer WHERE vt < 9223372036854775807;
CREATE INDEX switched_i ON switched(consumer, at);

CREATE TABLE record_line AS
	SELECT u.rule, u.key, e.*, e.viewed AND e.obj IS NOT NULL AND e.masked IS NOT 1
			AND (e.cls IS NULL OR e.cls NOT IN (SELECT class FROM c_public WHERE class IS NOT NULL))
			AND (u.rule = 'ORG-01' OR EXISTS (SELECT 1 FROM denied d WHERE d.id = e.id)) AS shown,
		EXISTS (SELECT 1 FROM switched s WHERE s.consumer = e.obj
			AND s.at BETWEEN e.ts - 259200000 AND e.ts + 259200000) AS boundary,
		((e.ts + 32400000) % 86400000 + 86400000) % 86400000 / 3600000 AS hour
	FROM (SELECT DISTINCT rule, key, id FROM unit_line) u JOIN ev e ON e.id = u.id;

CREATE TABLE base(rule TEXT PRIMARY KEY, points INT, cap INT);
INSERT INTO base VALUES ('ORG-01', 75, NULL), ('SHR-02', 70, 89), ('VOL-01', 50, 89),
	('XTN-01', 75, NULL), ('XTN-02', 90, NULL);

CREATE TABLE scored AS
	SELECT r.rule, r.key, count(*) AS lines, sum(r.viewed) AS views,
		count(DISTINCT CASE WHEN r.viewed THEN r.obj END) AS consumers,
		b.cap, b.points
			+ 15 * max(r.shown)
			+ 5 * (count(DISTINCT r.day) >= 2)
			+ 5 * (count(DISTINCT CASE WHEN r.viewed THEN r.obj END) >= 100)
			+ 10 * max(r.priv)
			+ 10 * max(r.viewed AND (r.hour >= 22 OR r.hour < 5))
			- 15 * (r.rule IN ('XTN-01', 'XTN-02') AND min(r.boundary))
			+ 20 * (r.rule = 'SHR-02' AND EXISTS (
				SELECT 1 FROM pair p WHERE p.acct = r.key AND p.orgs_differ)) AS points
	FROM record_line r JOIN base b USING (rule) GROUP BY r.rule, r.key;
