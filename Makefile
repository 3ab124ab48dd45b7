# All commands: `make help`.

export AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED := true
export REDOCLY_TELEMETRY := off

# Programs on this machine are called without a proxy, even if Node.js uses that of the environment (NODE_USE_ENV_PROXY).
comma := ,
export NO_PROXY := $(if $(NO_PROXY),$(NO_PROXY)$(comma))127.0.0.1,localhost
export no_proxy := $(if $(no_proxy),$(no_proxy)$(comma))127.0.0.1,localhost

.DEFAULT_GOAL := help
.PHONY: help node node24 install generate dev dev-reset token screenshots docs changes baseline client example test test-tools test-browser client-runtimes conformance check mutate mutate-modules bench bench-growth bench-registrations clean
.PHONY: deps init plan apply destroy terraform-test test-deployed test-updates terraform-scan

RUN := npm run --silent
TSX := node --import tsx

# $(call timed,description,command): prints the description, runs the command, and prints the duration.
define timed
@echo '$(1) ...'; start=$$(date +%s); $(2) && echo "  done in $$(($$(date +%s) - start)) s"
endef

# $(call sources,folders): their TypeScript files, without tests.
sources = $(shell find $(1) -name '*.ts' ! -name '*.test.ts')

# The files that the generator copies into the client.
rules := $(shell sed -n "s|^  '\(src/.*\)',|\1|p" scripts/contract/generate-client-rules.ts)

# What every program may depend on besides its sources. A test compares the prerequisites of each file with what its program reads.
settings := package.json tsconfig.json client/package.json

# Without a network npm takes 70 seconds to fail by default. This makes more attempts, within 15 seconds.
NPM_RETRIES := --fetch-retries=4 --fetch-retry-factor=2 --fetch-retry-mintimeout=1000

check_version := const [major, minor] = process.versions.node.split("."); \
	process.exit(major > 20 || (major == 20 && minor >= 19) ? 0 : 1)

##@ Local stack

dev: install generate ## Start database, token issuer and API, with reload on change (PORT, DYNAMODB_PORT, IDENTITY_PORT)
	@exec $(TSX) scripts/stack/dev.ts

token: node ## Print an access token for the running stack: make -s token AS=organizer (or rival, or an attendee of any name)
	@test -d node_modules/tsx || { echo 'Packages are not installed: run "make dev" first.' >&2; exit 1; }
	@exec $(TSX) scripts/stack/token.ts

dev-reset: ## Delete the local database and the local signing key
	@pid=$$(cat .local/dev.pid 2>/dev/null); \
	if [ -n "$$pid" ] && ps -p "$$pid" -o args= 2>/dev/null | grep -q 'scripts/stack/dev.ts'; then \
	  echo 'The local stack is running: stop it (Ctrl-C) before you reset it.' >&2; exit 1; \
	fi
	@rm -rf .local
	@echo 'The local stack was reset.'

##@ Development

generate: build/.generated ## Generate code from openapi/openapi.yaml (types, client, the server's copy of the contract)

screenshots: docs example ## Take the screenshots in docs/images with headless Chromium (or CHROMIUM=<path>)
	@$(TSX) scripts/docs/screenshots.ts $(ARGS)

docs: build/docs/index.html ## Build the documentation: build/docs/index.html

client: client/dist/.built ## Build the client package: client/dist

example: install generate ## Build the example frontend: build/example
	@$(TSX) scripts/example/build.ts

changes: install ## List the changes of the contract since the last release, as Markdown for CHANGELOG.md
	@$(RUN) changes

baseline: install ## Freeze the contract as the release baseline
	@$(RUN) changes -- --accept

test: install generate ## Test the product: make test ARGS='src/domain/events --watch' (DYNAMODB=local: on DynamoDB Local, needs Java)
	@$(RUN) test -- $(ARGS)

test-tools: install generate client/dist/.built ## Test the tools: generators, contract gate, build, documentation, local stack (ARGS as for test)
	@$(RUN) test:tools -- $(ARGS)

