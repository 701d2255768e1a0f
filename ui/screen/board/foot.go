package board

import (
	"reflect"
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"github.com/wardlight/wardlight/app/board"
	"github.com/wardlight/wardlight/app/tongue"
	"github.com/wardlight/wardlight/ui/spots"
	"github.com/wardlight/wardlight/ui/theme"
	"github.com/wardlight/wardlight/ui/widgets"
)

// foot says at one place, under the beds, why the bed that is pointed at or
// selected scores as it does, what is asked for, and who looks after the
// patient. Nothing pops up over another bed, and nothing moves.
type foot struct {
	why, rest    *widgets.Label
	live         *widgets.Label // what the monitor shows, beside the reasons where there is room
	mine, assign *widgets.Button
	inner        *fyne.Container
	panel        *widgets.Panel
	box          *fyne.Container
	said         explained
	// turned is when "Make mine" became "Give back" of the same patient, or the other way
	// round; of is who that is.
	turned time.Time
	of     string
	has    bool
}

func newFoot(mine, assign func()) *foot {
	f := &foot{why: widgets.Runs(14).Ellipsis(), rest: widgets.Runs(13).Ellipsis(), live: widgets.Runs(13)}
	f.mine = widgets.NewButton(widgets.Secondary, "", "M", mine).Compact().Named("board.mine")
	f.assign = widgets.NewButton(widgets.Secondary, tongue.T("Give to…"), "N", assign).Compact().Named("board.assign")
	spots.Mark("board.why", f.why)
	spots.Mark("board.rest", f.rest)
	spots.Mark("board.monitor", f.live)
	first := func() fyne.CanvasObject { return widgets.Row(footGap, widgets.Grow(f.why), f.live) }
	f.inner = container.New(footLayout{
		one: widgets.Row(8, widgets.Grow(widgets.Col(0, first(), f.rest)), f.mine, f.assign),
		two: widgets.Col(2, first(), widgets.Row(8, widgets.Grow(f.rest), f.mine, f.assign)),
	}, f.why, f.live, f.rest, f.mine, f.assign)
	f.panel = widgets.NewPanel(4, 8, 4, 12, f.inner)
	f.box = widgets.Pad(0, 9, 8, 4, f.panel)
	return f
}

// footLayout gives the reasons the whole width where large text needs it.
type footLayout struct{ one, two *fyne.Container }

func (l footLayout) pick(width float32) *fyne.Container {
	if footFolds(width) {
		return l.two
	}
	return l.one
}

func (l footLayout) Layout(_ []fyne.CanvasObject, s fyne.Size) { widgets.PlaceAs(l.pick(s.Width), s) }

func (l footLayout) MinSize([]fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(theme.Sp(200), l.one.MinSize().Height)
}

func (l footLayout) HeightFor(_ []fyne.CanvasObject, width float32) float32 {
	return widgets.HeightFor(l.pick(width), width)
}

// set shows a bed: looked is the one pointed at, selected the one the buttons
// are for; nil for none.
func (f *foot) set(looked, selected *board.Row, v View, a Actions) {
	// The buttons stand beside the name of the patient they are for, or not at all.
	off := selected == nil || looked == nil || selected.Patient != looked.Patient
	said := explained{noMine: off || a.Mine == nil || !v.MayEdit, noAssign: off || a.Assign == nil ||
		!v.MayAssign, mine: tongue.T("Make mine"),
		why: []widgets.Run{{Text: tongue.T("Point at a bed, or move to it, to see why it scores as it does."),
			Role: theme.Muted}},
		rest: []widgets.Run{{Text: " "}}}
	if !off && selected.Has(v.Me) {
		said.mine = tongue.T("Give back")
	}
	if looked != nil {
		said.why, said.rest = whyRuns(*looked), restRuns(*looked, v.Now)
	}
	if looked != nil {
		said.live = widgets.MonitorRuns(looked.Monitor)
	}
	f.note(selected, v.Me)
	said.width = f.inner.Size().Width
	if reflect.DeepEqual(said, f.said) {
		return
	}
	f.said = said
	f.mine.Hidden, f.assign.Hidden = said.noMine, said.noAssign
	f.mine.Set(said.mine)
	f.why.SetRuns(said.why...)
	f.live.SetRuns(said.live...)
	// A number that was cut is another number: the monitor stands whole beside the
	// reasons, or first below them.
	f.live.Hidden = len(said.live) == 0 || f.why.LineWidth()+footGap+f.live.LineWidth() > f.room(said.width)
	if f.live.Hidden && len(said.live) > 0 {
		said.rest = append(append(said.live, widgets.Run{Text: "  ·  ", Role: theme.Muted}), said.rest...)
	}
	f.rest.SetRuns(said.rest...)
	f.inner.Refresh()
}

