-- The survey again, in SQLite: `ours` from lines with their look-ups, ledgers and the oracle's rules, `got` from the
-- survey's JSON, both as (kind, place, value).  Behind the files of scripts/oracle, whose accepted lines have the same
-- numbers as ours: written, day_off, unit_line and rule are theirs.
.import --csv @TMP@/enriched.csv enriched
.mode csv
CREATE TABLE expect(sys TEXT, a INT, b INT);
.import @TMP@/expect.csv expect
CREATE TABLE text(j TEXT);
.mode ascii
.separator "\a" "\n"
.import @TMP@/whole text
CREATE TABLE reject(line TEXT);
.import @TMP@/rejects.tsv reject
.mode list
.separator "|" "\n"

CREATE TABLE s AS SELECT j FROM text WHERE j LIKE '{"schema":"sekisho/survey/1"%';
CREATE TABLE finding AS SELECT j FROM text WHERE j LIKE '{"schema":"sekisho/finding/1"%';
CREATE TABLE ours(kind TEXT, place TEXT, value);
CREATE TABLE got(kind TEXT, place TEXT, value);

-- Lines, doubles once, with the oracle's numbers.
CREATE TABLE e AS
	WITH RECURSIVE copy(j) AS (SELECT 1 UNION ALL SELECT j + 1 FROM copy WHERE j < 100),
	most AS (SELECT *, max(c) AS copies FROM (
		SELECT *, count(*) AS c FROM enriched GROUP BY sys, feed, raw, file) GROUP BY sys, feed, raw)
	SELECT row_number() OVER (ORDER BY CAST(ts AS INTEGER), sys, raw, feed, j) AS id, CAST(ts AS INTEGER) AS t,
		(ts + 32400000) / 86400000 AS day, (ts + 32400000) % 86400000 AS ms,
		act <> 'health' AND ok = '1' AS counts,
		act IN ('view', 'list', 'export', 'print', 'download') AND ok = '1' AS view,
		most.*
	FROM most JOIN copy ON j <= copies;
CREATE UNIQUE INDEX e_i ON e(id);
CREATE INDEX e_acct ON e(acct, sys);
CREATE TABLE span_of AS SELECT min(day) AS a, max(day) AS b, min(t) AS first, max(t) AS last FROM e;

CREATE TABLE days AS
	WITH RECURSIVE d(day) AS (SELECT a FROM span_of UNION ALL SELECT day + 1 FROM d, span_of WHERE day < b)
	SELECT day, date(day * 86400, 'unixepoch') AS name, (day + 3) % 7 AS dow,
		CASE WHEN day IN (SELECT day FROM day_off) THEN 'hol' WHEN (day + 3) % 7 = 5 THEN 'sat'
			WHEN (day + 3) % 7 = 6 THEN 'sun' ELSE 'biz' END AS type
	FROM d;
INSERT INTO ours SELECT 'days', name, type FROM days;
INSERT INTO got SELECT 'days', json_extract(value, '$.day'), json_extract(value, '$.type')
	FROM s, json_each(j, '$.days');
INSERT INTO ours SELECT 'days', 'from', date(a * 86400, 'unixepoch') FROM span_of
	UNION ALL SELECT 'days', 'to', date(b * 86400, 'unixepoch') FROM span_of;
INSERT INTO got SELECT 'days', 'from', json_extract(j, '$.from') FROM s
	UNION ALL SELECT 'days', 'to', json_extract(j, '$.to') FROM s;

-- Systems by day.
CREATE TABLE got_system AS SELECT json_extract(value, '$.system') AS sys, value AS j FROM s, json_each(s.j, '$.systems');
CREATE TABLE heard AS
	SELECT sys, day, count(*) AS n, strftime('%H:%M:%S', min(ms) / 1000, 'unixepoch') AS first,
		strftime('%H:%M:%S', max(ms) / 1000, 'unixepoch') AS last FROM e GROUP BY sys, day;
CREATE TABLE sys_day AS
	SELECT y.id AS sys, d.*, coalesce(n, 0) AS n, first, last
	FROM in_systems y JOIN days d LEFT JOIN heard h ON h.sys = y.id AND h.day = d.day;
