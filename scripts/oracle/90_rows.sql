-- The rows to compare, bytewise (B.0.13), key parts in B.13.13's order; none of a rule that needs a
-- ledger the policy does not name.
SELECT row FROM (
	SELECT rule || '|' || replace(key, char(31), ',') || '|' || first || '|' || last || '|'
		|| coalesce(lines, 0) || '|' || coalesce(views, 0) || '|' || coalesce(consumers, 0) || '|'
		|| episodes || '|' || cases || '|'
		|| min(base + coalesce(added, 0), coalesce(cap, base + coalesce(added, 0))) AS row
	FROM counted JOIN rule USING (rule) LEFT JOIN scored USING (rule, key)
	WHERE rule NOT IN (SELECT rule FROM need WHERE ledger NOT IN (SELECT ledger FROM c_named)))
ORDER BY row;
