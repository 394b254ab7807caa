-- XTN-01: which views did the matrix deny?  XTN-02: the same hits by viewer organisation (B.5).
-- XTN-03: attempts that were refused.  XTN-04: what the matrix has no row for.  XTN-05: consumers
-- outside the areas of the viewer's organisation.
CREATE TABLE denied AS SELECT id FROM verdict WHERE verdict = 'deny';
CREATE UNIQUE INDEX denied_i ON denied(id);
INSERT INTO hit
	SELECT 'XTN-01', coalesce(acct, '') || char(31) || sys || char(31)
		|| coalesce(cls, '') || char(31) || rel, ts, id
	FROM ev JOIN denied USING (id);
INSERT INTO hit
	SELECT 'XTN-02', org_a || char(31) || sys || char(31) || coalesce(cls, ''),
		ts, id
	FROM ev JOIN denied USING (id);
INSERT INTO hit
	SELECT 'XTN-03', acct || char(31) || sys, ts, id
	FROM every WHERE ok = 0 AND reason = 'forbidden' AND (viewed OR act = 'login')
	AND acct IS NOT NULL;
INSERT INTO hit
	SELECT 'XTN-04', org_a || char(31) || sys || char(31) || coalesce(cls, '') || char(31) || rel,
		ts, id
	FROM ev JOIN verdict USING (id) WHERE unsettled;
INSERT INTO hit
	SELECT 'XTN-05', e.acct || char(31) || e.area, e.ts, e.id
	FROM ev e JOIN org_class c ON c.org = e.org_a
	WHERE e.viewed AND e.area IS NOT NULL AND c.areas IS NOT NULL
	AND NOT instr(c.areas, ';' || e.area || ';');
