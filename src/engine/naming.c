/*
 * naming.c - keys as text, and the two fingerprints: of the case, and of this occurrence of it.
 */
#include "engine/naming.h"

#include "base/sha256.h"

static struct str
subject_text(const struct engine_input *in, uint32_t part)
{
	const struct names *names = &in->source->names;
	uint32_t number = part & ((1U << SUBJECT_SHIFT) - 1);

	switch ((enum subject)(part >> SUBJECT_SHIFT)) {
	case SUBJECT_ACCOUNT:
		return names->text(names->facts, DICT_ACCOUNT, number);
	case SUBJECT_TERMINAL:
		return names->text(names->facts, DICT_TERMINAL, number);
	case SUBJECT_NETWORK:
		return in->lookup->net_name(in->lookup->context, number);
	case SUBJECT_KINDS:
		break;
	}
	return (struct str){ 0 };
}

struct str
name_part(const struct finish *fin, const struct detector *d, enum key_kind kind, uint32_t number)
{
	const struct engine_input *in = fin->in;
	const struct names *names = &in->source->names;

	switch (kind) {
	case KEY_ACCOUNT:
		return names->text(names->facts, DICT_ACCOUNT, number);
	case KEY_TERMINAL:
		return names->text(names->facts, DICT_TERMINAL, number);
	case KEY_CLIENT:
		return names->text(names->facts, DICT_CLIENT, number);
	case KEY_NET:
		return in->lookup->net_name(in->lookup->context, number);
	case KEY_ORG:
		return in->lookup->org_name(in->lookup->context, (uint16_t)number);
	case KEY_SYSTEM:
		return in->policy->system[number].id;
	case KEY_CLASS:
		return names->text(names->facts, DICT_CLASS, number);
	case KEY_RELATION:
		return str_of(relation_names[number]);
	case KEY_AREA:
		return in->lookup->area_name(in->lookup->context, (uint16_t)number);
	case KEY_COUNTRY:
		return arena_printf(fin->arena, "%c%c", (int)(number >> 8), (int)(number & 255));
	case KEY_SUBJECT:
		return subject_text(in, number);
	case KEY_KEPT:
		return in->lookup->kept_name(in->lookup->context,
					     (enum subject)(number >> SUBJECT_SHIFT),
					     number & ((1U << SUBJECT_SHIFT) - 1));
	case KEY_WORD:
		return str_of(d->words[number]);
	case KEY_WINDOW:
		return in->lookup->window_name(in->lookup->context, number);
	}
	return (struct str){ 0 };
}

/* What a fingerprint is of, piece by piece. */
struct pieces {
	struct str at[KEY_PARTS + DICT_COUNT + 4];
	size_t n;
};

static void
piece(struct pieces *p, struct str s)
{
	p->at[p->n++] = s;
}

static void
piece_instant(struct pieces *p, int64_t ts, char buf[24])
{
	int n = snprintf(buf, 24, "%lld", (long long)ts);

	piece(p, (struct str){ .p = buf, .n = (size_t)n });
}

/* `sk1c:` and 32 digits, where `what` is "case". */
static void
fingerprint(char out[FINGERPRINT], const char *what, const struct pieces *p)
{
	struct sha256 sha;
	uint8_t digest[SHA256_SIZE];
	char hex[SHA256_HEX];

	sha256_init(&sha);
	sha256_add(&sha, "sk1", 4); /* with its NUL, which parts all pieces */
	sha256_add(&sha, what, strlen(what));
	for (size_t i = 0; i < p->n; i++) {
		sha256_add(&sha, "", 1);
		sha256_add(&sha, p->at[i].p, p->at[i].n);
	}
	sha256_end(&sha, digest);
	sha256_hex(digest, hex);
	snprintf(out, FINGERPRINT, "sk1%c:%.32s", *what, hex);
}

/* Rule and key only: stable over reruns, nights, added lines, renamed files. */
static void
print_case(struct finding *f)
{
	struct pieces p = { 0 };
	struct str version = str_of(f->rule->version);

	piece(&p, str_of(f->rule->id));
	piece(&p, str_head(version, str_find(version, '.')));
	for (int i = 0; i < KEY_PARTS && f->rule->detector->key[i].name; i++)
		piece(&p, f->key_text[i]);
	fingerprint(f->fp_case, "case", &p);
}

/*
 * This occurrence: what the first line says.  The canonical fields and not the bytes of the line, so that parts can be
 * united where the logs are not, and an auditor can recompute it from `sekisho parse`.
 */
