# SPDX-License-Identifier: Apache-2.0
# The same targets for people and for CI. `make` alone prints them.

SHELL := bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help

# A debug build is the quickest; `make demo CONFIGURATION=release` builds what one would install.
CONFIGURATION ?= debug
# Passed on to the command: `make demo ARGS="--mishaps"`.
ARGS ?=

# lint and test build the same products with the same flags, so the one that runs second finds them built.
IMPORTS := --explicit-target-dependency-import-check error
STRICT  := DAYBOOK_STRICT=1
QUIET   := 2>&1 | scripts/quiet-build

# A build that is made once and thrown away, as in CI, is quicker with whole modules and without debug information (ONCE=1;
# docs/adr/0053-tests-run-on-optimized-code.md). Without ONCE=1 the next build compiles less for each change.
ONCE    ?=
WHOLE   := $(if $(ONCE),-debug-info-format none -Xswiftc -wmo -Xswiftc -num-threads -Xswiftc 1)
TESTS   := $(STRICT) swift build --build-tests $(IMPORTS) $(WHOLE) $(QUIET)

# A debug build compiles C without optimization, too, and one password then takes seconds of scrypt. Clang adds this to its
# options by itself; as a flag of `swift build` it would have everything compiled anew whenever it comes or goes.
export CCC_OVERRIDE_OPTIONS := \# +-O2

.PHONY: help demo article run sandbox test simulate mutants fuzz sanitize trials lint format bench bench-intake dist dist-test inbox-kills docs clean

help: ## Print these targets
	@echo 'make TARGET [CONFIGURATION=release] [ARGS="..."]'
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  %-12s %s\n", $$1, $$2 }' $(firstword $(MAKEFILE_LIST))

demo: ## Sandbox, Daybook and a week of trade on this machine: ends in a table, serves until Ctrl-C
	@scripts/setup demo
	@swift build -c $(CONFIGURATION) --product intuit-sandbox $(QUIET)
	@swift build -c $(CONFIGURATION) --product daybook $(QUIET)
	@exec "$$(swift build -c $(CONFIGURATION) --show-bin-path)/daybook" demo $(ARGS)

article: ## A connection that expired unused, on this machine, and the steps that bring it back, to try by hand
	@scripts/setup demo
	@swift build -c $(CONFIGURATION) --product intuit-sandbox $(QUIET)
	@swift build -c $(CONFIGURATION) --product daybook $(QUIET)
	@exec "$$(swift build -c $(CONFIGURATION) --show-bin-path)/daybook" demo --article $(ARGS)

run: ## Build and run `daybook serve` on http://localhost:8710
	@scripts/setup demo
	@swift build -c $(CONFIGURATION) --product daybook $(QUIET)
	@exec "$$(swift build -c $(CONFIGURATION) --show-bin-path)/daybook" serve $(ARGS)

sandbox: ## Build and run `intuit-sandbox serve` on http://127.0.0.1:8711
	@scripts/setup demo
	@swift build -c $(CONFIGURATION) --product intuit-sandbox $(QUIET)
	@exec "$$(swift build -c $(CONFIGURATION) --show-bin-path)/intuit-sandbox" serve $(ARGS)

# Tests that start programs or browsers come after the others: they wait for answers in real time, and would time out
# beside a thousand tests that use the same two cores.
PROGRAMS := '^(BrowserTests|DaybookCLITests)[.]'
# These tests run a few at a time. All at once, two hundred of them would start their programs in the same second and wait for
# one another's; and under a sanitizer, which makes them ten times slower, tests that wait in real time would time out.
A_FEW := SWT_EXPERIMENTAL_MAXIMUM_PARALLELIZATION_WIDTH=10
# With this allocator the tests take a fifth less CPU than with glibc's. scripts/setup installs it.
ALLOCATOR := LD_PRELOAD=$$(compgen -G '/usr/lib/*/libjemalloc.so.2' | head -n 1 || true)
# Other people's clients come last: Schemathesis alone keeps both cores busy for minutes.
CLIENTS := '^ClientsTests[.]'
BESIDES := '^(BrowserTests|ClientsTests|DaybookCLITests)[.]'
swift-test = $(STRICT) $(2) swift test --skip-build --disable-xctest $(IMPORTS) $(1) 2>&1 \
	| { grep --line-buffered -v '^◇' || true; }

# Each part of `make lint` and `make test` says how long it took, and the summary of `.ci/run` repeats it.
begin = started=$$SECONDS;
took   = ; mkdir -p .build; echo "== $(1): $$((SECONDS - started)) s" | tee -a .build/parts.log

