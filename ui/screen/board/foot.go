package board

import (
	"reflect"
	"slices"
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

// footHead sets the buttons beside the name where it has its one line there, else below it.
type footHead struct{ f *foot }

func (h footHead) run(o []fyne.CanvasObject, width float32, put bool) (height float32) {
	at := func(o fyne.CanvasObject, x, y, w float32) float32 {
		high := widgets.HeightFor(o, w)
		if put {
			o.Move(fyne.NewPos(x, y))
			o.Resize(fyne.NewSize(w, high))
		}
		return high
	}
	name, buttons := h.f.who.LineWidth()+1, o[1].MinSize().Width
	if h.f.who.Hidden {
		name = 0
	}
	if name+8+buttons <= width {
		b := at(o[1], width-buttons, 0, buttons)
		return max(b, at(o[0], 0, max(b-widgets.HeightFor(o[0], name), 0)/2, name))
	}
	height = at(o[0], 0, 0, width)
	if buttons > 0 {
		height += at(o[1], width-buttons, height+2, buttons) + 2
	}
	return height
}

func (h footHead) Layout(o []fyne.CanvasObject, s fyne.Size) { h.run(o, s.Width, true) }

func (h footHead) MinSize(o []fyne.CanvasObject) fyne.Size { return o[1].MinSize() }

// HeightFor is that of both at a width.
func (h footHead) HeightFor(o []fyne.CanvasObject, w float32) float32 { return h.run(o, w, false) }

// footRoom is as high as the foot, up to what it may take of the window and of the board; beyond that it scrolls.
type footRoom struct {
	f     *foot
	board func() (height, left float32) // that of the board, and what of it is left beside a bed
}

// The parts of the window's and of the board's height that the foot may take: above it a bed stands whole.
const footMost, footMostHere = 0.28, 0.45

func (r footRoom) Layout(o []fyne.CanvasObject, s fyne.Size) {
	o[0].Move(fyne.NewPos(0, 0))
	o[0].Resize(s)
}

func (r footRoom) MinSize([]fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(theme.Sp(200), theme.Sp(20))
}

// HeightFor is that of the foot at a width.
func (r footRoom) HeightFor(_ []fyne.CanvasObject, w float32) float32 {
	left, bar := widgets.ScrollRoom()
	h := widgets.HeightFor(r.f.inner, w-left-bar) + 2*left
	if here, rest := r.board(); here > 0 {
		least := widgets.HeightFor(r.f.head, w-left-bar) + 2*left
		switch {
		case rest < least: // the bed goes first, and says whose it is itself
			rest = 0
		case rest < least+theme.Sp(22): // no room for half a line
			rest = least
		}
		h = min(h, here*footMostHere, rest)
	}
	if c := widgets.CanvasOf(r.f.panel); c != nil {
		h = min(h, c.Size().Height*footMost)
	}
	return h
}

// footLayout gives the reasons the whole width where large text needs it.
type footLayout struct {
	f        *foot
	one, two *fyne.Container
}

func (l footLayout) pick(width float32) *fyne.Container {
	if footFolds(width) {
		return l.two
	}
	return l.one
}

func (l footLayout) Layout(_ []fyne.CanvasObject, s fyne.Size) {
	l.f.say(s.Width)
	widgets.PlaceAs(l.pick(s.Width), s)
}

func (l footLayout) MinSize([]fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(theme.Sp(200), l.one.MinSize().Height)
}

// HeightFor is the greatest since the foot has this width: what is pointed at may change what it says, and no bed
// goes under it for that.
func (l footLayout) HeightFor(_ []fyne.CanvasObject, width float32) float32 {
	l.f.say(width)
	t := &l.f.tall
	if t.width != width || t.scale != theme.Sp(1) {
		*t = tallest{width: width, scale: theme.Sp(1)}
	}
	t.height = max(t.height, widgets.HeightFor(l.pick(width), width))
	return t.height
}

// tallest is how high the foot was at a width and a size of text.
type tallest struct{ width, scale, height float32 }

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

// footGap is between the reasons and the monitor.
const footGap = 18

// room is the width of the first line.
func (f *foot) room(width float32) float32 {
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
	who, why         []widgets.Run
	live, rest       []widgets.Run
}

func whoRuns(r board.Row) []widgets.Run {
	runs := []widgets.Run{{Text: r.Place() + "  ", Role: theme.Muted}, {Text: r.Surname, Style: theme.Bold}}
	if r.Given != "" {
		runs = append(runs, widgets.Run{Text: ", " + r.Given})
	}
	return runs
}

// awayRun says of the selected bed that it was scrolled away. It belongs to the name, which is to be seen however
// little room the foot has.
func awayRun() widgets.Run {
	return widgets.Run{Text: "   ◆ " + tongue.T("Not in view: scroll to it before you act."), Style: theme.SemiBold,
		Role: theme.MedT}
}

func whyRuns(r board.Row) []widgets.Run {
	runs := []widgets.Run{{Text: "NEWS2\u00a0" + r.Badge.Text, Style: theme.Bold}}
	if r.Badge.Why != "" {
		runs = append(runs, widgets.Run{Text: "  " + pairs(r.Badge.Why)})
	}
	return runs
}

// pairs keeps each sign of "RR 2, SpO₂ 3" on one line with its points.
func pairs(why string) string {
	all := strings.Split(why, ", ")
	for i, s := range all {
		if n := len(s); n > 0 && n < 30 && s[n-1] >= '0' && s[n-1] <= '9' {
			all[i] = strings.ReplaceAll(s, " ", "\u00a0")
		}
	}
	return strings.Join(all, ", ")
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
	if kind, do := r.Badge.Risk.Response(); kind != "" {
		add(widgets.Run{Text: kind + " " + do, Role: theme.Muted})
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
