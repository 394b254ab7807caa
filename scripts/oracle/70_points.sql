-- Counts and points over the union of a record's lines, none twice (B.13.14, B.0.14). A change of
-- a consumer's row: a beginning that is not its first, or any end (B.5, switch_boundary).
CREATE TABLE switched AS
	SELECT consumer, vf AS at FROM consumer c
	WHERE vf > (SELECT min(vf) FROM consumer o WHERE o.consumer = c.consumer)
	UNION SELECT consumer, vt FROM consumer WHERE vt < 9223372036854775807;
CREATE INDEX switched_i ON switched(consumer, at);

-- counted: views, which are failed ones where only failed lines hit (XTN-03), else ok ones
CREATE TABLE record_line AS
	SELECT u.rule, u.key, e.id, e.day, e.priv, e.obj,
		e.viewed AND (e.ok = 1 OR u.rule = 'XTN-03') AS counted,
		e.ok = 1 AND e.viewed AND e.obj IS NOT NULL AND e.masked IS NOT 1
			AND (e.cls IS NULL OR e.cls NOT IN (SELECT class FROM c_public WHERE class IS NOT NULL))
			AND (r.outside = 'F' OR EXISTS (SELECT 1 FROM denied d WHERE d.id = e.id)) AS shown,
		u.rule IN ('XTN-01', 'XTN-02') AND EXISTS (SELECT 1 FROM switched s WHERE s.consumer = e.obj
			AND s.at BETWEEN e.ts - 259200000 AND e.ts + 259200000) AS boundary,
		((e.ts + 32400000) % 86400000 + 86400000) % 86400000 / 3600000 AS hour
	FROM (SELECT DISTINCT rule, key, id FROM unit_line) u
	JOIN every e ON e.id = u.id JOIN rule r ON r.rule = u.rule;

CREATE TABLE extra AS
	SELECT b.rule, b.key, max(b.points) AS points
	FROM bonus b JOIN record_line l ON l.rule = b.rule AND l.key = b.key AND l.id = b.id
	GROUP BY b.rule, b.key;
CREATE UNIQUE INDEX extra_i ON extra(rule, key);

CREATE TABLE scored AS
	SELECT l.rule, l.key, count(*) AS lines, sum(l.counted) AS views,
		count(DISTINCT CASE WHEN l.counted THEN l.obj END) AS consumers,
		15 * max(l.shown)
			+ 5 * (count(DISTINCT l.day) >= 2)
			+ 5 * (count(DISTINCT CASE WHEN l.counted THEN l.obj END) >= 100)
			+ 10 * max(l.priv)
			+ 10 * max(l.counted AND (l.hour >= 22 OR l.hour < 5))
			- 15 * min(l.boundary)
			+ coalesce(r.extra * (count(DISTINCT CASE WHEN l.counted THEN l.obj END) >= r.many), 0)
			+ coalesce((SELECT x.points FROM extra x WHERE x.rule = l.rule AND x.key = l.key), 0) AS added
	FROM record_line l JOIN rule r ON r.rule = l.rule GROUP BY l.rule, l.key;