test-browser: install generate ## Test documentation and example in headless Chromium, if available (or CHROMIUM=<path>)
	@$(RUN) test:browser

client-runtimes: install generate ## Call the API with the packed client from Node.js 20, 22 and 24, Bun, Deno, Hermes, workerd and Chromium
	@$(RUN) client:runtimes

conformance: install generate ## Check the running server with Schemathesis, needs Python (SEED=1 EXAMPLES=300)
	@$(TSX) scripts/quality/conformance.ts

check: install node24 ## Run everything that CI runs: generated files, contract gate, format, lint, types, tests, coverage, packages
	$(call timed,Comparing generated files with the contract,$(RUN) check:generated)
	$(call timed,Comparing the contract with the last release,$(RUN) changes -- --check)
	$(call timed,Checking the format,$(RUN) check:format)
	$(call timed,Checking the language,$(RUN) check:language)
	@$(RUN) check:commits
	$(call timed,Linting,$(RUN) lint)
	$(call timed,Scoring the contract,$(RUN) check:score)
	$(call timed,Checking types,$(RUN) typecheck)
	@CASES=all FUZZ_RUNS=10 WORLDS=300 REGISTRATIONS=500 TEST_TRANSPORT=all $(MAKE) --no-print-directory test
	@$(RUN) coverage
	@$(MAKE) --no-print-directory test-tools ARGS='$(TOOLS_ARGS)'
	$(call timed,Checking the client package,$(RUN) check:client)
	$(call timed,Testing documentation and example in a browser,$(RUN) test:browser)
	$(call timed,Packing the function,$(RUN) build)
	@CASES=all TEST_FUNCTION=build TEST_TRANSPORT=bundle $(RUN) test -- test/http
	$(call timed,Checking Terraform without its registry,$(RUN) check:terraform)

bench: install generate node24 scripts/bench/node_modules/.package-lock.json ## Compare with other stacks, and update docs/benchmarks.md (takes minutes)
	@$(TSX) scripts/bench/bench.ts

bench-growth: install generate ## Measure with 1,000, 100,000 and 1,000,000 events, and update docs/ (takes minutes and 6 GB of disk)
	@$(TSX) scripts/bench/scaling.ts 1000 100000 1000000

bench-registrations: install generate ## Let 10,000 people register for one event, and update docs/benchmarks.md (takes minutes)
	@$(TSX) scripts/bench/registrations.ts

mutate: install generate ## Test the tests with mutants of contract, server, Makefile, workflows, prose and Terraform (MUTATIONS=200 SEED=1)
	@status=0; $(TSX) scripts/quality/mutate.ts || status=1; $(MAKE) --no-print-directory mutate-modules || status=1; exit $$status

mutate-modules: install generate scripts/quality/mutate/modules/node_modules/.package-lock.json ## Test the tests of pure modules with Stryker's mutants (ARGS=--incremental)
	@node scripts/quality/mutate/modules/node_modules/@stryker-mutator/core/bin/stryker.js run scripts/quality/mutate/modules/stryker.config.json $(ARGS)

##@ Deployment to AWS (see docs/deploying.md)

deps: install generate ## Build the package of each Lambda function: build/api.zip
	@$(RUN) build

init: install ## Initialize Terraform: make init ARGS='-upgrade'
	@$(TSX) scripts/terraform/deploy.ts init $(ARGS)

plan: install ## Show the pending changes in the AWS account: make plan ARGS='-var create_user_pool=true'
	@$(TSX) scripts/terraform/deploy.ts plan $(ARGS)

apply: install ## Apply the changes (asks for confirmation)
	@$(TSX) scripts/terraform/deploy.ts apply $(ARGS)

destroy: install ## Delete everything that apply created (asks for confirmation; data is protected by default)
	@$(TSX) scripts/terraform/deploy.ts destroy $(ARGS)

