-- The rows to compare, bytewise (B.0.13), key parts in B.13.13's order.
SELECT row FROM (
	SELECT rule || '|' || replace(key, char(31), ',') || '|' || first || '|' || last || '|' || lines || '|'
		|| views || '|' || consumers || '|' || episodes || '|' || cases || '|'
		|| min(points, coalesce(cap, points)) AS row
	FROM counted JOIN scored USING (rule, key))
ORDER BY row;
