# Makefile - builds sekisho and runs everything that judges it; `make help` lists what it can do.
#
# Objects go to build/VARIANT/ and nothing is ever written into src/.  Sources are discovered: a new
# file below src/<layer>/ needs no line here.  V=1 shows commands, WERROR=1 makes warnings errors.

VERSION = 0.1.0
PREFIX  = /usr/local
BINDIR  = $(PREFIX)/bin
MANDIR  = $(PREFIX)/share/man
DATADIR = $(PREFIX)/share/sekisho

VARIANT ?= release
B       := build/$(VARIANT)
OS      := $(shell uname -s)
.DEFAULT_GOAL := all
.DELETE_ON_ERROR:
MAKEFLAGS += --no-print-directory --no-builtin-rules

ifeq ($(V),1)
Q :=
say = @:
else
Q := @
say = @printf '  %-5s %s\n'
endif

# What is tested here is not judged by a policy that its developer keeps at home.
export XDG_CONFIG_HOME := $(CURDIR)/build/no-config

# --- sources ------------------------------------------------------------------------------------

SOURCES  := $(sort $(wildcard src/*/*.c))
HEADERS  := $(sort $(wildcard src/*/*.h))
TESTS    := $(filter %_test.c,$(SOURCES))
FUZZERS  := $(filter %_fuzz.c,$(SOURCES))
BENCHES  := $(filter %_bench.c,$(SOURCES))
DRIVER   := $(filter src/base/fuzz_main.c,$(SOURCES))
PLAIN    := $(filter-out $(TESTS) $(FUZZERS) $(BENCHES) $(DRIVER),$(SOURCES))
MAIN     := $(filter src/app/main.c,$(PLAIN))
LIBSRC   := $(filter-out $(MAIN),$(PLAIN))

object   = $(patsubst src/%.c,$B/obj/%.o,$1)
program  = $(foreach s,$1,$B/$2$(basename $(notdir $s)))
LIB      := $B/libsekisho.a
PROGRAM  := $(if $(MAIN),$B/sekisho)
TESTBINS := $(call program,$(TESTS),test/)
BENCHBIN := $(call program,$(BENCHES),bench/)
REPLAYS  := $(if $(DRIVER),$(call program,$(FUZZERS),replay/))
SEKISHO  := $B/sekisho

# --- compiler -----------------------------------------------------------------------------------

CFLAGS   ?= -O2 -g
CPPFLAGS += -Isrc -D_GNU_SOURCE -D_FILE_OFFSET_BITS=64 -DSEKISHO_VERSION='"$(VERSION)"'

WARNINGS = -Wall -Wextra -Wpedantic -Wconversion -Wsign-conversion -Warith-conversion -Wshadow \
	-Wformat=2 -Wformat-overflow=2 -Wformat-truncation=2 -Wformat-signedness -Wvla -Walloca \
	-Wcast-qual -Wwrite-strings -Wpointer-arith -Wstrict-prototypes -Wmissing-prototypes \
	-Wold-style-definition -Wundef -Wduplicated-cond -Wduplicated-branches -Wlogical-op \
	-Wdouble-promotion -Wimplicit-fallthrough -Wswitch-enum -Wunused-result
# These follow values through the optimiser, so the code a sanitizer adds makes them cry wolf.
FLOW_WARNINGS = -Wnull-dereference -Warray-bounds=2 -Wstringop-overflow=4 -Wstack-usage=16384
HARDEN   = -fPIE -fstack-protector-strong -fstack-clash-protection -fcf-protection=full \
	-ftrivial-auto-var-init=zero -fno-strict-aliasing -fno-delete-null-pointer-checks
COMMON   = -fno-common -ffile-prefix-map=$(CURDIR)=.
SANITIZE = -g -O1 -fno-omit-frame-pointer -fno-strict-aliasing

ifneq ($(filter release debug,$(VARIANT)),)
WANTED   := $(WARNINGS) $(FLOW_WARNINGS) $(COMMON) $(HARDEN)
else
WANTED   := $(WARNINGS) $(COMMON)
endif