terraform-test: install generate ## Test terraform/ with a mocked AWS, needs Terraform and its registry (ARGS=--oldest-provider)
	@$(RUN) test:terraform -- $(ARGS)

test-deployed: deps node24 ## Test a deployment in an emulator of AWS (needs Terraform, access to its registry, and Python)
	@$(TSX) scripts/terraform/deployed.ts $(ARGS)

test-updates: deps ## Change a deployment in an emulator of AWS step by step, and check each plan (needs the same; ARGS=--oldest-provider)
	@$(TSX) scripts/terraform/updates.ts $(ARGS)

terraform-scan: build/checkov/bin/checkov ## Scan terraform/ for misconfiguration with Checkov (needs Python)
	@LOG_LEVEL=ERROR BC_SKIP_MAPPING=TRUE $< --directory terraform --framework terraform --compact --quiet

##@ Housekeeping

install: node_modules/.package-lock.json ## Install packages if package-lock.json has changed

clean: ## Delete all build results (keeps local data: see dev-reset)
	@rm -rf build coverage client/dist

help: ## Show this help
	@awk 'BEGIN { FS = ":.*## " } \
	  /^##@ / { printf "\n%s\n", substr($$0, 5) } \
	  /^[a-z-]+:.*## / { printf "  make %-15s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)
	@echo

node:
	@command -v node >/dev/null 2>&1 || { echo 'Node.js is missing: install version 20.19 or later from https://nodejs.org.' >&2; exit 1; }
	@command -v npm >/dev/null 2>&1 || { echo 'npm is missing: install it together with Node.js from https://nodejs.org.' >&2; exit 1; }
	@node -e '$(check_version)' || { \
	  echo "Node.js $$(node --version) is too old: install version 20.19 or later from https://nodejs.org." >&2; exit 1; }

# The bundle is tested with Lambda's version of Node.js if it is installed, otherwise with the current one.
node24: install
	@$(TSX) scripts/function/install-node.ts

scripts/bench/node_modules/.package-lock.json: scripts/bench/package-lock.json | node
	$(call timed,Installing the compared stacks,npm ci --prefix scripts/bench --no-audit --no-fund --loglevel=error >/dev/null)
	@touch $@

scripts/quality/mutate/modules/node_modules/.package-lock.json: scripts/quality/mutate/modules/package-lock.json | node
	$(call timed,Installing Stryker,npm ci --prefix scripts/quality/mutate/modules --no-audit --no-fund --loglevel=error >/dev/null)
	@touch $@

node_modules/.package-lock.json: package-lock.json | node
	$(call timed,Installing packages,npm ci --no-audit --no-fund --loglevel=error $(NPM_RETRIES) >/dev/null)
	@touch $@

build/.generated: openapi/openapi.yaml $(settings) client/README.md $(rules) $(call sources,scripts/contract src/openapi) src/lib/lazy.ts node_modules/.package-lock.json
	$(call timed,Generating code from the contract,$(TSX) scripts/contract/generate.ts)
	@mkdir -p build && touch $@

client/dist/.built: build/.generated client/tsconfig.json $(call sources,client/src) scripts/client/build.ts scripts/client/diagnostics.ts
	$(call timed,Building the client,$(RUN) build --workspace client)
	@touch $@

build/docs/index.html: build/.generated CHANGELOG.md $(wildcard docs/site/*) src/storage/tables.json $(call sources,scripts/docs src)
	$(call timed,Building the documentation,$(TSX) scripts/docs/build.ts)

build/checkov/bin/checkov: .github/checkov.txt
	@python3 -c 'import ensurepip, sys, venv; sys.exit(sys.version_info < (3, 9))' >/dev/null 2>&1 || { \
	  echo 'Python 3.9 or later (with its module venv) is missing: install it from https://www.python.org.' >&2; exit 1; }
	$(call timed,Installing Checkov,python3 -m venv build/checkov && build/checkov/bin/pip install --quiet --disable-pip-version-check -r $<)
	@touch $@
