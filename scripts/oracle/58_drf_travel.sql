-- DRF-05, sites only: was somebody at the next place sooner than 300 km/h allow?  The order of the
-- sessions is (a, b, network, terminal); overlapping ones are no journey (B.4, B.13.40).
CREATE TABLE stop AS
	SELECT s.no, s.acct, s.net, s.term, s.s, s.a, s.b,
		CASE WHEN n.kind = 'site' THEN n.site END AS site, n.x, n.y, n.lat, n.lon
	FROM session s LEFT JOIN listed n ON n.cidr = s.net;
CREATE UNIQUE INDEX stop_i ON stop(no);
CREATE TABLE leg AS
	SELECT lag(no) OVER w AS x, no AS y FROM stop
	WINDOW w AS (PARTITION BY acct ORDER BY a, b, net, coalesce(term, ''));

-- kilometres: of the grid squared; else along the great circle of a ball of 6371 km, floored
CREATE TABLE journey AS
	SELECT x, y, acct, max(1, (ya - xb) / 1000) AS gap_s, CASE WHEN gx IS NOT NULL THEN gx ELSE km * km END
		AS d2
	FROM (SELECT l.x, l.y, p.acct, p.b AS xb, q.a AS ya,
			(p.x - q.x) * (p.x - q.x) + (p.y - q.y) * (p.y - q.y) AS gx,
			CAST(2 * 6371 * asin(sqrt(min(1, pow(sin(radians(q.lat - p.lat) / 2), 2)
				+ cos(radians(p.lat)) * cos(radians(q.lat))
				* pow(sin(radians(q.lon - p.lon) / 2), 2)))) AS INTEGER) AS km
		FROM leg l JOIN stop p ON p.no = l.x JOIN stop q ON q.no = l.y
		WHERE q.a > p.b AND p.site <> q.site);
INSERT INTO fired
	SELECT 'DRF-05', t.acct, t.y, l.id
	FROM journey t CROSS JOIN stop s ON s.no IN (t.x, t.y)
	CROSS JOIN session_line l ON l.acct = s.acct AND l.net = s.net AND l.term IS s.term AND l.s = s.s
	WHERE t.gap_s <= 86400 AND t.d2 >= 400
	AND t.d2 * 12960000 > 90000 * t.gap_s * t.gap_s;
