/*
 * out_sheet.c - cells of a CSV file that a spreadsheet will open: none is a formula, none that was a text is a number,
 * a date or a truth.  To guard one too many costs a ' that can be seen; one too few costs what was written.
 */
#include "base/out_active.h"

#include <strings.h>

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

/*
 * Bytes of a character that numbers, amounts, dates and times are written with, also as a Japanese keyboard and calendar
 * have them; 0: none.
 */
static size_t
number_part(struct str s)
{
	static const char *const wide[] = { "\xC2\xA5",     "\xEF\xBF\xA5", "\xE5\xB9\xB4",
					    "\xE6\x9C\x88", "\xE6\x97\xA5", "\xE6\x99\x82",
					    "\xE5\x88\x86", "\xE7\xA7\x92" };

	if (digit(s.p[0]) || (s.p[0] != '\0' && strchr(".,:/eE+-% ()$apmAPM", s.p[0])))
		return 1;
	if (s.n > 2 && str_starts(s, STR("\xEF\xBC")) && s.p[2] >= '\x90' && s.p[2] <= '\x99')
		return 3; /* ０ to ９ */
	for (size_t i = 0; i < COUNT(wide); i++) {
		if (str_starts(s, str_of(wide[i]))) /* ¥ ￥ 年 月 日 時 分 秒 */
			return strlen(wide[i]);
	}
	return 0;
}

/* 0300, 1-2, 3E5, 12:30, ¥100, 4月1日, a long number: of a number's characters, and not a plain short one. */
static bool
taken_for_number(struct str s)
{
	size_t digits = 0, all = s.n;
	bool wide = false, zero = s.n > 1 && s.p[0] == '0';

	if (s.n && strchr("eEapmAPM", s.p[0]))
		return false;
	while (s.n) {
		size_t len = number_part(s);

		if (len == 0)
			return false;
		digits += digit(s.p[0]);
		wide |= str_starts(s, STR("\xEF\xBC"));
		s = str_skip(s, len);
	}
	return (digits || wide) && (digits < all || digits > DIGITS_SAFE || zero);
}

/* R8.4.1, h30-1-2: the letter of an era, and a date. */
static bool
taken_for_era(struct str s)
{
	if (s.n < 4 || !strchr("MTSHRmtshr", s.p[0]) || !digit(s.p[1]))
		return false;
	for (size_t i = 1; i < s.n; i++) {
		if (!digit(s.p[i]) && s.p[i] != '.' && s.p[i] != '-' && s.p[i] != '/')
			return false;
	}
	return true;
}

/* dec01, MAR-1, 1-dec: an account, and for a spreadsheet a day. */
static bool
taken_for_month(struct str s)
{
	static const char months[] = "janfebmaraprmayjunjulaugsepoctnovdec";
	bool dated = s.n && (digit(s.p[0]) || digit(s.p[s.n - 1]));

	while (s.n && (digit(s.p[0]) || s.p[0] == '-' || s.p[0] == '/' || s.p[0] == ' '))
		s = str_skip(s, 1);
	for (size_t m = 0; m < sizeof(months) - 1 && dated && s.n >= 3; m += 3) {
		if (ascii_lower(s.p[0]) == months[m] && ascii_lower(s.p[1]) == months[m + 1] &&
		    ascii_lower(s.p[2]) == months[m + 2])
			return true;
	}
	return false;
}

static bool
taken_for_truth(struct str s)
{
	return (s.n == 4 && strncasecmp(s.p, "true", 4) == 0) ||
	       (s.n == 5 && strncasecmp(s.p, "false", 5) == 0);
}

static bool
taken_for_other(struct str s)
{
	return begins_formula(s) || taken_for_number(s) || taken_for_era(s) || taken_for_month(s) ||
	       taken_for_truth(s);
}

bool
out_csv_sheet(struct out *o, struct str s, bool text)
{
	bool made_safe = text && taken_for_other(s);

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
