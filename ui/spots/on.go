//go:build e2e

package spots

import (
	"context"
	"encoding/json"
	"log/slog"
	"os"
	"time"

	"fyne.io/fyne/v2"

	"github.com/wardlight/wardlight/ui/dispatch"
)

// marked is only touched on the UI goroutine.
var marked = map[string]fyne.CanvasObject{}

// round counts the maps; only touched on the UI goroutine.
var round float32

// Words are the texts drawn whole in the window, by the objects that they are part of; the
// program sets it, for what measures them knows every widget.
var Words func(fyne.Window) map[fyne.CanvasObject][]string

// Mark names a control; the newest control of a name wins. UI goroutine only.
func Mark(name string, o fyne.CanvasObject) {
	if name != "" {
		marked[name] = o
	}
}

// Run writes the spots until ctx ends. It returns at once if WARDLIGHT_SPOTS is
// not set, or if what is painted is measured: it takes the window's time.
func Run(ctx context.Context, do dispatch.Do) {
	path := os.Getenv(Env)
	if path == "" || os.Getenv(PaintedEnv) != "" {
		return
	}
	tick := time.NewTicker(100 * time.Millisecond)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
		got := make(chan map[string]Spot, 1)
		do(func() { got <- collect() })
		select {
		case <-ctx.Done():
			return
		case m := <-got:
			if err := write(path, m); err != nil {
				slog.Warn("spots not written", "error", err)
			}
		}
	}
}

func collect() map[string]Spot {
	m := make(map[string]Spot, len(marked)+1)
	round++
	m["spots"] = Spot{X: round}
	d := fyne.CurrentApp().Driver()
	var words map[fyne.CanvasObject][]string
	if all := d.AllWindows(); Words != nil && os.Getenv(WordsEnv) != "" && len(all) > 0 {
		words = Words(all[0])
	}
	for name, o := range marked {
		pos, size := d.AbsolutePositionForObject(o), o.Size()
		s := Spot{X: pos.X, Y: pos.Y, W: size.Width, H: size.Height, Enabled: true}
		// An object that is not in the visible tree has the position (0, 0); none
		// of the named controls stands in that corner.
		s.Visible = o.Visible() && !pos.IsZero() && !size.IsZero()
		if t, ok := o.(interface{ SpotText() string }); ok {
			s.Text = t.SpotText()
		}
		if e, ok := o.(interface{ Disabled() bool }); ok {
			s.Enabled = !e.Disabled()
		}
		s.Focused, s.Words = focused(d, o), words[o]
		m[name] = s
	}
	return m
}

// focused reports whether the keyboard is on an object, or on what it holds.
func focused(d fyne.Driver, o fyne.CanvasObject) bool {
	f, ok := o.(fyne.Focusable)
	if h, holds := o.(interface{ Input() fyne.Focusable }); holds {
		f, ok = h.Input(), true
	}
	c := d.CanvasForObject(o)
	return ok && c != nil && c.Focused() == f
}

func write(path string, m map[string]Spot) error {
	b, err := json.Marshal(m)
	if err != nil {
		return err
	}
	tmp := path + ".tmp"
	if err := os.WriteFile(tmp, b, 0o600); err != nil {
		return err
	}
	return os.Rename(tmp, path)
}
