-- VOL-01: on which days did an account look at far more consumers than its own days of the same
-- type before (B.7)? Days inside a disaster window or with a silent system count on neither side
-- (B.13.44).
CREATE TABLE looked AS
	SELECT acct, day, count(DISTINCT obj) AS x, min(id) AS k_first
	FROM ev WHERE kind = 'person' AND viewed AND obj IS NOT NULL GROUP BY acct, day;

CREATE TABLE day_type AS
	SELECT day, (day % 7 + 11) % 7 IN (0, 6) OR day IN (SELECT day FROM day_off) AS off
	FROM (SELECT DISTINCT day FROM looked);
CREATE TABLE gap_day AS
	SELECT t.day FROM day_type t WHERE NOT t.off AND EXISTS (
		SELECT 1 FROM c_systems s WHERE NOT EXISTS (
			SELECT 1 FROM (SELECT DISTINCT sys, day FROM accepted) l
			WHERE l.sys = s.id AND l.day = t.day));

CREATE TABLE usable AS
	SELECT l.acct, l.day, l.x, t.off
	FROM looked l JOIN day_type t USING (day) JOIN ev e ON e.id = l.k_first
	WHERE l.day NOT IN (SELECT day FROM gap_day)
	AND NOT EXISTS (SELECT 1 FROM disaster w WHERE (w.org IS NULL OR w.org = e.org_a)
		AND w.vf < (l.day + 1) * 86400000 - 32400000
		AND w.vt > l.day * 86400000 - 32400000);
CREATE INDEX usable_i ON usable(acct, off, day);

-- d: the day judged; b: the 28 latest days of its baseline
CREATE TABLE baseline AS
	SELECT * FROM (
		SELECT d.acct, d.day, d.x, b.x AS bx, count(*) OVER (PARTITION BY d.acct, d.day) AS n,
			row_number() OVER (PARTITION BY d.acct, d.day ORDER BY b.day DESC) AS latest
		FROM usable d JOIN usable b ON b.acct = d.acct AND b.off = d.off
			AND b.day >= d.day - 60 AND b.day < d.day - 2
		WHERE d.x >= 30)
	WHERE n >= 10 AND latest <= 28;
-- lower median: element ceil(n/2) of the sorted values
CREATE TABLE median AS
	SELECT acct, day, x, bx AS med FROM (
		SELECT *, row_number() OVER (PARTITION BY acct, day ORDER BY bx) AS r,
			count(*) OVER (PARTITION BY acct, day) AS m FROM baseline)
	WHERE r = (m + 1) / 2;
CREATE TABLE deviation AS
	SELECT acct, day, mad FROM (
		SELECT b.acct, b.day, abs(b.bx - m.med) AS mad,
			row_number() OVER (PARTITION BY b.acct, b.day ORDER BY abs(b.bx - m.med)) AS r,
			count(*) OVER (PARTITION BY b.acct, b.day) AS m
		FROM baseline b JOIN median m ON m.acct = b.acct AND m.day = b.day)
	WHERE r = (m + 1) / 2;
CREATE TABLE surge AS
	SELECT acct, day FROM median JOIN deviation USING (acct, day)
	WHERE x > med
	AND (x - med) * (x - med) * 1000000
		> 25 * max((1483 * mad) * (1483 * mad), 1000000 * med, 9000000);
INSERT INTO fired
	SELECT 'VOL-01', u.acct, u.day, e.id
	FROM surge u CROSS JOIN ev e ON e.acct = u.acct AND e.day = u.day;
