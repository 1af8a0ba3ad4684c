# make dashboard   set everything up and open the dashboard
# make test        set everything up and run the tests, but for those that are marked slow
# make test-slow   run those: an installation, processes that are killed, all of many alike
# make check       lint, format, types, the data and what is derived from it
# make audit       known vulnerabilities of what the dashboard needs, where the registry answers
# make constraints the exact versions that servers with this Python get, from what is installed here
# make bench       the benchmarks of tests/bench
# make bench-load  how the server holds under many visitors
#
# Other values: make dashboard PORT=8600 PYTHON=python3.13
#               make test TESTS="not slow and not browser"
# Another Python beside, in an environment of its own: make test PYTHON=python3.13 VENV=.venv-3.13

PYTHON ?= python3
VENV ?= .venv
PORT ?= 8501
TESTS ?= not slow
# Values given on the command line are for this file, not for the programs that it starts.
unexport PYTHON VENV PORT TESTS
# Else each process that the tests start would compile all that it imports anew.
unexport PYTHONDONTWRITEBYTECODE

# Where an environment has its programs, and how they end.
ifeq ($(OS),Windows_NT)
BIN := $(VENV)/Scripts
EXE := .exe
else
BIN := $(VENV)/bin
endif
# A stamp is newer than the requirements that were installed last.
RUN := $(VENV)/.run-requirements
TEST := $(VENV)/.test-requirements
# Prints the version by which the files of a Python are called.
VERSION := import sys; print("%d.%d" % sys.version_info[:2])

# A file's tests stay in one process, and files in their order, so that those of a folder share a
# server and a browser.
PYTEST := $(BIN)/python -m pytest --numprocesses=auto --dist=loadfile --no-loadscope-reorder

.PHONY: dashboard test test-slow check audit constraints bench bench-load clean
.DELETE_ON_ERROR:

dashboard: $(RUN)
	$(BIN)/python -m streamlit run dashboard.py --server.port=$(PORT)

test: $(TEST)
	$(PYTEST) -m "$(TESTS)"

test-slow: $(TEST)
	$(PYTEST) -m slow

check: $(TEST)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/python -m stances check
	$(BIN)/python -m stances release --check

audit: $(TEST)
	$(BIN)/python .ci/audit.py

constraints: $(TEST)
	$(BIN)/python deploy/constrain.py > deploy/constraints.new
	mv deploy/constraints.new deploy/constraints-$$($(BIN)/python -c '$(VERSION)').txt

bench: $(TEST)
	$(BIN)/python -m tests.bench.drag
	$(BIN)/python -m tests.bench.slow

bench-load: $(TEST)
	$(BIN)/python -m tests.bench.load

clean:
	rm -rf $(VENV)

$(RUN): requirements.txt | $(BIN)/python$(EXE)
	$(BIN)/python -m pip install --quiet --requirement $<
	touch $@

# What the tests import is compiled when they first do; most of what is installed they never import.
$(TEST): tests/requirements.txt requirements.txt | $(BIN)/python$(EXE)
	$(BIN)/python -m pip install --quiet --no-compile --requirement $<
	touch $@ $(RUN)

# Made anew where it is missing, was cut off half-way, or its Python is gone.
$(BIN)/python$(EXE):
	@command -v $(PYTHON) >/dev/null || { \
	  echo "$(PYTHON) was not found. Install Python 3.11 or newer, or name one: make PYTHON=python3.13" >&2; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
	  echo "Python 3.11 or newer is needed; $(PYTHON) is $$($(PYTHON) --version 2>&1). Name another: make PYTHON=python3.13" >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip' 2>/dev/null || { \
	  echo "$(PYTHON) cannot make a virtual environment. On Debian and Ubuntu: apt install python3-venv" >&2; exit 1; }
	$(PYTHON) -m venv --clear $(VENV) || { rm -rf $(VENV); exit 1; }