static void
print_occurrence(struct finding *f, const struct finish *fin, const struct seen *who)
{
	const struct names *names = &fin->in->source->names;
	const struct fact *first = &f->sample[0].fact;
	struct pieces p = { 0 };
	char ts[24];

	piece(&p, str_of(f->fp_case));
	piece(&p, fin->in->policy->system[who->tuple.system].id);
	piece_instant(&p, first->ts, ts);
	piece(&p, str_of(act_names[who->tuple.act]));
	for (int d = 0; d < DICT_OBJECT; d++)
		piece(&p, names->text(names->facts, (enum dict)d, who->tuple.text[d]));
	piece(&p, names->text(names->facts, DICT_OBJECT, first->object));
	fingerprint(f->fp_occ, "occ", &p);
}

static struct str
case_type(const struct finding *f, const struct finish *fin, const struct event *first)
{
	const struct policy_system *sys = &fin->in->policy->system[first->who->tuple.system];
	const struct lookup *l = fin->in->lookup;

	if (l->org_class(l->context, sys->owner) == ORG_GOVERNMENT)
		return STR("再エネ業務管理");
	if (f->rule->detector->switch_discount && first->view) {
		switch (first->view->relation) {
		case REL_OTHER:
			return STR("託送_新電力");
		case REL_LAST:
			return STR("最終保障");
		case REL_FIT:
			return STR("送配電買取FIT");
		case REL_OWN:
		case REL_UNKNOWN:
		case REL_COUNT:
			break;
		}
	}
	return STR("その他");
}

static void
set_subject(struct finding *f, const struct finish *fin, const struct event *first)
{
	const struct lookup *l = fin->in->lookup;
	const struct names *names = &fin->in->source->names;
	const struct seen *who = first->who;

	f->case_type = case_type(f, fin, first);
	f->realm = fin->in->policy->system[who->tuple.system].id;
	f->org = l->org_name(l->context, who->account_org);
	/* Of a key that is not the account's own, the subject may be an account all the same. */
	if (f->rule->detector->across && !key_account(f->rule->detector->key, &f->key))
		return;
	f->account = names->text(names->facts, DICT_ACCOUNT, who->tuple.text[DICT_ACCOUNT]);
	f->owner = l->account_column(l->context, who->account_row, "owner");
	f->role = l->account_column(l->context, who->account_row, "role");
	f->account_kind = str_of(account_kind_names[who->account_kind]);
	f->department = l->department(l->context, f->owner, f->first);
}

/* To who answers for the account's organisation, else for the owner of the system. */
static void
set_route(struct finding *f, const struct finish *fin)
{
	const struct lookup *l = fin->in->lookup;
	struct str org = f->org, who = l->responsible(l->context, org);

	for (size_t i = 0; who.n == 0 && i < fin->in->policy->system_count; i++) {
		if (!str_eq(fin->in->policy->system[i].id, f->realm))
			continue;
		org = fin->in->policy->system[i].owner;
		who = l->responsible(l->context, org);
	}
	if (who.n)
		f->route =
			arena_printf(fin->arena, STR_FMT " " STR_FMT, STR_ARG(org), STR_ARG(who));
}

void
name_key(struct finding *f, const struct finish *fin)
{
	const struct detector *d = f->rule->detector;

	for (int i = 0; i < KEY_PARTS && d->key[i].name; i++)
		f->key_text[i] = name_part(fin, d, d->key[i].kind, f->key.part[i]);
	print_case(f);
}

void
name_occurrence(struct finding *f, const struct finish *fin, const struct event *first)
{
	print_occurrence(f, fin, first->who);
	set_subject(f, fin, first);
	set_route(f, fin);
}

void
name_unlined(struct finding *f, const struct finish *fin)
{
	struct pieces p = { 0 };
	char ts[24];

	piece(&p, str_of(f->fp_case));
	piece_instant(&p, f->first, ts);
	fingerprint(f->fp_occ, "occ", &p);
	f->case_type = STR("その他");
	for (int i = 0; i < KEY_PARTS && f->rule->detector->key[i].name; i++) {
		if (f->rule->detector->key[i].kind != KEY_SYSTEM)
			continue;
		f->realm = fin->in->policy->system[f->key.part[i]].id;
		f->systems = &f->realm;
		f->system_count = 1;
	}
	set_route(f, fin);
}

void
name_incident(struct incident *i, struct str about)
{
	struct pieces p = { 0 };
	char ts[24];

	piece(&p, about);
	piece_instant(&p, i->first, ts);
	fingerprint(i->id, "inc", &p);
}
