-- Which lines are there?  The same raw line of one feed counts as often as in the file that has it
-- most often (B.0.3, per feed as SPEC sharpens it), then stands in the order K (B.0.4).
CREATE TABLE once AS
	SELECT sys, feed, raw, CAST(min(ts) AS INTEGER) AS ts, max(c) AS c, min(acct) AS acct,
		min(act) AS act, CAST(min(ok) AS INTEGER) AS ok, min(reason) AS reason,
		CAST(min(masked) AS INTEGER) AS masked, min(ip) AS ip, min(term) AS term,
		min(client) AS client, min(obj) AS obj, min(cls) AS cls
	FROM (SELECT *, count(*) AS c FROM c_parse GROUP BY sys, feed, raw, file)
	GROUP BY sys, feed, raw;

CREATE TABLE accepted AS
	WITH RECURSIVE copy(j) AS (
		SELECT 1 UNION ALL SELECT j + 1 FROM copy WHERE j < (SELECT max(c) FROM once))
	SELECT row_number() OVER (ORDER BY ts, sys, raw, feed, j) AS id, sys, ts, acct, act, ok, reason,
		masked, ip, term, client, obj, cls,
		-- JST day, floored also before 1970, where SQLite's division truncates
		(ts + 32400000 - ((ts + 32400000) % 86400000 + 86400000) % 86400000) / 86400000 AS day
	FROM once JOIN copy ON j <= c;
CREATE TABLE span AS SELECT min(ts) AS a, max(ts) AS b, min(day) AS first_day FROM accepted;
