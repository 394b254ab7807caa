/*
 * tuple_memo.h - from a line's bytes to the number of its tuple: bytes seen before are not normalised, read as an
 * address or looked up again.  Caches, not dictionaries: what they have forgotten is learned anew.
 *
 *     ask: hash, fetch  -->  look: what is known of them, or fetch on  -->  fetch on  -->  number
 *
 * Between two steps all other lines of the batch take the first, so that what is fetched has come when it is needed.
 */
#ifndef SEKISHO_APP_TUPLE_MEMO_H
#define SEKISHO_APP_TUPLE_MEMO_H

#include "facts/facts.h"
#include "format/canon.h"

struct tuple_memo; /* one a thread */

/* `bytes`: of the logs it is for, about; UINT64_MAX: nobody knows. */
struct tuple_memo *tuple_memo_new(struct facts *f, const struct policy *policy, uint64_t bytes);
void tuple_memo_free(struct tuple_memo *m);

/* What decides the tuple of a line.  Borrows from the line. */
struct tuple_ask {
	struct hash128 who;  /* of all that decides account, address and terminal */
	uint32_t number;     /* after look: of the tuple; 0: not known */
	uint32_t partition;  /* after look: of its account */
	struct hash128 hash; /* after look, when the number is not known: of the tuple */
	struct tuple tuple;
	uint32_t age; /* of `screen`: it means nothing at another */
	uint16_t screen;
	bool escaped;
	struct str address, account, forwarded, extracted, terminal;
};

void tuple_memo_ask(struct tuple_memo *m, unsigned system, const struct record *r,
		    const struct canon *c, struct tuple_ask *out);
void tuple_memo_look(struct tuple_memo *m, struct tuple_ask *a);
void tuple_memo_fetch(const struct tuple_memo *m, const struct tuple_ask *a);
uint32_t tuple_memo_number(struct tuple_memo *m, const struct tuple_ask *a);

#endif
