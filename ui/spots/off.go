//go:build !e2e

package spots

import (
	"context"

	"fyne.io/fyne/v2"

	"github.com/wardlight/wardlight/ui/dispatch"
)

// Mark names a control. Without the tag e2e it does nothing.
func Mark(string, fyne.CanvasObject) {}

// Run writes the spots until ctx ends. Without the tag e2e it returns at once.
func Run(context.Context, dispatch.Do) {}

// Painted says when names are painted. Without the tag e2e it does nothing.
func Painted(dispatch.Do, []string) {}
