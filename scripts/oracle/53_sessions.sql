-- SHR-02: sessions of a person account (account, network, terminal; pauses up to 10 min: B.0.9;
-- NULL terminals share one key: B.13.32), and the pairs that ran side by side from different
-- places (B.2).
CREATE TABLE session_line AS
	SELECT id, acct, net, term, ts, net_kind, site, net_org, sum(brk) OVER w AS s
	FROM (SELECT id, acct, net, term, ts, net_kind, site, net_org,
			CASE WHEN ts - lag(ts) OVER w <= 600000 THEN 0 ELSE 1 END AS brk
		FROM ev WHERE kind = 'person' AND net IS NOT NULL
		WINDOW w AS (PARTITION BY acct, net, term ORDER BY ts, id))
	WINDOW w AS (PARTITION BY acct, net, term ORDER BY ts, id);
CREATE INDEX session_line_i ON session_line(acct, net, term, s);
CREATE TABLE session AS
	SELECT row_number() OVER () AS no, acct, net, term, s, min(ts) AS a, max(ts) AS b, count(*) AS n,
		min(net_kind) AS net_kind, min(site) AS site, min(net_org) AS net_org
	FROM session_line GROUP BY acct, net, term, s;
CREATE INDEX session_i ON session(acct, a);
CREATE UNIQUE INDEX session_no ON session(no);

CREATE TABLE pair AS
	SELECT row_number() OVER () AS no, x.acct, x.no AS x, y.no AS y,
		coalesce(x.net_org <> y.net_org, 0) AS orgs_differ
	FROM session x JOIN session y ON y.acct = x.acct AND y.a BETWEEN x.a AND x.b - 60000
		AND (y.a > x.a OR y.no > x.no)
	WHERE min(x.b, y.b) - y.a >= 60000 AND x.n >= 2 AND y.n >= 2
	AND CASE WHEN x.term IS NOT NULL AND y.term IS NOT NULL THEN x.net <> y.net AND x.term <> y.term
		ELSE x.net_kind = 'site' AND y.net_kind = 'site' AND x.site <> y.site END;

CREATE TABLE side AS SELECT acct, no, x AS session FROM pair UNION ALL SELECT acct, no, y FROM pair;
INSERT INTO fired
	SELECT 'SHR-02', p.acct, p.no, l.id
	FROM side p CROSS JOIN session s ON s.no = p.session
	CROSS JOIN session_line l ON l.acct = s.acct AND l.net = s.net AND l.term IS s.term AND l.s = s.s;
INSERT INTO bonus
	SELECT f.rule, f.key, f.id, 20
	FROM fired f JOIN pair p ON p.no = f.unit WHERE f.rule = 'SHR-02' AND p.orgs_differ;
