# A fresh machine needs Python 3.11 or newer, make and git. Nothing is installed twice.
PYTHON ?= python3
export NO_MKDOCS_2_WARNING = 1
# $(call say,English,Chinese): in the language of the machine, as baogao's own messages
say = $(if $(filter zh%,$(or $(LC_ALL),$(LANG))),$(2),$(1))

# A .venv names its folder in its scripts: one that was moved or copied would run what lies in the old one, or nothing.
ifneq ($(MAKECMDGOALS),clean)
ifneq ($(wildcard .venv/pyvenv.cfg),)
ifeq ($(findstring $(CURDIR)/.venv,$(shell cat .venv/pyvenv.cfg)),)
$(error $(call say,This folder was moved or copied: its .venv is of another one. Say "make clean" and then this again,目录移动过或是复制来的，其中的 .venv 属于原来的目录。请先运行 make clean，再运行此命令))
endif
endif
endif

.PHONY: site dist wheel serve test check pythons licenses lock clean

site: .venv/site.stamp ## build the site into site/
	@.venv/bin/mkdocs build --strict
	@echo "$(call say,Open,请打开) $(CURDIR)/site/index.html"

dist: site ## the site as one file to hand over: unpack it and open index.html by double-click
	@rm -rf dist && mkdir dist
	@cd site && ../.venv/bin/python -m zipfile -c ../dist/baogao-site.zip *
	@echo "dist/baogao-site.zip$(call say,: unpack it and open index.html,：解压后打开 index.html)"

wheel: .venv/site.stamp ## the package as one file, for sites of one's own: dist/baogao-*.whl
	@rm -rf build
	@.venv/bin/python -m pip wheel --quiet --disable-pip-version-check --no-deps --no-build-isolation -w dist .
	@rm -rf build
	@ls dist/baogao-*.whl

serve: .venv/site.stamp ## preview; reloads on a changed report, sidecar or page; REPORT=name: of one report alone; PORT=8001: there
	@BAOGAO_REPORT="$(REPORT)" .venv/bin/mkdocs serve $(if $(PORT),-a 127.0.0.1:$(PORT))

test: .venv/test.stamp ## pass the tests; those in a browser need Debian's chromium
	@.venv/bin/ruff check hooks tests bench
	@.venv/bin/mypy
	@.venv/bin/pytest -q -n 2 --dist worksteal

check: .venv/site.stamp ## tell what is wrong with the reports
	@.venv/bin/baogao check

pythons: .venv/site.stamp ## the same bytes from every Python from 3.11 that is installed
	@.venv/bin/python bench/pythons.py

licenses: .venv/site.stamp ## make the list of licenses anew
	@.venv/bin/python bench/licenses.py

lock: ## make the locks anew (needs uv)
	uv pip compile --quiet --universal --python-version 3.11.2 --generate-hashes --no-header --no-annotate --no-emit-index-url \
	  --extra build pyproject.toml -o requirements.lock
	uv pip compile --quiet --universal --python-version 3.11.2 --generate-hashes --no-header --no-annotate --no-emit-index-url \
	  --extra build --extra dev --extra corpus --extra ocr -c requirements.lock pyproject.toml -o requirements-dev.lock

clean: ## take away everything that was made
	rm -rf .venv site dist build hooks/*.egg-info

.venv/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "$(call say,Python 3.11 or newer is needed; install one and say make PYTHON=python3.12. $(PYTHON) is,需要 Python 3.11 或更新的版本；请安装，再运行 make PYTHON=python3.12。$(PYTHON) 现为) $$($(PYTHON) -V 2>&1)"; exit 1; }
	@$(PYTHON) -c 'import venv, ensurepip' 2>/dev/null || \
	  { echo "$(call say,Python's venv module is missing,没有 Python 的 venv 模块): apt install python3-venv"; exit 1; }
	@$(PYTHON) -m venv .venv

# pip takes no editable install under --require-hashes: the lock first, then the package itself without dependencies.
.venv/site.stamp: requirements.lock pyproject.toml | .venv/bin/python
	@.venv/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	@.venv/bin/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

.venv/test.stamp: requirements-dev.lock .venv/site.stamp
	@.venv/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.lock
	@touch $@