-- Minutes in which a line is missed, and the longest run of silent ones: minutes of 1970.
CREATE TABLE slot AS
	SELECT sys, day, name, max((day * 1440 - 540) + a, (SELECT -(-first / 60000) + (first % 60000 > 0) FROM span_of)) AS a,
		min((day * 1440 - 540) + b, (SELECT last / 60000 FROM span_of)) AS b
	FROM sys_day JOIN expect USING (sys) WHERE type = 'biz';
DELETE FROM slot WHERE a >= b;
CREATE TABLE beat AS SELECT DISTINCT sys, t / 60000 AS m FROM e;
CREATE INDEX beat_i ON beat(sys, m);
CREATE TABLE gap AS
	SELECT sys, name, max(len) AS gap FROM (
		SELECT sys, name, m - lag(m, 1, a - 1) OVER (PARTITION BY sys, name ORDER BY m) - 1 AS len
		FROM (SELECT slot.sys, name, a, m FROM slot JOIN beat ON beat.sys = slot.sys AND m >= a AND m < b
			UNION ALL SELECT sys, name, a, b FROM slot)) GROUP BY sys, name;
INSERT INTO ours SELECT 'system lines', sys || ' ' || name, n FROM sys_day;
INSERT INTO ours SELECT 'system first', sys || ' ' || name, first FROM sys_day;
INSERT INTO ours SELECT 'system last', sys || ' ' || name, last FROM sys_day;
INSERT INTO ours SELECT 'system gap', sys || ' ' || name, gap FROM sys_day LEFT JOIN gap USING (sys, name);
INSERT INTO ours SELECT 'system expected', sys || ' ' || name, gap IS NOT NULL FROM sys_day LEFT JOIN gap USING (sys, name);
INSERT INTO ours SELECT 'system owner', id, owner FROM in_systems;
CREATE TABLE member(kind TEXT, name TEXT);
INSERT INTO member VALUES ('system lines', 'lines'), ('system first', 'first'), ('system last', 'last'),
	('system gap', 'gap_minutes'), ('system expected', 'expected');
INSERT INTO got SELECT kind, sys || ' ' || json_extract(s.j, '$.days[' || v.key || '].day'), v.value
	FROM s, member, got_system, json_each(got_system.j, '$.' || name) v;
INSERT INTO got SELECT 'system owner', sys, json_extract(j, '$.owner') FROM got_system;
-- Refused: of a feed, as many as the file that has most.
INSERT INTO ours
	SELECT 'system refused', id, coalesce((SELECT sum(most) FROM (SELECT feed, line, max(c) AS most FROM (
		SELECT substr(line, 1, instr(line, char(9)) - 1) AS file, substr(line, instr(line, char(9)) + 1) AS line,
			count(*) AS c FROM reject GROUP BY 1, 2)
		JOIN (SELECT DISTINCT file, feed, sys FROM enriched) USING (file)
		WHERE sys = id GROUP BY feed, line)), 0)
	FROM in_systems;
INSERT INTO got SELECT 'system refused', sys, json_extract(j, '$.refused') FROM got_system;
-- Hours of the week; zeroes stand on both sides.
CREATE TABLE hour AS WITH RECURSIVE h(h) AS (SELECT 0 UNION ALL SELECT h + 1 FROM h WHERE h < 167) SELECT h FROM h;
CREATE TABLE off AS SELECT * FROM e WHERE counts AND account_kind = 'person' AND hours = 'off';
CREATE TABLE by_hour AS
	SELECT 'system hours' AS kind, sys || ' ' || ((day + 3) % 7 * 24 + ms / 3600000) AS place, count(*) AS n FROM e GROUP BY 2
	UNION ALL SELECT 'system off_hours', sys || ' ' || ((day + 3) % 7 * 24 + ms / 3600000), count(*) FROM off GROUP BY 2;
INSERT INTO ours SELECT k.kind, y.id || ' ' || h, coalesce(n, 0)
	FROM (SELECT DISTINCT kind FROM by_hour) k JOIN in_systems y JOIN hour
	LEFT JOIN by_hour b ON b.kind = k.kind AND b.place = y.id || ' ' || h;
