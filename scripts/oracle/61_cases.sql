-- Cases: units of one (rule, key) no further than 30 days apart, end to start (B.0.8, B.13.16).
CREATE TABLE counted AS
	SELECT rule, key, count(*) AS episodes, min(first) AS first, max(last) AS last, sum(brk) AS cases
	FROM (SELECT *, CASE WHEN first - max(last) OVER (PARTITION BY rule, key ORDER BY first, last, unit
				ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) <= 2592000000
			THEN 0 ELSE 1 END AS brk FROM unit)
	GROUP BY rule, key;
