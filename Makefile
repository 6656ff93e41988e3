# ferment. Two targets do all the set-up they need:
#   make reproduce   does the paper hold? published records, verified here, and their report   (FER2013=path of the data, RECIPE=…)
#                    PROFILE=paper trains all that is not done, in full; PROFILE=quick or tiny a small study
#   make test        lint, types, generated files, dead code, tests
#   make bench       step times beside Keras and PyTorch        (BENCH="--only base:32 --rounds 4")
#   make torture     random kills of runs                     (KILLS=100 SEED=0)
#   make bench-epoch images/s of an epoch beside Keras          (BENCH="--images 5120")
RECIPE ?= recipes/paper/as-coded.yaml
PROFILE ?= auto
FERMENT = node bin/ferment.mjs

.PHONY: reproduce test setup packages bench bench-epoch peers
.DEFAULT_GOAL := help

.PHONY: help torture
help:
	@sed -n 's/^#  *//p' Makefile | head -7

reproduce: setup
ifeq ($(PROFILE),auto)
	@$(FERMENT) reproduce $(RECIPE)
else
	@$(FERMENT) run $(RECIPE) --profile $(PROFILE) --report
endif

# Where the processor has AVX-512, what the native engine computes is tested once more as on a processor with AVX2 only.
test: setup
	npm run --silent check
	FERMENT_TEST_AVX2=yes npm run --silent test

# Keras and PyTorch get an environment of their own (some GB) in the user's cache folder. What `ready` says was installed is not installed again.
PEERS = $(or $(FERMENT_CACHE_DIR),$(or $(XDG_CACHE_HOME),$(HOME)/.cache)/ferment)/peers

peers:
	@cmp -s bench/peers/requirements.txt $(PEERS)/ready || { python3 -m venv $(PEERS) && $(PEERS)/bin/python -m pip install --quiet -r bench/peers/requirements.txt && cp bench/peers/requirements.txt $(PEERS)/ready; }

bench: setup peers
	PEERS_PYTHON=$(PEERS)/bin/python npx tsx bench/step_time.ts $(BENCH)

bench-epoch: setup peers
	PEERS_PYTHON=$(PEERS)/bin/python npx tsx bench/epoch.ts $(BENCH)

# The native engine where the machine can have it; else the reason, and WebAssembly is used.
setup: packages
	@$(FERMENT) setup --if-possible

packages: node_modules/.package-lock.json

node_modules/.package-lock.json: package.json package-lock.json .npmrc
	@command -v node >/dev/null || { echo 'ferment needs Node.js 20 or newer: https://nodejs.org' >&2; exit 1; }
	@node -e 'if (Number(process.versions.node.split(".")[0]) < 20) { console.error("ferment needs Node.js 20 or newer; this is " + process.version); process.exit(1) }'
	npm ci --loglevel=error
	@touch $@

# Random kills of parent or child, then three ferments on one store: every record must be that of an undisturbed run, bit for bit.
KILLS ?= 100
SEED ?= 0
torture: setup
	npx tsx bench/torture.ts --kills $(KILLS) --seed $(SEED)
