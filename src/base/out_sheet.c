/*
 * out_sheet.c - cells of a CSV file that a spreadsheet will open: none is a formula, none that was a text is a number
 * or a date.
 */
#include "base/out_active.h"

enum { DIGITS_SAFE = 11 }; /* more are shown as 3E+11, and from 16 on they are lost */

/* What programs skip before they look whether a formula begins. */
static bool
skipped(char c)
{
	return c == ' ' || c == '"' || c == '\'' || c == ',' || c == ';';
}

static bool
begins_formula(struct str s)
{
	/* As a Japanese keyboard has them: ＝ ＋ － ＠ */
	static const char *const wide[] = { "\xEF\xBC\x9D", "\xEF\xBC\x8B", "\xEF\xBC\x8D",
					    "\xEF\xBC\xA0" };

	while (s.n && skipped(s.p[0]))
		s = str_skip(s, 1);
	if (s.n == 0)
		return false;
	for (size_t i = 0; i < COUNT(wide); i++) {
		if (str_starts(s, str_of(wide[i])))
			return true;
	}
	return s.p[0] == '\0' || strchr("=+-@\t\r\n", s.p[0]) != NULL;
}

static bool
digit(char c)
{
	return c >= '0' && c <= '9';
}

/* 0300, 1-2, 3E5, 12:30, a long number: of a number's characters, and not a plain short one. */
static bool
taken_for_number(struct str s)
{
	size_t digits = 0;

	if (s.n == 0 || (!digit(s.p[0]) && s.p[0] != '.'))
		return false;
	for (size_t i = 0; i < s.n; i++) {
		if (digit(s.p[i]))
			digits++;
		else if (!strchr(".,:/eE+-% ", s.p[i]) || s.p[i] == '\0')
			return false;
	}
	return digits < s.n || digits > DIGITS_SAFE || (s.p[0] == '0' && s.n > 1);
}

/* dec01, MAR-1: an account, and for a spreadsheet the first of a month. */
static bool
taken_for_month(struct str s)
{
	static const char months[] = "janfebmaraprmayjunjulaugsepoctnovdec";

	if (s.n < 4 || !digit(s.p[s.n - 1]))
		return false;
	for (size_t m = 0; m < sizeof(months) - 1; m += 3) {
		if (ascii_lower(s.p[0]) == months[m] && ascii_lower(s.p[1]) == months[m + 1] &&
		    ascii_lower(s.p[2]) == months[m + 2])
			return true;
	}
	return false;
}

bool
out_csv_sheet(struct out *o, struct str s, bool text)
{
	bool made_safe = text && (begins_formula(s) || taken_for_number(s) || taken_for_month(s));

	out_char(o, '"');
	if (made_safe)
		out_char(o, '\'');
	while (s.n) {
		size_t len = active_plain(s);

		if (len == 0) {
			len = active_bytes(o, s);
		} else {
			if (s.p[0] == '"')
				out_char(o, '"');
			out_bytes(o, str_head(s, len));
		}
		s = str_skip(s, len);
	}
	out_char(o, '"');
	return made_safe;
}