INSERT INTO got SELECT 'system hours', sys || ' ' || (d.key * 24 + h.key), h.value
	FROM got_system, json_each(j, '$.hours') d, json_each(d.value) h;
INSERT INTO got SELECT 'system off_hours', sys || ' ' || (d.key * 24 + h.key), h.value
	FROM got_system, json_each(j, '$.off_hours') d, json_each(d.value) h;

-- Schedules: the account's own if it has hours, else the one named like its organisation.
CREATE TABLE known AS SELECT DISTINCT schedule FROM in_schedules;
CREATE TABLE row_of AS
	SELECT rowid + 1 AS line, account, CASE WHEN schedule IN (SELECT schedule FROM known) THEN schedule
		WHEN org IN (SELECT schedule FROM known) THEN org END AS schedule FROM in_accounts;
CREATE TABLE worked AS
	SELECT r.schedule, e.acct, (day + 3) % 7 * 24 + ms / 3600000 AS h
	FROM e JOIN row_of r ON r.line = CAST(e.account_row AS INTEGER)
	WHERE counts AND account_kind = 'person' AND r.schedule IS NOT NULL;
CREATE INDEX worked_i ON worked(schedule, acct);
INSERT INTO ours SELECT 'schedule accounts', schedule, (SELECT count(DISTINCT acct) FROM worked w
	WHERE w.schedule = k.schedule) FROM known k;
CREATE TABLE worked_by AS SELECT schedule, h, count(*) AS n FROM worked GROUP BY schedule, h;
INSERT INTO ours SELECT 'schedule hours', k.schedule || ' ' || hour.h, coalesce(n, 0)
	FROM known k JOIN hour LEFT JOIN worked_by w ON w.schedule = k.schedule AND w.h = hour.h;
INSERT INTO ours SELECT 'schedule permitted', schedule || ' ' || daytype,
	'[[' || group_concat((substr(start, 1, 2) * 60 + substr(start, 4, 2)) || ',' ||
		(substr(end, 1, 2) * 60 + substr(end, 4, 2)), '],[') || ']]'
	FROM in_schedules GROUP BY schedule, daytype;
CREATE TABLE got_schedule AS
	SELECT json_extract(value, '$.schedule') AS schedule, value AS j FROM s, json_each(s.j, '$.schedules');
INSERT INTO got SELECT 'schedule accounts', schedule, json_extract(j, '$.accounts') FROM got_schedule;
INSERT INTO got SELECT 'schedule hours', schedule || ' ' || (d.key * 24 + h.key), h.value
	FROM got_schedule, json_each(j, '$.hours') d, json_each(d.value) h;
INSERT INTO got SELECT 'schedule permitted', schedule || ' ' || p.key, p.value
	FROM got_schedule, json_each(j, '$.permitted') p WHERE p.value <> '[]';

-- Disasters: lines of IDs and terminals kept for them.
CREATE TABLE used AS
	SELECT e.*, CAST(org_window_row AS INTEGER) AS w FROM e WHERE counts AND disaster_subject <> '';
CREATE TABLE overscope AS SELECT id FROM used u WHERE org_dstate = 'in' AND view AND (
	cls <> '' AND window_shares_class = '0' OR area <> '' AND NOT EXISTS (SELECT 1 FROM disaster d
		WHERE (d.org = u.disaster_org OR d.org IS NULL) AND coalesce(vf, -1) <= u.t AND u.t < coalesce(vt, 1 << 60)
		AND (coalesce(d.areas, ';;') = ';;' OR instr(d.areas, ';' || u.area || ';'))));
CREATE TABLE window_row AS SELECT rowid + 1 AS at, * FROM in_disasters;
INSERT INTO ours SELECT 'disaster ids', id, (SELECT count(DISTINCT acct) FROM used
	WHERE w = at AND org_dstate = 'in' AND account_kind = 'disaster') FROM window_row;
INSERT INTO ours SELECT 'disaster terminals', id, (SELECT count(DISTINCT term) FROM used
	WHERE w = at AND org_dstate = 'in' AND term_kind = 'disaster') FROM window_row;
