/*
 * policy_place_test.c - which of the places wins, that what is there in any form is never passed over, and that the
 * machine's own comes last.  The machine's folder is a parameter here: no environment can move it in the program.
 */
#include "base/test_wall.h"

#include "app/policy_place.h"

#include <sys/stat.h>
#include <unistd.h>

static char root[] = "/tmp/policy_place.XXXXXX";

static const char *
below(struct arena *a, const char *name)
{
	return arena_printf(a, "%s/%s", root, name).p;
}

/* `what` lies at `name`, or as a link leads to `what`. */
static void
lay(struct arena *a, const char *name, const char *leads_to)
{
	FILE *f;

	if (leads_to) {
		assert_int_equal(symlink(leads_to, below(a, name)), 0);
		return;
	}
	f = fopen(below(a, name), "w");
	assert_non_null(f);
	assert_int_equal(fclose(f), 0);
}

enum { XDG = 1, HOME = 2, MACHINE = 4, HERE = 8, NAMED = 16 };

static const struct {
	const char *name;
	unsigned laid;
	const char *config, *home; /* below root, or as they are where they begin with a dot */
	const char *want;
} cases[] = {
	{ "nothing anywhere", 0, "xdg", "home", "" },
	{ "the machine's own", MACHINE, "xdg", "home", "machine/sekisho.yaml" },
	{ "the user's comes before the machine's", MACHINE | XDG, "xdg", "home",
	  "xdg/sekisho/sekisho.yaml" },
	{ "XDG_CONFIG_HOME replaces ~/.config, and is not added to it", MACHINE | HOME, "xdg",
	  "home", "machine/sekisho.yaml" },
	{ "without XDG_CONFIG_HOME it is ~/.config", MACHINE | HOME | XDG, NULL, "home",
	  "home/.config/sekisho/sekisho.yaml" },
	{ "an empty XDG_CONFIG_HOME is none", HOME | XDG, ".", "home",
	  "home/.config/sekisho/sekisho.yaml" },
	{ "neither one nor the other", MACHINE | HOME | XDG, NULL, NULL, "machine/sekisho.yaml" },
	{ "what lies here comes before the user's", MACHINE | HOME | XDG | HERE, "xdg", "home",
	  "here.yaml" },
	{ "what SEKISHO_POLICY names comes first, there or not", MACHINE | XDG | HERE | NAMED,
	  "xdg", "home", "named.yaml" },
};

static const char *
folder_named(struct arena *a, const char *name)
{
	if (!name)
		return NULL;
	return name[0] == '.' ? name + 1 : below(a, name);
}

static void
places_in_their_order(void **unused)
{
	struct arena a = { 0 };

	(void)unused;
	for (size_t i = 0; i < COUNT(cases); i++) {
		const struct policy_places places = {
			.named = cases[i].laid & NAMED ? below(&a, "named.yaml") : NULL,
			.here = below(&a, "here.yaml"),
			.config = folder_named(&a, cases[i].config),
			.home = folder_named(&a, cases[i].home),
			.machine = below(&a, "machine"),
		};
		static const char *const names[] = { "xdg/sekisho/sekisho.yaml",
						     "home/.config/sekisho/sekisho.yaml",
						     "machine/sekisho.yaml", "here.yaml" };
		struct str got, want;

		for (size_t k = 0; k < COUNT(names); k++) {
			if (cases[i].laid & 1U << k)
				lay(&a, names[k], NULL);
		}
		got = policy_place_first(&places, &a);
		want = cases[i].want[0] ? str_of(below(&a, cases[i].want)) : STR("");
		if (!str_eq(got, want))
			fail_msg("%s: got '" STR_FMT "', wanted '" STR_FMT "'", cases[i].name,
				 STR_ARG(got), STR_ARG(want));
		for (size_t k = 0; k < COUNT(names); k++)
			(void)unlink(below(&a, names[k]));
	}
	arena_free(&a);
}

/* A relative folder would mean another place in every folder. */
static void
relative_folders_are_none(void **unused)
{
	struct arena a = { 0 };
	const struct policy_places places = {
		.here = "nosuch.yaml", .config = "xdg", .home = "home", .machine = "machine"
	};

	(void)unused;
	lay(&a, "xdg/sekisho/sekisho.yaml", NULL);
	lay(&a, "home/.config/sekisho/sekisho.yaml", NULL);
	assert_int_equal(chdir(root), 0);
	assert_int_equal(policy_place_first(&places, &a).n, 0);
	assert_int_equal(chdir("/"), 0);
	assert_int_equal(unlink(below(&a, "xdg/sekisho/sekisho.yaml")), 0);
	assert_int_equal(unlink(below(&a, "home/.config/sekisho/sekisho.yaml")), 0);
	arena_free(&a);
}

/* What cannot be read is told when it is read; to look elsewhere would hide it. */
static void
broken_places_are_not_passed_over(void **unused)
{
	static const char *const broken[] = { "nowhere", "sekisho.yaml" };
	struct arena a = { 0 };
	const struct policy_places places = { .here = below(&a, "nosuch.yaml"),
					      .config = below(&a, "xdg"),
					      .machine = below(&a, "machine") };
	const char *mine = below(&a, "xdg/sekisho/sekisho.yaml");

	(void)unused;
	lay(&a, "machine/sekisho.yaml", NULL);
	for (size_t i = 0; i < COUNT(broken); i++) {
		lay(&a, "xdg/sekisho/sekisho.yaml", broken[i]);
		assert_string_equal(policy_place_first(&places, &a).p, mine);
		assert_int_equal(unlink(mine), 0);
	}
	if (geteuid() != 0) { /* root may search every folder */
		assert_int_equal(chmod(below(&a, "xdg/sekisho"), 0), 0);
		assert_string_equal(policy_place_first(&places, &a).p, mine);
		assert_int_equal(chmod(below(&a, "xdg/sekisho"), 0700), 0);
	}
	assert_int_equal(unlink(below(&a, "machine/sekisho.yaml")), 0);
	arena_free(&a);
}

static int
make_root(void **unused)
{
	static const char *const folders[] = { "xdg",          "xdg/sekisho",          "home",
					       "home/.config", "home/.config/sekisho", "machine" };
	struct arena a = { 0 };
	int rc = mkdtemp(root) ? 0 : -1;

	(void)unused;
	for (size_t i = 0; i < COUNT(folders) && rc == 0; i++)
		rc = mkdir(below(&a, folders[i]), 0700);
	arena_free(&a);
	return rc;
}

static int
drop_root(void **unused)
{
	static const char *const folders[] = { "machine", "home/.config/sekisho", "home/.config",
					       "home",    "xdg/sekisho",          "xdg" };
	struct arena a = { 0 };

	(void)unused;
	for (size_t i = 0; i < COUNT(folders); i++)
		(void)rmdir(below(&a, folders[i]));
	arena_free(&a);
	return rmdir(root);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(places_in_their_order),
		cmocka_unit_test(relative_folders_are_none),
		cmocka_unit_test(broken_places_are_not_passed_over),
	};

	return cmocka_run_group_tests(tests, make_root, drop_root);
}