ifeq ($(VARIANT),release)
MODE     := $(CFLAGS) -U_FORTIFY_SOURCE -D_FORTIFY_SOURCE=3
else ifeq ($(VARIANT),debug)
MODE     := -O0 -g3
else ifeq ($(VARIANT),asan)
MODE     := $(SANITIZE) -fsanitize=address,undefined -fno-sanitize-recover=all
else ifeq ($(VARIANT),tsan)
MODE     := $(SANITIZE) -fsanitize=thread
else ifeq ($(VARIANT),cov)
MODE     := -O0 -g --coverage -fprofile-abs-path
else ifeq ($(VARIANT),fuzz)
CC       := clang
MODE     := $(SANITIZE) -fsanitize=fuzzer-no-link,address,undefined -fno-sanitize-recover=all
else
$(error VARIANT is release, debug, asan, tsan, cov or fuzz, not '$(VARIANT)')
endif

ifneq ($(filter release debug,$(VARIANT)),)
ifeq ($(OS),Linux)
HARDEN_LINK := -pie -Wl,-z,relro,-z,now,-z,noexecstack,-z,separate-code
endif
endif
ifeq ($(OS),Linux)
HARDEN_LINK += -Wl,--as-needed
endif

# A sanitizer's own exit status must not be taken for the 1 that means "findings".
export ASAN_OPTIONS  ?= exitcode=99:detect_stack_use_after_return=1
export UBSAN_OPTIONS ?= exitcode=99:print_stacktrace=1
export TSAN_OPTIONS  ?= exitcode=99:halt_on_error=1

PACKAGES = libpcre2-8 zlib yaml-0.1 libmaxminddb sqlite3
PKG_CONFIG ?= pkg-config

# Goals that compile nothing must work on a machine without compiler and libraries.
QUIET_GOALS := clean help layers names format format-check dist man-lint html-check uninstall deb
ifneq ($(filter-out $(QUIET_GOALS),$(or $(MAKECMDGOALS),all)),)
ifeq ($(shell command -v $(firstword $(CC))),)
$(error no compiler '$(firstword $(CC))': `sh scripts/bootstrap $(or $(firstword $(MAKECMDGOALS)),all)` installs what is missing)
endif
MISSING := $(foreach p,$(PACKAGES),$(shell $(PKG_CONFIG) --exists $p 2>/dev/null || echo $p))
ifneq ($(strip $(MISSING)),)
$(error pkg-config does not find: $(MISSING); `sh scripts/bootstrap $(or $(firstword $(MAKECMDGOALS)),all)` installs what is missing)
endif

# One probe when the compiler knows all flags; one probe a flag otherwise.
# (Not on an empty file: -Wpedantic forbids one, and would count as unknown.)
cc-option = $(shell echo 'int probe(void);' | $(CC) -std=c11 -Werror $1 -x c -c - -o /dev/null \
	2>/dev/null && echo '$1')
KNOWN    := $(or $(call cc-option,$(WANTED)),$(foreach f,$(WANTED),$(call cc-option,$f)))
# What a build has when it is there: package=macro.  libbz2 has no .pc file on Debian.
OPTIONAL := libisal=ISAL libzstd=ZSTD liblzma=XZ
FOUND    := $(foreach o,$(OPTIONAL),$(if $(shell $(PKG_CONFIG) --exists $(firstword $(subst =, ,$o)) 2>/dev/null && echo yes),$o))
BZIP2    := $(shell echo 'int main(void) { return !BZ2_bzlibVersion(); }' | \
	$(CC) -include bzlib.h -x c - -lbz2 -o /dev/null 2>/dev/null && echo yes)
EXTRAS   := $(foreach o,$(FOUND),$(firstword $(subst =, ,$o)))
CPPFLAGS += $(foreach o,$(FOUND),-DHAVE_$(lastword $(subst =, ,$o))=1) $(if $(BZIP2),-DHAVE_BZIP2=1) \
	$(shell $(PKG_CONFIG) --cflags $(PACKAGES) $(EXTRAS))
