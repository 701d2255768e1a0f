package board

import (
	"reflect"
	"slices"
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
	who          *widgets.Label // on a line of its own beside the buttons, where large text needs the width
	why, rest    *widgets.Label
	live         *widgets.Label  // what the monitor shows, beside the reasons where there is room
	text         *fyne.Container // why, live and rest
	scroll       *widgets.VScroll
	head         *fyne.Container // who and the buttons
	mine, assign *widgets.Button
	inner        *fyne.Container
	panel        *widgets.Panel
	box          *fyne.Container
	said         explained
	tall         tallest
	// turned is when "Make mine" became "Give back" of the same patient, or the other way
	// round; of is who that is.
	turned time.Time
	of     string
	came   time.Time // when a button came that was not there
	has    bool
}

func newFoot(mine, assign func(), board func() (float32, float32)) *foot {
	f := &foot{who: widgets.Runs(14).Wrapped(), why: widgets.Runs(14).Wrapped(), rest: widgets.Runs(13).Wrapped(),
		live: widgets.Runs(13)}
	f.mine = widgets.NewButton(widgets.Secondary, "", "M", mine).Compact().Named("board.mine")
	f.assign = widgets.NewButton(widgets.Secondary, tongue.T("Give to…"), "N", assign).Compact().Named("board.assign")
	spots.Mark("board.why", f.why)
	spots.Mark("board.rest", f.rest)
	spots.Mark("board.monitor", f.live)
	f.text = widgets.Col(0, widgets.Row(footGap, widgets.Grow(f.why), f.live), f.rest)
	f.head = container.New(footHead{f}, f.who, widgets.Row(8, f.mine, f.assign))
	f.inner = container.New(footLayout{f: f,
		one: widgets.Row(8, widgets.Grow(f.text), f.mine, f.assign),
		two: widgets.Col(2, f.head, f.text),
	}, f.who, f.why, f.live, f.rest, f.mine, f.assign)
	f.scroll = widgets.NewVScroll(f.inner)
	f.panel = widgets.NewPanel(0, 0, 0, 8, container.New(footRoom{f, board}, f.scroll))
	f.box = widgets.Pad(0, 9, footBelow, 4, f.panel)
	return f
}

// set shows a bed: looked is the one pointed at, selected the one the buttons
// are for; nil for none. away says that looked is the selected one and was scrolled away: its reasons
// would be read as those of a bed that is on the screen.
func (f *foot) set(looked, selected *board.Row, away bool, v View, a Actions) {
	// The buttons stand beside the name of the patient they are for, or not at all.
	off := selected == nil || looked == nil || selected.Patient != looked.Patient || away
	said := explained{noMine: off || a.Mine == nil || !v.MayEdit, noAssign: off || a.Assign == nil ||
		!v.MayAssign, mine: tongue.T("Make mine"),
		why: []widgets.Run{{Text: tongue.T("Point at a bed, or move to it, to see why it scores as it does."),
			Role: theme.Muted}}}
	if !off && selected.Has(v.Me) {
		said.mine = tongue.T("Give back")
	}
	switch {
	case looked != nil && away:
		said.who, said.why = append(whoRuns(*looked), awayRun()), nil
	case looked != nil:
		said.who, said.why, said.rest = whoRuns(*looked), whyRuns(*looked), restRuns(*looked, v.Now)
		said.live = widgets.MonitorRuns(looked.Monitor)
	}
	f.note(selected, v.Me)
	if reflect.DeepEqual(said, f.said) {
		return
	}
	if f.said.noMine && !said.noMine || f.said.noAssign && !said.noAssign {
		f.came = widgets.Hand().Time()
	}
	f.said = said
	f.mine.Hidden, f.assign.Hidden = said.noMine, said.noAssign
	f.mine.Set(said.mine)
	f.say(f.inner.Size().Width)
	f.inner.Refresh()
}

// say writes what is said as a width has room for it.
func (f *foot) say(width float32) {
	who, why, rest, live := f.said.who, f.said.why, f.said.rest, f.said.live
	folds := footFolds(width)
	between := []widgets.Run{{Text: "  ·  ", Role: theme.Muted}}
	if f.who.Hidden = !folds || len(who) == 0; f.who.Hidden {
		if len(who) > 0 {
			why = slices.Concat(who, []widgets.Run{{Text: "   "}}, why)
		}
		who = nil
	}
	f.who.SetRuns(who...)
	f.who.Pt, f.why.Pt, f.rest.Pt = 12.5, 14, 13
	if folds {
		f.why.Pt, f.rest.Pt = 12.5, 12.5
	}
	f.why.SetRuns(why...)
	f.live.SetRuns(live...)
	// The monitor stands whole beside the reasons, or first below them.
	f.live.Hidden = len(live) == 0 || folds || f.why.LineWidth()+footGap+f.live.LineWidth() > f.room(width)
	switch {
	case f.live.Hidden && len(live) > 0 && len(rest) > 0:
		rest = slices.Concat(live, between, rest)
	case f.live.Hidden && len(live) > 0:
		rest = live
	case folds && len(rest) > 0: // goes on where the reasons end
		f.why.SetRuns(slices.Concat(why, between, rest)...)
		rest = nil
	}
	f.rest.Hidden = folds && len(rest) == 0
	f.rest.SetRuns(rest...)
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