INSERT INTO ours SELECT 'disaster lines', id, (SELECT count(*) FROM used WHERE w = at AND org_dstate = 'in') FROM window_row;
INSERT INTO ours SELECT 'disaster views', id, (SELECT count(*) FROM used
	WHERE w = at AND org_dstate = 'in' AND view) FROM window_row;
INSERT INTO ours SELECT 'disaster consumers', id, (SELECT count(DISTINCT obj) FROM used
	WHERE w = at AND org_dstate = 'in' AND view AND obj <> '') FROM window_row;
INSERT INTO ours SELECT 'disaster tail', id, (SELECT count(*) FROM used WHERE w = at AND org_dstate = 'tail') FROM window_row;
INSERT INTO ours SELECT 'disaster overscope', r.id, count(o.id) FROM window_row r
	LEFT JOIN used u ON u.w = r.at LEFT JOIN overscope o ON o.id = u.id GROUP BY r.id;
INSERT INTO ours SELECT 'disaster last', id, (SELECT max(t) FROM used
	WHERE w = at AND org_dstate IN ('in', 'tail')) FROM window_row;
INSERT INTO ours SELECT 'disaster ids held', d.id, (SELECT count(DISTINCT account) FROM account a
	WHERE a.kind = 'disaster' AND (w.org = '' OR a.org = w.org) AND coalesce(a.vf, -1) <= f.ms
	AND f.ms < coalesce(a.vt, 1 << 60)) FROM window_row d JOIN window_row w ON w.at = d.at
	JOIN written f ON f.v = d."from";
INSERT INTO ours SELECT 'disaster names', id, name || ' ' || org || ' ' || replace(areas, ';', ' ') || ' ' || kind
	|| ' ' || (coordination = 'yes') FROM window_row;
CREATE TABLE got_disaster AS
	SELECT json_extract(value, '$.id') AS id, value AS j FROM s, json_each(s.j, '$.disasters');
DELETE FROM member;
INSERT INTO member VALUES ('disaster ids', 'ids'), ('disaster terminals', 'terminals'), ('disaster lines', 'lines'),
	('disaster views', 'views'), ('disaster consumers', 'consumers'), ('disaster tail', 'tail_lines'),
	('disaster overscope', 'overscope_lines'), ('disaster ids held', 'ids_held');
INSERT INTO got SELECT kind, id, json_extract(j, '$.' || name) FROM member, got_disaster;
INSERT INTO got SELECT 'disaster last', id, CAST(round((julianday(json_extract(j, '$.last')) - 2440587.5) * 86400000) AS INTEGER)
	FROM got_disaster;
INSERT INTO got SELECT 'disaster names', id, json_extract(j, '$.name') || ' ' || coalesce(json_extract(j, '$.org'), '') || ' '
	|| coalesce((SELECT group_concat(value, ' ') FROM json_each(j, '$.areas')), '') || ' ' || json_extract(j, '$.kind')
	|| ' ' || json_extract(j, '$.coordination') FROM got_disaster;

-- Accounts.
CREATE TABLE got_account AS
	SELECT json_extract(value, '$.acct') AS acct, value AS j FROM s, json_each(s.j, '$.accounts');
CREATE TABLE by_account AS
	SELECT acct, count(*) AS lines, sum(view) AS views, count(DISTINCT CASE WHEN view AND obj <> '' THEN obj END) AS consumers,
		count(DISTINCT CASE WHEN counts THEN day END) AS days,
		strftime('%H:%M', min(CASE WHEN counts THEN ms END) / 1000, 'unixepoch') AS hour_first,
		strftime('%H:%M', max(CASE WHEN counts THEN ms END) / 1000, 'unixepoch') AS hour_last,
		sum(counts AND account_kind = 'person' AND hours = 'off') AS off_hours_lines,
		count(DISTINCT CASE WHEN counts AND net <> '' THEN net END) AS networks,
		count(DISTINCT CASE WHEN counts AND term <> '' THEN term END) AS terminals,
		sum(counts AND account_org <> '' AND grant_row = '' AND (
			origin_net <> '' AND origin_net <> account_org AND pair_net_row = ''
			OR origin_term <> '' AND origin_term <> account_org AND pair_term_row = '')) AS outside_lines,
		sum(counts AND account_kind IN ('shared', 'group')) AS shared_lines,
		sum(counts AND account_kind IN ('shared', 'group') AND hand = 'person') AS attributed,
		max(id) AS last
	FROM e WHERE acct <> '' GROUP BY acct;
