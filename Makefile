# lastcall - `make run` to watch it, `make test` to trust it. README.md has the rest.
CC       ?= cc
BUILD    ?= build
PREFIX   ?= /usr/local
OS       := $(shell uname -s)
platform := $(if $(filter Darwin,$(OS)),macos,linux)

WARN     = -Wall -Wextra -Wconversion -Wshadow -Wpedantic -Werror=switch
STD      = -std=c11 $(if $(filter linux,$(platform)),-D_GNU_SOURCE,-D_DARWIN_C_SOURCE)
CFLAGS  ?= -O2 -g
ALL_CFLAGS = $(STD) $(WARN) $(CFLAGS) $(SANITIZE)
INCLUDE  = -I$(BUILD)/machine -I$(BUILD)/obj -I$(BUILD) -Isrc -Isrc/core
LIBS     = -lev -lcurl -lyaml -ljansson -lm -lpthread
MAKEFLAGS += --no-print-directory

# The folders of src, from the lowest layer to the highest. tests/layers says which may name which.
agent_folders = core text text/feed text/trace words platform platform/$(platform) agent
tool_folders  = face/terminal face/client face/rehearse author/check author/fleet author/feed author/preview \
              author/exchange author/policy qa/world qa/watch qa/replay qa/trace qa/explore qa/simulate
