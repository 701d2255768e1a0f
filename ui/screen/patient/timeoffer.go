package patient

import (
	"time"

	"fyne.io/fyne/v2"

	"github.com/wardlight/wardlight/app/board"
	"github.com/wardlight/wardlight/app/chart"
	"github.com/wardlight/wardlight/app/tongue"
	"github.com/wardlight/wardlight/ui/theme"
	"github.com/wardlight/wardlight/ui/widgets"
)

// timeOffer asks whether what was typed a while ago is of then or of now. Neither is
// chosen for anybody: until one is, nothing is saved.
type timeOffer struct {
	then   func(clock string) string // the first choice: "Taken 08:10"
	ask    *widgets.Label
	choice *widgets.Segmented
	box    *fyne.Container

	typed, now time.Time // what the two choices stand for
	pick       time.Time // what was chosen; zero: nothing yet
}

// newTimeOffer makes an offer that tells picked what was chosen; then names the time at
// which it was typed. Enter chooses neither: it goes onward.
func newTimeOffer(name string, then func(clock string) string, picked func(time.Time), onward func()) *timeOffer {
	o := &timeOffer{then: then, ask: widgets.Text("", 13, theme.SemiBold, theme.MedT).Wrapped()}
	o.choice = widgets.NewSegmented(-1, func(i int) {
		o.pick = []time.Time{o.typed, o.now}[i]
		picked(o.pick)
	}, "", "").Named(name, "typed", "now").Labelled(tongue.T("When was this?")).Onward(onward)
	o.box = widgets.Col(4, o.ask, widgets.Row(0, o.choice, widgets.Spring()))
	o.reset()
	return o
}

// reset forgets what was chosen.
func (o *timeOffer) reset() {
	o.typed, o.now, o.pick = time.Time{}, time.Time{}, time.Time{}
	o.choice.Choose(-1)
	o.box.Hide()
}

// set offers the two times of a text that was begun at typed, if it is old and wanted.
// Once one is chosen they stand.
func (o *timeOffer) set(typed, now time.Time, wanted bool) {
	if !wanted || !chart.Old(typed, now) {
		o.box.Hide()
		return
	}
	if o.pick.IsZero() {
		o.typed, o.now = typed, now
		o.ask.Set("◆ " + tongue.Tf("You typed this %s ago. When was this?", board.Span(now.Sub(typed))))
		o.choice.SetText(0, o.then(tongue.Moment(typed, now)))
		o.choice.SetText(1, tongue.Tf("Now, %s", tongue.Clock(now)))
	}
	o.box.Show()
}

// unanswered reports whether the offer stands and nothing was chosen.
func (o *timeOffer) unanswered() bool { return !o.box.Hidden && o.pick.IsZero() }

// button is what takes the focus.
func (o *timeOffer) button() fyne.Focusable { return o.choice.Button(max(o.choice.Chosen(), 0)) }

func (o *timeOffer) setEnabled(on bool) { o.choice.SetEnabled(on) }
