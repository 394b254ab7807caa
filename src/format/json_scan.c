/*
 * json_scan.c - a walk over one JSON text, without recursion.  Hides the grammar, nesting and names that come twice.
 *
 *     VALUE --[ {--> deeper     VALUE --scalar--> AFTER     AFTER --,--> VALUE or NAME     AFTER --] }--> AFTER
 *
 * Strings and numbers are judged whether wanted or not: a text is valid or it is not.
 */
#include "format/json_token.h"

#define NOINLINE __attribute__((noinline)) /* once in many lines: it is kept out of the loop */

static const char *const twice = "each name once in an object (dup_key)";

/* Has this object no other such name?  Then it is kept. */
static inline bool
name_once(struct json_walk *w, uint32_t object, struct str name, uint32_t hash)
{
	struct json_names *k = w->names;
	uint16_t *head;

	if (UNLIKELY(k->count == JSON_NAMES))
		return true;
	/* Two objects may have the same name: then their hashes are not the same. */
	hash ^= object * 0x9e3779b9U;
	head = &k->head[(hash >> 8) % JSON_HEADS];
	for (unsigned at = *head; at; at = k->next[at]) {
		if (UNLIKELY(k->hash[at] == hash) && json_same(k->name[at], name, true))
			return false;
	}
	k->count++;
	k->hash[k->count] = hash;
	k->name[k->count] = name;
	k->next[k->count] = *head;
	*head = (uint16_t)k->count;
	return true;
}

/*
 * Is the name at p the one that stood here in the text before?  As long as all were, each in the object of the same
 * number and of the same node, none can come twice: they did not there.
 */
static inline bool
name_known(struct json_walk *w, const char *p, unsigned *node)
{
	const struct json_met *m = w->met;

	if (UNLIKELY(m == w->known) || UNLIKELY(m->place != w->frame[w->depth].place) ||
	    UNLIKELY(w->end - p < m->size) || UNLIKELY(!json_short_same(p, m->text, m->size)))
		return false;
	w->met++;
	w->p = p + m->size;
	json_blanks(w);
	*node = m->node;
	return true;
}

/* Behind a value: a comma and a name that is known?  Else nothing is taken. */
static inline bool
goes_on_alike(struct json_walk *w, unsigned *node)
{
	return LIKELY(w->alike) && LIKELY(w->p < w->end && *w->p == ',') &&
	       LIKELY(name_known(w, w->p + 1, node));
}

/* From here on this text is not like the one before: names are held against each other, those before too. */
static NOINLINE void
part_ways(struct json_walk *w)
{
	w->alike = false;
	w->names->count = 0;
	memset(w->names->head, 0, sizeof(w->names->head));
	w->learns = w->memo != NULL;
	if (!w->memo)
		return;
	for (const struct json_met *m = w->memo->met; m < w->met; m++)
		name_once(w, (uint32_t)m->place,
			  (struct str){ .p = m->text + 1, .n = m->name_size }, m->hash);
}

/* Remembers a name for the text behind this one; all before it are remembered, or it is not. */
static inline void
learn_name(struct json_walk *w, const char *from, struct str name, uint32_t hash, unsigned node)
{
	size_t n = (size_t)(w->p - from);
	struct json_met *m;

	if (!w->learns)
		return;
	w->learns = n <= JSON_MEMO_BYTES && !w->escaped && w->met < w->memo->met + JSON_MEMO;
	if (!w->learns)
		return;
	m = w->met++;
	m->place = w->frame[w->depth].place;
	m->hash = hash;
	m->node = (uint16_t)node;
	m->size = (uint8_t)n;
	m->name_size = (uint8_t)name.n;
	memcpy(m->text, from, n);
}

/* `"name" :` with the quote at w->p; *node is what is wanted of its value. */
static bool
name_anew(struct json_walk *w, unsigned *node)
{
	const struct json_frame *f = &w->frame[w->depth];
	const char *from = w->p;
	struct str name;
	uint32_t hash;

	if (UNLIKELY(from == w->end || *from != '"'))
		return json_fault_at(w, from, "a name in quotes");
	if (UNLIKELY(!json_string(w)))
		return false;
	name = w->text;
	hash = UNLIKELY(w->escaped) ? json_hash_escaped(name) : json_hash(name);
	if (UNLIKELY(!name_once(w, f->number, name, hash)) && !(w->how & JSON_TWICE))
		return json_fault_at(w, from, twice);
	*node = f->node == JSON_NOBODY ? JSON_NOBODY
				       : json_named(w->wants, f->node, name, hash, w->escaped);
	json_blanks(w);
	if (UNLIKELY(w->p == w->end || *w->p != ':'))
		return json_fault_at(w, w->p, "a colon after the name");
	w->p++;
	json_blanks(w);
	learn_name(w, from, name, hash, *node);
	return true;
}

static inline bool
member_name(struct json_walk *w, unsigned *node)
{
	if (LIKELY(w->alike)) {
		if (LIKELY(name_known(w, w->p, node)))
			return true;
		part_ways(w);
	}
	return name_anew(w, node);
}

/* A value is whole: kept, if it is wanted. */
static inline bool
give(struct json_walk *w, unsigned node, struct json_value v)
{
	int slot = w->wants->node[node].slot;

	if (slot < 0)
		return true;
	if (UNLIKELY(w->value[slot].kind != JSON_ABSENT) && !(w->how & JSON_TWICE))
		return json_fault_at(w, v.text.p, twice);
	w->value[slot] = v;
	w->fault->found[slot / 64] |= 1ULL << slot % 64;
	return true;
}

