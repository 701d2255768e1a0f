# Wardlight. `make help` lists the targets.
#
# One set of Go flags for everybody: each set has its own build cache, and a cold
# build of the OpenGL bindings takes minutes.
export GOFLAGS := -trimpath -buildvcs=false
export LANG    ?= en_US.UTF-8

BIN  := bin
DATA ?= .wardlight
# OpenGL ES builds in a quarter of the time and works the same on software GL.
# A cursor that fades in and out has the whole window drawn 60 times a second.
TAGS := gles,migrated_fynedo,no_animations

.DEFAULT_GOAL := help
.PHONY: help vuln run test lint build bench bench-record bench-ui chaos screenshots goldens clean setup-run setup-test unit

help: ## list the targets
	@awk -F':.*## ' '/^[a-z-]+:.*## /{printf "  %-13s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

setup-run:
	@assets/setup/debian.sh run
setup-test:
	@assets/setup/debian.sh test

run: setup-run build ## show a demonstration ward on this machine
	$(BIN)/wardctl demo --data $(DATA)

build: ## build the programs into bin/
	@mkdir -p $(BIN)
	go build -tags $(TAGS) -o $(BIN)/ ./cmd/wardlight ./cmd/wardctl

test: setup-test lint unit ## every test, with the race detector, on real servers

# The longest first, so that no core waits at the end for one of them alone.
LONGEST := ./app/records ./cmd/wardlight ./ui/window ./cmd/wardctl ./app/station ./ui/shell ./app/hl7 ./redisx
# SQLite, translated to Go, works on memory of its own behind its connection's lock: to watch each
# byte of it doubles the time of every test that has a record, and finds nothing of ours.
UNWATCHED := github.com/ncruces/go-sqlite3-wasm/v6/...

unit:
	GOFLAGS="$(GOFLAGS) -gcflags=$(UNWATCHED)=-race=false" \
		go test -race -vet=off -tags $(TAGS) -timeout 30m $(LONGEST) ./... # lint vets all of it
	go test -tags $(TAGS) -run '^TestNoUsedFieldIsSilent$$' ./app/hl7 # what the race detector would only slow down
	CGO_ENABLED=0 go test ./cmd/storybook # the same

.PHONY: fuzz
FUZZTIME ?= 1m
fuzz: setup-test ## every fuzz target for a minute (FUZZTIME=10m for longer)
	@set -e; for dir in $$(grep -rl --include='*_test.go' '^func Fuzz' app cmd redisx ui | xargs -n 1 dirname | sort -u); do \
		for target in $$(go test -tags $(TAGS) -list '^Fuzz' ./$$dir | grep '^Fuzz'); do \
			echo "$$dir $$target"; \
			go test -tags $(TAGS) -run '^$$' -fuzz "^$$target\$$" -fuzztime $(FUZZTIME) ./$$dir; \
		done; \
	done

lint: ## gofmt, go vet, staticcheck
	@test -z "$$(gofmt -l app cmd ui redisx assets)" || { gofmt -l app cmd ui redisx assets; echo "run gofmt -w on these"; exit 1; }
	go vet -tags $(TAGS) ./...
	CGO_ENABLED=0 go vet -tags ci ./...
	go run honnef.co/go/tools/cmd/staticcheck@v0.8.2 -tags $(TAGS) ./...

bench: ## benchmarks of the hot paths, and redisx beside the libraries it replaces
	go test -run '^$$' -bench . -benchmem ./app/... ./redisx/...
	cd redisx/bench && go vet ./... && go run . # writes RESULTS.md

bench-record: setup-test ## how each query of the record grows with its patients, on both engines: writes app/records/FIGURES.md
	go test -run '^TestFigures$$' -timeout 40m ./app/records -args -figures "$(CURDIR)/app/records/FIGURES.md"

bench-ui: setup-test ## how fast the window is and what it costs beside a bare one: writes ui/BENCH.md
	go test -tags $(TAGS) -run '^TestFiguresOfTheWindow$$' -timeout 40m ./cmd/wardlight -args -ui-figures "$(CURDIR)/ui/BENCH.md"

chaos: setup-test ## the long fault runs of redisx, the record and the alert path: some hours
	go test -race -tags chaos -timeout 60m ./redisx/...
	go test -tags chaos -p 1 -timeout 180m ./app/... # kills and full disks find what they find; make test looks for races

.PHONY: canary
canary: setup-test ## hide 200 secrets in a running station and look for them everywhere: disk, logs, processes, bus, core files
	WARDLIGHT_LONG=1 go test -count=1 -tags $(TAGS) -run '^TestCanaries$$' -v -timeout 30m ./cmd/wardlight

.PHONY: slo
slo: setup-test ## how long a nurse waits for an alert: 100 from PUBLISH to the notification, p99 within a second
	WARDLIGHT_LONG=1 go test -count=1 -tags $(TAGS) -run '^TestPublishTo' -v ./cmd/wardlight

.PHONY: monkey
monkey: setup-test ## a monkey at the screens: 200,000 presses on a clock of its own, and 2,000 at the real window
	CGO_ENABLED=0 go test -timeout 60m -run '^TestPressActsOnceOnWhatItMeant$$' ./ui/shell -args -presses 200000
	WARDLIGHT_LONG=1 go test -tags $(TAGS) -timeout 60m -count=1 -run '^TestHurriedHands?$$|^TestByKeyboard$$' -v ./cmd/wardlight

clean: ## remove what was built, never the ward's data
	rm -rf $(BIN) dist

include assets/packaging/packages.mk

vuln: ## known vulnerabilities in what is built (asks the Go vulnerability database)
	go run golang.org/x/vuln/cmd/govulncheck@v1.9.0 -tags $(TAGS) ./...

goldens: ## write the goldens of screens and marks again; look at what changed before you commit it
	CGO_ENABLED=0 go test ./ui/widgets ./cmd/storybook -run 'TestLeavesLookAsTheyDid|TestScreensStayAsTheyWere' -args -update

screenshots: ## draw every screen into dist/screenshots, and README's into assets/screenshots
	CGO_ENABLED=0 go run ./cmd/storybook -out dist/screenshots
	CGO_ENABLED=0 go run ./cmd/storybook -readme -out assets/screenshots
