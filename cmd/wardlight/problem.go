package main

import (
	"context"
	"errors"
	"os"
	"runtime"

	"fyne.io/fyne/v2"

	"github.com/wardlight/wardlight/app/records"
	"github.com/wardlight/wardlight/app/tongue"
	"github.com/wardlight/wardlight/cmd/internal/site"
	"github.com/wardlight/wardlight/ui/dispatch"
	"github.com/wardlight/wardlight/ui/window"
	"github.com/wardlight/wardlight/ui/words"
)

// showProblem says in a window why the station cannot start, and returns when
// the window is closed or ctx ends. Without a display it does nothing: main
// prints the error in any case.
func showProblem(ctx context.Context, set settings, problem error) error {
	if runtime.GOOS == "linux" && os.Getenv("DISPLAY") == "" && os.Getenv("WAYLAND_DISPLAY") == "" {
		return nil
	}
	a, win := newApp(set)
	window.Problem(win, why(problem), problem.Error(), a.Quit)
	win.Resize(fyne.NewSize(720, 420))
	a.Lifecycle().SetOnStarted(func() {
		win.Show()
		go func() { <-ctx.Done(); dispatch.Main(a.Quit) }()
	})
	a.Run()
	return nil
}

// why is the problem in one sentence and the next step.
func why(problem error) words.Message {
	switch {
	case errors.Is(problem, site.ErrConfig):
		return words.Message{What: tongue.T("This station's settings cannot be read."),
			Next: tongue.T("Use another station, and tell IT what stands below. Nothing is lost.")}
	case errors.Is(problem, records.ErrTooNew):
		return words.Message{What: tongue.T("This station is older than the ward's record."),
			Next: tongue.T("Use another station, and ask IT to update this one. Nothing is lost.")}
	case errors.Is(problem, records.ErrTooOld):
		return words.Message{What: tongue.T("The ward's record is older than this station."),
			Next: tongue.T("Use another station, and ask IT to run `wardctl upgrade`. Nothing is lost.")}
	case errors.Is(problem, records.ErrNotFound):
		return words.Message{What: tongue.T("This station is set to a ward that is not in the record."),
			Next: tongue.T("Use another station, and tell IT what stands below.")}
	}
	return words.Message{What: tongue.T("This station cannot open the ward's record."),
		Next: tongue.T("Use another station, and tell IT what stands below. Nothing is lost.")}
}
