-- Every line that is no health check (B.0.15, B.13.18) with what the ledgers say as of its instant
-- (B.0.5). A row for the account's system wins over one for every system. ev are the ok ones, of
-- which nearly all rules are.
CREATE TABLE seen AS
	SELECT l.*, l.act IN ('view', 'list', 'export', 'print', 'download') AS viewed,
		(SELECT r.rowid FROM account r WHERE r.account = l.acct
			AND (r.system = l.sys OR r.system IS NULL) AND r.vf <= l.ts AND l.ts < r.vt
			ORDER BY r.system IS NULL LIMIT 1) AS account_row,
		(SELECT r.rowid FROM terminal r WHERE r.terminal = l.term
			AND r.vf <= l.ts AND l.ts < r.vt LIMIT 1) AS terminal_row,
		(SELECT r.rowid FROM consumer r WHERE r.consumer = l.obj
			AND r.vf <= l.ts AND l.ts < r.vt LIMIT 1) AS consumer_row
	FROM accepted l WHERE l.act <> 'health';

CREATE TABLE every AS
	SELECT s.id, s.ts, s.day, s.sys, s.acct, s.act, s.ok, s.reason, s.viewed, s.masked, s.term,
		s.client, s.obj, s.cls, s.account_row, s.terminal_row,
		a.org AS org_a, a.kind, a.role, a.owner, a.schedule, a.created_day,
		coalesce(a.priv, 0) AS priv,
		n.net, n.cidr, n.org AS net_org, n.kind AS net_kind, n.site, n.public,
		CASE WHEN n.kind IN ('site', 'vpn') AND NOT n.shared THEN n.org END AS org_n,
		t.org AS org_t, t.kind AS term_kind, t.assignee, c.area,
		CASE WHEN c.rowid IS NULL THEN 'unknown' WHEN c.type IN ('last', 'fit') THEN c.type
			WHEN c.supplier = a.org THEN 'own' ELSE 'other' END AS rel
	FROM seen s
	LEFT JOIN account a ON a.rowid = s.account_row
	LEFT JOIN terminal t ON t.rowid = s.terminal_row
	LEFT JOIN consumer c ON c.rowid = s.consumer_row
	LEFT JOIN net_of n ON n.ip = s.ip;
CREATE UNIQUE INDEX every_i ON every(id);
CREATE INDEX every_acct ON every(acct, day);
CREATE VIEW ev AS SELECT * FROM every WHERE ok = 1;
