package window

import (
	"context"
	"math"
	"runtime"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/wardlight/wardlight/app/alert"
	"github.com/wardlight/wardlight/app/station"
	screenpatient "github.com/wardlight/wardlight/ui/screen/patient"
	"github.com/wardlight/wardlight/ui/screentest"
)

// named reports whether the patient's name stands anywhere in the window.
func (o *opened) named() bool {
	return strings.Contains(screentest.Behind(o.win.Canvas().Content()), "OKOYE")
}

// A frame that was begun before names were hidden, and is ready later than the one without them, puts no
// name back: neither where that one is drawn already, nor where both wait to be. One that was made for
// another person is not drawn at all.
//
// Seen red with showFrame not asking for the order, with Latest in place of Newest, and with showFrame
// not asking for whom it is.
func TestAnOlderFrameIsNotDrawn(t *testing.T) {
	o := open(t)
	o.enters("chen")
	older := o.prepare()
	o.turnInitials()
	o.until("A. O.")
	if o.showFrame(older); o.named() {
		t.Error("it is drawn over a newer one")
	}
	o.turnInitials()
	o.until("OKOYE")
	older = o.prepare()
	o.mu.Lock()
	o.glass.initials = true
	o.mu.Unlock()
	newer := o.prepare()
	o.draw(newer)
	o.draw(older)
	if o.queue.Drain(); o.named() {
		t.Error("it is drawn in place of a newer one")
	}
	diaz, err := o.opt.Station.Staff.SignIn(t.Context(), "diaz", password)
	must(t, err)
	hers := o.prepare()
	hers.top.User, hers.order = "somebody else", math.MaxUint64
	o.be(diaz, false)
	if o.showFrame(hers); strings.Contains(o.said(), "somebody else") {
		t.Error("it is drawn for another person")
	}
}

// alone stops the pictures, and waits until no page is being read.
func (o *opened) alone() {
	o.t.Helper()
	o.mu.Lock()
	unfollow := o.glass.unfollow
	o.mu.Unlock()
	unfollow()
	o.settle()
	o.wait("no page is read", func() bool {
		return len(o.pages) == 0 && running("live.(*Ward).Run(") == 0 && running(".readPage(") == 0
	})
}

// A page that was begun before a task was done, and is ready after that was drawn, does not offer it
// again: nobody gives a dose twice.
//
// Seen red with Show not asking for the order, and with readPage taking it once the page is read.
func TestAnOlderPageIsNotShown(t *testing.T) {
	o, h := openHalting(t, nil)
	s := o.enters("chen")
	must(t, o.opt.Station.Tasks.Add(t.Context(), s, "4B", "press", "p1", "Turn to the left", time.Now()))
	o.Window.open("p1")
	o.until("Tasks (1)")
	o.chart.ShowTab(screenpatient.Tasks)
	o.alone()
	come, release := h.next("History", anything)
	o.background(func() { o.readPage(o.ctx, s, "p1") })
	o.comes("the older page", come)
	o.hit(t, "Done for OKOYE")
	o.wait("done", func() bool { return strings.Contains(o.text(), ": done · Chen, A") })
	o.settle()
	release(nil)
	o.wait("the older page is read", func() bool { return running(".readPage(") == 0 })
	o.queue.Drain()
	if !strings.Contains(o.text(), ": done · Chen, A") || strings.Contains(o.text(), "Done for OKOYE") {
		t.Errorf("the task is open again:\n%s", o.text())
	}
	page, err := o.page(t.Context(), s, "p1")
	must(t, err)
	if o.chart.Show(screenpatient.View{Order: 1, Page: page}) {
		t.Error("the chart shows a page that was begun before all others")
	}
}

// A record that hangs while the open chart is read anew, and heeds no deadline, holds no alert back.
//
// Seen red with onPicture reading the page itself.
func TestAChartThatHangsHoldsNoAlertBack(t *testing.T) {
	o, h := openHalting(t, nil)
	h.deaf = true
	o.enters("chen")
	o.Window.open("p1")
	o.until("Edit notes")
	come, release := h.next("History", anything)
	defer release(nil)
	o.comes("the chart to hang", come)
	o.raise("a", "p1", "01", alert.High)
	o.until("Okoye, Ada fell")
}

// What a ward is called, to say where a patient is gone, is asked for no longer than the rest of the page.
//
// Seen red with readPage giving the window's own context on.
func TestWhereAPatientIsGoneIsAskedWithinALimit(t *testing.T) {
	h, hours := &halting{at: map[string]func(context.Context, any) error{}}, atomic.Int64{}
	o := openOver(t, nil, func(r station.Record) station.Record { h.Record = r; return h }, func(opt *Options) {
		opt.Station.Titles.Now = func() time.Time { // it is asked each time
			return time.Now().Add(time.Duration(hours.Add(1)) * time.Hour)
		}
	})
	s := o.enters("chen")
	var asked, bounded atomic.Bool
	h.mu.Lock()
	h.at["Wards"] = func(ctx context.Context, _ any) error {
		stack := make([]byte, 1<<16)
		if strings.Contains(string(stack[:runtime.Stack(stack, false)]), ".goneText(") {
			_, is := ctx.Deadline()
			asked.Store(true)
			bounded.Store(is)
		}
		return nil
	}
	h.mu.Unlock()
	o.readPage(o.ctx, s, "p2") // who lies on the other ward
	if !asked.Load() || !bounded.Load() {
		t.Errorf("asked %v, within a limit %v", asked.Load(), bounded.Load())
	}
}