CREATE TABLE by_day AS
	SELECT acct, views, row_number() OVER (PARTITION BY acct ORDER BY views) AS at, count(*) OVER (PARTITION BY acct) AS n
	FROM (SELECT acct, day, sum(view) AS views FROM e WHERE counts AND acct <> '' GROUP BY acct, day);
CREATE INDEX by_day_i ON by_day(acct, at);
DELETE FROM member;
INSERT INTO member VALUES ('account days', 'days'), ('account lines', 'lines'), ('account views', 'views'),
	('account consumers', 'consumers'), ('account first', 'hour_first'), ('account last', 'hour_last'),
	('account off hours', 'off_hours_lines'), ('account networks', 'networks'), ('account terminals', 'terminals'),
	('account outside', 'outside_lines'), ('account median', 'views_median'), ('account most', 'views_max'),
	('account owner', 'owner'), ('account org', 'org'), ('account class', 'class'), ('account kind', 'kind'),
	('account role', 'role'), ('account status', 'status'), ('account schedule', 'schedule');
INSERT INTO got SELECT kind, acct, json_extract(j, '$.' || name) FROM member, got_account;
INSERT INTO ours SELECT 'account days', acct, days FROM by_account;
INSERT INTO ours SELECT 'account lines', acct, lines FROM by_account;
INSERT INTO ours SELECT 'account views', acct, views FROM by_account;
INSERT INTO ours SELECT 'account consumers', acct, consumers FROM by_account;
INSERT INTO ours SELECT 'account first', acct, hour_first FROM by_account;
INSERT INTO ours SELECT 'account last', acct, hour_last FROM by_account;
INSERT INTO ours SELECT 'account off hours', acct, off_hours_lines FROM by_account;
INSERT INTO ours SELECT 'account networks', acct, networks FROM by_account;
INSERT INTO ours SELECT 'account terminals', acct, terminals FROM by_account;
INSERT INTO ours SELECT 'account outside', acct, outside_lines FROM by_account;
INSERT INTO ours SELECT 'account median', acct, coalesce((SELECT views FROM by_day d
	WHERE d.acct = a.acct AND at = (n + 1) / 2), 0) FROM by_account a;
INSERT INTO ours SELECT 'account most', acct, coalesce((SELECT max(views) FROM by_day d WHERE d.acct = a.acct), 0)
	FROM by_account a;
-- As of the last line; an empty cell is null.
CREATE TABLE told AS SELECT a.acct, owner, account_org, account_class, account_kind, role, account_status, r.schedule
	FROM by_account a JOIN e ON e.id = a.last LEFT JOIN row_of r ON r.line = CAST(account_row AS INTEGER);
INSERT INTO ours SELECT 'account owner', acct, nullif(owner, '') FROM told;
INSERT INTO ours SELECT 'account org', acct, nullif(account_org, '') FROM told;
INSERT INTO ours SELECT 'account class', acct, nullif(account_class, '') FROM told;
INSERT INTO ours SELECT 'account kind', acct, coalesce(nullif(account_kind, ''), 'unknown') FROM told;
INSERT INTO ours SELECT 'account role', acct, nullif(role, '') FROM told;
INSERT INTO ours SELECT 'account status', acct, nullif(account_status, '') FROM told;
INSERT INTO ours SELECT 'account schedule', acct, schedule FROM told;
INSERT INTO ours SELECT 'account systems', acct, (SELECT group_concat(sys, ' ') FROM (
	SELECT DISTINCT sys FROM e WHERE e.acct = a.acct ORDER BY sys)) FROM by_account a;
INSERT INTO got SELECT 'account systems', acct, (SELECT group_concat(value, ' ') FROM json_each(j, '$.systems'))
	FROM got_account;
