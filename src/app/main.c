/*
 * main.c - picks the verb, prints what went wrong once, and exits.  The only exit there is.
 */
#include "app/progress.h"
#include "app/verb.h"

#include <signal.h>
#include <sys/stat.h>
#include <unistd.h>

#define VERB(name) extern const struct verb verb_##name;
#include "app/verbs.def"
#undef VERB

static const struct verb *const verbs[] = {
#define VERB(name) &verb_##name,
#include "app/verbs.def"
#undef VERB
};

static void
usage(struct out *o)
{
	out_text(o, "sekisho reads access logs and says, with proof, who looked at what they "
		    "should not have\n\n"
		    "usage: sekisho VERB [options] ...\n\n");
	for (size_t i = 0; i < COUNT(verbs); i++)
		out_printf(o, "  %-10s%s\n", verbs[i]->name, verbs[i]->summary);
	out_text(o, "\n`sekisho VERB --help` lists the options of a verb; `sekisho --version` the "
		    "version\n");
}

static const struct verb *
verb_named(struct str name, struct errors *err)
{
	const struct verb *best = NULL;
	unsigned least = 4;

	for (size_t i = 0; i < COUNT(verbs); i++) {
		unsigned d = str_distance(name, str_of(verbs[i]->name));

		if (d == 0)
			return verbs[i];
		if (d < least) {
			least = d;
			best = verbs[i];
		}
	}
	if (best)
		error_add(err, "unknown verb '" STR_FMT "'; did you mean '%s'?", STR_ARG(name),
			  best->name);
	else
		error_add(err, "unknown verb '" STR_FMT "'; `sekisho --help` lists them",
			  STR_ARG(name));
	return NULL;
}

static enum status
run_verb(int argc, char **argv, struct out *stdout_text, struct errors *err)
{
	const struct verb *v = verb_named(str_of(argv[1]), err);
	struct options o = { 0 };
	enum status status = STATUS_USAGE;

	if (!v)
		return STATUS_USAGE;
	o.verb = str_of(v->name);
	if (options_parse(&o, v->bit, argc - 2, argv + 2, err) == 0) {
		if (o.help) {
			out_printf(stdout_text, "usage: sekisho %s %s\n%s\n\n", v->name, v->usage,
				   v->summary);
			options_help(v->bit, stdout_text);
			status = STATUS_OK;
		} else {
			progress_begin(o.progress, o.quiet || !(v->bit & IN_JUDGING));
			status = v->run(&o, err);
			progress_end();
		}
	}
	options_free(&o);
	return status;
}

/* Messages carry names and values strangers chose, so they are escaped like everything else. */
static void
print_errors(const struct errors *err)
{
	struct errors mute = { 0 };
	struct out o;

	out_stream(&o, STDERR_FILENO, STR("standard error"));
	for (size_t i = 0; i < err->list.n; i++) {
		out_text(&o, "sekisho: ");
		out_tty(&o, err->list.at[i]);
		out_char(&o, '\n');
	}
	if (err->dropped)
		out_printf(&o, "sekisho: and %zu more\n", err->dropped);
	out_close(&o, &mute);
	errors_free(&mute);
}

int
main(int argc, char **argv)
{
	struct errors err = { 0 };
	struct out text;
	enum status status = STATUS_USAGE;

	/* A closed or full output is an error we tell, not a signal we die of. */
	signal(SIGPIPE, SIG_IGN);
	signal(SIGXFSZ, SIG_IGN);
	umask(077);
	out_stream(&text, STDOUT_FILENO, STR("standard output"));
	if (argc < 2) {
		error_add(&err, "no verb; `sekisho --help` lists them");
	} else if (str_is(str_of(argv[1]), "--help") || str_is(str_of(argv[1]), "-h")) {
		usage(&text);
		status = STATUS_OK;
	} else if (str_is(str_of(argv[1]), "--version")) {
		out_text(&text, "sekisho " SEKISHO_VERSION "\n");
		status = STATUS_OK;
	} else {
		status = run_verb(argc, argv, &text, &err);
	}
	if (out_close(&text, &err) != 0)
		status = STATUS_INTERNAL;
	print_errors(&err);
	errors_free(&err);
	return (int)status;
}
