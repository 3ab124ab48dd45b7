# Everything that can be done here: `make help`.

export AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED := true
export REDOCLY_TELEMETRY := off

.DEFAULT_GOAL := help
.PHONY: help node node24 install generate dev dev-reset token diagram screenshots docs changes baseline client example test test-tools test-browser client-runtimes conformance check mutate mutate-modules bench bench-growth clean
.PHONY: deps init plan apply destroy terraform-test terraform-scan

RUN := npm run --silent
TSX := node --import tsx

# $(call timed,what it does,command): says what it does, does it, and says how long it took.
define timed
@echo '$(1) ...'; start=$$(date +%s); $(2) && echo "  done in $$(($$(date +%s) - start)) s"
endef

# Without a network npm waits for 70 seconds before it says so: these are more tries, and a quarter of a minute.
NPM_PATIENCE := --fetch-retries=4 --fetch-retry-factor=2 --fetch-retry-mintimeout=1000

check_version := const [major, minor] = process.versions.node.split("."); \
	process.exit(major > 20 || (major == 20 && minor >= 19) ? 0 : 1)

##@ Local stack

dev: install generate ## Start database, identity and API, and reload on change (PORT, DYNAMODB_PORT, IDENTITY_PORT)
	@exec $(TSX) scripts/stack/dev.ts

token: node ## Print an access token of the running stack: make -s token AS=organizer (or rival, attendee)
	@test -d node_modules/tsx || { echo 'Nothing is installed yet: start the local stack with "make dev" first.' >&2; exit 1; }
	@exec $(TSX) scripts/stack/token.ts

dev-reset: ## Empty the local database and forget the local signing key
	@pid=$$(cat .local/dev.pid 2>/dev/null); \
	if [ -n "$$pid" ] && ps -p "$$pid" -o args= 2>/dev/null | grep -q 'scripts/stack/dev.ts'; then \
	  echo 'The local stack is running: stop it (Ctrl-C) before you reset it.' >&2; exit 1; \
	fi
	@rm -rf .local
	@echo 'The local stack is empty.'

##@ Work on the contract and the code

generate: build/.generated ## Make what follows from openapi/openapi.yaml (types, the server's copy of the contract)

diagram: install ## Render the picture of the architecture, docs/architecture.dot, to docs/architecture.svg
	@$(TSX) scripts/docs/diagram.ts

screenshots: docs example ## Take the pictures of the README, docs/images, in headless Chromium (or CHROMIUM=<path>)
	@$(TSX) scripts/docs/screenshots.ts $(ARGS)

docs: build/docs/index.html ## Build the documentation as one page: build/docs/index.html

client: client/dist/.built ## Build the client package: client/dist

example: install generate ## Build the example frontend: build/example
	@$(TSX) scripts/example/build.ts

changes: install ## List what changed in the contract since the last release, in the form of CHANGELOG.md
	@$(RUN) changes

baseline: install ## Keep the contract as the one of the last release, with which later ones are compared
	@$(RUN) changes -- --accept

test: install generate ## Run the tests: make test ARGS='src/domain/events --watch' (DYNAMODB=local: on Amazon's engine, which needs Java)
	@$(RUN) test -- $(ARGS)

test-tools: install generate ## Run the tests of the tools: generators, contract gate, build, documentation, local stack (ARGS as for test)
	@$(RUN) test:tools -- $(ARGS)

test-browser: install generate ## Test documentation and example in headless Chromium, where there is one (or CHROMIUM=<path>)
	@$(RUN) test:browser

client-runtimes: install generate ## Call the API with the packed client in Node 20 and 24, Bun, Deno, workerd and Chromium
	@$(RUN) client:runtimes

conformance: install generate ## Hold the running server against the contract by Schemathesis, which needs Python (SEED=1 EXAMPLES=300)
	@$(TSX) scripts/quality/conformance/run.ts

check: install node24 ## Everything that CI runs: generated files, changes of the contract, lint, types, tests, coverage, package and its tests
	$(call timed,Comparing generated files with the contract,$(RUN) check:generated)
	$(call timed,Comparing the contract with that of the last release,$(RUN) changes -- --check)
	$(call timed,Checking the format,$(RUN) check:format)
	@$(RUN) check:commits
	$(call timed,Linting,$(RUN) lint)
	$(call timed,Checking types,$(RUN) typecheck)
	@$(MAKE) --no-print-directory test
	@$(RUN) coverage
	@$(MAKE) --no-print-directory test-tools ARGS='$(TOOLS_ARGS)'
	$(call timed,Checking the client package,$(RUN) check:client)
	$(call timed,Looking at documentation and example in a browser,$(RUN) test:browser)
	$(call timed,Packing the function,$(RUN) build)
	@TEST_FUNCTION=build TEST_TRANSPORT=bundle $(RUN) test -- test/http
	$(call timed,Checking Terraform as far as it goes without its registry,$(RUN) check:terraform)

bench: install node24 scripts/bench/node_modules/.package-lock.json ## Measure beside other stacks, and write the tables into docs/benchmarks.md (minutes)
	@$(TSX) scripts/bench/bench.ts