INSERT INTO ours SELECT 'account before', acct, NULL FROM by_account;
INSERT INTO got SELECT 'account before', acct, json_extract(j, '$.before') FROM got_account;
CREATE TABLE flag AS
	SELECT DISTINCT coalesce(json_extract(j, '$.subject.acct'), json_extract(j, '$.key.acct')) AS acct,
		json_extract(j, '$.rule') AS rule, max(json_extract(j, '$.points')) AS points FROM finding GROUP BY 1, 2;
INSERT INTO ours SELECT 'account flags', acct, (SELECT group_concat(rule, ' ') FROM (
	SELECT rule FROM flag f WHERE f.acct = a.acct ORDER BY rule)) FROM by_account a;
INSERT INTO got SELECT 'account flags', acct, (SELECT group_concat(value, ' ') FROM json_each(j, '$.flags')) FROM got_account;

-- Whence, by day: of the fifty accounts with the gravest findings.
CREATE TABLE grave AS SELECT acct FROM flag JOIN by_account USING (acct) GROUP BY acct
	ORDER BY max(flag.points) DESC, acct LIMIT 50;
INSERT INTO ours SELECT 'strips', acct || ' ' || date(day * 86400, 'unixepoch') || ' ' || net,
	net_org || ' ' || count(*) FROM e WHERE acct IN (SELECT acct FROM grave) GROUP BY acct, day, net;
INSERT INTO got SELECT 'strips', json_extract(a.value, '$.acct') || ' ' || json_extract(d.value, '$.day') || ' '
	|| coalesce(json_extract(o.value, '$.net'), ''), coalesce(json_extract(o.value, '$.org'), '') || ' '
	|| json_extract(o.value, '$.lines')
	FROM s, json_each(s.j, '$.strips') a, json_each(a.value, '$.days') d, json_each(d.value, '$.origins') o;

-- Affected: the lines of the oracle's units of rules that find violations.
CREATE TABLE hurt AS
	SELECT CASE WHEN (SELECT class FROM org_class o WHERE o.org = e.system_owner) = 'government' THEN '再エネ業務管理'
		WHEN act NOT IN ('view', 'list', 'export', 'print', 'download') THEN 'その他'
		WHEN relation = 'other' THEN '託送_新電力' WHEN relation = 'last' THEN '最終保障'
		WHEN relation = 'fit' THEN '送配電買取FIT' ELSE 'その他' END AS case_type, e.*,
		CASE WHEN view AND obj <> '' THEN obj END AS shown,
		CASE WHEN view AND obj <> '' AND act <> 'list' THEN obj END AS opened,
		CASE WHEN view AND obj <> '' AND e.day BETWEEN 19306 AND 19316 THEN obj END AS w1,
		CASE WHEN view AND obj <> '' AND e.day BETWEEN 19297 AND 19328 THEN obj END AS w2
	FROM e WHERE id IN (SELECT u.id FROM unit_line u JOIN rule USING (rule) WHERE rule.kind = 'violation'
		AND u.rule NOT IN (SELECT rule FROM need WHERE ledger NOT IN (SELECT ledger FROM c_named)));
CREATE TABLE hurt_by AS
	SELECT case_type || ' ' || account_org || ' ' || sys AS place, count(*) AS events, count(DISTINCT opened) AS opened,
		count(DISTINCT shown) AS displayed, count(DISTINCT nullif(acct, '')) AS accounts,
		count(DISTINCT nullif(acct, '') || ' ' || day) AS person_days, count(DISTINCT w1) AS w1, count(DISTINCT w2) AS w2
	FROM hurt GROUP BY case_type, account_org, sys
	UNION ALL SELECT 'total', count(*), count(DISTINCT opened), count(DISTINCT shown), count(DISTINCT nullif(acct, '')),
		count(DISTINCT nullif(acct, '') || ' ' || day), count(DISTINCT w1), count(DISTINCT w2) FROM hurt;
CREATE TABLE got_hurt AS
	SELECT json_extract(value, '$.case_type') || ' ' || coalesce(json_extract(value, '$.viewer_org'), '') || ' '
		|| json_extract(value, '$.system') AS place, value AS j FROM s, json_each(s.j, '$.affected')
	UNION ALL SELECT 'total', json_extract(j, '$.affected_total') FROM s;
