-- Ledgers with their times as UTC milliseconds, half open [vf, vt), an open end as the greatest
-- int64 (B.0.5, 0.1, B.13.7). A date that cannot be read stops the run: silently open would hide
-- it.
CREATE TABLE written(v TEXT PRIMARY KEY, ms INTEGER CHECK (ms IS NOT NULL)) WITHOUT ROWID;
INSERT INTO written
	SELECT v, CASE WHEN v GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]*'
		THEN CAST(strftime('%s', v) AS INTEGER) * 1000 - 32400000 END
	FROM (SELECT valid_from AS v FROM c_accounts UNION SELECT valid_to FROM c_accounts
		UNION SELECT valid_from FROM c_terminals UNION SELECT valid_to FROM c_terminals
		UNION SELECT valid_from FROM c_consumers UNION SELECT valid_to FROM c_consumers
		UNION SELECT valid_from FROM c_allow_pairs UNION SELECT valid_to FROM c_allow_pairs
		UNION SELECT [from] FROM c_disasters UNION SELECT [to] FROM c_disasters
		UNION SELECT [from] FROM c_grants UNION SELECT [to] FROM c_grants
		UNION SELECT date FROM c_holidays UNION SELECT date FROM c_closures)
	WHERE v IS NOT NULL;

CREATE TABLE account AS
	SELECT a.row, account, system, org, kind, role,
		coalesce(privileged IN ('yes', '1'), 0) AS priv,
		coalesce(f.ms, -9223372036854775807) AS vf,
		coalesce(t.ms, 9223372036854775807) AS vt
	FROM c_accounts a
	LEFT JOIN written f ON f.v = valid_from
	LEFT JOIN written t ON t.v = valid_to
	WHERE account IS NOT NULL;
CREATE INDEX account_i ON account(account);

CREATE TABLE terminal AS
	SELECT terminal, org,
		coalesce(f.ms, -9223372036854775807) AS vf,
		coalesce(t.ms, 9223372036854775807) AS vt
	FROM c_terminals
	LEFT JOIN written f ON f.v = valid_from
	LEFT JOIN written t ON t.v = valid_to
	WHERE terminal IS NOT NULL;
CREATE INDEX terminal_i ON terminal(terminal);

CREATE TABLE consumer AS
	SELECT consumer, supplier, area, type,
		coalesce(f.ms, -9223372036854775807) AS vf,
		coalesce(t.ms, 9223372036854775807) AS vt
	FROM c_consumers
	LEFT JOIN written f ON f.v = valid_from
	LEFT JOIN written t ON t.v = valid_to
	WHERE consumer IS NOT NULL;
CREATE INDEX consumer_i ON consumer(consumer, vf);

CREATE TABLE allow_pair AS
	SELECT account_org, origin_org, system,
		coalesce(f.ms, -9223372036854775807) AS vf,
		coalesce(t.ms, 9223372036854775807) AS vt
	FROM c_allow_pairs
	LEFT JOIN written f ON f.v = valid_from
	LEFT JOIN written t ON t.v = valid_to;

CREATE TABLE granted AS
	SELECT kind, subject, system,
		coalesce(f.ms, -9223372036854775807) AS vf,
		coalesce(t.ms, 9223372036854775807) AS vt
	FROM c_grants
	LEFT JOIN written f ON f.v = [from]
	LEFT JOIN written t ON t.v = [to];

-- B.6: rows without coordination do not exist; a row without org is every organisation (B.13.29,
-- 48).
CREATE TABLE disaster AS
	SELECT id, org, ';' || replace(areas, ' ', '') || ';' AS areas,
		coalesce(f.ms, -9223372036854775807) AS vf,
		coalesce(t.ms, 9223372036854775807) AS vt
	FROM c_disasters
	LEFT JOIN written f ON f.v = [from]
	LEFT JOIN written t ON t.v = [to]
	WHERE coordination IN ('yes', '1');

CREATE TABLE org_class AS SELECT org, class FROM c_orgs;
CREATE INDEX org_class_i ON org_class(org);

-- The matrix in the order it is asked (B.5); `final` marks the default, its last row.
CREATE TABLE barrier AS
	SELECT row_number() OVER w AS place, row_number() OVER w = count(*) OVER () AS final,
		viewer_class, role, purpose, system, class, relation, disaster, verdict
	FROM c_barrier WHERE prio IS NOT NULL WINDOW w AS (ORDER BY CAST(prio AS INTEGER), row);

-- JST day numbers on which nobody works (B.13.31); Saturdays and Sundays are added where needed.
CREATE TABLE day_off AS
	SELECT (ms + 32400000) / 86400000 AS day FROM written
	WHERE v IN (SELECT date FROM c_holidays UNION SELECT date FROM c_closures);
