# Every command that a person types. `make` alone lists them.
# It must work with the make 3.81 and the bash 3.2 of macOS.

.DEFAULT_GOAL := help
COMPOSE := docker compose

.PHONY: help up certs down logs ps clean dev test test-go test-lab test-host test-workshop readme lint screenshots

help: ## this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## /{printf "  make %-14s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

up: ## build, make certificates, start, wait until healthy, print the addresses
	@scripts/up

certs: ## make or renew the certificates, starting nothing (ARGS=--renew, ARGS=--new-ca)
	@$(COMPOSE) build --quiet certs && $(COMPOSE) run --rm certs $(ARGS)

down: ## stop the lab and remove its containers and network; certificates and logs stay
	@$(COMPOSE) down --remove-orphans

logs: ## follow what the servers say; Ctrl-C ends it
	@$(COMPOSE) logs --follow

ps: ## what runs, how it does, on which ports
	@$(COMPOSE) ps

clean: ## down, and delete images, logs and certificates (asks before it deletes the CA)
	@scripts/clean

dev: ## the lab without containers, on loopback, with Go alone; Ctrl-C ends it
	@scripts/dev

test: ## every test of the lab, in containers (needs Docker alone)
	@tests/run

test-go: ## the tests that need Go alone
	go test -race ./...

# Inside the container of `make test`.
test-lab:
	go test -count=1 -tags=lab -timeout=10m ./tests/lab

test-host: ## the tests that drive docker compose from outside (need Go and Docker)
	go test -count=1 -tags=host -timeout=20m ./tests/host

test-workshop: ## every command of docs/, run in a clean clone (needs Go and Docker)
	go test -count=1 -tags=workshop -timeout=20m ./docs

screenshots: ## make the pictures in docs/images anew (needs Go, Docker and Chromium)
	SCREENSHOTS="$(CURDIR)/docs/images" go test -count=1 -tags=workshop -timeout=20m ./docs

readme: ## bring README's tables up to date
	UPDATE_README=1 go test -run '^TestREADME' ./webserver ./wsserver ./scripts/certs

lint: ## what CI lints
	@tests/lint