objects_in  = $(patsubst src/%.c,$(BUILD)/obj/%.o,$(filter-out %/policy/manual.c %/cli/synopsis.c,$(wildcard $(patsubst %,src/%/*.c,$(1)))))
agent_objects = $(call objects_in,$(agent_folders)) $(BUILD)/obj/words/languages.o
tool_objects  = $(call objects_in,$(tool_folders))
cli_objects   = $(call objects_in,cli)
archives      = $(BUILD)/liblastcall-tools.a $(BUILD)/liblastcall-agent.a
machine  = $(BUILD)/machine/machine
tools    = $(patsubst tests/tools/%.c,$(BUILD)/tools/%,$(wildcard tests/tools/*.c))
units    = $(patsubst tests/unit/%.c,$(BUILD)/tests/%,$(wildcard tests/unit/*_test.c))

.PHONY: all help run test check prove suites bench diagram install uninstall clean
all: $(BUILD)/lastcall $(addprefix $(BUILD)/man/,lastcall.1 lastcall-policy.5 lastcall-trace.5)

# The generator: machine/update.yaml -> Ragel -> C.
gen_objects = $(patsubst gen/%.c,$(BUILD)/gen/%.o,$(wildcard gen/*.c gen/*/*.c)) $(BUILD)/gen/text/yaml.o \
              $(BUILD)/gen/text/message.o $(BUILD)/gen/text/file.o
$(BUILD)/gen/%.o: gen/%.c
	@mkdir -p $(@D)
	$(CC) $(ALL_CFLAGS) -MMD -MP -Igen -Isrc/text -I$(BUILD)/gen -c -o $@ $<
$(BUILD)/gen/text/%.o: src/text/%.c
	@mkdir -p $(@D)
	$(CC) $(ALL_CFLAGS) -MMD -MP -c -o $@ $<
# Turns the fixed text of generated files into the lines of a C array.
$(BUILD)/gen/%.inc: gen/%.in
	@mkdir -p $(@D)
	sed 's/[\\"]/\\&/g; s/.*/"&",/' $< >$@
$(BUILD)/gen/emit/emit.o: $(BUILD)/gen/emit/machine.h.inc $(BUILD)/gen/emit/machine.rl.inc
$(BUILD)/gen/machinec: $(gen_objects)
	$(CC) $(ALL_CFLAGS) -o $@ $^ -lyaml

# The generator rewrites machine.h only when it changes: an edit that adds no name compiles only machine.c.
phrases = src/words/phrases.yaml
$(machine).c: machine/update.yaml $(phrases) $(BUILD)/gen/machinec
	$(BUILD)/gen/machinec --phrases $(phrases) --out $(BUILD)/machine machine/update.yaml
$(machine).h: $(machine).c
	@test -e $@ || $(BUILD)/gen/machinec --phrases $(phrases) --out $(BUILD)/machine machine/update.yaml
# Ragel's code gives no warning except about tables that it does not use.
$(BUILD)/obj/machine.o: $(machine).c $(machine).h
	@mkdir -p $(@D)
	$(CC) $(ALL_CFLAGS) -Wno-unused-const-variable -Isrc/core -I$(BUILD)/machine -c -o $@ $<

$(BUILD)/obj/%.o: src/%.c $(machine).h
	@mkdir -p $(@D)
	$(CC) $(ALL_CFLAGS) -MMD -MP $(INCLUDE) -c -o $@ $<

# What people read: src/words/*.yaml -> C. The folder is a prerequisite, since a language may be removed. The
# header changes only with the names of the phrases.
languages = $(filter-out $(phrases),$(wildcard src/words/*.yaml))
languagec_objects = $(call objects_in,words/languagec) $(patsubst %,$(BUILD)/obj/%.o,words/language words/phrase \
                    words/pattern text/key text/value text/yaml text/message text/memory text/file core/calendar core/version)
$(BUILD)/languagec: $(languagec_objects)
	$(CC) $(ALL_CFLAGS) -o $@ $^ $(LDFLAGS) -lyaml
$(BUILD)/words/languages.c: $(phrases) $(languages) $(BUILD)/languagec src/words
	@mkdir -p $(@D)
	$(BUILD)/languagec $(phrases) $(languages) >$@.new && mv $@.new $@
$(BUILD)/words/phrases.h: $(BUILD)/words/languages.c
	@$(BUILD)/languagec $(phrases) >$@.new && { cmp -s $@.new $@ && rm $@.new || mv $@.new $@; }
$(BUILD)/obj/words/languages.o: $(BUILD)/words/languages.c $(BUILD)/words/phrases.h
	@mkdir -p $(@D)
	$(CC) $(ALL_CFLAGS) -MMD -MP $(INCLUDE) -c -o $@ $<
$(filter-out $(languagec_objects),$(agent_objects) $(tool_objects) $(cli_objects)) $(BUILD)/obj/author/policy/manual.o: \
	| $(BUILD)/words/phrases.h

# Turns the fixed text of pages into the lines of a C array.
$(BUILD)/obj/%.inc: src/%
	@mkdir -p $(@D)
	sed 's/[\\"]/\\&/g; s/.*/"&",/' $< >$@
$(BUILD)/obj/author/preview/html.o: $(BUILD)/obj/author/preview/preview.css.inc
$(BUILD)/obj/qa/trace/html.o: $(BUILD)/obj/qa/trace/trace.html.inc

$(BUILD)/liblastcall-agent.a: $(agent_objects) $(BUILD)/obj/machine.o
	@rm -f $@
	@ar qcs $@ $^
$(BUILD)/liblastcall-tools.a: $(tool_objects)
	@rm -f $@
	@ar qcs $@ $^
$(BUILD)/lastcall: $(cli_objects) $(archives) $(addprefix $(BUILD)/,core-is-pure no-circles layers-hold)
	$(CC) $(ALL_CFLAGS) -o $@ $(filter %.o %.a,$^) $(LDFLAGS) $(LIBS)

# Fill in the parts of the manual pages that come from the tables of policy keys, of options and of the machine.
$(BUILD)/manual: $(BUILD)/obj/author/policy/manual.o $(archives)
	$(CC) $(ALL_CFLAGS) -o $@ $^ $(LDFLAGS) $(LIBS)
$(BUILD)/synopsis: $(BUILD)/obj/cli/synopsis.o $(filter-out %/main.o,$(cli_objects)) $(archives)
	$(CC) $(ALL_CFLAGS) -o $@ $^ $(LDFLAGS) $(LIBS)
$(BUILD)/man/lastcall.1: filler = $(BUILD)/synopsis
$(BUILD)/man/lastcall.1: $(BUILD)/synopsis
$(BUILD)/man/lastcall-policy.5 $(BUILD)/man/lastcall-trace.5: filler = $(BUILD)/manual
$(BUILD)/man/lastcall-policy.5 $(BUILD)/man/lastcall-trace.5: $(BUILD)/manual
$(BUILD)/man/%: src/man/%.in
	@mkdir -p $(@D)
	$(filler) <$< >$@.new && mv $@.new $@

# The core may not use a clock, file, network, environment or heap: its objects must have no such symbol.
$(BUILD)/core-is-pure: $(filter $(BUILD)/obj/core/%,$(agent_objects)) $(BUILD)/obj/machine.o tests/core-symbols
	tests/core-symbols $(filter %.o,$^)
	@touch $@
# A lower layer may not name a higher one, and so the agent none of the tools.
$(BUILD)/layers-hold: $(agent_objects) $(BUILD)/obj/machine.o $(tool_objects) $(cli_objects) tests/layers
	@tests/layers $(BUILD)/obj $(filter %.o,$^)
	@touch $@
# No two modules of the agent may depend on each other, directly or through others.
$(BUILD)/no-circles: $(agent_objects) tests/no-circles
	tests/no-circles $(filter %.o,$^)
	@touch $@

$(BUILD)/tests/%: $(BUILD)/obj/tests/unit/%.o $(archives)
	@mkdir -p $(@D)
	$(CC) $(ALL_CFLAGS) -o $@ $< $(archives) $(LDFLAGS) -lcmocka $(LIBS)
# Helper programs of some suites.
$(BUILD)/tools/%: $(BUILD)/obj/tests/tools/%.o $(archives)
	@mkdir -p $(@D)
	$(CC) $(ALL_CFLAGS) -o $@ $< $(archives) $(LDFLAGS) $(LIBS)
$(BUILD)/obj/tests/%.o: tests/%.c $(machine).h | $(BUILD)/words/phrases.h
	@mkdir -p $(@D)
	$(CC) $(ALL_CFLAGS) -MMD -MP $(INCLUDE) -c -o $@ $<
.PRECIOUS: $(BUILD)/obj/tests/%.o
# For LD_PRELOAD in some suites: they simulate a power cut, move the clocks, and let days pass in no time. Need glibc.
preloads = $(if $(filter linux,$(platform)),$(patsubst %,$(BUILD)/tools/%.so,powercut clocks virtual))
$(BUILD)/tools/%.so: tests/faults/%.c
	@mkdir -p $(@D)
	$(CC) $(STD) $(WARN) $(CFLAGS) -shared -fPIC -o $@ $< -ldl
suites: all $(units) $(tools) $(preloads)

help:
	@sed -n 's/^#: //p' $(MAKEFILE_LIST)
#: make            build build/lastcall and its manual pages
#: make run        install what is missing, build, and rehearse policies/demo.yaml on this machine
#: make test       install what is missing, build, and run every test
#: make check      run the quick tests
#: make prove      prove every promise in every reachable state, and that no update is postponed for ever
#: make bench      measure speed and size beside a reference in the same run; write build/bench.json
#: make diagram    draw the machine as SVG: for people (machine/update.svg), and with everything
#: make install    install the program, its manual pages and a service file: DESTDIR=, PREFIX=/usr/local
#: make uninstall  remove what make install installed; the policy and the state stay
#: make clean      remove build/

# For newcomers: .ci/setup installs what is missing, and says what and why.
run:
	@.ci/setup run
	@$(MAKE) -s all
	@$(BUILD)/lastcall rehearse policies/demo.yaml
test:
	@.ci/setup test
	@tests/all
check: suites
	@BUILD=$(BUILD) tests/run --fast
# Explores every reachable state; proves with SPIN that no update is postponed for ever; and plants bugs in copies of the
# machine and of the sources, all of which the suites must find.
prove: suites
	@.ci/setup test
	@$(BUILD)/lastcall explore & BUILD=$(BUILD) MUTANTS=all tests/run tests/explore/liveness.test \
		tests/explore/planted.test tests/journal/mutants.test; \
	suites=$$?; wait $$! && exit $$suites
# Measures a step of the machine that ships, and of a frozen copy beside a switch written by hand that does the same.
$(BUILD)/bench/step: tests/bench/step.c tests/bench/life.c tests/bench/life.h $(BUILD)/obj/machine.o
	@mkdir -p $(@D)
	$(CC) $(ALL_CFLAGS) $(INCLUDE) -o $@ $(filter %.c %.o,$^) $(LDFLAGS)
$(BUILD)/bench/frozen/machine.c: tests/bench/frozen.yaml $(BUILD)/gen/machinec
	@mkdir -p $(@D)
	$(BUILD)/gen/machinec --out $(@D) $<
$(BUILD)/bench/by_hand: $(BUILD)/bench/frozen/machine.c $(wildcard tests/bench/by_hand.c tests/bench/life.* tests/bench/switch*)
	$(CC) $(ALL_CFLAGS) -Wno-unused-const-variable -I$(BUILD)/bench/frozen -o $@ $(filter %.c,$^) $(LDFLAGS)
$(BUILD)/bench/%: tests/bench/%.c $(archives)
	@mkdir -p $(@D)
	$(CC) $(ALL_CFLAGS) $(INCLUDE) -o $@ $< $(archives) $(LDFLAGS) $(LIBS)
bench: all $(filter %/virtual.so,$(preloads)) $(BUILD)/tools/puppet $(patsubst %,$(BUILD)/bench/%,step by_hand lengthen)
	@tests/bench/run
diagram: $(machine).h
	dot -Tsvg -o machine/update.svg $(BUILD)/machine/picture.dot
	dot -Tsvg -o $(BUILD)/machine/machine.svg $(BUILD)/machine/machine.dot
	@echo "for people: machine/update.svg; everything: $(BUILD)/machine/machine.svg"

# Installs the service without starting it: a policy must be in place first (README).
service     = $(if $(filter macos,$(platform)),lastcall.plist,lastcall.service)
service_dir = $(if $(filter macos,$(platform)),/Library/LaunchDaemons,$(PREFIX)/lib/systemd/system)
install: all
	install -d $(DESTDIR)$(PREFIX)/bin $(DESTDIR)$(PREFIX)/lib/lastcall/drivers $(DESTDIR)$(service_dir) \
		$(DESTDIR)$(PREFIX)/share/man/man1 $(DESTDIR)$(PREFIX)/share/man/man5
	install -m 755 $(BUILD)/lastcall $(DESTDIR)$(PREFIX)/bin/
	install -m 644 $(BUILD)/man/lastcall.1 $(DESTDIR)$(PREFIX)/share/man/man1/
	install -m 644 $(BUILD)/man/lastcall-policy.5 $(BUILD)/man/lastcall-trace.5 src/man/lastcall-machine.5 \
		$(DESTDIR)$(PREFIX)/share/man/man5/
	for driver in src/platform/$(platform)/drivers/*; do \
		[ ! -e $$driver ] || install -m 755 $$driver $(DESTDIR)$(PREFIX)/lib/lastcall/drivers/ || exit; done
	sed 's|@PREFIX@|$(PREFIX)|g' src/platform/$(platform)/$(service) >$(DESTDIR)$(service_dir)/$(service)
	chmod 644 $(DESTDIR)$(service_dir)/$(service)

uninstall:
	rm -f $(DESTDIR)$(PREFIX)/bin/lastcall $(DESTDIR)$(service_dir)/$(service) \
		$(DESTDIR)$(PREFIX)/share/man/man1/lastcall.1 \
		$(patsubst %,$(DESTDIR)$(PREFIX)/share/man/man5/lastcall-%.5,machine policy trace)
	rm -rf $(DESTDIR)$(PREFIX)/lib/lastcall

clean:
	rm -rf build

-include $(shell find $(BUILD) -name '*.d' 2>/dev/null)
