-- XTN-01: which views did the matrix deny?  XTN-02: the same hits by viewer organisation (B.5).
CREATE TABLE denied AS SELECT id FROM verdict WHERE verdict = 'deny';
CREATE UNIQUE INDEX denied_i ON denied(id);
INSERT INTO hit
	SELECT 'XTN-01', coalesce(acct, '') || char(31) || sys || char(31)
		|| coalesce(cls, '') || char(31) || rel, 1800000, ts, id
	FROM ev JOIN denied USING (id);
INSERT INTO hit
	SELECT 'XTN-02', org_a || char(31) || sys || char(31) || coalesce(cls, ''),
		604800000, ts, id
	FROM ev JOIN denied USING (id);