LIBS     := $(shell $(PKG_CONFIG) --libs $(PACKAGES) $(EXTRAS)) $(if $(BZIP2),-lbz2) -lm
CMOCKA    = $(or $(shell $(PKG_CONFIG) --libs cmocka 2>/dev/null),-lcmocka)
# Under a sanitizer gcc forgets what it knew of ranges, and warns of what cannot be: those are told, not refused.
STRICT   := $(if $(filter 1,$(WERROR)),$(if $(filter asan tsan,$(VARIANT)),,-Werror))
COMPILE  := $(CC) -std=c11 $(CPPFLAGS) $(KNOWN) $(STRICT) $(MODE) -pthread
LINK     := $(CC) $(MODE) $(HARDEN_LINK) $(LDFLAGS) -pthread
endif

# --- build --------------------------------------------------------------------------------------

.PHONY: all programs unit-programs FORCE
all: $(LIB) $(PROGRAM)
unit-programs: $(TESTBINS)
FORCE:

# Rewritten only when the text changes: new flags or a removed source rebuild what they touch.
remember = @mkdir -p $(@D); printf '%s\n' '$(subst ','\'',$1)' | cmp -s - $@ || \
	printf '%s\n' '$(subst ','\'',$1)' >$@
$B/flags: FORCE
	$(call remember,$(COMPILE) $(LINK) $(LIBS))
$B/members: FORCE
	$(call remember,$(LIBSRC))

$B/obj/%.o: src/%.c $B/flags
	@mkdir -p $(@D)
	$(say) CC $<
	$Q$(COMPILE) -MMD -MP -c -o $@ $<

