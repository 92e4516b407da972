# The one list of commands; .ci/run and the README call these.
#   make setup   virtual environment, pinned packages, FluidSynth and a soundfont
#   make run     the application on http://localhost:7860
#   make test    every test        make check   formatting, lint (Python and JavaScript), types
#   make bench   the benchmarks    make clean   remove the environment

VENV   := .venv
PY     := $(VENV)/bin/python
READY  := $(VENV)/.ready
TESTED := $(VENV)/.ready-test
PARTS  := pyproject.toml constraints.txt scripts/system_packages.py
# The newest Python on the path that is at least 3.10; override with `make PYTHON=…`.
PYTHON ?= $(shell for p in python3.12 python3.13 python3.11 python3.10 python3; do \
	if command -v $$p >/dev/null 2>&1 && $$p -c 'import sys; sys.exit(not (3, 10) <= sys.version_info[:2] <= (3, 13))' 2>/dev/null; \
	then echo $$p; break; fi; done)
PIP     = $(PY) -m pip --disable-pip-version-check install --quiet --progress-bar off -c constraints.txt

.PHONY: setup run test check format bench space-files clean
.DELETE_ON_ERROR:

setup: $(READY)

$(PY):
	@if [ -z "$(PYTHON)" ]; then echo "Python 3.10 to 3.13 is needed and none was found on the path."; exit 1; fi
	@$(PYTHON) scripts/system_packages.py
	@echo "Creating $(VENV) with $$($(PYTHON) --version)"
	@$(PYTHON) -m venv $(VENV)

$(READY): $(PARTS) | $(PY)
	@echo "Installing packages (a few minutes the first time)"
	@$(PIP) -e .
	@touch $@

$(TESTED): $(READY)
	@$(PY) scripts/system_packages.py --test
	@$(PIP) -e '.[test,dev]'
	@touch $@

run: $(READY)
	@$(PY) app.py

test: $(TESTED)
	@$(PY) scripts/run_tests.py

check: $(TESTED)
	@$(VENV)/bin/ruff format --check .
	@$(VENV)/bin/ruff check .
	@$(VENV)/bin/oxlint --deny-warnings ui/static
	@$(VENV)/bin/mypy

format: $(TESTED)
	@$(VENV)/bin/ruff format .
	@$(VENV)/bin/ruff check --fix .

bench: $(TESTED)
	@$(PY) -m benchmarks.compose
	@$(PY) -m lm evaluate lm/recipes/evaluate.yaml

# requirements.txt and packages.txt for the hosted Space, written from pyproject.toml.
space-files: $(READY)
	@$(PY) scripts/space_files.py

clean:
	@rm -rf $(VENV)
