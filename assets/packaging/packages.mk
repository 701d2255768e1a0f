# Installers. Included by the Makefile; works alone as well:
#   make -f assets/packaging/packages.mk deb
#
# deb rpm         dist/wardlight_VERSION_amd64.deb, dist/wardlight-VERSION.x86_64.rpm
# tarball         dist/wardlight-VERSION-linux-amd64.tar.xz, for any other Linux
# windows         dist/wardlight-VERSION-setup-amd64.exe
# msi             dist/wardlight-VERSION-amd64.msi
# sbom            dist/wardlight.cdx.json, dist/wardctl.cdx.json: every module in each (CycloneDX)
# macos-vet       type-check everything for macOS, without a Mac
# packages        deb, rpm, tarball, windows and msi
# test-packages   check, install, start and remove each in a bare system
# same-packages   make all twice of a clean clone each, and compare byte by byte
#
# The same commit gives the same files, byte for byte, with the same Go and C
# compilers. README.md tells more.

PACKAGING := assets/packaging
DIST      ?= dist
VERSION   ?= $(shell $(PACKAGING)/version.sh)
NUMBER     = $(shell $(PACKAGING)/version.sh number $(VERSION))
ARCH      ?= $(shell go env GOARCH)
# Desktop OpenGL: OpenGL ES builds faster, but was only ever seen on software.
RELEASE_TAGS ?= migrated_fynedo,no_animations
# Screen readers: Fyne has none for Linux.
WINDOWS_TAGS ?= $(RELEASE_TAGS),accessibility
export SOURCE_DATE_EPOCH ?= $(shell git log -1 --format=%ct 2>/dev/null || echo 0)

GO_BUILD = go build -trimpath -buildvcs=false
LDFLAGS  = -s -w -X main.version=$(VERSION)
LINUX    = $(DIST)/linux-$(ARCH)
WINDOWS  = $(DIST)/windows-amd64
TOOLS    = $(DIST)/tools
NFPM     = STAGE=$(LINUX) VERSION=$(VERSION) ARCH=$(ARCH) \
           $(TOOLS)/nfpm package -f $(PACKAGING)/nfpm.yaml -t $(DIST)

# The day of the commit, not of the build.
DATE     = $(shell LC_ALL=C date -u -d @$(SOURCE_DATE_EPOCH) +%Y-%m-%d)
# The licences of all that the programs in $(1) were built of.
NOTICES  = $(TOOLS)/notices -also "$(shell go env GOVERSION)=$(shell go env GOROOT)/LICENSE" \
           -also "Inter (as Wardlight Sans)=assets/fonts/OFL.txt"

.PHONY: sbom packages deb rpm tarball windows msi macos-vet windows-vet test-packages same-packages linux-stage windows-stage packaging-tools

packages: deb rpm tarball windows msi ## .deb, .rpm, .tar.xz, .msi and the Windows installer, in dist/