# One build for all tests, with optimized modules where they spend their time (docs/adr/0053-tests-run-on-optimized-code.md).
test: ## Every test, warnings as errors, and 3 seeds of `simulate`; ARGS go to swift test alone (ARGS="--filter Money")
	@$(begin) scripts/setup test $(call took,tests: set-up)
	@PYTHONDONTWRITEBYTECODE=1 python3 Tests/Mutants/run --check
	@$(begin) $(TESTS) $(call took,tests: build)
ifneq ($(strip $(ARGS)),)
	@$(call swift-test,$(ARGS))
else
	@$(begin) $(call swift-test,--skip $(BESIDES),$(ALLOCATOR)) $(call took,tests without programs)
	@$(begin) $(call swift-test,--filter $(PROGRAMS),$(A_FEW)) $(call took,tests with programs)
# Clients wait for answers much of the time, and the simulated years wait for nothing.
	@$(begin) bin=$$(swift build --show-bin-path); failed=0; \
	$(ALLOCATOR) "$$bin/simulate" 3 >.build/years.log 2>&1 & years=$$!; \
	( $(call swift-test,--filter $(CLIENTS)) ) || failed=1; \
	wait $$years || failed=1; cat .build/years.log; [ $$failed -eq 0 ] \
	$(call took,tests with clients beside three times five years)
endif

# Long simulations of the whole system: their suites, the number of seeds, and how many documents wait in each seed.
outages-run   := LongOutageTests 100 5000
hard-days-run := HardDayTests 50 4000
looks-run     := CrowdedLookTests 3 20000
restores-run  := RestoreTests|TwoCopiesTests 300
answers-run   := GeneratedAnswersTests 4 2500
LONG_RUN := $($(firstword $(filter outages hard-days looks restores answers,$(ARGS)))-run)

simulate: ## Release build, then five years of ordinary use for each of 200 seeds, and the table (ARGS="seed=7" replays one; ARGS=outages, hard-days, looks, restores or answers: long runs)
ifneq ($(strip $(LONG_RUN)),)
	@scripts/setup demo
	@DAYBOOK_LONG_RUNS=1 swift build -c release --build-tests $(QUIET)
	@export DAYBOOK_LONG_RUNS=1 DAYBOOK_SEEDS=$${DAYBOOK_SEEDS:-$(word 2,$(LONG_RUN))} \
		DAYBOOK_DOCUMENTS=$${DAYBOOK_DOCUMENTS:-$(word 3,$(LONG_RUN))}; \
	swift test -c release --skip-build --disable-xctest --filter 'SimulationTests[.]($(word 1,$(LONG_RUN)))' 2>&1 \
		| { grep --line-buffered -v '^◇' || true; }
else
	@scripts/setup demo
	@swift build -c release --product simulate $(QUIET)
	@"$$(swift build -c release --show-bin-path)/simulate" $(ARGS)
endif

lint: ## Formatting and imports: swift-format in strict mode, and a build that refuses undeclared imports
	@$(begin) scripts/setup demo $(call took,lint: set-up)
	@swift format lint --strict --parallel --recursive Sources Tests Package.swift
	@$(begin) $(TESTS) $(call took,lint: build)

format: ## Format Sources and Tests in place
	@swift format format --in-place --parallel --recursive Sources Tests Package.swift

bench: ## Release build, then the table of measured goals (ARGS="--documents 1000" for a quick look, ARGS=million for all with a million exports, ARGS=reading for its pages, ARGS=queue for the queue alone, ARGS=flood for a flood of sign-ins)
	@scripts/setup bench
	@swift build -c release --product intuit-sandbox $(QUIET)
	@swift build -c release --product daybook $(QUIET)
	@swift build -c release --product queue-cycle $(QUIET)
	@bench/run $(ARGS)

bench-intake: ## Release build, then how quickly transactions are taken beside SQLite alone (ARGS="--exports 200000 --runs 3" for a quicker look)
	@swift build -c release --product daybook $(QUIET)
	@PYTHONDONTWRITEBYTECODE=1 python3 bench/intake.py $(ARGS)

trials: ## The real programs in an outage and on a hard day, and the table (ARGS="5xx --documents 5000 --seconds 3600 --rate 20")
	@scripts/setup test
	@swift build -c $(CONFIGURATION) --product intuit-sandbox $(QUIET)
	@swift build -c $(CONFIGURATION) --product daybook $(QUIET)
	@PYTHONDONTWRITEBYTECODE=1 .build/clients-venv/bin/python bench/trials.py --configuration $(CONFIGURATION) $(ARGS)