bench-growth: install ## Measure at 1,000, 100,000 and 1,000,000 events, and write table and plot into docs/ (minutes, 6 GB of disk)
	@$(TSX) scripts/bench/growth.ts 1000 100000 1000000

mutate: install generate ## Change contract and server in many small ways; each must be noticed (MUTATIONS=200 SEED=1 JOBS=1)
	@$(TSX) scripts/quality/mutate/mutate.ts contract
	@$(TSX) scripts/quality/mutate/mutate.ts server
	@$(MAKE) --no-print-directory mutate-modules

mutate-modules: install generate scripts/quality/mutate/modules/node_modules/.package-lock.json ## Mutate the modules that need neither HTTP nor database, by Stryker (ARGS=--incremental)
	@node scripts/quality/mutate/modules/node_modules/@stryker-mutator/core/bin/stryker.js run scripts/quality/mutate/modules/stryker.config.json $(ARGS)

##@ Deploy to AWS (docs/deploying.md says how)

deps: install ## Build the package of the Lambda function: build/function.zip
	@$(RUN) build

init: install ## Prepare Terraform: make init ARGS='-upgrade'
	@$(TSX) scripts/terraform/deploy.ts init $(ARGS)

plan: install ## Show what would change in the AWS account: make plan ARGS='-var create_user_pool=true'
	@$(TSX) scripts/terraform/deploy.ts plan $(ARGS)

apply: install ## Change it, after a question
	@$(TSX) scripts/terraform/deploy.ts apply $(ARGS)

destroy: install ## Delete everything that apply made, after a question; data is protected until you say otherwise
	@$(TSX) scripts/terraform/deploy.ts destroy $(ARGS)

terraform-test: install ## Test terraform/ with a mocked AWS (needs Terraform, which gets the AWS provider from its registry)
	@$(RUN) test:terraform

terraform-scan: build/checkov/bin/checkov ## Look for weak settings in terraform/ with Checkov (needs Python)
	@LOG_LEVEL=ERROR BC_SKIP_MAPPING=TRUE $< --directory terraform --framework terraform --compact --quiet

##@ Housekeeping

install: node_modules/.package-lock.json ## Install what package-lock.json names, if it changed

clean: ## Remove everything that was built (the local data stays: see dev-reset)
	@rm -rf build coverage client/dist

help: ## Show this list
	@awk 'BEGIN { FS = ":.*## " } \
	  /^##@ / { printf "\n%s\n", substr($$0, 5) } \
	  /^[a-z-]+:.*## / { printf "  make %-15s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)
	@echo

node:
	@command -v node >/dev/null 2>&1 || { echo 'Node.js is missing: install version 20.19 or later from https://nodejs.org.' >&2; exit 1; }
	@command -v npm >/dev/null 2>&1 || { echo 'npm is missing: install it together with Node.js from https://nodejs.org.' >&2; exit 1; }
	@node -e '$(check_version)' || { \
	  echo "Node.js $$(node --version) is too old: install version 20.19 or later from https://nodejs.org." >&2; exit 1; }

# The bundle is tested under the version that Lambda has; without it, under the running one.
node24: install
	@$(TSX) scripts/function/install-node.ts

scripts/bench/node_modules/.package-lock.json: scripts/bench/package-lock.json | node
	$(call timed,Installing what is compared,npm ci --prefix scripts/bench --no-audit --no-fund --loglevel=error >/dev/null)
	@touch $@

scripts/quality/mutate/modules/node_modules/.package-lock.json: scripts/quality/mutate/modules/package-lock.json | node
	$(call timed,Installing Stryker,npm ci --prefix scripts/quality/mutate/modules --no-audit --no-fund --loglevel=error >/dev/null)
	@touch $@

node_modules/.package-lock.json: package-lock.json | node
	$(call timed,Installing packages,npm ci --no-audit --no-fund --loglevel=error $(NPM_PATIENCE) >/dev/null)
	@touch $@

build/.generated: openapi/openapi.yaml client/package.json $(wildcard scripts/contract/*.ts src/openapi/*.ts) node_modules/.package-lock.json
	$(call timed,Generating what follows from the contract,$(TSX) scripts/contract/generate.ts)
	@mkdir -p build && touch $@

client/dist/.built: build/.generated $(wildcard client/src/*.ts client/src/generated/*.ts client/*.json scripts/client/build.ts)
	$(call timed,Building the client,$(RUN) build --workspace client)
	@touch $@

build/docs/index.html: openapi/openapi.yaml CHANGELOG.md $(wildcard docs/site/* scripts/docs/*) client/package.json scripts/docs/build.ts node_modules/.package-lock.json
	$(call timed,Building the documentation,$(TSX) scripts/docs/build.ts)

build/checkov/bin/checkov: .github/checkov.txt
	@python3 -c 'import ensurepip, sys, venv; sys.exit(sys.version_info < (3, 9))' >/dev/null 2>&1 || { \
	  echo 'Python 3.9 or later (with its module venv) is missing: install it from https://www.python.org.' >&2; exit 1; }
	$(call timed,Installing Checkov,python3 -m venv build/checkov && build/checkov/bin/pip install --quiet --disable-pip-version-check -r $<)
	@touch $@
