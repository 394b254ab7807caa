-- Which network is an address in?  The longest listed prefix, else a.b.c.0/24 or an IPv6 /64, whose
-- organisation is nobody's (B.0.5, B.13.13).  IPv4 and IPv6 never match each other.
CREATE TABLE listed AS
	SELECT cidr, org, site, kind, b.plen, length(b.b) AS family, substr(b.b, 1, b.plen) AS prefix,
		instr(';' || replace(coalesce(flags, ''), ' ', '') || ';', ';shared_site;') > 0 AS shared,
		CAST(x_km AS INTEGER) AS x, CAST(y_km AS INTEGER) AS y, CAST(lat AS REAL) AS lat,
		CAST(lon AS REAL) AS lon
	FROM c_networks JOIN bits b ON b.v = cidr;
CREATE INDEX listed_i ON listed(family, plen, prefix);
CREATE TABLE length_of AS SELECT DISTINCT family, plen FROM listed;

CREATE TABLE located AS
	SELECT a.v AS ip, a.b, (SELECT n.rowid FROM length_of l
		CROSS JOIN listed n ON n.family = l.family AND n.plen = l.plen AND n.prefix = substr(a.b, 1, l.plen)
		WHERE l.family = length(a.b) ORDER BY l.plen DESC, n.cidr LIMIT 1) AS row,
		EXISTS (SELECT 1 FROM private p JOIN bits q ON q.v = p.cidr
			WHERE length(q.b) = length(a.b) AND substr(a.b, 1, q.plen) = substr(q.b, 1, q.plen)) AS inside
	FROM bits a WHERE a.v IN (SELECT ip FROM accepted);

-- The name of an unlisted network: three octets in decimal, or four groups without leading zeros
-- of which those that are zero at the end go into the '::'.
CREATE TABLE nibble AS
	SELECT l.ip, key AS pos, CASE length(l.b) WHEN 32 THEN 8 ELSE 16 END AS n,
		8 * (substr(l.b, 4 * key + 1, 1) = 'i') + 4 * (substr(l.b, 4 * key + 2, 1) = 'i')
		+ 2 * (substr(l.b, 4 * key + 3, 1) = 'i') + (substr(l.b, 4 * key + 4, 1) = 'i') AS d
	FROM located l, json_each('[0,1,2,3,4,5,6,7,8,9,10,11,12,13,14,15]')
	WHERE l.row IS NULL AND key < CASE length(l.b) WHEN 32 THEN 6 ELSE 16 END;
CREATE TABLE named_net AS
	SELECT ip, group_concat(octet, '.') || '.0/24' AS net
	FROM (SELECT ip, sum(d * CASE pos % 2 WHEN 0 THEN 16 ELSE 1 END) AS octet
		FROM nibble WHERE n = 8 GROUP BY ip, pos / 2 ORDER BY ip, pos / 2) GROUP BY ip
	UNION ALL
	SELECT ip, coalesce(group_concat(CASE WHEN g <= used THEN word END, ':'), '') || '::/64'
	FROM (SELECT ip, g, printf('%x', v) AS word, max(CASE WHEN v > 0 THEN g END) OVER (PARTITION BY ip)
			AS used
		FROM (SELECT ip, pos / 4 AS g, sum(d << (12 - 4 * (pos % 4))) AS v
			FROM nibble WHERE n = 16 GROUP BY ip, pos / 4) ORDER BY ip, g) GROUP BY ip;
CREATE UNIQUE INDEX named_net_i ON named_net(ip);

CREATE TABLE net_of AS
	SELECT l.ip, coalesce(n.cidr, u.net) AS net, n.cidr, n.org, n.site, n.x, n.y, n.lat, n.lon,
		coalesce(n.kind, 'unknown') AS kind, coalesce(n.shared, 0) AS shared,
		-- B.13.39
		NOT l.inside AND coalesce(n.kind NOT IN ('site', 'vpn', 'proxy', 'nat'), 1) AS public
	FROM located l LEFT JOIN listed n ON n.rowid = l.row LEFT JOIN named_net u ON u.ip = l.ip;
CREATE UNIQUE INDEX net_of_i ON net_of(ip);