// note remembers when a patient became this nurse's, or was given back.
func (f *foot) note(selected *board.Row, me string) {
	if selected == nil {
		f.of = ""
		return
	}
	has := selected.Has(me)
	if f.of == selected.Patient && f.has != has {
		f.turned = widgets.Hand().Time()
	}
	f.of, f.has = selected.Patient, has
}

// footGap is between the reasons and the monitor.
const footGap = 18

// room is the width of the first line.
func (f *foot) room(width float32) float32 {
	if footFolds(width) {
		return width
	}
	for _, b := range []*widgets.Button{f.mine, f.assign} {
		if !b.Hidden {
			width -= b.MinSize().Width + 8
		}
	}
	return width
}

func footFolds(width float32) bool { return width < theme.Sp(640) }

// explained is what the foot says.
type explained struct {
	noMine, noAssign bool
	mine             string
	why, live, rest  []widgets.Run
	width            float32
}

func whyRuns(r board.Row) []widgets.Run {
	runs := []widgets.Run{{Text: r.Place() + "  ", Role: theme.Muted}, {Text: r.Surname, Style: theme.Bold}}
	if r.Given != "" {
		runs = append(runs, widgets.Run{Text: ", " + r.Given})
	}
	runs = append(runs, widgets.Run{Text: "   NEWS2 " + r.Badge.Text, Style: theme.Bold})
	if r.Badge.Why != "" {
		runs = append(runs, widgets.Run{Text: "  " + r.Badge.Why})
	}
	return runs
}

func restRuns(r board.Row, now time.Time) []widgets.Run {
	var runs []widgets.Run
	add := func(run widgets.Run) {
		if len(runs) > 0 {
			runs = append(runs, widgets.Run{Text: "  ·  ", Role: theme.Muted})
		}
		runs = append(runs, run)
	}
	check := func(text string) { add(widgets.Run{Text: "◆ " + text, Style: theme.SemiBold, Role: theme.MedT}) }
	if z := r.ZeroText(); z != "" {
		check(z)
	}
	if r.Is(board.TwoInBed) {
		check(tongue.Tf("The record has two patients in bed %s: see who lies there.", r.Bed))
	}
	if r.Is(board.Ahead) {
		check(tongue.T("A set is dated in the future: when it was measured is not known."))
	}
	switch {
	case r.Overdue > 0:
		add(widgets.Run{Text: tongue.Tf("Observations were due %s, %s late", tongue.Clock(r.Due),
			board.Span(r.Overdue)), Style: theme.SemiBold})
	case !r.Due.IsZero():
		add(widgets.Run{Text: tongue.Tf("Next observations %s, in %s", tongue.Clock(r.Due), board.Span(r.Due.Sub(now))),
			Style: theme.SemiBold})
	}
	if s := r.Badge.Risk.Response(); s != "" {
		add(widgets.Run{Text: s, Role: theme.Muted})
	}
	if !r.Initials {
		text := tongue.T("Nobody has this patient")
		if len(r.Nurses) > 0 {
			names := make([]string, len(r.Nurses))
			for i, n := range r.Nurses {
				names[i] = n.Name
			}
			text = tongue.Tf("Nurse: %s", strings.Join(names, "; "))
		}
		add(widgets.Run{Text: text, Role: theme.Muted})
	}
	return runs
}
