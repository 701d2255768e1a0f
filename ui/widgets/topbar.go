package widgets

import (
	"fmt"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"github.com/wardlight/wardlight/app/board"
	"github.com/wardlight/wardlight/app/tongue"
	"github.com/wardlight/wardlight/ui/spots"
	"github.com/wardlight/wardlight/ui/theme"
)

// Top is what the top bar shows.
type Top struct {
	WardName string
	Counts   board.Counts
	Loading  bool   // the counts are not known yet
	Live     Link   // "Live, heard 14:03"
	User     string // "Chen, Amy · Charge nurse"
	Drafts   int    // how much of this person's text is not saved
}

// Sound is how it stands with the station's tones.
type Sound struct {
	Text string // "Sound checked 07:02"; "" says nothing
	Bad  bool   // nobody can hear the tones
	// Do names what the button beside it does, "Pause sound"; "" hides it.
	Do string
}

// TopBar is the head of every screen but sign-in.
type TopBar struct {
	*Panel
	OnWard, OnUser, OnLock, OnSound, OnDrafts func()

	ward, user, lock *Button
	drafts           *Button
	hush             *Button
	counts           *Label
	whole            *Label  // measures, is never shown
	ways             [][]Run // the counts, longest first
	live, sound      *Label

	shown Top
	heard Sound
}

// NewTopBar makes the head.
func NewTopBar() *TopBar {
	b := &TopBar{counts: Runs(14).Ellipsis(), whole: Runs(14), live: Runs(14), sound: Runs(14)}
	b.ward = NewButton(Secondary, "", "", func() { call(b.OnWard) }).Named("top.ward")
	b.user = NewButton(Secondary, "", "", func() { call(b.OnUser) }).Named("top.user")
	b.lock = NewButton(Secondary, tongue.T("Lock"), tongue.T("Ctrl L"), func() { call(b.OnLock) }).Named("top.lock")
	b.hush = NewButton(Secondary, "", "", func() { call(b.OnSound) }).Named("top.hush")
	b.drafts = NewButton(Secondary, "", "", func() { call(b.OnDrafts) }).Named("top.drafts")
	b.drafts.Keep(tongue.N(99, "%d draft", "%d drafts"))
	b.hush.Hide()
	b.sound.Hide()
	b.drafts.Hide()
	spots.Mark("top.counts", b.counts)
	spots.Mark("top.live", b.live)
	spots.Mark("top.sound", b.sound)
	brand := Runs(17, Run{Text: "● ", Size: 13, Role: theme.Act}, Run{Text: "Wardlight", Style: theme.Bold})
	b.Panel = NewPanel(11, 16, 11, 16,
		topLayout(b, brand, b.ward, b.counts, b.live, b.sound, b.hush, b.drafts, b.user, b.lock))
	b.Panel.Radius, b.Panel.Stroke = 0, theme.None
	return b
}

// Set shows the state of the station. The same state again draws nothing.
func (b *TopBar) Set(t Top) {
	if t == b.shown {
		return
	}
	b.shown = t
	b.ward.Set(t.WardName + "  ▾")
	b.user.Set(t.User + "  ▾")
	b.drafts.Set(tongue.N(t.Drafts, "%d draft", "%d drafts"))
	b.drafts.Hidden = t.Drafts == 0
	b.ways = countWays(t.Counts)
	if t.Loading {
		b.ways = [][]Run{nil}
	}
	b.counts.SetRuns(b.ways[0]...)
	b.live.SetRuns(t.Live.Run()...)
	b.Panel.Refresh()
	b.fitCounts()
}

// countWays are the counts, longest first: what asks for a nurse is the last to go.
func countWays(c board.Counts) [][]Run {
	n := func(v int, role theme.Role) Run { return Run{Text: fmt.Sprint(v), Style: theme.Bold, Role: role} }
	w := func(s string) Run { return Run{Text: s, Role: theme.Muted} }
	high := theme.Ink
	if c.High > 0 {
		high = theme.Alarm
	}
	patients := []Run{n(c.Patients, theme.Ink), w(" " + tongue.N(c.Patients, "patient", "patients") + " · ")}
	free := []Run{n(c.Free, theme.Ink), w(" " + tongue.T("free") + " · ")}
	urgent := []Run{n(c.High, high), w(" " + tongue.T("high") + " · "), n(c.Overdue, theme.Ink),
		w(" " + tongue.T("overdue"))}
	return [][]Run{slices.Concat(patients, free, urgent), slices.Concat(patients, urgent), urgent}
}