# The shipped rules are copied in by the assembler, which tells no one what it read.
$B/obj/policy/rules_shipped.o: $(wildcard rules/*.yaml)
$B/obj/policy/tests_shipped.o: $(wildcard rules/*.test.yaml)
# ... and so is the style sheet of the HTML report.
$B/obj/report/rep_html_style.o: src/report/rep_html.css

$(LIB): $(call object,$(LIBSRC))
$(LIB): $B/members
	$(say) AR $@
	$Qrm -f $@ && $(AR) rcs $@ $(filter %.o,$^)

LINK_HERE = $(LINK) -o $@ $(filter %.o,$^) $(LIB) $(LIBS)
define to_link
	@mkdir -p $(@D)
	$(say) LD $@
endef

$B/sekisho: $(call object,$(MAIN)) $(LIB)
	$(to_link)
	$Q$(LINK_HERE)

define link_rule
$(call program,$1,$2): $(call object,$1 $3) $(LIB)
	$$(to_link)
	$$Q$$(LINK_HERE) $4
endef
# link_rule SOURCE FOLDER LINKED-TOO FLAGS
$(foreach s,$(TESTS),$(eval $(call link_rule,$s,test/,,$$(CMOCKA))))
$(foreach s,$(BENCHES),$(eval $(call link_rule,$s,bench/)))
$(foreach s,$(FUZZERS),$(eval $(call link_rule,$s,replay/,$(DRIVER))))
$(foreach s,$(FUZZERS),$(eval $(call link_rule,$s,fuzz/,,-fsanitize=fuzzer)))

-include $(patsubst %.o,%.d,$(call object,$(SOURCES)))

# --- parts: each ends with a line "N passed, N failed" --------------------------------------------

.PHONY: conformance unit golden scenarios golden-update rule-tests layers headers names lint format format-check law oracle sheet-check schema-check \
	oracle-small oracle-grid score oracle-selftest html-check tsan-scan fuzz fuzz-smoke fuzz-replay bench cov man-lint
script = if [ -f scripts/$1 ]; then sh scripts/$1 $2; else echo 'skipped: no scripts/$(strip $1)'; fi

# Tests over other people's material (SEKISHO_CORPUS names its folder) are skipped without it, and told.
# A program that dies, or that reports less than it planned (or nothing), is one failure at least.
unit: unit-programs
	@passed=0; failed=0; mkdir -p $B/test; \
	for t in $(TESTBINS); do \
		status=0; CMOCKA_MESSAGE_OUTPUT=TAP $$t >$$t.log 2>&1 </dev/null || status=$$?; \
		ok=$$(grep -c '^ok ' $$t.log); skip=$$(grep -c '^not ok .*# SKIP' $$t.log); \
		bad=$$(($$(grep -c '^not ok ' $$t.log) - skip)); \
		plan=$$(awk -F'[.][.]' '/^1[.][.][0-9]/ { n += $$2 } END { print n + 0 }' $$t.log); \
		if [ $$bad -eq 0 ] && { [ $$status -ne 0 ] || [ $$((ok + skip)) -eq 0 ] || \
			[ $$((ok + skip)) -lt $$plan ]; }; \
		then bad=1; fi; \
		passed=$$((passed + ok)); failed=$$((failed + bad)); \
		sed -n 's/^not ok [0-9]* # SKIP /skipped: /p' $$t.log; \
		[ $$bad -eq 0 ] || { echo "FAIL $$t (exit $$status)"; grep -v '^ok ' $$t.log; }; \
	done; echo "$$passed passed, $$failed failed"; [ $$failed -eq 0 ]

golden: all
	@$(call script,golden,$(SEKISHO))
scenarios: all
	@$(call script,golden,-C testdata/scenarios $(SEKISHO))
golden-update: all
	@$(call script,golden,--update $(SEKISHO))
law: law-1000
law-%: all FORCE
	@SEKISHO=$(SEKISHO) && export SEKISHO && $(call script,law,$*)
oracle: oracle-20
oracle-small: oracle-2
oracle-grid: oracle-grid-10
oracle-grid-%: all FORCE
	@$(call script,oracle/grid,$* $(SEKISHO))
# Of three seeds, or of the one named.
score: all
	@$(call script,score,$(SEKISHO))
score-%: all FORCE
	@SCORE_SEEDS=$* && export SCORE_SEEDS && $(call script,score,$(SEKISHO))
oracle-selftest:
	@$(call script,oracle/selftest)
# Each shipped rule has a test that fires it and a near miss, and all of them hold.
rule-tests: all
	@$(SEKISHO) test
# Every number of the survey counted again by SQL, and its bytes however the lines come.
survey-check: all
	@$(call script,survey-check,$(SEKISHO))
docs-check: all
	@$(call script,docs-check,$(SEKISHO))
html-check:
	@$(call script,html-check)
sheet-check: all
	@$(call script,sheet-check,$(SEKISHO))
schema-check: all
	@$(call script,schema-check,$(SEKISHO))
demo-check: all
	@$(call script,demo-check,$(SEKISHO))
proof-%: all FORCE
	@$(call script,proofs/$*,$(SEKISHO))
# What others read in other people's logs; CORPUS is the folder of them.
CORPUS   ?= corpus
CORPUSBIN = $(call program,$(shell grep -l SEKISHO_CORPUS $(TESTS)),test/)
conformance: all $(CORPUSBIN)
	@sh scripts/conformance $(CORPUS) $(SEKISHO) $(CORPUSBIN)
oracle-%: all FORCE
	@$(call script,oracle/run,$* $(SEKISHO))
# What nights carry in a state, from outside: scripts/hurt keeps its own truth, and hurts the run (HACKING, Test).
SHIM = build/hurt/shim.so
.PHONY: nights groupings kill twins hurt-selftest
$(SHIM): scripts/hurt/shim.c
	@mkdir -p $(@D)
	$(say) LD $@
	$Q$(CC) -std=c11 -D_GNU_SOURCE -O2 -fPIC -shared -Wall -Wextra -Wpedantic -Wshadow -Wmissing-prototypes $(STRICT) -o $@ $<
HURT = SEKISHO=$(SEKISHO) && export SEKISHO && $(call script,$1,$2)
nights: nights-365
groupings: groupings-182
nights-%: all $(SHIM) FORCE
	@$(call HURT,nights,--nights $*)
groupings-%: all FORCE
	@$(call HURT,groupings,--nights $*)
# kill-N, twins-N: every N-th call or byte only, fewer moments and rounds
kill: all $(SHIM)
	@$(call HURT,kill,--moments 1000)
kill-%: all $(SHIM) FORCE
	@$(call HURT,kill,--every $* --moments 10)
twins: all $(SHIM)
	@$(call HURT,twins)
twins-%: all $(SHIM) FORCE
	@$(call HURT,twins,--rounds 20 --flips $*)
hurt-selftest: all $(SHIM)
	@$(call HURT,hurt/start,selftest)
layers:
	@sh scripts/layers
names:
	@sh scripts/names
headers:
	@COMPILE="$(subst ",\",$(COMPILE))" sh scripts/headers $(HEADERS)
lint:
	@CPPFLAGS="$(subst ",\",$(CPPFLAGS))" sh scripts/lint
format-check:
	@sh scripts/lint format
format:
	@sh scripts/lint reformat

MANPAGES := $(wildcard man/*.[1-8] man/*/*.[1-8])
man-lint:
	@bad=0; all=0; [ -n '$(MANPAGES)' ] || { echo 'skipped: no manual yet'; exit 0; }; command -v mandoc >/dev/null || { echo 'skipped: no mandoc'; \
		[ -z "$$CI" ] || echo '0 passed, 1 failed'; [ -z "$$CI" ]; exit; }; \
	for page in $(MANPAGES); do \
		all=$$((all + 1)); mandoc -T lint -W warning $$page || bad=$$((bad + 1)); \
	done; echo "$$((all - bad)) passed, $$bad failed"; [ $$bad -eq 0 ]

