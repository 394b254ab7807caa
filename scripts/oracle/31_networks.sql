-- Which network is an address in?  The longest listed prefix, else a.b.c.0/24 or an IPv6 /64, whose
-- organisation is nobody's (B.0.5, B.13.13).  IPv4 and IPv6 never match each other.
CREATE TABLE listed AS
	SELECT cidr, org, site, kind, b.plen, length(b.b) AS family, substr(b.b, 1, b.plen) AS prefix,
		instr(';' || replace(coalesce(flags, ''), ' ', '') || ';', ';shared_site;') > 0 AS shared
	FROM c_networks JOIN bits b ON b.v = cidr;

CREATE TABLE located AS
	SELECT a.v AS ip, a.b, (SELECT n.rowid FROM listed n
		WHERE n.family = length(a.b) AND n.prefix = substr(a.b, 1, n.plen)
		ORDER BY n.plen DESC, n.cidr LIMIT 1) AS row
	FROM bits a WHERE a.v IN (SELECT ip FROM accepted);

CREATE TABLE net_of AS
	SELECT l.ip, coalesce(n.cidr, 'unlisted ' || CASE length(l.b) WHEN 32 THEN substr(l.b, 1, 24)
			ELSE substr(l.b, 1, 64) END) AS net,
		n.cidr, n.org, n.site, coalesce(n.kind, 'unknown') AS kind, coalesce(n.shared, 0) AS shared
	FROM located l LEFT JOIN listed n ON n.rowid = l.row;
CREATE UNIQUE INDEX net_of_i ON net_of(ip);
