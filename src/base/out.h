/*
 * out.h - buffered output that escapes, remembers its first failure and tells it once, at out_close().
 *
 * A file is written beside its name (mode 0600), synced and renamed, so a reader sees the old one or the new one.
 * Strangers write our input: data goes through an escaper, never through out_bytes.
 */
#ifndef SEKISHO_BASE_OUT_H
#define SEKISHO_BASE_OUT_H

#include "base/error.h"
#include "base/sha256.h"

#include <stdarg.h>

struct out {
	int fd, dir; /* dir: where the rename happens; -1 for streams */
	char *buffer;
	size_t n;
	int failed;            /* errno of the first failure */
	struct str path;       /* for messages; borrowed */
	char *temporary;       /* name inside `dir`, owned */
	struct sha256 *digest; /* when set, sees every byte from then on */
	bool owned;            /* fd is ours to close */
	bool memory;           /* grows instead of writing */
	char last;             /* the last byte written */
	size_t room;
};

/* "-" is standard output; a device or pipe is written in place; anything else is replaced whole. */
int out_open(struct out *o, struct str path, struct errors *err);
void out_stream(struct out *o, int fd, struct str name); /* fd is not closed */
void out_memory(struct out *o); /* out_taken() reads it; out_discard() frees */
struct str out_taken(const struct out *o);
int out_close(struct out *o,
	      struct errors *err); /* flush, sync, rename; -1 when any byte was lost */
void out_discard(struct out *o);   /* forget it: the old file stays */

/* From now on `sha` (or nobody, NULL) sees every byte. */
void out_watch(struct out *o, struct sha256 *sha);

void out_flush(struct out *o);
void out_bytes(struct out *o, struct str s); /* as it is: our own text only */
void out_text(struct out *o, const char *s);
void out_char(struct out *o, char c);
void out_u64(struct out *o, uint64_t v);
void out_i64(struct out *o, int64_t v);
void out_printf(struct out *o, const char *fmt, ...) PRINTFLIKE(2, 3); /* short, our own text */
void out_vprintf(struct out *o, const char *fmt, va_list ap) PRINTFLIKE(2, 0);

void out_json(struct out *o, struct str s); /* with quotes; any bytes in, valid JSON out */
void out_csv(struct out *o, struct str s);  /* RFC 4180, quoted when needed; bytes as they are */
/* For spreadsheets, always quoted; a `text` that one would reckon with gets a ' before it: then true. */
bool out_csv_sheet(struct out *o, struct str s, bool text);
void out_tty(struct out *o, struct str s); /* printable text; everything else as \xNN */

/* Without quotes of any kind: only what cannot be shown is changed. */
void out_shown(struct out *o, struct str s);

/* Text between tags and in quoted attributes; controls, what hides text and what is no UTF-8 as \xNN. */
void out_html(struct out *o, struct str s);
void out_xml(struct out *o, struct str s);

/* Words of a sentence, those with anything but letters and digits in them as code; raw text, all of it as code. */
void out_md(struct out *o, struct str s);
void out_md_code(struct out *o, struct str s);

#endif