/* A string, a number or a word at w->p. */
static inline bool
scalar(struct json_walk *w, unsigned node)
{
	struct json_value v = { .kind = JSON_STRING };
	const char *from = w->p;
	bool fine;

	if (LIKELY(*from == '"')) {
		if (!json_string(w))
			return false;
		v.text = w->text;
		v.escaped = w->escaped;
		return give(w, node, v);
	}
	if (*from == 't') {
		v.kind = JSON_TRUE;
		fine = json_word(w, STR("true"));
	} else if (*from == 'f') {
		v.kind = JSON_FALSE;
		fine = json_word(w, STR("false"));
	} else if (*from == 'n') {
		v.kind = JSON_NULL;
		fine = json_word(w, STR("null"));
	} else {
		v.kind = JSON_NUMBER;
		fine = json_number(w);
	}
	v.text = (struct str){ .p = from, .n = (size_t)(w->p - from) };
	return fine && give(w, node, v);
}

/* { or [ at w->p. */
static bool
open_frame(struct json_walk *w, unsigned node)
{
	struct json_frame *f = &w->frame[w->depth + 1];

	if (w->depth == JSON_DEPTH)
		return json_fault_at(w, w->p, "at most 32 objects and arrays inside each other");
	w->depth++;
	f->from = w->p;
	f->value_node = (uint16_t)node;
	f->node = w->wants->node[node].open ? (uint16_t)node : JSON_NOBODY;
	f->array = *w->p == '[';
	f->number = f->array ? 0 : w->objects++;
	f->place = f->array ? JSON_NO_PLACE : (uint64_t)f->node << 32 | f->number;
	w->p++;
	json_blanks(w);
	return true;
}

/* } or ] at w->p. */
static bool
close_frame(struct json_walk *w)
{
	const struct json_frame *f = &w->frame[w->depth];
	struct json_value v = { .kind = f->array ? JSON_ARRAY : JSON_OBJECT };

	w->depth--;
	w->p++;
	v.text = (struct str){ .p = f->from, .n = (size_t)(w->p - f->from) };
	return give(w, f->value_node, v);
}

static inline bool
closes(const struct json_walk *w)
{
	return w->p < w->end && *w->p == (w->frame[w->depth].array ? ']' : '}');
}

/* The value to come, of an element or a member: *node is what is wanted of it. */
static inline bool
next_value(struct json_walk *w, unsigned *node)
{
	const struct json_frame *f = &w->frame[w->depth];

	if (!f->array)
		return member_name(w, node);
	*node = f->node == JSON_NOBODY ? JSON_NOBODY : json_element(w->wants, f->node, f->number);
	return true;
}

/* Behind a value: closes what ends here, up to a comma, which is taken, or to the end of the text, where depth is 0. */
static inline bool
after_value(struct json_walk *w)
{
	for (;;) {
		json_blanks(w);
		if (w->depth == 0)
			return true;
		if (LIKELY(w->p < w->end && *w->p == ','))
			break;
		if (UNLIKELY(!closes(w)))
			return json_fault_at(w, w->p,
					     w->frame[w->depth].array ? "a comma or ]"
								      : "a comma or }");
		if (!close_frame(w))
			return false;
	}
	w->p++;
	json_blanks(w);
	w->frame[w->depth].number += w->frame[w->depth].array;
	return true;
}

/* One value with all that is in it. */
static inline bool
walk_value(struct json_walk *w)
{
	unsigned node = JSON_ROOT;

	for (;;) {
		bool inside = false; /* of what has just been opened, and is not empty */

		if (UNLIKELY(w->p == w->end))
			return json_fault_at(w, w->p, "a value");
		if (UNLIKELY(*w->p == '{' || *w->p == '[')) {
			if (!open_frame(w, node))
				return false;
			inside = !closes(w);
		} else {
			if (UNLIKELY(!scalar(w, node)))
				return false;
			if (LIKELY(goes_on_alike(w, &node)))
				continue;
		}
		if (LIKELY(!inside) && UNLIKELY(!after_value(w)))
			return false;
		if (w->depth == 0)
			return true;
		if (UNLIKELY(!next_value(w, &node)))
			return false;
	}
}

bool
json_scan_like(const struct json_wants *wants, struct json_memo *memo, struct str text,
	       unsigned how, struct json_value *value, struct json_fault *fault)
{
	struct json_names names UNINITIALIZED;
	struct json_frame frame[JSON_DEPTH + 1] UNINITIALIZED;
	struct json_walk w = { .p = text.p,
			       .end = text.p + text.n,
			       .wants = wants,
			       .value = value,
			       .fault = fault,
			       .names = &names,
			       .frame = frame,
			       .memo = memo,
			       .met = memo ? memo->met : NULL,
			       .known = memo ? memo->met + memo->count : NULL,
			       .alike = true,
			       .how = how };
	bool valid;

	frame[0].place = JSON_NO_PLACE;
	memset(value, 0, wants->count * sizeof(*value));
	memset(fault->found, 0, sizeof(fault->found));
	fault->hex = 0;
	if (str_starts(text, STR("\xef\xbb\xbf")))
		w.p += 3;
	json_blanks(&w);
	valid = walk_value(&w);
	/* Alike means that what is behind the last name met may still be so in the next text. */
	if (memo && !w.alike)
		memo->count = (unsigned)(w.met - memo->met);
	if (!valid)
		return false;
	if (w.p != w.end)
		return json_fault_at(&w, w.p, "the end of the line");
	return true;
}

bool
json_scan(const struct json_wants *wants, struct str text, unsigned how, struct json_value *value,
	  struct json_fault *fault)
{
	return json_scan_like(wants, NULL, text, how, value, fault);
}
