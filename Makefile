# ferment. Two targets do all the set-up they need:
#   make reproduce   the paper's study, and its report          (RECIPE=…, PROFILE=paper|quick|tiny, FER2013=path of the data)
#   make test        lint, types, generated files, dead code, tests
RECIPE ?= recipes/paper/as-reported.yaml
PROFILE ?= auto
FERMENT = node bin/ferment.mjs

.PHONY: reproduce test setup packages bench golden clean
.DEFAULT_GOAL := help

.PHONY: help
help:
	@sed -n 's/^#  *//p' Makefile | head -4

reproduce: setup
	@$(FERMENT) run $(RECIPE) --profile $(PROFILE) --report

test: setup
	npm run --silent check
	npm run --silent test

# The native engine where the machine can have it; else the reason, and WebAssembly is used.
setup: packages
	@$(FERMENT) setup --if-possible

packages: node_modules/.package-lock.json

node_modules/.package-lock.json: package.json package-lock.json .npmrc
	@command -v node >/dev/null || { echo 'ferment needs Node.js 20 or newer: https://nodejs.org' >&2; exit 1; }
	@node -e 'if (Number(process.versions.node.split(".")[0]) < 20) { console.error("ferment needs Node.js 20 or newer; this is " + process.version); process.exit(1) }'
	npm ci --loglevel=error
	@touch $@