INSERT INTO ours SELECT 'affected events', place, events FROM hurt_by;
INSERT INTO ours SELECT 'affected opened', place, opened FROM hurt_by;
INSERT INTO ours SELECT 'affected displayed', place, displayed FROM hurt_by;
INSERT INTO ours SELECT 'affected accounts', place, accounts FROM hurt_by;
INSERT INTO ours SELECT 'affected person-days', place, person_days FROM hurt_by;
INSERT INTO ours SELECT 'affected W1', place, w1 FROM hurt_by;
INSERT INTO ours SELECT 'affected W2', place, w2 FROM hurt_by;
DELETE FROM member;
INSERT INTO member VALUES ('affected events', 'events'), ('affected opened', 'opened'), ('affected displayed', 'displayed'),
	('affected accounts', 'accounts'), ('affected person-days', 'person_days'), ('affected W1', 'windows.W1'),
	('affected W2', 'windows.W2');
INSERT INTO got SELECT kind, place, json_extract(j, '$.' || name) FROM member, got_hurt;

-- Retailers and contractors, also those without a line.
CREATE TABLE touches AS
	SELECT id, account_org AS org FROM e WHERE counts UNION SELECT id, origin_net FROM e WHERE counts
	UNION SELECT id, origin_term FROM e WHERE counts;
CREATE TABLE by_retailer AS
	SELECT o.org || ' ' || y.id AS place, count(e.id) AS lines, count(DISTINCT nullif(e.acct, '')) AS accounts,
		min(e.t) AS first, max(e.t) AS last
	FROM in_orgs o JOIN in_systems y LEFT JOIN touches t ON t.org = o.org LEFT JOIN e ON e.id = t.id AND e.sys = y.id
	WHERE o.class = 'retailer' GROUP BY o.org, y.id;
INSERT INTO ours SELECT 'retailer lines', place, lines FROM by_retailer
	UNION ALL SELECT 'retailer accounts', place, accounts FROM by_retailer
	UNION ALL SELECT 'retailer first', place, first FROM by_retailer
	UNION ALL SELECT 'retailer last', place, last FROM by_retailer;
CREATE TABLE got_retailer AS
	SELECT json_extract(value, '$.org') || ' ' || json_extract(value, '$.system') AS place, value AS j
	FROM s, json_each(s.j, '$.retailers');
INSERT INTO got SELECT 'retailer lines', place, json_extract(j, '$.lines') FROM got_retailer
	UNION ALL SELECT 'retailer accounts', place, json_extract(j, '$.accounts') FROM got_retailer
	UNION ALL SELECT 'retailer first', place,
		CAST(round((julianday(json_extract(j, '$.first')) - 2440587.5) * 86400000) AS INTEGER) FROM got_retailer
	UNION ALL SELECT 'retailer last', place,
		CAST(round((julianday(json_extract(j, '$.last')) - 2440587.5) * 86400000) AS INTEGER) FROM got_retailer;
CREATE TABLE by_contractor AS
	SELECT o.org AS place, o.parent, count(DISTINCT acct) AS accounts, count(id) AS lines, coalesce(sum(view), 0) AS views,
		count(DISTINCT CASE WHEN view AND obj <> '' THEN obj END) AS consumers,
		coalesce(sum(counts AND account_kind = 'person' AND hours = 'off'), 0) AS off_hours_lines
	FROM in_orgs o LEFT JOIN e ON e.account_org = o.org WHERE o.class = 'contractor' GROUP BY o.org;
INSERT INTO ours SELECT 'contractor parent', place, nullif(parent, '') FROM by_contractor
	UNION ALL SELECT 'contractor accounts', place, accounts FROM by_contractor
	UNION ALL SELECT 'contractor lines', place, lines FROM by_contractor
	UNION ALL SELECT 'contractor views', place, views FROM by_contractor
	UNION ALL SELECT 'contractor consumers', place, consumers FROM by_contractor
	UNION ALL SELECT 'contractor off hours', place, off_hours_lines FROM by_contractor;
