-- Ledgers as the rules ask them. Cells of several values become ';A;B;' (B.13.5).
CREATE TABLE account AS
	SELECT a.row, account, system, owner, org, kind, role, schedule, status,
		coalesce(privileged IN ('yes', '1'), 0) AS priv, (c.ms + 32400000) / 86400000 AS created_day,
		vf, vt
	FROM l_accounts a LEFT JOIN written c ON c.v = a.created
	WHERE account IS NOT NULL;
CREATE INDEX account_i ON account(account);

CREATE TABLE terminal AS
	SELECT terminal, org, kind, assignee, vf, vt FROM l_terminals WHERE terminal IS NOT NULL;
CREATE INDEX terminal_i ON terminal(terminal);
CREATE TABLE loan AS
	SELECT terminal, org, vf, vt FROM l_terminal_loans WHERE terminal IS NOT NULL;
CREATE INDEX loan_i ON loan(terminal);

CREATE TABLE consumer AS
	SELECT consumer, supplier, area, type, vf, vt FROM l_consumers WHERE consumer IS NOT NULL;
CREATE INDEX consumer_i ON consumer(consumer, vf);

CREATE TABLE allow_pair AS SELECT account_org, origin_org, system, vf, vt FROM l_allow_pairs;
CREATE TABLE granted AS SELECT kind, subject, system, vf, vt FROM l_grants;
CREATE INDEX granted_i ON granted(subject);
CREATE TABLE people AS SELECT person, org, vf, vt FROM l_people;
CREATE INDEX people_i ON people(person);

-- B.6: rows without coordination do not exist; a row without org is every organisation (B.13.29,
-- 48).
CREATE TABLE disaster AS
	SELECT row, id, org, ';' || replace(areas, ' ', '') || ';' AS areas,
		';' || replace(shared_classes, ' ', '') || ';' AS shared_classes, approver, registered_at,
		vf, vt
	FROM l_disasters WHERE coordination IN ('yes', '1');

CREATE TABLE org_class AS
	SELECT org, class, ';' || replace(areas, ' ', '') || ';' AS areas FROM c_orgs;
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
