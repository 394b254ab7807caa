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
	FROM session_line GROUP BY acct, net, term, s HAVING count(*) >= 2;
CREATE INDEX session_i ON session(acct, a);
CREATE UNIQUE INDEX session_no ON session(no);

CREATE TABLE pair AS
	SELECT row_number() OVER () AS no, x.acct, x.no AS x, y.no AS y, min(x.a, y.a) AS first,
		max(x.b, y.b) AS last,
		coalesce(x.net_org <> y.net_org, 0) AS orgs_differ
	FROM session x JOIN session y ON y.acct = x.acct AND x.no < y.no
	WHERE min(x.b, y.b) - max(x.a, y.a) >= 60000
	AND CASE WHEN x.term IS NOT NULL AND y.term IS NOT NULL THEN x.net <> y.net AND x.term <> y.term
		ELSE x.net_kind = 'site' AND y.net_kind = 'site' AND x.site <> y.site END;
