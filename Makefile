# What an operator does. Each target is one command of deploy/ (python3 -m deploy COMMAND) and is safe to repeat.
# Settings are variables, as in `make run PORT=8010`: PORT HOST OPENSEARCH_URL EMBEDDING_MODEL STATE_DIR ENGINE_HEAP

PYTHON ?= python3
ARGS ?=
FOLDER ?=
SOURCE ?=
# From the command line alone: a variable left in the environment is no consent.
FORCE =
ONLY =
NAME =
ORDERS = $(if $(ONLY),--only "$(ONLY)") $(if $(FORCE),--force-source "$(FORCE)")
FILE ?=
MAPPING ?=
OUT ?= .state/templates
DEPLOY = $(if $(shell command -v $(PYTHON)),$(PYTHON) -m deploy,$(error Python 3.11 or newer is needed: install it))

.DEFAULT_GOAL := help
.PHONY: help run stop test lint format index index-dry-run rollback history prune snapshot restore report template \
        map-init map-check \
        occupations relevance relevance-compare trace usage engine-start engine-stop clean

help: ## Show this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-15s %s\n", $$1, $$2 }' $(firstword $(MAKEFILE_LIST))

run: ## Set up what is missing, load the catalogue, serve the page and the API (PORT=8000) until Ctrl-C
	@$(DEPLOY) run

stop: ## End a `make run` from another terminal
	@$(DEPLOY) stop

test: ## Run all tests against an OpenSearch node of their own; a part with ARGS="-k words"
	@$(DEPLOY) test $(ARGS)

lint: ## Check form, lint and types
	@$(DEPLOY) lint

format: ## Put form and imports right
	@$(DEPLOY) format

index: ## Load the catalogue and switch to it when it passes the gate: ONLY=institution, FORCE=source or FORCE=all
	@$(DEPLOY) index $(ORDERS) $(ARGS)

index-dry-run: ## Show what a load would change, by institution and by golden query, and serve nothing new
	@$(DEPLOY) index-dry-run $(ORDERS) $(ARGS)

rollback: ## Serve the version before the current one again; once more goes one further back
	@$(DEPLOY) rollback $(ARGS)

history: ## Show the versions that are kept: when loaded, what they hold, which is served
	@$(DEPLOY) history $(ARGS)

prune: ## Remove versions beyond KEEP=3, those rolled back, and what killed loads left
	@$(DEPLOY) prune $(ARGS)

snapshot: ## Copy the served index to the engine's folder for snapshots
	@$(DEPLOY) snapshot $(ARGS)

restore: ## Serve an index made from the newest snapshot, or from NAME=snapshot; ARGS=--list shows what there is
	@$(DEPLOY) restore $(if $(NAME),--name $(NAME)) $(ARGS)

report: ## Show the last load's report: rows, warnings, quarantine
	@$(DEPLOY) report $(ARGS)

template: ## Write the workbooks institutions fill in to the folder OUT=.state/templates
	@$(DEPLOY) template --out $(OUT) $(ARGS)

map-init: ## Propose a mapping for a foreign feed: FILE=feed.json; a second file with ARGS="--join runs.json"
	@$(DEPLOY) map-init $(FILE) $(ARGS)

map-check: ## Say what each rule of a mapping catches: FILE=feed.json (or a source's id) MAPPING=mapping.yml
	@$(DEPLOY) map-check $(FILE) $(MAPPING) $(ARGS)

occupations: ## Keep official files on occupations, outlook and wages: SOURCE="file folder"; without one, list them
	@$(DEPLOY) occupations $(SOURCE) $(ARGS)

relevance: ## Measure ranking: golden queries, or judged collections with FOLDER="one two"
	@$(DEPLOY) relevance $(FOLDER) $(ARGS)

relevance-compare: ## Say which differences between two measurements count: A=before.json B=after.json
	@$(DEPLOY) relevance-compare $(A) $(B) $(ARGS)

trace: ## Explain one search: q="bookkeeper" lang=en
	@$(DEPLOY) trace "$$q" $$lang

usage: ## Show what was searched and opened in the last days; more with ARGS="--days 30"
	@$(DEPLOY) usage $(ARGS)

engine-start: ## Start OpenSearch by itself and print its address
	@$(DEPLOY) engine-start

engine-stop: ## Stop the OpenSearch this checkout started
	@$(DEPLOY) engine-stop

clean: ## Stop everything and remove what set-up made: environment, model, engine, indexes
	@$(DEPLOY) clean
