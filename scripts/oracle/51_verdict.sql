-- What does the barrier matrix say of each view? First row by prio whose every named cell equals
-- the line's value; NULL equals nothing (B.5, B.13.42). The disaster column sees the consumer's
-- area (B.6, B.13.24). purpose is never logged here, so a row that names one never matches.
CREATE TABLE viewing AS
	SELECT e.id, e.sys, e.cls, e.masked, e.role, e.rel, e.org_a,
		(SELECT class FROM org_class WHERE org = e.org_a) AS viewer_class,
		coalesce((SELECT max(CASE WHEN w.vf <= e.ts AND e.ts < w.vt THEN 3
				WHEN w.vt <= e.ts AND e.ts - w.vt < 86400000 THEN 2
				WHEN e.ts < w.vf AND w.vf - e.ts <= 7200000 THEN 1 ELSE 0 END)
			FROM disaster w WHERE (w.org IS NULL OR w.org = e.org_a)
			AND (w.areas IS NULL OR e.area IS NULL
				OR instr(w.areas, ';' || e.area || ';'))), 0) AS dstate
	FROM ev e WHERE e.viewed;

CREATE TABLE asked AS
	SELECT v.*, (SELECT b.place FROM barrier b
		WHERE (b.viewer_class IS NULL OR b.viewer_class = v.viewer_class)
		AND (b.role IS NULL OR b.role = v.role) AND b.purpose IS NULL
		AND (b.system IS NULL OR b.system = v.sys) AND (b.class IS NULL OR b.class = v.cls)
		AND (b.relation IS NULL OR b.relation = v.rel)
		AND (b.disaster IS NULL OR b.disaster = CASE v.dstate
			WHEN 3 THEN 'in' WHEN 2 THEN 'tail' WHEN 1 THEN 'early' ELSE 'peace' END)
		ORDER BY b.place LIMIT 1) AS place
	FROM viewing v;

CREATE TABLE verdict AS
	SELECT a.id, CASE
		WHEN a.org_a IS NULL OR b.place IS NULL THEN 'undetermined'
		WHEN a.rel = 'unknown' AND b.final THEN 'undetermined'
		WHEN b.verdict = 'allow_masked' THEN
			CASE a.masked WHEN 1 THEN 'allow' WHEN 0 THEN 'deny' ELSE 'undetermined' END
		WHEN b.verdict = 'allow_disaster' THEN CASE a.dstate WHEN 3 THEN 'allow' ELSE 'deny' END
		ELSE b.verdict END AS verdict,
		a.org_a IS NOT NULL AND (b.place IS NULL OR a.rel = 'unknown' AND b.final) AS unsettled
	FROM asked a LEFT JOIN barrier b ON b.place = a.place;
CREATE UNIQUE INDEX verdict_i ON verdict(id);
