# log.awk - writes lines of logs: `awk -f log.awk -f -` and a BEGIN that says who does what when.
#
#     on("takuso"); by("hpg01", "10.1.0.11", "T-H01")     these hold until the next ones
#     view(at("2024-06-03 10:00"), 17)                    consumer ...0017, screen CLASS (contract)
#     for (t = from("2024-06-03"); t < from("2024-07-13"); t += DAY) if (workday(t)) ...
#
# Times are seconds of Japan's clock.  MASK is "0" or "1" to be written as m=, else nothing is; STATUS is 200;
# AGENT is the launcher.  Lines go to logs/SYSTEM/access.log, or to FILE there, in the order they are made.

BEGIN {
	SEC = 1; MIN = 60; HOUR = 3600; DAY = 86400
	CLASS = "contract"; STATUS = 200; AGENT = "HoshiClient/2.1"; FILE = "access.log"; MASK = ""
	split("Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec", MONTHS, " ")
}

# the day's number since 1970-01-01, by years that begin in March
function day_number(y, m, d)
{
	if (m <= 2) {
		y--
		m += 12
	}
	return 365 * y + int(y / 4) - int(y / 100) + int(y / 400) + int((153 * (m - 3) + 2) / 5) + d - 719469
}

function at(text, p)
{
	split(text, p, /[- :]/)
	return day_number(p[1] + 0, p[2] + 0, p[3] + 0) * DAY + p[4] * HOUR + p[5] * MIN + p[6]
}

function from(date)
{
	return at(date " 00:00:00")
}

# 0 is Sunday
function weekday(t)
{
	return (int(t / DAY) + 4) % 7
}

# holidays are the caller's business
function workday(t)
{
	return weekday(t) >= 1 && weekday(t) <= 5
}

function stamp(t, left, y, m, d)
{
	left = int(t / DAY)
	y = 1970 + int(left / 366)
	while (day_number(y + 1, 1, 1) <= left)
		y++
	m = 1
	while (m < 12 && day_number(y, m + 1, 1) <= left)
		m++
	d = left - day_number(y, m, 1) + 1
	t %= DAY
	return sprintf("%02d/%s/%04d:%02d:%02d:%02d +0900", d, MONTHS[m], y,
		int(t / HOUR), int(t % HOUR / MIN), t % MIN)
}

function on(name)
{
	SYSTEM = name
}

function by(account, address, terminal)
{
	ACCOUNT = account
	ADDRESS = address
	TERMINAL = terminal
}

function put(t, method, path, status, query)
{
	if (TERMINAL != "")
		query = "?t=" TERMINAL
	if (MASK != "")
		query = query (query == "" ? "?" : "&") "m=" MASK
	printf "%s - %s [%s] \"%s %s%s HTTP/1.1\" %d 512 \"-\" \"%s\"\n",
		ADDRESS, ACCOUNT, stamp(t), method, path, query, status, AGENT >("logs/" SYSTEM "/" FILE)
}

function consumer(n)
{
	return sprintf("9900000000000000000%03d", n)
}

function view(t, n)
{
	put(t, "GET", "/c/" consumer(n) "/" CLASS, STATUS)
}

function login(t)
{
	put(t, "POST", "/login", STATUS == 200 ? 302 : STATUS)
}
