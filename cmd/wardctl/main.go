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
		os.Exit(exitStatus(err))
	}
}

// exitError is an error with an exit status of its own.
type exitError struct {
	code int
	text string
}

// Error implements error.
func (e exitError) Error() string { return e.text }

// ExitCode is the program's exit status.
func (e exitError) ExitCode() int { return e.code }

// exitStatus is how the program ends after err.
func exitStatus(err error) int {
	var end interface{ ExitCode() int }
	if errors.As(err, &end) {
		return end.ExitCode()
	}
	return 1
}
