# make dashboard   set everything up and open the dashboard
# make desk        set everything up and open the desk, where the data is edited
# make test        set everything up and run the tests
# make check       lint, format, types, the data and what is derived from it
# make constraints the exact versions that servers with this Python get
# make picture     the picture of README, from a running dashboard
# make bench       load, slow line and key press beside two peers (tests/bench)
#
# Other values: make dashboard PORT=8600 PYTHON=python3.13, make test TESTS="not browser",
# make desk CANDIDATES=folder

PYTHON ?= python3
VENV ?= .venv
PORT ?= 8501
TESTS ?=
CANDIDATES ?=
# Values given on the command line are for this file, not for the programs that it starts.
unexport PYTHON VENV PORT TESTS CANDIDATES
# What was compiled is kept: each process would take seconds to compile the packages anew.
unexport PYTHONDONTWRITEBYTECODE

ifeq ($(OS),Windows_NT)
BIN := $(VENV)/Scripts
else
BIN := $(VENV)/bin
endif

.PHONY: dashboard desk test check audit constraints picture bench clean

dashboard: $(VENV)/.run
	$(BIN)/python -m streamlit run dashboard.py --server.port=$(PORT)

desk: $(VENV)/.desk
	$(BIN)/python -m stances desk --port=$(PORT) $(if $(CANDIDATES),--candidates=$(CANDIDATES))

test: $(VENV)/.test
	$(BIN)/python -m pytest --numprocesses=auto --dist=loadscope -m "$(TESTS)"

check: $(VENV)/.test
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/python -m stances check
	$(BIN)/python -m stances release --check

audit: $(VENV)/.test
	$(BIN)/python .ci/audit.py

constraints: $(VENV)/.run
	$(BIN)/python deploy/constrain.py

picture: $(VENV)/.test
	$(BIN)/python -m tests.picture

bench: $(VENV)/.test
	$(BIN)/python -m pip install --quiet --requirement tests/bench/requirements.txt
	$(BIN)/python -m tests.bench

clean:
	rm -rf $(VENV)

# What is imported is compiled then, and the rest never.
$(VENV)/.run: requirements.txt | $(VENV)
	$(BIN)/python -m pip install --quiet --no-compile --requirement $<
	touch $@

$(VENV)/.desk: stances/desk/requirements.txt $(VENV)/.run
	$(BIN)/python -m pip install --quiet --no-compile --requirement $<
	touch $@

$(VENV)/.test: tests/requirements.txt requirements.txt | $(VENV)
	$(BIN)/python -m pip install --quiet --no-compile --requirement $<
	touch $@ $(VENV)/.run

$(VENV):
	@$(PYTHON) -c 'import sys, ensurepip; sys.exit(sys.version_info < (3, 11))' || { \
	  echo "$(PYTHON) is no Python 3.11 or newer that can make an environment. Name another: make PYTHON=python3.13" >&2; exit 1; }
	$(PYTHON) -m venv $(VENV) || { rm -rf $(VENV); exit 1; }
