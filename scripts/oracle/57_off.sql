-- OFF-01, OFF-02: outside the hours of the account's schedule.  OFF-03: at an hour of the week the
-- account did not use before (B.3, B.13.30, 31, 49).  A shift belongs to the day it begins on.
CREATE TABLE clock(v TEXT PRIMARY KEY, ms INTEGER CHECK (ms IS NOT NULL));
INSERT INTO clock
	SELECT v, CASE WHEN v GLOB '[0-9]*:[0-9][0-9]' OR v GLOB '[0-9]*:[0-9][0-9]:[0-9][0-9]' THEN
		3600000 * CAST(v AS INTEGER) + 60000 * CAST(substr(v, instr(v, ':') + 1, 2) AS INTEGER)
		+ 1000 * CAST(substr(v, instr(v, ':') + 4, 2) AS INTEGER) END
	FROM (SELECT start AS v FROM c_schedules UNION SELECT [end] FROM c_schedules) WHERE v IS NOT NULL;

CREATE TABLE calendar AS
	WITH RECURSIVE d(day, last) AS (
		SELECT min(day) - 1, max(day) + 1 FROM accepted
		UNION ALL SELECT day + 1, last FROM d WHERE day < last)
	SELECT day, CASE WHEN day IN (SELECT day FROM day_off) THEN 'hol'
		ELSE CASE (day % 7 + 11) % 7 WHEN 6 THEN 'sat' WHEN 0 THEN 'sun' ELSE 'biz' END END AS type
	FROM d;
CREATE UNIQUE INDEX calendar_i ON calendar(day);
CREATE TABLE shift AS
	SELECT s.schedule, c.day, c.day * 86400000 - 32400000 + a.ms - 1800000 AS vf,
		c.day * 86400000 - 32400000 + b.ms + 1800000 AS vt
	FROM c_schedules s JOIN calendar c ON c.type = s.daytype
	JOIN clock a ON a.v = s.start JOIN clock b ON b.v = s.[end];
CREATE INDEX shift_i ON shift(schedule, day);

CREATE TABLE kept_hours AS
	SELECT * FROM (SELECT id, ts, day, acct, org_a, CASE
			WHEN schedule IN (SELECT schedule FROM c_schedules) THEN schedule
			WHEN org_a IN (SELECT schedule FROM c_schedules) THEN org_a END AS hours
		FROM ev WHERE kind = 'person') WHERE hours IS NOT NULL;
CREATE TABLE off_hours AS
	SELECT e.* FROM kept_hours e
	WHERE NOT EXISTS (SELECT 1 FROM shift s WHERE s.schedule = e.hours
		AND s.day BETWEEN e.day - 1 AND e.day + 1 AND s.vf <= e.ts AND e.ts < s.vt)
	AND NOT EXISTS (SELECT 1 FROM l_permits p WHERE p.account = e.acct AND p.kind IS NOT 'travel'
		AND p.vf <= e.ts AND e.ts < p.vt)
	AND NOT EXISTS (SELECT 1 FROM disaster w WHERE (w.org IS NULL OR w.org = e.org_a)
		AND w.vf <= e.ts AND e.ts < w.vt);
INSERT INTO hit SELECT 'OFF-01', acct, ts, id FROM off_hours;
INSERT INTO hit
	SELECT 'OFF-02', acct, ts, id
	FROM off_hours JOIN calendar USING (day) WHERE type <> 'biz';
INSERT INTO bonus
	SELECT h.rule, h.key, h.id, 10
	FROM hit h JOIN off_hours e ON e.id = h.id
	JOIN org_class c ON c.org = e.org_a AND c.class = 'contractor'
	WHERE h.rule IN ('OFF-01', 'OFF-02');

-- bins: hours of the week, on any origin
CREATE TABLE bin AS
	SELECT DISTINCT acct, day, ((ts + 32400000) / 3600000 % 168 + 168) % 168 AS h
	FROM ev WHERE kind = 'person' AND viewed;
CREATE INDEX bin_i ON bin(acct, h, day);
CREATE TABLE practised AS
	SELECT acct, day FROM (
		SELECT acct, day, count(*) OVER (PARTITION BY acct ORDER BY day
			RANGE BETWEEN 56 PRECEDING AND 1 PRECEDING) AS days
		FROM (SELECT DISTINCT acct, day FROM bin))
	WHERE days >= 20;
INSERT INTO fired
	SELECT 'OFF-03', d.acct, d.day, e.id
	FROM (SELECT DISTINCT p.acct, p.day FROM practised p JOIN bin b USING (acct, day)
		WHERE NOT EXISTS (SELECT 1 FROM bin o WHERE o.acct = p.acct
			AND o.h IN ((b.h + 167) % 168, b.h, (b.h + 1) % 168)
			AND o.day BETWEEN p.day - 56 AND p.day - 1)) d
	CROSS JOIN ev e ON e.acct = d.acct AND e.day = d.day;
