/*
 * verb_init.c - a starter policy that passes `check`, and ledgers that hold nothing but their headings.
 *
 * Headings and the list of ledgers come from the ledgers' own tables.  What is there already is kept.
 */
#include "app/init_texts.h"
#include "app/verb.h"
#include "base/out.h"
#include "context/ledgers.h"

#include <errno.h>
#include <sys/stat.h>
#include <unistd.h>

static const struct ledger_table *const tables[] = {
#define LEDGER(name) &led_##name,
#include "context/ledgers.def"
#undef LEDGER
};

struct init {
	struct str folder; /* with a slash behind it, or empty */
	struct arena arena;
	struct errors *err;
	size_t written, failed;
};

static bool
is_barrier(const struct ledger_table *t)
{
	return strcmp(t->name, "barrier") == 0;
}

/* `barrier:` stands at the top of a policy. */
static void
write_policy(const struct ledger_table *t UNUSED, struct out *o)
{
	out_text(o, init_policy_head);
	for (size_t i = 0; i < COUNT(tables); i++) {
		if (!is_barrier(tables[i]))
			out_printf(o, "  %s: ledgers/%s.csv\n", tables[i]->name, tables[i]->name);
	}
	out_text(o, init_policy_tail);
}

static void
write_columns(const struct ledger_table *t, struct out *o)
{
	for (const struct init_ledger *l = init_ledgers; l->name; l++) {
		if (strcmp(l->name, t->name) == 0)
			out_printf(o, "%s / %s\n", l->ja, l->en);
	}
	for (size_t i = 0; i < t->column_count; i++) {
		const struct column *c = &t->column[i];

		out_printf(o, "    %s%s", c->name, c->required ? "*" : "");
		if (c->alias) {
			out_char(o, ' ');
			out_text(o, c->alias);
		}
		out_char(o, '\n');
	}
}

static void
write_readme(const struct ledger_table *t UNUSED, struct out *o)
{
	out_text(o, init_readme_head);
	for (size_t i = 0; i < COUNT(tables); i++) {
		out_printf(o, "\n%s.csv  ", tables[i]->name);
		write_columns(tables[i], o);
	}
}

/* The matrix needs a row for all that no other row decides. */
static const char *
default_cell(const char *column)
{
	return strcmp(column, "prio") == 0 ? "99" : strcmp(column, "verdict") == 0 ? "deny" : "";
}

static void
write_ledger(const struct ledger_table *t, struct out *o)
{
	for (size_t i = 0; i < t->column_count; i++)
		out_printf(o, "%s%s", i ? "," : "", t->column[i].name);
	out_char(o, '\n');
	if (!is_barrier(t))
		return;
	for (size_t i = 0; i < t->column_count; i++)
		out_printf(o, "%s%s", i ? "," : "", default_cell(t->column[i].name));
	out_char(o, '\n');
}

static void
add_file(struct init *in, const char *folder, const char *name, const char *end,
	 void (*write)(const struct ledger_table *t, struct out *o), const struct ledger_table *t)
{
	struct str path =
		arena_printf(&in->arena, STR_FMT "%s%s%s", STR_ARG(in->folder), folder, name, end);
	struct stat st;
	struct out o;

	if (lstat(path.p, &st) == 0) {
		error_add(in->err, "'" STR_FMT "' is there already, and was kept", STR_ARG(path));
		return;
	}
	if (out_open(&o, path, in->err) != 0) {
		in->failed++;
		return;
	}
	write(t, &o);
	if (out_close(&o, in->err) == 0)
		in->written++;
	else
		in->failed++;
}

static int
make_folder(struct init *in, struct str path)
{
	struct str name = arena_str(&in->arena, path);

	if (mkdir(name.p, 0777) == 0 || errno == EEXIST)
		return 0;
	return error_add(in->err, "cannot make the folder '" STR_FMT "': %s", STR_ARG(path),
			 strerror(errno));
}

static void
add_files(struct init *in)
{
	add_file(in, "", "sekisho", ".yaml", write_policy, NULL);
	add_file(in, "ledgers/", "README", "", write_readme, NULL);
	for (size_t i = 0; i < COUNT(tables); i++)
		add_file(in, "ledgers/", tables[i]->name, ".csv", write_ledger, tables[i]);
}

static void
tell_next(const struct init *in)
{
	struct errors mute = { 0 };
	struct out o;

	out_stream(&o, STDOUT_FILENO, STR("standard output"));
	out_printf(&o, "%zu files written; fill in ", in->written);
	out_tty(&o, in->folder);
	out_text(&o, "ledgers/ by its README and edit ");
	out_tty(&o, in->folder);
	out_text(&o, "sekisho.yaml; `sekisho check` tells what is wrong\n");
	out_close(&o, &mute);
	errors_free(&mute);
}

static enum status
init_run(struct options *o, struct errors *err)
{
	struct init in = { .err = err };
	struct str folder = o->operand.n ? o->operand.at[0] : STR("");
	enum status status = STATUS_USAGE;

	if (o->operand.n > 1) {
		error_add(err, "init writes into one folder, so '" STR_FMT "' is too much",
			  STR_ARG(o->operand.at[1]));
		return status;
	}
	in.folder = folder.n && !str_ends(folder, STR("/"))
			    ? arena_printf(&in.arena, STR_FMT "/", STR_ARG(folder))
			    : folder;
	if ((folder.n == 0 || make_folder(&in, folder) == 0) &&
	    make_folder(&in, arena_printf(&in.arena, STR_FMT "ledgers", STR_ARG(in.folder))) == 0) {
		add_files(&in);
		if (in.written)
			tell_next(&in);
		status = in.failed ? STATUS_INTERNAL : err->list.n ? STATUS_USAGE : STATUS_OK;
	}
	arena_free(&in.arena);
	return status;
}

const struct verb verb_init = {
	.name = "init",
	.usage = "[options] [DIR]",
	.summary = "a commented starter policy and empty ledgers, in DIR or here",
	.bit = IN_INIT,
	.run = init_run,
};
