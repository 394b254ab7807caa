-- Dates of ledgers and policy as UTC milliseconds, and each ledger with its validity [vf, vt), an
-- open end as the least or greatest int64 (B.0.5, 0.1, B.13.7). A date that cannot be read stops
-- the run: silently open would hide it. Written by the step itself, as the columns were.
CREATE TABLE date_column(col TEXT PRIMARY KEY, side TEXT);
INSERT INTO date_column VALUES ('valid_from', 'vf'), ('from', 'vf'), ('out', 'vf'),
	('valid_to', 'vt'), ('to', 'vt'), ('in', 'vt'),
	('created', NULL), ('registered_at', NULL), ('at', NULL), ('date', NULL), ('split_since', NULL);

CREATE TABLE written(v TEXT PRIMARY KEY, ms INTEGER CHECK (ms IS NOT NULL)) WITHOUT ROWID;
.once dates.gen
SELECT 'INSERT OR IGNORE INTO written SELECT v, CASE WHEN '
	|| 'v GLOB ''[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]*'' AND v NOT GLOB ''*[Zz+]*'' THEN '
	|| 'CAST(strftime(''%s'', v) AS INTEGER) * 1000 + CAST(substr(strftime(''%f'', v), 4) AS INTEGER)'
	|| ' - 32400000 END FROM (SELECT DISTINCT [' || col || '] AS v FROM c_' || tab
	|| ') WHERE v IS NOT NULL AND v NOT IN (SELECT v FROM written);'
FROM want JOIN date_column USING (col) ORDER BY tab, col;
.read dates.gen

.once dates.gen
SELECT 'CREATE TABLE l_' || f.tab || ' AS SELECT c.*, '
	|| 'coalesce(f.ms, -9223372036854775807) AS vf, coalesce(t.ms, 9223372036854775807) AS vt '
	|| 'FROM c_' || f.tab || ' c LEFT JOIN written f ON f.v = c.[' || f.col || '] '
	|| 'LEFT JOIN written t ON t.v = c.[' || t.col || '];'
FROM want f JOIN date_column df ON df.col = f.col AND df.side = 'vf'
JOIN want t ON t.tab = f.tab JOIN date_column dt ON dt.col = t.col AND dt.side = 'vt'
ORDER BY f.tab;
.read dates.gen
