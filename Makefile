# Two commands on a bare machine: `make lecture` and `make test`. Both install what is missing first.

# A name that is there may still not run: pyenv has a shim for every version that any of its environments has.
CANDIDATES := python3.11 python3.12 python3.13 python3
RECENT := import sys; sys.exit(sys.version_info < (3, 11))
PYTHON ?= $(shell for each in $(CANDIDATES); do $$each -c '$(RECENT)' 2>/dev/null && command -v $$each && break; done)
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
SYSTEM := $(VENV)/.system
FILM := media/videos/linear/1080p60/LinearFit.mp4
SUDO := $(shell [ "$$(id -u)" = 0 ] || echo sudo)

.PHONY: help setup lecture test browser lint mutants messages drawing wheel lock benchmarks

help: ## What can be made
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 14

setup: $(READY) ## Install what is missing: system packages, a virtual environment, locked versions

lecture: $(READY) ## Render the first lecture and say where the film is
	$(BIN)/manim render -qh scenes/linear.py
	@echo "The film: $(CURDIR)/$(FILM)"

test: $(READY) browser ## Run the tests
	$(BIN)/pytest -n auto --dist worksteal

browser: ## Install Chromium if it is missing: the tests of the page drive it
	@if { command -v chromium || command -v chromium-browser || command -v google-chrome; } >/dev/null; then :; \
	elif command -v apt-get >/dev/null; then \
		$(SUDO) apt-get update -qq && \
		$(SUDO) env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends chromium; \
	else echo "No Chromium found: the tests of the page will be skipped."; fi

lint: $(READY) ## Formatter, linter, type checker, floors
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo
	$(BIN)/python .ci/architecture.py --check
	$(BIN)/python .ci/messages.py --check

benchmarks: $(READY) ## Measure drawing against encoding, and against the stock idiom
	$(BIN)/python benchmarks/run.py

mutants: $(READY) ## Change the code at 60 random places, one after the other, and see which tests notice
	$(BIN)/pip install --quiet --disable-pip-version-check --editable '.[mutants]'
	$(BIN)/python benchmarks/mutants.py --sample 60

messages: $(READY) ## Collect what lectures can say, in scenes/messages.pot
	$(BIN)/python .ci/messages.py

drawing: $(READY) ## Draw the rooms and their imports again, in docs/architecture.md
	$(BIN)/python .ci/architecture.py

wheel: $(READY) ## Build the wheel, try it in an empty environment, compare its frames with those of the checkout
	.ci/wheel

lock: $(READY) ## Choose the newest versions again, lock them, see that they install on all kinds of machines
	$(BIN)/pip install --quiet uv
	$(BIN)/uv pip compile --quiet --upgrade --universal --python-version 3.11 --generate-hashes --extra dev \
		--no-header --no-annotate --no-emit-index-url --output-file requirements.lock pyproject.toml
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --no-deps --format pylock.toml \
		--output-file $(VENV)/pylock.toml requirements.lock
	$(BIN)/python .ci/installable.py $(VENV)/pylock.toml

# pycairo and manimpango are built from source: they need the headers of cairo and pango.
$(SYSTEM):
	@test -n "$(PYTHON)" || { echo "No Python 3.11 or newer; tried:"; \
		for each in $(CANDIDATES); do echo "  $$each: $$($$each --version 2>&1 | head -n 1)"; done; \
		echo "Install Python 3.11 or newer, or name one: make PYTHON=/path/to/python3.11 ..."; exit 1; }
	@$(PYTHON) -c '$(RECENT)' || \
		{ echo "$(PYTHON) does not run, or is too old: install Python 3.11 or newer, or name one: make PYTHON=/path/to/python3.11 ..."; exit 1; }
	@if pkg-config --exists cairo pangocairo 2>/dev/null; then :; \
	elif command -v apt-get >/dev/null; then \
		$(SUDO) apt-get update -qq && \
		$(SUDO) env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends \
			libcairo2-dev libpango1.0-dev pkg-config; \
	elif command -v brew >/dev/null; then brew install cairo pango pkg-config; \
	else echo "Install the development files of cairo and pango, and pkg-config; then run make again."; exit 1; fi
	@$(PYTHON) -m venv $(VENV)
	@touch $@

$(READY): $(SYSTEM) requirements.lock pyproject.toml
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --editable .
	@touch $@
