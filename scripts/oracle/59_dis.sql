-- DIS-01 to 06: what disaster accounts and terminals did, by the state of their organisation, and
-- who else used a grid system during a disaster (B.6, B.13.24-28).  Areas do not matter to the state.
CREATE TABLE for_disaster AS
	SELECT e.*, coalesce(max(CASE WHEN w.vf <= e.ts AND e.ts < w.vt THEN 3
			WHEN w.vt <= e.ts AND e.ts - w.vt < 86400000 THEN 2
			WHEN e.ts < w.vf AND w.vf - e.ts <= 7200000 THEN 1 ELSE 0 END), 0) AS state
	FROM (SELECT id, ts, acct, viewed, cls, area, kind, CASE WHEN kind = 'disaster' THEN acct ELSE term END
			AS subject, coalesce(org_a, org_t) AS org
		FROM ev WHERE kind = 'disaster' OR term_kind = 'disaster') e
	LEFT JOIN disaster w ON w.org IS NULL OR w.org = e.org
	GROUP BY e.id;
INSERT INTO hit
	SELECT CASE state WHEN 0 THEN 'DIS-01' WHEN 1 THEN 'DIS-04' ELSE 'DIS-03' END, subject || char(31)
		|| CASE state WHEN 0 THEN 'peace' WHEN 1 THEN 'early' ELSE 'tail' END, ts, id
	FROM for_disaster WHERE state <> 3;
INSERT INTO hit
	SELECT 'DIS-02', subject || char(31) || 'in', ts, id
	FROM for_disaster e WHERE state = 3 AND viewed AND cls IS NOT NULL
	AND NOT EXISTS (SELECT 1 FROM disaster w WHERE (w.org IS NULL OR w.org = e.org)
		AND w.vf <= e.ts AND e.ts < w.vt AND instr(w.shared_classes, ';' || e.cls || ';'));
INSERT INTO hit
	SELECT 'DIS-02b', subject || char(31) || 'in', ts, id
	FROM for_disaster e WHERE state = 3 AND viewed AND area IS NOT NULL
	AND NOT EXISTS (SELECT 1 FROM disaster w WHERE (w.org IS NULL OR w.org = e.org)
		AND w.vf <= e.ts AND e.ts < w.vt
		AND (w.areas IS NULL OR instr(w.areas, ';' || e.area || ';')));
INSERT INTO hit
	SELECT 'DIS-05', e.acct || char(31) || 'in', e.ts, e.id
	FROM ev e JOIN org_class a ON a.org = e.org_a AND a.class = 'retailer'
	JOIN system s ON s.sys = e.sys JOIN org_class o ON o.org = s.owner AND o.class = 'grid'
	WHERE e.kind = 'person' AND e.term_kind IS NOT 'disaster'
	AND EXISTS (SELECT 1 FROM disaster w WHERE (w.org IS NULL OR w.org = e.org_a)
		AND w.vf <= e.ts AND e.ts < w.vt)
	AND NOT EXISTS (SELECT 1 FROM permitted p WHERE p.sys = e.sys AND p.org = e.org_a
		AND p.vf <= e.ts AND e.ts < p.vt);

-- DIS-06: runs of a disaster account's lines in one window, and the window it was used in before
CREATE TABLE in_window AS
	SELECT id, ts, acct, (SELECT w.row FROM disaster w WHERE (w.org IS NULL OR w.org = e.org)
		AND w.vf <= e.ts AND e.ts < w.vt ORDER BY w.vf DESC, w.row DESC LIMIT 1) AS win
	FROM for_disaster e WHERE kind = 'disaster' AND state = 3;
CREATE TABLE run_line AS
	SELECT id, ts, acct, win, sum(brk) OVER (PARTITION BY acct ORDER BY id) AS run
	FROM (SELECT *, win IS NOT lag(win) OVER (PARTITION BY acct ORDER BY id) AS brk FROM in_window);
CREATE TABLE run AS
	SELECT acct, run, min(win) AS win, min(ts) AS first,
		lag(min(win)) OVER (PARTITION BY acct ORDER BY run) AS before
	FROM run_line GROUP BY acct, run;
CREATE TABLE renewed AS
	SELECT account, ms AS at FROM c_auth_events JOIN written ON v = [at]
	WHERE kind IN ('reset', 'issue') AND (ok IS NULL OR ok IN ('yes', '1'));
INSERT INTO fired
	SELECT 'DIS-06', l.acct || char(31) || 'in', l.run, l.id
	FROM run r JOIN disaster w ON w.row = r.before JOIN run_line l ON l.acct = r.acct AND l.run = r.run
	WHERE r.acct IN (SELECT account FROM renewed)
	AND NOT EXISTS (SELECT 1 FROM renewed n WHERE n.account = r.acct AND w.vt <= n.at AND n.at <= r.first);