# --- gates ----------------------------------------------------------------------------------------

.PHONY: check ci asan tsan tally
CHECK_PARTS = unit golden scenarios rule-tests layers headers names docs-check install-check demo-check proof-t06 \
	      proof-corrected proof-inputs proof-plans proof-verify law-100 \
	      oracle-selftest oracle-small survey-check nights-15 groupings-40 kill-50 twins-1000 \
	      fuzz-replay
CI_PARTS    = lint man-lint asan tsan fuzz-smoke oracle-grid-2 html-check sheet-check schema-check

check:
	@$(MAKE) all unit-programs replay-programs || { echo '0 passed, 1 failed'; exit 1; }
	@$(MAKE) tally PARTS='$(CHECK_PARTS)' LOGS=build/check
ci: all
	@$(MAKE) tally PARTS='$(CI_PARTS)' LOGS=build/ci
asan:
	@$(MAKE) VARIANT=release all
	@$(MAKE) VARIANT=asan all unit-programs
	@$(MAKE) VARIANT=asan tally PARTS='unit golden scenarios rule-tests law-10' LOGS=build/asan/log
tsan:
	@$(MAKE) VARIANT=release all
	@$(MAKE) VARIANT=tsan all
	@$(MAKE) VARIANT=tsan tally PARTS=tsan-scan LOGS=build/tsan/log

# Runs each of PARTS, keeps what it printed in LOGS, adds up the counts, ends with their sum.  A part
# that failed without counting is one failure; a sum of nothing at all is a failure too.
tally:
	@rm -rf $(LOGS); mkdir -p $(LOGS); passed=0; failed=0; \
	for part in $(PARTS); do \
		log=$(LOGS)/$$part.log; status=0; from=$$(date +%s); \
		$(MAKE) VARIANT=$(VARIANT) $$part >$$log 2>&1 </dev/null || status=$$?; \
		set -- $$(awk '/^[0-9]+ passed, [0-9]+ failed$$/ { p = $$1; f = $$3 } \
			END { print p + 0, f + 0 }' $$log); \
		p=$$1; f=$$2; [ $$status -eq 0 ] || [ $$f -gt 0 ] || f=1; \
		passed=$$((passed + p)); failed=$$((failed + f)); \
		[ $$f -eq 0 ] || { echo "---- $$part ($$log)"; tail -n 60 $$log; echo '----'; }; \
		printf '  %-15s %6d passed, %d failed, %d s' \
			$$part $$p $$f $$(($$(date +%s) - from)); \
		[ $$((p + f)) -gt 0 ] && echo || echo " ($$(tail -n 1 $$log))"; \
	done; echo "$$passed passed, $$failed failed"; [ $$failed -eq 0 ] && [ $$passed -gt 0 ]

