# Needs Python 3.11 or newer, make and git; everything else goes into .venv/.
# Paths are relative throughout, so that a checkout may lie in a folder with spaces.

PYTHON ?= python3
PIP = .venv/bin/python -m pip --disable-pip-version-check --no-input --quiet
# A user's own pip settings (a proxy, a mirror) stay in force; the hashes hold whatever the source.
INSTALL = $(PIP) install --require-hashes

.PHONY: build install install-dev test test-all lint format bench serve wheel lock sbom advisories clean help

# Compiled templates, and what is known of people and topics, are kept where Python keeps byte code, and under the same
# conditions.
build: install  ## build the demo archive into _site/
	PYTHONDONTWRITEBYTECODE= .venv/bin/pressmark build

install: .venv/.compiled  ## set up .venv alone

# A file's tests run in one process, so that what they share is made once; and the byte code of each is kept.
PYTEST = CHROMIUM="$$(.venv/bin/python tests/chromium.py)" PYTHONDONTWRITEBYTECODE= .venv/bin/python -m pytest \
         -n auto --maxprocesses 4 --dist loadfile --no-loadscope-reorder

test: install-dev  ## run the tests, browser tests too
	$(PYTEST) -m "not slow"

test-all: install-dev .venv/.installed-validators  ## the slow tests as well, and validators of other makers
	$(PYTEST)

lint: install-dev  ## what the linters and the type checker say
	.venv/bin/ruff check .
	.venv/bin/ruff format --check .
	.venv/bin/mypy

sbom: build/supply/.installed  ## list what Pressmark is made of (CycloneDX) in dist/pressmark.cdx.json
	mkdir -p dist
	build/supply/bin/cyclonedx-py requirements --output-reproducible --output-format JSON \
	  --output-file dist/pressmark.cdx.json requirements.lock

advisories: build/supply/.installed  ## ask whether anything locked is known to be unsafe
	@build/supply/bin/pip-audit --require-hashes --disable-pip --progress-spinner off \
	  --requirement requirements.lock >build/supply/said 2>&1; status=$$?; cat build/supply/said; \
	if [ $$status -ne 0 ] && grep -qiE 'connection|timed? ?out|resol|unreachable|proxy' build/supply/said; then \
	  echo "skipped: the list of advisories cannot be asked from here"; else exit $$status; fi

format: install-dev  ## put the code into the house's form
	.venv/bin/ruff check --fix .
	.venv/bin/ruff format .

# BENCH takes what tools/bench.py does: make bench BENCH="--pieces 10000 --rounds 1 --search"
bench: install  ## what a build costs beside Hugo and Pelican: build/bench/table.md and chart.svg
	PYTHONDONTWRITEBYTECODE= .venv/bin/python tools/bench.py $(BENCH)

serve: build  ## show the demo archive in a browser
	.venv/bin/pressmark serve

wheel: install  ## Pressmark as one file in dist/, which pip installs
	.venv/bin/python -m hatchling build -t wheel

clean:  ## remove what builds and tests leave; .venv stays
	rm -rf _site ._site.* .pressmark .pytest_cache .mypy_cache .ruff_cache .hypothesis dist build
	find builder tests -name __pycache__ -type d -prune -exec rm -rf {} +
	rm -f .venv/.compiled

help:  ## this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## /{printf "make %-12s %s\n", $$1, $$2}' Makefile

install-dev: .venv/.installed-dev .venv/.compiled

.venv/.created:
	@command -v "$(PYTHON)" >/dev/null || { \
	  echo "Pressmark needs Python 3.11 or newer, and there is no $(PYTHON) here." \
	       "Name one: make PYTHON=/path/to/python3.11" >&2; exit 1; }
	@"$(PYTHON)" -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
	  echo "Pressmark needs Python 3.11 or newer, and $(PYTHON) is $$("$(PYTHON)" --version 2>&1)." \
	       "Name a newer one: make PYTHON=python3.12" >&2; exit 1; }
	@"$(PYTHON)" -c 'import ensurepip, venv' 2>/dev/null || { \
	  echo "$(PYTHON) comes without venv or ensurepip (Debian and Ubuntu keep them apart:" \
	       "apt install python3-venv)." >&2; exit 1; }
	"$(PYTHON)" -m venv .venv
	@touch $@

# The build backend is in the lock too, so that nothing is fetched that has no hash.
.venv/.installed: .venv/.created requirements.lock pyproject.toml
	$(INSTALL) -r requirements.lock
	$(PIP) install --no-deps --no-build-isolation --editable .
	@touch $@

# pip compiles what it installs, but nothing of an editable checkout; where Python is told to write no byte code itself,
# as in many containers, each command would compile 160 modules again: a fifth of what it costs to build after an edit.
.venv/.compiled: .venv/.installed $(wildcard builder/*.py builder/*/*.py builder/*/*/*.py)
	.venv/bin/python -m compileall -q builder
	@touch $@

.venv/.installed-dev: .venv/.installed requirements-dev.lock
	$(INSTALL) -r requirements-dev.lock
	@touch $@

.venv/.installed-validators: .venv/.installed-dev requirements-validators.lock
	$(INSTALL) -r requirements-validators.lock
	@touch $@

# Tools of a release live apart: what they need never meets what Pressmark needs.
build/supply/.installed: .venv/.created requirements-supply.lock
	.venv/bin/python -m venv build/supply
	build/supply/bin/python -m pip --disable-pip-version-check --no-input --quiet install --require-hashes \
	  -r requirements-supply.lock
	@touch $@

# The resolver lives in a folder of its own for as long as it is needed, and asks the public index alone:
# it does not read pip's settings, so that no mirror's files or addresses get into the locks.
UV_COMPILE = build/lock/bin/uv pip compile --no-config --quiet --upgrade --universal --python-version 3.11 \
             --generate-hashes --no-header --no-annotate
lock: .venv/.created  ## renew the locked versions of everything
	.venv/bin/python -m venv build/lock
	build/lock/bin/python -m pip --disable-pip-version-check --quiet install uv
	$(UV_COMPILE) pyproject.toml --group build --output-file requirements.lock
	$(UV_COMPILE) --group dev --constraints requirements.lock --output-file requirements-dev.lock
	$(UV_COMPILE) --group validators --constraints requirements-dev.lock --constraints requirements.lock \
	  --output-file requirements-validators.lock
	$(UV_COMPILE) --group supply --output-file requirements-supply.lock
	rm -rf build/lock
