# SchoolSafe. `make` lists the targets; `make demo` and `make test` need nothing prepared but python3 and make.
SHELL := /bin/sh
.DEFAULT_GOAL := help
PY ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed
MAILS ?= 100000
FILES ?= 10000

.PHONY: help setup system demo test check fix words pictures shots freeze bench fuzz prove clean

help: ## list the targets
	@sed -n 's/^\([a-z]*\):.*## /\1\t/p' $(MAKEFILE_LIST)

system: ## install the system libraries, or print the one line to run
	@sh installer/linux/system-packages.sh

$(STAMP): requirements.lock pyproject.toml
	@sh installer/linux/system-packages.sh
	@test -x $(BIN)/python || $(PY) -m venv $(VENV)
	@$(BIN)/python -m pip install -qq --disable-pip-version-check --require-hashes -r requirements.lock
	@$(BIN)/python -m pip install -qq --disable-pip-version-check --no-build-isolation --no-deps --no-index -e .
	@touch $@

setup: $(STAMP) ## everything that demo, test and check need

demo: $(STAMP) ## open the demo school; with no screen, run its journey and leave pictures under build/demo
	@$(BIN)/python -m schoolsafe demo --out build/demo

test: $(STAMP) ## the whole suite, as CI runs it
	@sh installer/linux/system-packages.sh test
	@$(BIN)/python -m pytest -q -n 2 --dist loadfile

check: $(STAMP) ## format, lint, types, contracts, fast tests: under a minute, before each commit
	@$(BIN)/ruff format --check --quiet src tests benchmarks resources installer
	@$(BIN)/ruff check --quiet src tests benchmarks resources installer
	@$(BIN)/mypy
	@$(BIN)/lint-imports > build/lint-imports.txt 2>&1 || { cat build/lint-imports.txt; exit 1; }
	@$(BIN)/python -m pytest -q -x -m "not slow" tests/unit -n 2

fix: $(STAMP) ## format and mend what can be mended
	@$(BIN)/ruff format src tests benchmarks resources installer
	@$(BIN)/ruff check --fix src tests benchmarks resources installer

words: $(STAMP) ## gather every sentence a person may read into resources/locale, for translators
	@$(BIN)/python installer/words.py

pictures: $(STAMP) ## the two pictures of the README, from the demo school
	@QT_QPA_PLATFORM=offscreen $(BIN)/python installer/pictures.py

shots: $(STAMP) ## a picture of every screen, at every size and theme, under build/shots
	@QT_QPA_PLATFORM=offscreen $(BIN)/python -m schoolsafe screenshots build/shots

freeze: $(STAMP) ## the frozen program, checked by its own self-test
	@sh installer/freeze.sh

bench: $(STAMP) ## the figures, as ratios in one run
	@for each in benchmarks/*.py; do echo "== $$each"; QT_QPA_PLATFORM=offscreen $(BIN)/python $$each || exit 1; done

fuzz: $(STAMP) ## the readers of hostile files, for a long time
	@$(BIN)/python tests/fuzz/intake_fuzz.py
	@$(BIN)/python tests/fuzz/forms_fuzz.py --form eml --runs $(MAILS)
	@$(BIN)/python tests/fuzz/forms_fuzz.py --form msg --form pdf --form docx --form rtf --runs $(FILES)
	@$(BIN)/python tests/fuzz/lists_fuzz.py --runs 100000

prove: $(STAMP) ## 1,000 kills, every 97th byte flipped, the sentinels swept: the long runs
	@$(BIN)/python tests/store/kill_loop.py --kills 1000
	@$(BIN)/python tests/journeys/kill_day.py --kills 200
	@$(BIN)/python tests/store/flip_loop.py --every 97
	@$(BIN)/python tests/journeys/flip_cli.py --every 97 --also
	@$(BIN)/python tests/journeys/sentinel_sweep.py

clean: ## take away what was built
	@rm -rf build dist
