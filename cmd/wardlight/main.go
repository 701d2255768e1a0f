// Command wardlight is the nursing station.
package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/signal"
	"runtime/debug"
	"syscall"

	"github.com/wardlight/wardlight/app/station"
	"github.com/wardlight/wardlight/cmd/internal/nocore"
)

// version is set by the build.
var version = "dev"

func main() {
	debug.SetGCPercent(station.GCPercent)
	nocore.Set()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	if err := run(ctx, os.Args[1:]); err != nil && !errors.Is(err, errHelp) {
		fmt.Fprintln(os.Stderr, "wardlight:", err)
		os.Exit(1)
	}
}