# gcc 12's ThreadSanitizer cannot start where the kernel randomises addresses widely: then without.
DEMO_POLICY = build/demo/sekisho.yaml
tsan-scan: all build/demo/made
	@calm=; $B/sekisho --version >/dev/null 2>&1 || calm="setarch $$(uname -m) -R"; \
	$$calm $B/sekisho --version >/dev/null 2>&1 || { echo 'skipped: tsan does not start here'; exit 0; }; \
	bad=0; $$calm $B/sekisho scan --now 2023-01-31 -c $(DEMO_POLICY) -j2 -o ndjson=$B/two.ndjson || bad=$$?; \
	build/release/sekisho scan --now 2023-01-31 -c $(DEMO_POLICY) -j1 -o ndjson=$B/one.ndjson; \
	if [ $$bad -le 1 ] && cmp $B/one.ndjson $B/two.ndjson; then echo '1 passed, 0 failed'; \
	else echo "scan -j2 under tsan: exit $$bad"; echo '0 passed, 1 failed'; exit 1; fi

# --- fuzzing: clang's libFuzzer where there is one, else the seeds are replayed --------------------

# Seed 0 is another one every time: for long searches.  CI repeats one, so that what it finds is the change's doing.
FUZZ_SECONDS ?= 2
FUZZ_SEED ?= 1
FUZZBINS := $(call program,$(FUZZERS),fuzz/)
CAN_FUZZ  = $(shell echo 'int LLVMFuzzerTestOneInput(void *p, long n) { return p == 0 && n; }' | \
	clang -fsanitize=fuzzer,address -x c -o /dev/null - 2>/dev/null && echo yes)
.PHONY: fuzz-programs fuzz-run replay-programs
fuzz-programs: $(FUZZBINS)
replay-programs: $(REPLAYS)
fuzz:
	@$(MAKE) fuzz-smoke FUZZ_SECONDS=600 FUZZ_SEED=0
fuzz-smoke:
	@$(if $(CAN_FUZZ),$(MAKE) VARIANT=fuzz fuzz-run,echo 'no clang with libFuzzer here \
		(sh scripts/bootstrap fuzz-smoke): seeds are only replayed'; \
		[ -z "$$CI" ] || { echo '0 passed, 1 failed'; exit 1; }; $(MAKE) fuzz-replay)

