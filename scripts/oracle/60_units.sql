-- What fired: episodes (B.0.7; XTN-02 only with three accounts), pairs and days, each with its
-- lines (B.13.15).
CREATE TABLE islands AS
	SELECT rule, key, id, sum(brk) OVER w AS ep, ts
	FROM (SELECT *, CASE WHEN ts - lag(ts) OVER w <= gap THEN 0 ELSE 1 END AS brk
		FROM hit WINDOW w AS (PARTITION BY rule, key ORDER BY ts, id))
	WINDOW w AS (PARTITION BY rule, key ORDER BY ts, id);

CREATE TABLE hole AS
	SELECT h.key, h.ep FROM islands h JOIN ev ON ev.id = h.id
	WHERE h.rule = 'XTN-02' GROUP BY h.key, h.ep HAVING count(DISTINCT ev.acct) >= 3;
CREATE UNIQUE INDEX hole_i ON hole(key, ep);

CREATE TABLE side AS SELECT acct, no, x AS session FROM pair UNION ALL SELECT acct, no, y FROM pair;

CREATE TABLE unit_line AS
	SELECT i.rule, i.key, i.ep AS unit, i.id FROM islands i
	WHERE i.rule <> 'XTN-02' OR EXISTS (SELECT 1 FROM hole h WHERE h.key = i.key AND h.ep = i.ep)
	UNION ALL
	SELECT 'SHR-02', p.acct, p.no, l.id
	FROM side p CROSS JOIN session s ON s.no = p.session
	CROSS JOIN session_line l ON l.acct = s.acct AND l.net = s.net AND l.term IS s.term AND l.s = s.s
	UNION ALL
	SELECT 'VOL-01', u.acct, u.day, e.id
	FROM surge u CROSS JOIN ev e ON e.acct = u.acct AND e.day = u.day;

CREATE TABLE unit AS
	SELECT u.rule, u.key, u.unit, min(e.ts) AS first, max(e.ts) AS last
	FROM unit_line u JOIN ev e ON e.id = u.id GROUP BY u.rule, u.key, u.unit;
