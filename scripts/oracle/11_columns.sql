-- The columns the rules look at, picked by header name whatever the order of the file; an
-- optional column that is missing is NULL, an empty cell is NULL (B.13.7; the contract's ledgers).
-- SQLite cannot name a column at run time, so this step writes columns.gen and reads it back.
CREATE TABLE want(tab TEXT, col TEXT, pos INT, required INT);
INSERT INTO want VALUES
	('parse','ts',1,1), ('parse','sys',2,1), ('parse','feed',3,1), ('parse','file',4,1),
	('parse','acct',5,1), ('parse','act',6,1), ('parse','ok',7,1), ('parse','reason',8,1),
	('parse','masked',9,1), ('parse','ip',10,1), ('parse','term',11,1), ('parse','client',12,1),
	('parse','obj',13,1), ('parse','cls',14,1), ('parse','raw',15,1),
	('systems','id',1,1), ('systems','owner',2,1), ('systems','nonpersonal',3,1),
	('systems','internal_only',4,1), ('systems','split_since',5,1),
	('permitted','system',1,1), ('permitted','org',2,1), ('permitted','from',3,1),
	('permitted','to',4,1),
	('named','ledger',1,1),
	('public','class',1,1),
	('orgs','org',1,1), ('orgs','class',2,1), ('orgs','areas',3,0),
	('people','person',1,1), ('people','org',2,1), ('people','valid_from',3,0),
	('people','valid_to',4,0),
	('accounts','account',1,1), ('accounts','system',2,0), ('accounts','owner',3,0),
	('accounts','org',4,1), ('accounts','kind',5,1), ('accounts','privileged',6,0),
	('accounts','role',7,0), ('accounts','schedule',8,0), ('accounts','status',9,0),
	('accounts','created',10,0), ('accounts','valid_from',11,0), ('accounts','valid_to',12,0),
	('shared_ids','account',1,1), ('shared_ids','person',2,0), ('shared_ids','terminal',3,0),
	('shared_ids','out',4,1), ('shared_ids','in',5,0),
	('terminals','terminal',1,1), ('terminals','org',2,1), ('terminals','kind',3,0),
	('terminals','assignee',4,0), ('terminals','valid_from',5,0), ('terminals','valid_to',6,0),
	('terminal_loans','terminal',1,1), ('terminal_loans','org',2,0),
	('terminal_loans','out',3,1), ('terminal_loans','in',4,0),
	('networks','cidr',1,1), ('networks','org',2,0), ('networks','site',3,0),
	('networks','kind',4,0), ('networks','flags',5,0), ('networks','x_km',6,0),
	('networks','y_km',7,0), ('networks','lat',8,0), ('networks','lon',9,0),
	('consumers','consumer',1,1), ('consumers','supplier',2,1), ('consumers','area',3,0),
	('consumers','type',4,0), ('consumers','valid_from',5,0), ('consumers','valid_to',6,0),
	('barrier','prio',1,1), ('barrier','viewer_class',2,0), ('barrier','role',3,0),
	('barrier','purpose',4,0), ('barrier','system',5,0), ('barrier','class',6,0),
	('barrier','relation',7,0), ('barrier','disaster',8,0), ('barrier','verdict',9,1),
	('holidays','date',1,1),
	('closures','date',1,1),
	('schedules','schedule',1,1), ('schedules','daytype',2,1), ('schedules','start',3,1),
	('schedules','end',4,1),
	('permits','account',1,1), ('permits','kind',2,0), ('permits','from',3,1),
	('permits','to',4,1),
	('disasters','id',1,0), ('disasters','org',2,0), ('disasters','areas',3,0),
	('disasters','from',4,1), ('disasters','to',5,0), ('disasters','coordination',6,0),
	('disasters','shared_classes',7,0), ('disasters','approver',8,0),
	('disasters','registered_at',9,0),
	('allow_pairs','account_org',1,1), ('allow_pairs','origin_org',2,1),
	('allow_pairs','system',3,0), ('allow_pairs','valid_from',4,0),
	('allow_pairs','valid_to',5,0),
	('substitutes','person',1,1), ('substitutes','substitute',2,1), ('substitutes','from',3,1),
	('substitutes','to',4,1),
	('clients','org',1,1), ('clients','system',2,1), ('clients','client',3,1),
	('auth_events','at',1,1), ('auth_events','account',2,1), ('auth_events','kind',3,1),
	('auth_events','ok',4,0),
	('grants','kind',1,1), ('grants','subject',2,1), ('grants','system',3,0),
	('grants','from',4,1), ('grants','to',5,0);
CREATE TABLE have AS
	SELECT w.tab, w.col, w.pos, w.required, p.name IS NOT NULL AS present
	FROM want w LEFT JOIN pragma_table_info('in_' || w.tab) p ON p.name = w.col;

-- A required column that is missing would read as NULL everywhere and hide findings: stop.
CREATE TABLE missing_column(name TEXT CHECK (name IS NULL));
INSERT INTO missing_column SELECT tab || '.' || col FROM have WHERE required AND NOT present;

.headers off
.mode list
.once columns.gen
SELECT 'CREATE TABLE c_' || tab || ' AS SELECT rowid AS row, '
	|| group_concat(CASE WHEN present THEN 'nullif([' || col || '], '''')' ELSE 'NULL' END
		|| ' AS [' || col || ']', ', ')
	|| ' FROM in_' || tab || ';'
FROM (SELECT * FROM have ORDER BY tab, pos) GROUP BY tab ORDER BY tab;
.read columns.gen
