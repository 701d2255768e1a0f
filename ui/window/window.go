// Package window drives the nursing station's one window: it asks the station's
// services for what a nurse wants, off the window's goroutine, and hands the
// screens what came of it. Screens know no services and services no screens.
package window

import (
	"context"
	"sync"
	"time"

	"fyne.io/fyne/v2"

	"github.com/wardlight/wardlight/ui/dispatch"
	screenpatient "github.com/wardlight/wardlight/ui/screen/patient"
	"github.com/wardlight/wardlight/ui/spots"
	"github.com/wardlight/wardlight/ui/widgets"
)

// Window is the station as a nurse sees it. Make it on the UI goroutine, then
// Run it on another.
type Window struct {
	// Set by New, and the same ever after.
	opt  Options
	ctx  context.Context
	fyne fyne.Window
	gate *dispatch.Gate

	// What runs beside the window's goroutine; safe for concurrent use.
	jobs jobs
	acts underway

	// What is drawn, and what the window says by itself; UI goroutine only.
	screens
	door    door
	message message
	copied  string // what this window put on the clipboard
	drawn   uint64 // order of the newest frame drawn

	// draw shows a frame, drawPage the chart's newest page, both from any goroutine.
	// They come with every picture: on a slow computer they must not pile up before
	// the window, so that only the newest is drawn. pages asks for the chart to be read anew.
	draw     func(frame)
	drawPage func(screenpatient.View)
	pages    chan struct{}

	mu     sync.Mutex // guards what follows; of ear, only what says so
	ear    ear
	who    person
	glass  glass
	editor editor
}

// New makes the window's content. ctx ends all its work.
func New(ctx context.Context, win fyne.Window, o Options) *Window {
	o.fill()
	// What other goroutines hand over moves the focus without the nurse's hand.
	do := func(f func()) { o.Do(func() { widgets.Hand().Aside(f) }) }
	w := &Window{opt: o, ctx: ctx, fyne: win, gate: dispatch.NewGate(do), who: person{active: time.Now()},
		glass: glass{ward: o.Ward}, editor: newEditor(), pages: make(chan struct{}, 1)}
	w.ear = ear{ringer: w.newRinger(), notes: w.newNotes(), nudge: make(chan struct{}, 1)}
	w.makeScreens(win)
	widgets.OnActivity(w.acted)
	hand := widgets.Hand()
	hand.Refused, hand.Lost, hand.Acted = w.refusedPress, w.lostKey, w.actedPress
	hand.After = func(d time.Duration, f func()) { time.AfterFunc(d, func() { w.gate.Do(f) }) }
	w.draw = dispatch.Newest(w.gate.Do, func(f, than frame) bool { return f.order < than.order }, w.showFrame)
	w.drawPage = dispatch.Newest(w.gate.Do, func(v, than screenpatient.View) bool { return v.Order < than.Order },
		w.showPage)
	w.showSignIn(o.Welcome, false)
	return w
}

// Run works until the window's context ends, and returns when all is put away.
func (w *Window) Run() {
	w.follow(w.opt.Ward)
	w.background(func() { spots.Run(w.ctx, w.gate.Do) })
	w.background(w.watchSession)
	w.background(w.keepDrafts)
	w.background(w.readPages)
	w.background(w.watchEdge)
	if w.opt.Notify != nil {
		w.background(func() { _ = w.opt.Notify.Run(w.ctx) })
		w.background(w.chosen)
		w.background(w.watchNotify)
	}
	if w.opt.Sound != nil {
		w.background(func() { _ = w.opt.Sound.Run(w.ctx) })
		w.background(w.watchSound)
	}
	w.background(w.askKeyring)
	w.resume()
	<-w.ctx.Done()
	w.leaveLines()
	w.closeEdits()
	w.jobs.end()
	// What a form that opened meanwhile has taken.
	w.putAway(w.takeEdits(func(editKey, *edit) bool { return true }))
}

// Close stops handing anything to the window; call it when the toolkit stops.
func (w *Window) Close() { w.gate.Close() }

// Focus puts the keyboard where typing begins. UI goroutine only.
func (w *Window) Focus() { w.signin.Focus() }

// Quit hands the toolkit's own quit to the window's goroutine.
func (w *Window) Quit(quit func()) { w.opt.Do(quit) }