inbox-kills: ## The real program with an inbox, killed at 500 of its file operations, and the table (ARGS="--kills 50 --seed 2")
	@scripts/setup test
	@swift build -c $(CONFIGURATION) --product daybook $(QUIET)
	@PYTHONDONTWRITEBYTECODE=1 python3 bench/inbox_kills.py --configuration $(CONFIGURATION) $(ARGS)

dist: ## Release build with a static Swift runtime, then Debian packages of daybook and intuit-sandbox in dist/, which lintian checks
	@scripts/setup dist
	@scripts/dist

dist-test: ## Install, start, upgrade, go back, remove and purge what `make dist` made, in a Debian 12 made for it (as root)
	@scripts/setup dist-test
	@scripts/dist-test $(ARGS)

mutants: ## Put bugs into a copy, one at a time, and see whether the tests find them (ARGS="07 12" for some)
	@scripts/setup test
	@PYTHONDONTWRITEBYTECODE=1 python3 Tests/Mutants/run $(ARGS)

# libFuzzer of the toolchain; the build is in a folder of its own. CONFIGURATION=release makes more runs a second.
FUZZER = $(firstword $(wildcard $(dir $(shell readlink -f "$$(command -v swift)"))../lib/clang/*/lib/linux/libclang_rt.fuzzer_no_main-$(shell uname -m).a))
FUZZ_BUILD = -c $(CONFIGURATION) --build-tests --scratch-path .build/fuzz $(WHOLE) \
	$(if $(filter release,$(CONFIGURATION)),-Xswiftc -enable-testing)

fuzz: ## Parsers under libFuzzer and AddressSanitizer, 10 million runs each, and the table (ARGS="csv json --runs 100000 --seconds 60", CONFIGURATION=release)
	@scripts/setup demo
	@test -n "$(FUZZER)" || { echo "fuzz: this toolchain has no libFuzzer." >&2; exit 1; }
	@DAYBOOK_FUZZ=$(FUZZER) swift build $(FUZZ_BUILD) $(QUIET)
	@CONFIGURATION=$(CONFIGURATION) PYTHONDONTWRITEBYTECODE=1 scripts/fuzz $(ARGS)

# Suites in which much goes on at once: callers of one token, workers, writers beside readers, sessions, loops.
AT_ONCE := AsyncLockTests|CallGateTests|CancelledCallTests|CertificateWatchTests|CommitQueueTests|ConcurrencyTests|\
ConsentTwiceTests|DaybookStorageTests[.]|DisconnectTests|FailureTests|HTTPServingTests[.]|LongTransactionsTests|LoopWakingTests|\
NudgeTests|OutageTests|PacedTransportTests|PieceByPieceTests|RetentionLoopTests|SessionTests|ShutdownTests|SignInFlowTests|\
SimulationTests[.]SingleFlightTests|StepLoopTests|StoppingServerTests|TokenEndpointTests|TwoCopiesTests|WaysToConnectTests|\
WebhookTests|ZombieTests

SANITIZER := $(or $(strip $(ARGS)),thread)

sanitize: ## ARGS=thread: tests in which much goes on at once, under ThreadSanitizer; ARGS=address: all tests without programs, under AddressSanitizer
	@scripts/setup demo
	@DAYBOOK_SANITIZER=$(SANITIZER) swift build --build-tests --scratch-path .build/$(SANITIZER) \
		$(WHOLE) $(QUIET)
	@DAYBOOK_SANITIZER=$(SANITIZER) ASAN_OPTIONS=detect_leaks=0 $(A_FEW) \
		TSAN_OPTIONS="suppressions=$(CURDIR)/Tests/thread-sanitizer.txt" \
		swift test --skip-build --disable-xctest --scratch-path .build/$(SANITIZER) \
		$(if $(filter address,$(SANITIZER)),--skip $(BESIDES),--filter '$(subst $() $(),,$(AT_ONCE))') 2>&1 \
		| { grep --line-buffered -v '^◇' || true; }

docs: ## Write docs/commands.md from the commands' --help, and the diagrams of docs/states.md from the state machines
	@scripts/setup test
	@swift build --product intuit-sandbox $(QUIET)
	@swift build --product daybook $(QUIET)
	@scripts/docs
	@$(TESTS)
	@DAYBOOK_WRITE_DOCS=1 $(call swift-test,--filter StateDiagramTests)

clean: ## Remove what was built; fetched packages stay
	@swift package clean
