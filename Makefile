# `make` alone lists what can be made. Every target is safe to repeat.

PYTHON := .venv/bin/python
INSTALLED := .venv/.installed
PIP := $(PYTHON) -m pip --disable-pip-version-check --quiet

T ?= tests
ARGS ?=
# Most tests wait for something, so three processes fit on two cores. Each has servers of its own;
# where servers are given, there is one set of them, and tests take turns.
GIVEN := $(DATABASE_URL)$(REDIS_URL)$(KAFKA_BOOTSTRAP_SERVERS)$(E2E_BASE_URL)$(HEADED)
AT_ONCE ?= $(if $(GIVEN),0,$(if $(filter tests,$(T)),3,0))
# Side by side, a browser or a server may stall for seconds. What fails is tried once more, and listed
# (RERUN) for whoever mends it; a test by itself gets no second chance.
AGAIN := $(if $(filter 0,$(AT_ONCE)),,--reruns 1 -rR)
# A failed browser flow leaves a trace and a picture there.
BROWSER_OPTIONS := --tracing retain-on-failure --screenshot only-on-failure --output test-results
ifdef HEADED
BROWSER_OPTIONS += --headed
endif

.DEFAULT_GOAL := help
.PHONY: help setup demo smoke test e2e bench bench-admin kinds pictures check format-check lint format types arrows \
	lock widget widget-check browser clean

help: ## List the targets
	@awk -F ':.*## ' '/^[a-z0-9-]+:.*## / { printf "  make %-13s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

setup: $(INSTALLED) ## Make .venv and install what requirements.lock names

demo: setup ## Run a whole Earshot on this machine until Ctrl-C (ARGS="--busy", ARGS="--keep DIR")
	@$(PYTHON) -m sandbox $(ARGS)

smoke: browser ## Start it, place orders and print how long a card takes in a real browser
	@$(PYTHON) -m sandbox smoke

test: browser ## Run the tests (T=tests/domain for some of them)
	@$(PYTHON) -m pytest -n $(AT_ONCE) --dist loadfile $(AGAIN) $(BROWSER_OPTIONS) $(T)

e2e: browser ## Run the browser flows only (HEADED=1 to watch them)
	@$(PYTHON) -m pytest $(BROWSER_OPTIONS) tests/e2e

bench: setup ## Measure how many events a second the rules are asked about
	@$(PYTHON) -m bench.rules

bench-admin: browser ## Measure the admin's pages: paint, layout shift, interactions, weight
	@$(PYTHON) -m bench.admin

kinds: setup ## Write docs/kinds.md: the kinds of notification, their variables, filters and proofs
	@$(PYTHON) -m app.views.kind_tables > docs/kinds.md

pictures: browser ## Take pictures of every page and state, at 1440 and 360 pixels (ARGS="settings")
	@$(PYTHON) -m gallery $(ARGS)

check: format-check lint types arrows test ## Check everything: format, lint, types, arrows, tests

format-check: setup
	@echo "== format"
	@$(PYTHON) -m ruff format --check .

lint: setup ## Look for mistakes in the code
	@echo "== lint"
	@$(PYTHON) -m ruff check .

format: setup ## Put the code into its one format
	@$(PYTHON) -m ruff check --fix .
	@$(PYTHON) -m ruff format .

types: setup ## Check the types
	@echo "== types"
	@$(PYTHON) -m mypy

arrows: setup
	@echo "== arrows"
	@$(PYTHON) -m pytest -q tests/test_arrows.py

lock: $(PYTHON) ## Choose versions anew and write requirements.lock
	@$(PYTHON) -m uv --version >/dev/null 2>&1 || $(PIP) install uv
	@$(PYTHON) -m uv pip compile pyproject.toml --quiet --upgrade --universal \
		--python-version 3.11 --extra sandbox --extra dev --generate-hashes \
		--no-emit-index-url --no-header --output-file requirements.lock

widget: ## Build the storefront widget's one file (needs Node; running does not)
	@cd storefront_widget && npm install --silent --no-package-lock --no-audit --no-fund && npm run --silent build

widget-check: ## Prove that the built widget is what its source builds (needs Node)
	@cd storefront_widget && npm install --silent --no-package-lock --no-audit --no-fund && npm run --silent check

clean: ## Remove all that the other targets made, .venv included
	rm -rf .venv .sandbox test-results .pytest_cache .mypy_cache .ruff_cache .hypothesis
	rm -rf storefront_widget/node_modules
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

browser: setup
	@$(PYTHON) -m sandbox.browser install

$(INSTALLED): requirements.lock pyproject.toml | $(PYTHON)
	@echo "Installing into .venv …"
	@# The lock is whole, so nothing is resolved: pip 23 asks the index for extras that it pins already.
	@$(PIP) install --no-deps --require-hashes -r requirements.lock
	@$(PIP) install --no-deps --no-build-isolation -e .
	@touch $@

# The first that is new enough and can make virtual environments; Debian keeps those two apart.
$(PYTHON):
	@for python in python3.12 python3.11 python3.13 python3; do \
		$$python -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || continue; \
		found=$$python; \
		$$python -c 'import venv, ensurepip' 2>/dev/null || continue; \
		echo "Making .venv with $$($$python --version)"; \
		exec $$python -m venv --clear .venv; \
	done; \
	if [ -n "$$found" ]; then \
		echo "$$found cannot make virtual environments: install its venv module" \
			"(Debian: apt-get install python3-venv)." >&2; \
	else \
		echo "Earshot needs Python 3.11 or newer, and none was found on the PATH." >&2; \
	fi; \
	exit 1
