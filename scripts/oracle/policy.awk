# What the rules ask of sekisho.yaml, as CSV: the register (`- id: NAME` and its keys below it, one a
# line), the ledgers (`name: path`, one a line) and the classes declared public (one flow map a line).
# Anything of these that is written in another form is refused, not passed over.
function refuse(what) { print "judge: sekisho.yaml:" NR ": " what >"/dev/stderr"; wrong = 1; exit 2 }
function value(s) {
	sub(/^[ \t]*/, "", s)
	sub(/[ \t]+#.*$/, "", s)
	sub(/[ \t\r]*$/, "", s)
	gsub(/^["\047]|["\047]$/, "", s)
	return s
}
function cell(key) { return key in at ? at[key] : "" }
function system_end() {
	if ("id" in at)
		print cell("id") "," cell("owner") "," cell("nonpersonal") "," cell("internal_only") "," \
			cell("split_since") >systems
	delete at
}
# key KEY of the flow map S
function of_map(s, key) {
	if (!match(s, "[{, ]" key ":[ \t]*"))
		return ""
	s = substr(s, RSTART + RLENGTH)
	sub(/[ \t]*[,}].*$/, "", s)
	return value(s)
}
# orgs S: the flow list of permitted_orgs, texts and maps {org, from, to}
function orgs(s, item) {
	gsub(/^[ \t]*\[[ \t]*|[ \t]*\][ \t\r]*$/, "", s)
	while (s != "") {
		if (s ~ /^\{/) {
			item = substr(s, 1, index(s, "}"))
			s = substr(s, index(s, "}") + 1)
			print at["id"] "," of_map(item, "org") "," of_map(item, "from") "," of_map(item, "to") >permitted
		} else {
			item = s
			sub(/[ \t]*,.*$/, "", item)
			s = substr(s, length(item) + 1)
			print at["id"] "," value(item) ",," >permitted
		}
		sub(/^[ \t]*,?[ \t]*/, "", s)
	}
}
BEGIN {
	print "id,owner,nonpersonal,internal_only,split_since" >systems
	print "system,org,from,to" >permitted
	print "ledger,path" >ledgers
	print "class" >public
}
/^[ \t]*(#|$)/ { next }
open != "" {
	open = open " " value($0)
	if (open ~ /\]$/) { orgs(open); open = "" }
	next
}
/^[A-Za-z_]+:/ {
	system_end()
	block = $1
	if (block == "barrier:") { sub(/^barrier:/, ""); print "barrier," value($0) >ledgers }
	else if (block == "include:")
		refuse("include is not followed here")
	else if (block ~ /^(systems|ledgers):$/ && value(substr($0, length(block) + 1)) != "")
		refuse(block " is wanted in block form, one entry a line")
	next
}
block == "systems:" && /^[ \t]*-[ \t]*id:/ {
	system_end()
	sub(/^[ \t]*-[ \t]*id:/, "")
	at["id"] = value($0)
	next
}
block == "systems:" && /^[ \t]*(owner|nonpersonal|internal_only|split_since):/ {
	key = $1
	sub(/:$/, "", key)
	sub(/^[ \t]*[a-z_]+:/, "")
	at[key] = value($0)
}
block == "systems:" && /^[ \t]*permitted_orgs:/ {
	sub(/^[ \t]*permitted_orgs:[ \t]*/, "")
	if ($0 !~ /^\[/)
		refuse("permitted_orgs is wanted as a list in brackets")
	open = value($0)
	if (open ~ /\]$/) { orgs(open); open = "" }
}
block == "ledgers:" && /^[ \t]+[a-z_]+:/ {
	key = $1
	sub(/:$/, "", key)
	sub(/^[ \t]+[a-z_]+:/, "")
	print key "," value($0) >ledgers
}
block == "resources:" && /sensitivity:[ \t]*["\047]?public["\047 \t,}]/ && /[{, ]class:/ {
	print of_map($0, "class") >public
}
END { if (!wrong) system_end() }
