# The README's commands. Everything lives in .venv; delete it to start afresh.
PYTHON ?= python3
HUB ?= /srv/convnet/env
BIN := .venv/bin
# Three processes keep two cores busy, since some tests wait. Neighbouring tests share what takes long to make,
# so each process begins with a third of them in order.
ON_TWO_CORES := -n 3 --dist worksteal
unexport PYTHONDONTWRITEBYTECODE

.DEFAULT_GOAL := help
.PHONY: help lab test test-all gate build site site-serve hub table lint lint-js types coverage bench clean

help:  ## list these commands
	@grep -hE '^[a-z-]+:.*##' Makefile | sed 's/:.*## /\t/' | expand -t 12

lab: .venv/ready  ## open JupyterLab at lesson 00; LAB_ARGS="--port=9999" passes on
	@$(BIN)/python -m helpers.teaching lab -- $(LAB_ARGS)

test: .venv/ready lint types  ## the tests to run before a commit: all but the slow ones
	@$(BIN)/python -m pytest $(ON_TWO_CORES) -m "not slow" helpers tests

# The website is built while types are checked and tests run; those that look at it wait, and say what went wrong.
test-all: .venv/ready lint  ## every test: those of `make test`, the slow ones, and the solutions run once more
	@$(BIN)/python -m tests.site.building >/dev/null 2>&1 & \
	  $(BIN)/mypy && $(BIN)/python -m pytest $(ON_TWO_CORES) helpers tests
	@COURSE_PROGRESS=$$(mktemp -d)/progress.jsonl \
	  $(BIN)/python -m pytest -n 3 --dist loadfile --nbval --nbval-current-env \
	    --nbval-sanitize-with tests/nbval.cfg solutions

gate: .venv/ready  ## the gate of one exercise: make gate E=conv2d
	@EXERCISE=$(E) $(BIN)/python -m pytest -q tests/gate

build: .venv/ready  ## lessons -> solutions -> notebooks
	@$(BIN)/python -m helpers.teaching build

site: .venv-site/ready  ## the course as a website, in build/site; COURSE_PYODIDE=cdn leaves Pyodide on its own servers
	@.venv-site/bin/python -m helpers.teaching.site.build

site-serve:  ## show build/site at http://localhost:8000; PORT=9000 for another port
	@$(PYTHON) -m http.server $(or $(PORT),8000) --bind 127.0.0.1 --directory build/site

hub: $(HUB)/ready  ## what a JupyterHub for a class needs, in HUB (docs/jupyterhub.md): needs npm, and root
	@umask 022 && $(HUB)/bin/python -m pip install --quiet --disable-pip-version-check --no-deps \
	  --no-build-isolation --force-reinstall . && cp -R deploy/everyone/. $(HUB)/etc/jupyter

table: .venv/ready  ## the README's table, docs/rubrics.md and docs/term.md, from the lessons
	@$(BIN)/python -m helpers.teaching table

lint: .venv/ready  ## style and format checks
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .

types: .venv/ready  ## check the types of the package
	@$(BIN)/mypy

coverage: .venv/ready  ## which lines and branches of the package the tests reach; fails if they are fewer than before
	@$(BIN)/python -m pytest $(ON_TWO_CORES) -m "not slow and not untraced" --cov helpers tests

lint-js: node_modules  ## style and format checks of the widgets' and the site's JavaScript, for authors: needs npm
	@npm run --silent lint

node_modules: package.json
	@npm install --silent --no-audit --no-fund
	@touch node_modules

bench: .venv/ready  ## compare the mathematics with PyTorch and SciPy, and the grader with nbgrader (15 minutes)
	@OMP_NUM_THREADS=1 OPENBLAS_NUM_THREADS=1 MKL_NUM_THREADS=1 $(BIN)/python benchmarks/reference.py
	@$(BIN)/python benchmarks/grading.py

clean:  ## remove the environment and all caches
	rm -rf .venv .venv-site build .pytest_cache .ruff_cache .mypy_cache .hypothesis .coverage .coverage.* node_modules
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# The environment, made again whenever the list of versions changes. It is compiled on all cores; what cannot be
# compiled, such as the templates of some packages, does not matter.
.venv/ready: requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "The course needs Python 3.11 or newer; $(PYTHON) is older. Try: make PYTHON=python3.12 ..."; exit 1; }
	@echo "Setting up .venv (once, about a minute) ..."
	@$(PYTHON) -m venv --clear .venv
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-compile -r requirements.lock
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@$(BIN)/python -m compileall -qq -j 0 .venv/lib || true
	@touch .venv/ready

# What builds the site: an environment of its own, so that JupyterLab's stays as it is. A build imports a small part
# of it, so nothing is compiled before it is imported.
.venv-site/ready: requirements-site.lock
	@echo "Setting up .venv-site (once, about a minute) ..."
	@$(PYTHON) -m venv --clear .venv-site
	@.venv-site/bin/python -m pip install --quiet --disable-pip-version-check --no-compile -r requirements-site.lock
	@touch .venv-site/ready

# What runs a hub: where the hub's users may read it, and so not the tests' environment, which is in somebody's folder.
$(HUB)/ready: requirements-hub.lock
	@echo "Setting up $(HUB) (once, one to three minutes) ..."
	@umask 022 && $(PYTHON) -m venv --clear $(HUB) && \
	  $(HUB)/bin/python -m pip install --quiet --disable-pip-version-check -r requirements-hub.lock && \
	  npm install --silent --no-audit --no-fund --global --prefix $(HUB) configurable-http-proxy@5.3.0
	@touch $(HUB)/ready
