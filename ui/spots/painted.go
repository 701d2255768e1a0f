//go:build e2e

package spots

import (
	"fmt"
	"image"
	"os"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"

	"github.com/wardlight/wardlight/ui/dispatch"
)

// painted is what waits for its frame; only touched on the UI goroutine.
var painted paintings

type paintings struct {
	probe   *canvas.Raster
	out     *os.File
	waiting []string
	known   map[string]bool
}

func (p *paintings) write(batch []string, at time.Time) {
	for _, name := range batch {
		fmt.Fprintln(p.out, name, at.UnixNano())
	}
}

// Painted writes when the frame that first holds each of these was handed to the
// window system: a line with the name and the time in nanoseconds. The toolkit asks
// for the probe's points while it paints, and does nothing else before that frame is
// swapped in. It does nothing if WARDLIGHT_PAINTED is not set. UI goroutine only.
func Painted(do dispatch.Do, names []string) {
	p := &painted
	path := os.Getenv(PaintedEnv)
	if path == "" {
		return
	}
	if p.probe == nil {
		var err error
		if p.out, err = os.OpenFile(path, os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600); err != nil {
			panic(err) // of use to a test alone
		}
		p.known = map[string]bool{}
		p.probe = canvas.NewRaster(func(int, int) image.Image {
			batch := p.waiting
			p.waiting = nil
			do(func() { p.write(batch, time.Now()) })
			return image.NewNRGBA(image.Rect(0, 0, 1, 1))
		})
		p.probe.Resize(fyne.NewSize(1, 1))
		win := fyne.CurrentApp().Driver().AllWindows()[0]
		win.SetContent(container.NewStack(win.Content(), container.NewWithoutLayout(p.probe)))
	}
	for _, n := range names {
		if !p.known[n] {
			p.known[n] = true
			p.waiting = append(p.waiting, n)
		}
	}
	if len(p.waiting) > 0 {
		p.probe.Refresh()
	}
}