// SetSound shows how it stands with the tones.
func (b *TopBar) SetSound(s Sound) {
	if s == b.heard {
		return
	}
	b.heard = s
	run := Run{Text: s.Text, Role: theme.Muted}
	if s.Bad {
		run = Run{Text: "▲ " + s.Text, Style: theme.SemiBold, Role: theme.Alarm}
	}
	b.sound.SetRuns(run)
	b.sound.Hidden = s.Text == ""
	b.hush.Set(s.Do)
	b.hush.Hidden = s.Do == ""
	b.Panel.Refresh()
	b.fitCounts()
}

// fitCounts says as much of the counts as has room.
func (b *TopBar) fitCounts() {
	room := b.counts.Size().Width
	if len(b.ways) == 0 || room <= 0 {
		return
	}
	for i, way := range b.ways {
		b.whole.SetRuns(way...)
		if i == len(b.ways)-1 || b.whole.fullWidth() <= room+0.5 {
			b.counts.SetRuns(way...)
			break
		}
	}
}

// countsWidth is the width of all counts at their most: what they are decides of no arrangement.
func (b *TopBar) countsWidth() float32 {
	b.whole.SetRuns(countWays(board.Counts{Patients: MostCount, Free: MostCount, High: MostCount,
		Overdue: MostCount})[0]...)
	return b.whole.fullWidth()
}

// top lays out the head on one line, or on two where the text is too large for one: who and where above, how it
// stands below. Names that are too long for that get lines of their own. Where the counts have no room, some of
// them go whole.
type top struct {
	bar  *TopBar
	ways []*fyne.Container // the last is taken where no other fits
}

func topLayout(b *TopBar, brand, ward, counts, live, sound, hush, drafts, user,
	lock fyne.CanvasObject) *fyne.Container {
	below := Row(20, Grow(counts), live, sound, hush, drafts)
	t := top{bar: b, ways: []*fyne.Container{
		Row(20, brand, ward, Grow(counts), live, sound, hush, drafts, user, lock),
		Col(8, Row(20, brand, ward, Spring(), user, lock), below),
		Col(8, Row(20, brand, Spring(), lock), RowAt(AlignFill, 20, Grow(ward)), RowAt(AlignFill, 20, Grow(user)),
			below),
	}}
	return container.New(t, brand, ward, counts, live, sound, hush, drafts, user, lock)
}

// pick is the first arrangement whose first line has room in a width.
func (t top) pick(width float32) *fyne.Container {
	if t.bar.need(t.ways[0].Objects, t.bar.countsWidth()) <= width {
		return t.ways[0]
	}
	if first := t.ways[1].Objects[0].(*fyne.Container); t.bar.need(first.Objects, 0) <= width {
		return t.ways[1]
	}
	return t.ways[2]
}

// need is the width of a line in which what grows needs some.
func (b *TopBar) need(line []fyne.CanvasObject, growing float32) float32 {
	w, n := growing, 0
	for _, c := range line {
		if there(c) && !grows(c) {
			w += c.MinSize().Width
		}
		if there(c) {
			n++
		}
	}
	return w + 20*float32(max(n-1, 0))
}

// Layout places the objects as the picked arrangement would: the containers are
// only measured with, never shown.
func (t top) Layout(_ []fyne.CanvasObject, s fyne.Size) {
	defer t.bar.fitCounts()
	PlaceAs(t.pick(s.Width), s)
}

func (t top) MinSize([]fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(600, t.ways[0].MinSize().Height)
}

// HeightFor is the height at a width.
func (t top) HeightFor(_ []fyne.CanvasObject, width float32) float32 {
	return HeightFor(t.pick(width), width)
}
