-- DIS-08: windows that are not as they should be.  DIS-09: what was left open a day after one.
-- Neither has lines (B.6, B.9; the instants of their units stand for lines).
CREATE TABLE weighed AS
	SELECT w.*, r.ms AS registered FROM disaster w CROSS JOIN span s
	LEFT JOIN written r ON r.v = w.registered_at
	WHERE w.vt > s.a AND w.vf <= s.b;
INSERT INTO bare
	SELECT 'DIS-08', id || char(31) || 'no_end', row, vf + 1209600000
	FROM weighed WHERE vt = 9223372036854775807 AND vf + 1209600000 <= (SELECT b FROM span)
	UNION ALL
	SELECT 'DIS-08', id || char(31) || 'registered_late', row, registered
	FROM weighed WHERE registered > vf + 86400000
	UNION ALL
	SELECT 'DIS-08', id || char(31) || 'no_approver', row, vf FROM weighed WHERE approver IS NULL
	UNION ALL
	SELECT 'DIS-08', id || char(31) || 'overlap', row, vf
	FROM weighed w WHERE EXISTS (SELECT 1 FROM disaster o
		WHERE (o.vf < w.vf OR o.vf = w.vf AND o.row < w.row) AND w.vf < o.vt
		AND (o.org IS NULL OR w.org IS NULL OR o.org = w.org)
		AND (o.areas IS NULL OR w.areas IS NULL OR EXISTS (
			SELECT 1 FROM json_each('["' || replace(trim(w.areas, ';'), ';', '","') || '"]') a
			WHERE instr(o.areas, ';' || a.value || ';'))));

CREATE TABLE ended AS
	SELECT w.row, w.org, w.vt + 86400000 AS t FROM disaster w CROSS JOIN span s
	WHERE w.vt < 9223372036854775807 AND s.a < w.vt + 86400000 AND w.vt + 86400000 <= s.b;
INSERT INTO bare
	SELECT 'DIS-09', subject || char(31) || 'open', row, t
	FROM (SELECT a.account AS subject, a.org, e.row, e.t
		FROM ended e JOIN account a ON (e.org IS NULL OR a.org = e.org)
			AND a.kind = 'disaster' AND a.status = 'active' AND a.vf <= e.t AND e.t < a.vt
		UNION
		SELECT k.terminal, coalesce(l.org, k.org), e.row, e.t
		FROM ended e JOIN terminal k ON k.kind = 'disaster' AND k.vf <= e.t AND e.t < k.vt
		JOIN loan l ON l.terminal = k.terminal AND l.vf <= e.t AND e.t < l.vt
			AND (e.org IS NULL OR coalesce(l.org, k.org) = e.org)) o
	WHERE NOT EXISTS (SELECT 1 FROM disaster w WHERE (w.org IS NULL OR w.org = o.org)
		AND w.vf <= o.t AND o.t < w.vt);
