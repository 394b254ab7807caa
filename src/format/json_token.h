/*
 * json_token.h - the words of JSON: blanks, strings, numbers; and what a walk over a text knows.  For json_scan.c only,
 * in line, for this is the loop over the bytes.
 */
#ifndef SEKISHO_FORMAT_JSON_TOKEN_H
#define SEKISHO_FORMAT_JSON_TOKEN_H

#include "format/json_match.h"

enum { JSON_HEADS = 256 };

#define JSON_NO_PLACE UINT64_MAX

/* An object or array that is open. */
struct json_frame {
	const char *from;
	uint64_t
		place; /* of an object: its number and node; JSON_NO_PLACE: names have no place here */
	uint32_t number;     /* of the element; of an object: which one of the text */
	uint16_t value_node; /* of itself */
	uint16_t node;       /* the same, or JSON_NOBODY: nothing in it is wanted */
	bool array;
};

/* Names met, in chains by their hash. */
struct json_names {
	uint16_t head[JSON_HEADS]; /* 1 and up; 0: none */
	uint16_t next[JSON_NAMES + 1];
	uint32_t hash[JSON_NAMES + 1];
	struct str name[JSON_NAMES + 1];
	unsigned count;
};

struct json_walk {
	const char *p, *end;
	const struct json_wants *wants;
	struct json_value *value;
	struct json_fault *fault;
	struct json_names *names;
	struct json_memo *memo;
	struct json_met *met,
		*known;  /* in the memo: of the name to come; behind the last it knows */
	bool alike;      /* the memo knew all names so far: they need not be held against others */
	bool learns;     /* it remembers those of this text */
	struct str text; /* of the string read last, between its quotes */
	bool escaped;
	unsigned how, depth;
	uint32_t objects;
	struct json_frame *frame; /* JSON_DEPTH + 1 */
};

static inline bool
json_fault_at(struct json_walk *w, const char *at, const char *expected)
{
	w->fault->at = at;
	w->fault->expected = expected;
	return false;
}

/* As bytes_same(), and up to 32 bytes without a call: most names with their quotes are longer than 16. */
static inline bool
json_short_same(const char *a, const char *b, size_t n)
{
#if defined(__SSE2__)
	if (n > 16 && n <= 32) {
		__m128i head = _mm_cmpeq_epi8(_mm_loadu_si128((const __m128i *)(const void *)a),
					      _mm_loadu_si128((const __m128i *)(const void *)b));
		const char *x = a + n - 16, *y = b + n - 16;
		__m128i tail = _mm_cmpeq_epi8(_mm_loadu_si128((const __m128i *)(const void *)x),
					      _mm_loadu_si128((const __m128i *)(const void *)y));

		return _mm_movemask_epi8(_mm_and_si128(head, tail)) == 0xffff;
	}
#endif
	return bytes_same(a, b, n);
}

/* Where servers write no blanks, one comparison. */
static inline void
json_blanks(struct json_walk *w)
{
	const char *p = w->p;

	if (LIKELY(p < w->end && (unsigned char)*p > ' '))
		return;
	while (p < w->end && (*p == ' ' || *p == '\t' || *p == '\n' || *p == '\r'))
		p++;
	w->p = p;
}

/* The first quote, backslash or control character, or the end. */
static inline const char *
json_stop(const char *p, const char *end)
{
#if defined(STR_WIDE)
	const __m128i quote = _mm_set1_epi8('"'), back = _mm_set1_epi8('\\'),
		      low = _mm_set1_epi8(0x1f);

	while (p < end && LIKELY(str_wide_at(p))) {
		__m128i v = _mm_loadu_si128((const __m128i *)(const void *)p);
		__m128i hit = _mm_or_si128(
			_mm_or_si128(_mm_cmpeq_epi8(v, quote), _mm_cmpeq_epi8(v, back)),
			_mm_cmpeq_epi8(_mm_min_epu8(v, low), v));
		unsigned hits = (unsigned)_mm_movemask_epi8(hit);

		if (hits) {
			p += __builtin_ctz(hits);
			return p < end ? p : end;
		}
		p += 16;
	}
	if (p > end)
		return end;
#endif
	while (p < end && *p != '"' && *p != '\\' && (unsigned char)*p >= ' ')
		p++;
	return p;
}

static inline bool
json_hex_digits(const char *p, const char *end, ptrdiff_t n)
{
	if (end - p < n)
		return false;
	for (ptrdiff_t i = 0; i < n; i++) {
		if (json_hex(p[i]) > 15)
			return false;
	}
	return true;
}

/* Where the escape ends that begins at `from`, a backslash; NULL: it is none. */
static inline const char *
json_escape_end(struct json_walk *w, const char *from)
{
	const char *p = from + 1;

	if (p == w->end) {
		json_fault_at(w, p, "a character after the backslash");
		return NULL;
	}
	switch (*p) {
	case '"':
	case '\\':
	case '/':
	case 'b':
	case 'f':
	case 'n':
	case 'r':
	case 't':
		return p + 1;
	case 'u':
		if (json_hex_digits(p + 1, w->end, 4))
			return p + 5;
		json_fault_at(w, p + 1, "four hexadecimal digits after \\u");
		return NULL;
	case 'x':
		if (!(w->how & JSON_HEX) || !json_hex_digits(p + 1, w->end, 2))
			break;
		w->fault->hex++;
		return p + 3;
	default:
		break;
	}
	json_fault_at(w, from,
		      "an escape that JSON knows: \\\" \\\\ \\/ \\b \\f \\n \\r \\t \\uXXXX");
	return NULL;
}

/* A string with its first quote at w->p, to w->text. */
static inline bool
json_string(struct json_walk *w)
{
	const char *from = w->p + 1, *p = from;

	w->escaped = false;
	for (;;) {
		p = json_stop(p, w->end);
		if (UNLIKELY(p == w->end))
			return json_fault_at(w, p, "the closing quote of a string");
		if (LIKELY(*p == '"'))
			break;
		if (*p != '\\')
			return json_fault_at(w, p,
					     "control characters in a string written \\uXXXX");
		w->escaped = true;
		p = json_escape_end(w, p);
		if (!p)
			return false;
	}
	w->text = (struct str){ .p = from, .n = (size_t)(p - from) };
	w->p = p + 1;
	return true;
}

/* At least one digit; w->p moves behind the last. */
static inline bool
json_digits(struct json_walk *w)
{
	const char *from = w->p;

	while (w->p < w->end && *w->p >= '0' && *w->p <= '9')
		w->p++;
	return w->p > from;
}

static inline bool
json_number(struct json_walk *w)
{
	if (*w->p == '-')
		w->p++;
	if (w->p < w->end && *w->p == '0')
		w->p++;
	else if (!json_digits(w))
		return json_fault_at(w, w->p, "a value");
	if (w->p < w->end && *w->p == '.') {
		w->p++;
		if (!json_digits(w))
			return json_fault_at(w, w->p, "a digit after the point");
	}
	if (w->p < w->end && (*w->p == 'e' || *w->p == 'E')) {
		w->p++;
		if (w->p < w->end && (*w->p == '+' || *w->p == '-'))
			w->p++;
		if (!json_digits(w))
			return json_fault_at(w, w->p, "a digit in the exponent");
	}
	return true;
}

static inline bool
json_word(struct json_walk *w, struct str want)
{
	struct str rest = { .p = w->p, .n = (size_t)(w->end - w->p) };

	if (!str_starts(rest, want))
		return json_fault_at(w, w->p, "a value");
	w->p += want.n;
	return true;
}

#endif
