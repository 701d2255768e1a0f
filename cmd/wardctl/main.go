// Wardctl is the command-line tool for those who install, watch and show a
// Wardlight site. `wardctl help` lists what it does.
package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/signal"
	"syscall"

	"github.com/wardlight/wardlight/cmd/internal/nocore"
)

// version is set by the linker.
var version = "dev"

func main() {
	nocore.Set()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	err := newRoot().ExecuteContext(ctx)
	stop()
	if err != nil {
		fmt.Fprintln(os.Stderr, "wardctl:", err)
		var end sick
		if errors.As(err, &end) {
			os.Exit(end.code)
		}
		os.Exit(1)
	}
}
