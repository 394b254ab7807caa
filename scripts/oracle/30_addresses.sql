-- Addresses and CIDRs as strings of bits: 'o' and 'i', since a hex digit is neither and sixteen
-- nested replaces cannot eat their own output. IPv4 has 32, IPv6 128; an IPv4-mapped IPv6 address
-- is IPv4. private: what is no public address.
CREATE TABLE private(cidr TEXT);
INSERT INTO private VALUES ('10.0.0.0/8'), ('172.16.0.0/12'), ('192.168.0.0/16'), ('127.0.0.0/8'),
	('169.254.0.0/16'), ('100.64.0.0/10'), ('0.0.0.0/8'), ('fc00::/7'), ('fe80::/10'), ('::/127');
CREATE TABLE spelled AS
	SELECT v, lower(CASE WHEN instr(v, '/') THEN substr(v, 1, instr(v, '/') - 1) ELSE v END) AS host,
		CASE WHEN instr(v, '/') THEN CAST(substr(v, instr(v, '/') + 1) AS INTEGER) END AS plen
	FROM (SELECT ip AS v FROM accepted UNION SELECT cidr FROM c_networks UNION SELECT cidr FROM private)
	WHERE v IS NOT NULL;
CREATE UNIQUE INDEX spelled_i ON spelled(v);

-- the dotted part, if any, as eight hex digits; json_each walks an array in its order
CREATE TABLE dotted AS
	SELECT v, (SELECT group_concat(printf('%02x', value), '') FROM json_each('[' || replace(
		substr(host, 1 + length(rtrim(host, '0123456789.'))), '.', ',') || ']')) AS hex
	FROM spelled WHERE instr(host, '.');

-- IPv6 text, its dotted tail replaced, cut at the '::' into two JSON arrays of groups
CREATE TABLE six AS
	SELECT v, CASE head WHEN '' THEN '[]' ELSE '["' || replace(head, ':', '","') || '"]' END AS head,
		CASE tail WHEN '' THEN '[]' ELSE '["' || replace(tail, ':', '","') || '"]' END AS tail
	FROM (SELECT v, CASE WHEN instr(h, '::') THEN substr(h, 1, instr(h, '::') - 1) ELSE h END AS head,
			CASE WHEN instr(h, '::') THEN substr(h, instr(h, '::') + 2) ELSE '' END AS tail
		FROM (SELECT s.v, CASE WHEN d.hex IS NULL THEN host ELSE rtrim(host, '0123456789.')
				|| substr(d.hex, 1, 4) || ':' || substr(d.hex, 5) END AS h
			FROM spelled s LEFT JOIN dotted d USING (v) WHERE instr(host, ':')));
CREATE TABLE grp AS
	SELECT v, key AS pos, substr('000' || value, -4) AS h FROM six, json_each(head)
	UNION ALL
	SELECT v, 8 - json_array_length(tail) + key, substr('000' || value, -4) FROM six, json_each(tail);
CREATE INDEX grp_i ON grp(v, pos);

CREATE TABLE hexed AS
	SELECT v, hex FROM dotted WHERE v NOT IN (SELECT v FROM six)
	UNION ALL
	SELECT v, (SELECT group_concat(coalesce((SELECT h FROM grp g WHERE g.v = s.v AND g.pos = k.value),
		'0000'), '') FROM json_each('[0,1,2,3,4,5,6,7]') k)
	FROM six s;

CREATE TABLE bits AS
	SELECT v, CASE WHEN mapped THEN substr(b, 97) ELSE b END AS b,
		CASE WHEN mapped THEN plen - 96 ELSE plen END AS plen
	FROM (SELECT v, b, coalesce(plen, length(b)) AS plen,
			length(b) = 128 AND coalesce(plen, 128) >= 96
			AND substr(b, 1, 96) = replace(hex(zeroblob(40)), '0', 'o') || 'iiiiiiiiiiiiiiii' AS mapped
		FROM (SELECT v, plen, replace(replace(replace(replace(replace(replace(replace(replace(
			replace(replace(replace(replace(replace(replace(replace(replace(hex,
			'0', 'oooo'), '1', 'oooi'), '2', 'ooio'), '3', 'ooii'), '4', 'oioo'), '5', 'oioi'),
			'6', 'oiio'), '7', 'oiii'), '8', 'iooo'), '9', 'iooi'), 'a', 'ioio'), 'b', 'ioii'),
			'c', 'iioo'), 'd', 'iioi'), 'e', 'iiio'), 'f', 'iiii') AS b
			FROM hexed JOIN spelled USING (v)));
CREATE UNIQUE INDEX bits_i ON bits(v);

-- An address the steps above did not understand must not pass as "no network".
CREATE TABLE bad_address(v TEXT CHECK (v IS NULL));
INSERT INTO bad_address
	SELECT v FROM spelled
	WHERE v NOT IN (SELECT v FROM bits WHERE length(b) IN (32, 128)
		AND b NOT GLOB '*[^oi]*' AND plen BETWEEN 0 AND length(b));