DELETE FROM member;
INSERT INTO member VALUES ('contractor parent', 'parent'), ('contractor accounts', 'accounts'), ('contractor lines', 'lines'),
	('contractor views', 'views'), ('contractor consumers', 'consumers'), ('contractor off hours', 'off_hours_lines');
INSERT INTO got SELECT kind, json_extract(value, '$.org'), json_extract(value, '$.' || name)
	FROM s, member, json_each(s.j, '$.contractors');

-- IDs.
INSERT INTO ours SELECT 'ids nonpersonal', t.acct, account_kind || ' ' || account_org || ' ' || a.lines || ' ' || attributed
	|| ' ' || shared_lines FROM told t JOIN by_account a USING (acct)
	WHERE account_kind IN ('shared', 'group', 'disaster', 'service');
INSERT INTO got SELECT 'ids nonpersonal', json_extract(value, '$.acct'), json_extract(value, '$.kind') || ' '
	|| json_extract(value, '$.org') || ' ' || json_extract(value, '$.lines') || ' ' || json_extract(value, '$.attributed')
	|| ' ' || json_extract(value, '$.shared_lines') FROM s, json_each(s.j, '$.ids.nonpersonal');
INSERT INTO ours SELECT 'ids unknown', acct || ' ' || sys, count(*) FROM e
	WHERE counts AND acct <> '' AND account_row = '' GROUP BY acct, sys;
INSERT INTO got SELECT 'ids unknown', json_extract(value, '$.acct') || ' ' || json_extract(value, '$.system'),
	json_extract(value, '$.lines') FROM s, json_each(s.j, '$.ids.unknown');
-- No world of the demo is six months long: never, or not at all.
INSERT INTO ours SELECT DISTINCT 'ids dormant', account, NULL FROM account a, span_of
	WHERE coalesce(vf, -1) <= last AND last < coalesce(vt, 1 << 60) AND coalesce(status, '') IN ('', 'active')
	AND coalesce(vf, -1) < first AND (created_day IS NULL OR created_day * 86400000 - 32400000 < first)
	AND account NOT IN (SELECT acct FROM e WHERE counts);
INSERT INTO got SELECT 'ids dormant', json_extract(value, '$.acct'), json_extract(value, '$.last')
	FROM s, json_each(s.j, '$.ids.dormant');

-- Screens.
INSERT INTO ours SELECT 'screen views', sys || ' ' || cls, count(*) FROM e WHERE view GROUP BY sys, cls;
INSERT INTO ours SELECT 'screen consumers', sys || ' ' || cls, count(DISTINCT nullif(obj, '')) FROM e WHERE view GROUP BY sys, cls;
INSERT INTO got SELECT 'screen views', json_extract(value, '$.system') || ' ' || coalesce(json_extract(value, '$.class'), ''),
	json_extract(value, '$.views') FROM s, json_each(s.j, '$.screens');
INSERT INTO got SELECT 'screen consumers', json_extract(value, '$.system') || ' ' || coalesce(json_extract(value, '$.class'), ''),
	json_extract(value, '$.consumers') FROM s, json_each(s.j, '$.screens');

CREATE INDEX want_i ON ours(kind, place);
CREATE INDEX got_i ON got(kind, place);
CREATE TABLE compared AS
	SELECT w.kind, w.place, g.rowid IS NOT NULL AND g.value IS w.value AS same,
		CASE WHEN g.rowid IS NULL THEN '(none)' ELSE g.value END AS got, w.value AS ours
	FROM ours w LEFT JOIN got g ON g.kind = w.kind AND g.place = w.place
	UNION ALL SELECT g.kind, g.place, 0, g.value, '(none)' FROM got g
	WHERE NOT EXISTS (SELECT 1 FROM ours w WHERE w.kind = g.kind AND w.place = g.place);
.nullvalue null
.output @TMP@/differences
SELECT kind, place, got, ours FROM compared WHERE NOT same ORDER BY kind, place;
.output @TMP@/kinds
SELECT kind, sum(same), sum(NOT same) FROM compared GROUP BY kind ORDER BY kind;
.output
