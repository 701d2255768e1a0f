//go:build linux

// Command uibench opens the windows that `make bench-ui` measures: a bare one of
// the toolkit to compare with, and one with the station's screens that times its
// own frames. It is built and driven by the figures' test of the station and is
// no part of what is installed.
package main

import (
	"encoding/json"
	"fmt"
	"os"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/app"
	"fyne.io/fyne/v2/widget"

	"github.com/wardlight/wardlight/ui/theme"
)

func main() {
	mode := ""
	if len(os.Args) == 2 {
		mode = os.Args[1]
	}
	a := app.NewWithID("io.github.wardlight.uibench")
	win := a.NewWindow("Bench")
	win.SetMaster()
	win.Resize(fyne.NewSize(1600, 1000))
	switch mode {
	case "bare":
		win.SetContent(widget.NewList(func() int { return 0 }, func() fyne.CanvasObject { return widget.NewLabel("") },
			func(widget.ListItemID, fyne.CanvasObject) {}))
	case "screens":
		a.Settings().SetTheme(theme.New(theme.Day, 1))
		s := newStage(win)
		a.Lifecycle().SetOnStarted(func() { go report(a, s) })
	default:
		fmt.Fprintln(os.Stderr, "uibench: say bare or screens")
		os.Exit(2)
	}
	win.ShowAndRun()
}

// report writes the figures of the screens to standard output and ends the
// program.
func report(a fyne.App, s *stage) {
	if err := json.NewEncoder(os.Stdout).Encode(s.measure()); err != nil {
		fmt.Fprintln(os.Stderr, "uibench:", err)
	}
	s.do(a.Quit)
}