# Read from the programs themselves, as they are packed; the hour is the commit's.
sbom: linux-stage ## what the programs are made of, as CycloneDX
	for program in wardlight wardctl; do \
		$(TOOLS)/cyclonedx-gomod bin -json -std -noserial -version $(VERSION) \
			-output $(DIST)/$$program.cdx.json $(LINUX)/$$program || exit 1; done
	sed -i 's/"timestamp": "[^"]*"/"timestamp": "'$$(date -u -d @$(SOURCE_DATE_EPOCH) +%Y-%m-%dT%H:%M:%SZ)'"/' $(DIST)/*.cdx.json

packaging-tools:
	@mkdir -p $(TOOLS)
	GOFLAGS= GOBIN=$(abspath $(TOOLS)) go -C $(PACKAGING)/tools install tool ./ico ./notices ./msistamp

# PIE, as Debian asks of every program. Both with cgo: they then ask the system's
# resolver for names, as a site with a directory service needs.
linux-stage: packaging-tools
	@mkdir -p $(LINUX)
	CGO_ENABLED=1 $(GO_BUILD) -tags $(RELEASE_TAGS) -buildmode=pie -ldflags "$(LDFLAGS)" -o $(LINUX)/wardlight ./cmd/wardlight
	CGO_ENABLED=1 $(GO_BUILD) -buildmode=pie -ldflags "$(LDFLAGS)" -o $(LINUX)/wardctl ./cmd/wardctl
	$(PACKAGING)/changelog.sh $(VERSION) $(SOURCE_DATE_EPOCH) | gzip -9n >$(LINUX)/changelog.gz
	$(NOTICES) $(LINUX)/wardlight $(LINUX)/wardctl >$(LINUX)/notices
	gzip -9nf $(LINUX)/notices
	sed -e 's/@VERSION@/$(VERSION)/' -e 's/@DATE@/$(DATE)/' $(PACKAGING)/linux/wardlight.1.in | gzip -9n >$(LINUX)/wardlight.1.gz
	$(LINUX)/wardctl man --date $(DATE) $(LINUX)
	gzip -9nf $(LINUX)/wardctl.1
	for shell in bash zsh fish; do $(LINUX)/wardctl completion $$shell >$(LINUX)/wardctl.$$shell || exit 1; done

deb: linux-stage
	$(NFPM) -p deb

rpm: linux-stage
	$(NFPM) -p rpm

tarball: linux-stage
	$(PACKAGING)/linux/tarball.sh $(LINUX) wardlight-$(VERSION)-linux-$(ARCH) $(DIST)

# The resources of each program are linked from a file in its folder, which must not
# be there for other systems' builds.
windows-stage: packaging-tools
	@mkdir -p $(WINDOWS)
	$(TOOLS)/ico $(WINDOWS)/wardlight.ico $(foreach s,256 64 48 32 16,assets/icons/wardlight-$(s).png)
	for program in wardlight wardctl; do $(TOOLS)/go-winres make --in $(PACKAGING)/windows/winres.json \
	    --out cmd/$$program/rsrc --arch amd64 --product-version $(NUMBER) --file-version $(NUMBER) || exit 1; done
	CGO_ENABLED=1 GOOS=windows GOARCH=amd64 CC=x86_64-w64-mingw32-gcc CXX=x86_64-w64-mingw32-g++ \
	    $(GO_BUILD) -tags $(WINDOWS_TAGS) -ldflags "$(LDFLAGS) -H windowsgui" -o $(WINDOWS)/wardlight.exe ./cmd/wardlight && \
	CGO_ENABLED=0 GOOS=windows GOARCH=amd64 $(GO_BUILD) -ldflags "$(LDFLAGS)" -o $(WINDOWS)/wardctl.exe ./cmd/wardctl; \
	    status=$$?; rm -f cmd/*/rsrc_windows_amd64.syso; exit $$status
	$(if $(SIGN),$(SIGN) $(WINDOWS)/wardlight.exe && $(SIGN) $(WINDOWS)/wardctl.exe)
	$(NOTICES) $(WINDOWS)/wardlight.exe $(WINDOWS)/wardctl.exe >$(WINDOWS)/notices
	sed 's/$$/\r/' $(WINDOWS)/notices >$(WINDOWS)/notices.txt
	sed 's/$$/\r/' LICENSE >$(WINDOWS)/LICENSE.txt

windows: windows-stage
	makensis -V2 -NOCD -DVERSION=$(VERSION) -DNUMBER=$(NUMBER) -DSTAGE=$(abspath $(WINDOWS)) \
	    -DICON=$(abspath $(WINDOWS)/wardlight.ico) $(if $(SIGN),'-DSIGN=$(SIGN)') \
	    -DOUT=$(abspath $(DIST)/wardlight-$(VERSION)-setup-amd64.exe) $(PACKAGING)/windows/wardlight.nsi

# The cabinet keeps the files' times, wixl adds the hour and the package code of its own.
msi: windows-stage
	touch -d @$(SOURCE_DATE_EPOCH) $(WINDOWS)/*
	cd $(WINDOWS) && wixl -a x64 -D VERSION=$(basename $(NUMBER)) \
	    -D PRODUCT=$$($(abspath $(TOOLS))/msistamp -guid "wardlight $(VERSION)") \
	    -o $(abspath $(DIST))/wardlight-$(VERSION)-amd64.msi $(abspath $(PACKAGING))/windows/wardlight.wxs
	$(TOOLS)/msistamp $(DIST)/wardlight-$(VERSION)-amd64.msi $(SOURCE_DATE_EPOCH)
	$(if $(SIGN),$(SIGN) $(DIST)/wardlight-$(VERSION)-amd64.msi)

windows-vet: ## type-check everything for Windows, with its C parts; needs mingw-w64
	CGO_ENABLED=1 GOOS=windows GOARCH=amd64 CC=x86_64-w64-mingw32-gcc CXX=x86_64-w64-mingw32-g++ \
	    go vet -tags $(WINDOWS_TAGS) ./...

macos-vet: ## type-check everything for macOS, without a Mac
	$(PACKAGING)/macos/vet.sh arm64
	$(PACKAGING)/macos/vet.sh amd64

test-packages: packages ## check, install, start and remove each package; pictures in dist/proofs
	$(PACKAGING)/prove-rpm.sh $(DIST)/wardlight-*$(VERSION)*.x86_64.rpm
	$(PACKAGING)/prove-deb.sh $(DIST)/wardlight_$(VERSION)*_$(ARCH).deb $(DIST)/proofs
	$(PACKAGING)/prove-windows.sh $(DIST)/wardlight-$(VERSION)-setup-amd64.exe $(DIST)/wardlight-$(VERSION)-amd64.msi $(DIST)/proofs

same-packages: ## make all packages twice, of a clean clone each, and compare them
	$(PACKAGING)/prove-same.sh