# Seeds of X_fuzz lie in testdata/fuzz/X/; what the fuzzer finds new stays below build/.
fuzz-run: fuzz-programs
	@passed=0; failed=0; for f in $(FUZZBINS); do \
		n=$${f##*/}; n=$${n%_fuzz}; mkdir -p build/corpus/$$n; seeds=; \
		[ ! -d testdata/fuzz/$$n ] || seeds=testdata/fuzz/$$n; \
		if $$f -max_total_time=$(FUZZ_SECONDS) -seed=$(FUZZ_SEED) -timeout=20 -rss_limit_mb=2048 -verbosity=0 \
			-print_final_stats=1 -artifact_prefix=build/corpus/$$n- \
			build/corpus/$$n $$seeds >$$f.log 2>&1; then \
			passed=$$((passed + 1)); \
			echo "$$n: $$(awk '/number_of_executed/ { print $$2 }' $$f.log) runs"; \
		else failed=$$((failed + 1)); tail -n 40 $$f.log; \
			sed -n "s|.*Test unit written to |repeat: $$f |p" $$f.log; fi; \
	done; echo "$$passed passed, $$failed failed"; [ $$failed -eq 0 ]

# Every seed once, with the compiler at hand; a target without a seed is a failure.
fuzz-replay: replay-programs
	@passed=0; failed=0; for f in $(REPLAYS); do \
		n=$${f##*/}; n=$${n%_fuzz}; \
		for seed in testdata/fuzz/$$n/*; do \
			if $$f "$$seed"; then passed=$$((passed + 1)); \
			else failed=$$((failed + 1)); echo "FAIL $$f $$seed"; fi; \
		done; \
	done; echo "$$passed passed, $$failed failed"; [ $$failed -eq 0 ]

# --- demo, bench, coverage ------------------------------------------------------------------------

.PHONY: demo
DEMO_WORLD = --days 21 --accounts 60 --systems 2 --lines 30000
build/demo/made: build/release/sekisho
	@rm -rf build/demo
	build/release/sekisho demo $(DEMO_WORLD) --no-scan --out build/demo
	@touch $@
ifneq ($(VARIANT),release)
build/release/%: FORCE
	@$(MAKE) VARIANT=release $@
endif

demo: all
	@rm -rf build/demo
	$(SEKISHO) demo $(DEMO_WORLD) --out build/demo
	@touch build/demo/made
	@echo; echo "Try:  $(SEKISHO) scan -c $(DEMO_POLICY)"

bench: all $(BENCHBIN)
	@if [ -f scripts/bench ]; then SEKISHO=$(SEKISHO) sh scripts/bench; \
	else for b in $(BENCHBIN); do $$b || exit; done; fi

cov:
	@rm -rf build/cov
	@$(MAKE) VARIANT=cov all unit-programs
	@-$(MAKE) VARIANT=cov unit golden
	gcovr --root . --filter src/ --exclude '.*_(test|fuzz|bench)\.c' \
		--branches --print-summary --html-details build/cov/index.html build/cov

# --- install --------------------------------------------------------------------------------------

.PHONY: install uninstall install-check completions deb dist clean help

# What is installed, FILE>FOLDER; `uninstall` takes the same away.
DOCDIR   = $(PREFIX)/share/doc/sekisho
BASHDIR  = $(PREFIX)/share/bash-completion/completions
ZSHDIR   = $(PREFIX)/share/zsh/site-functions
FISHDIR  = $(PREFIX)/share/fish/vendor_completions.d
SHELLS   = $B/completions/sekisho $B/completions/_sekisho $B/completions/sekisho.fish
UNITS    = $(patsubst scripts/package/%,$B/package/%,$(wildcard scripts/package/sekisho.*))
in       = $(foreach f,$1,$f>$2)
SHIPPED  = $(call in,$(SEKISHO),$(BINDIR)) \
	$(foreach p,$(MANPAGES),$(call in,$p,$(patsubst man%/,$(MANDIR)%/,$(dir $p))man$(subst .,,$(suffix $p)))) \
	$(call in,$(wildcard rules/*.yaml),$(DATADIR)/rules) $(call in,$(wildcard man/schema/*.json),$(DATADIR)/schema) \
	$(call in,$B/completions/sekisho,$(BASHDIR)) $(call in,$B/completions/_sekisho,$(ZSHDIR)) \
	$(call in,$B/completions/sekisho.fish,$(FISHDIR)) \
	$(call in,README COPYING CHANGELOG,$(DOCDIR)) $(call in,$(UNITS),$(DOCDIR)/examples)

$B/completions/sekisho: $(SEKISHO) scripts/completions
	$(say) MAKE $(@D)
	$Qsh scripts/completions $(SEKISHO) $(@D)
$B/completions/_sekisho $B/completions/sekisho.fish: $B/completions/sekisho ;
# The examples start the program where it is installed.
$B/package/%: scripts/package/% FORCE
	@mkdir -p $(@D)
	@sed 's|/usr/bin/sekisho|$(BINDIR)/sekisho|' $< >$@
completions: $(SHELLS)

install: all $(SHELLS) $(UNITS)
	@for pair in $(foreach s,$(SHIPPED),'$s'); do \
		file=$${pair%%>*} dir='$(DESTDIR)'$${pair#*>}; mode=644; [ ! -x "$$file" ] || mode=755; \
		install -d "$$dir" && install -m $$mode "$$file" "$$dir/" || exit 1; \
	done; echo "installed in $(DESTDIR)$(PREFIX): $(words $(SHIPPED)) files"

# Folders of our own go, too, unless somebody laid something there.
uninstall:
	@for pair in $(foreach s,$(SHIPPED),'$s'); do \
		file=$${pair%%>*} dir='$(DESTDIR)'$${pair#*>}; rm -f "$$dir/$${file##*/}" || exit 1; \
	done; for dir in $(DATADIR)/rules $(DATADIR)/schema $(DATADIR) $(DOCDIR)/examples $(DOCDIR); do \
		[ ! -d '$(DESTDIR)'"$$dir" ] || rmdir '$(DESTDIR)'"$$dir" 2>/dev/null || \
			echo "left: $(DESTDIR)$$dir, which holds other files"; \
	done
install-check: all $(SHELLS)
	@MAKE='$(MAKE)' && export MAKE && $(call script,install-check,$(VARIANT))
deb:
	@sh scripts/package/deb

dist:
	@mkdir -p build/dist
	git archive --format=tar.gz --prefix=sekisho-$(VERSION)/ -o build/dist/sekisho-$(VERSION).tar.gz HEAD

clean:
	rm -rf build

help:
	@echo 'all            build/release/sekisho (the default)'
	@echo 'check          what a commit must pass: $(CHECK_PARTS)'
	@echo 'unit golden    unit test programs; whole runs compared with testdata/golden'
	@echo 'scenarios      incidents and near misses under all rules: rows worked out by hand (testdata/scenarios)'
	@echo 'rule-tests     the tests beside the shipped rules'
	@echo 'golden-update  accept today'\''s output, then read the diff'
	@echo 'law law-N      same findings however the input is cut: N trials'
	@echo 'oracle[-N]     findings compared with independent SQL on N worlds'
	@echo 'survey-check   the survey counted again by SQL, and the same however the input is cut'
	@echo 'oracle-grid    ... of ten worlds, the lines in four orders, one thread and two'
	@echo 'score          precision and recall on generated half-years'
	@echo 'nights[-N] groupings[-N] kill[-K] twins[-K] hurt-selftest   what a state carries, hurt (HACKING)'
	@echo 'layers headers names   includes point down; headers stand alone; names are unique'
	@echo 'lint format format-check man-lint   layout and static checks'
	@echo 'conformance    other people'\''s logs against what others read in them: CORPUS=DIR (not in check)'
	@echo 'html-check     the HTML reports in chromium, by axe, on a phone, on paper; csv-excel in LibreOffice: sheet-check'
	@echo 'schema-check   SARIF by its schema and by sarif-multitool'
	@echo 'asan tsan      the tests with sanitizers'
	@echo 'fuzz fuzz-smoke  each fuzz target for 600 or 2 seconds (FUZZ_SECONDS)'
	@echo 'fuzz-replay    the seeds of testdata/fuzz, once each'
	@echo 'ci             what is too long for check: $(CI_PARTS)'
	@echo 'install uninstall  DESTDIR= PREFIX=; program, manuals, rules, schemas, completions, examples'
	@echo 'install-check  both, in a folder that is thrown away; the installed program, completions, units'
	@echo 'deb            build/deb/sekisho_VERSION_ARCH.deb'
	@echo 'demo bench cov dist clean'
	@echo 'Variables: V=1 WERROR=1 VARIANT=release|debug|asan|tsan|cov|fuzz CC CFLAGS DESTDIR PREFIX'
