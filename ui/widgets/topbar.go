package widgets

import (
	"fmt"
	"slices"

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
	wardW            float32 // the width of ward, as its line has room for it
	fitted           wardFit
	drafts           *Button
	hush             *Button
	counts           *Label
	whole            *Label  // measures, is never shown
	ways             [][]Run // the counts, longest first
	live, sound      *Label

	shown   Top
	heard   Sound
	changed bool // since Unfit was asked
}

// NewTopBar makes the head.
func NewTopBar() *TopBar {
	b := &TopBar{counts: Runs(14).Ellipsis(), whole: Runs(14), live: Runs(14), sound: Runs(14)}
	b.ward = NewButton(Secondary, wardMark, "", func() { call(b.OnWard) }).Named("top.ward")
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
	b.shown, b.changed = t, true
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
	b.heard, b.changed = s, true
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

// Unfit reports whether what is shown since the last time this was asked needs another height.
func (b *TopBar) Unfit() bool {
	was := b.changed
	b.changed = false
	size := b.Panel.Size()
	return was && size.Width > 0 && b.HeightFor(size.Width) != size.Height
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
