package widgets

import (
	"fmt"

	"github.com/wardlight/wardlight/app/board"
	"github.com/wardlight/wardlight/ui/spots"
	"github.com/wardlight/wardlight/ui/theme"
)

// Top is what the top bar shows.
type Top struct {
	WardName string
	Counts   board.Counts
	Live     Link   // "Live, heard 1 s ago"
	Sound    string // "Sound checked 07:02"
	SoundBad bool
	User     string // "Chen, Amy · Charge nurse"
}

// TopBar is the head of every screen but sign-in.
type TopBar struct {
	*Panel
	OnWard, OnUser, OnLock func()

	ward, user, lock *Button
	counts           *Label
	live, sound      *Label
}

// NewTopBar makes the head.
func NewTopBar() *TopBar {
	b := &TopBar{counts: Runs(14).Ellipsis(), live: Runs(14), sound: Runs(14)}
	b.ward = NewButton(Secondary, "", "", func() { call(b.OnWard) }).Named("top.ward")
	b.user = NewButton(Secondary, "", "", func() { call(b.OnUser) }).Named("top.user")
	b.lock = NewButton(Secondary, "Lock", "Ctrl L", func() { call(b.OnLock) }).Named("top.lock")
	spots.Mark("top.counts", b.counts)
	spots.Mark("top.live", b.live)
	brand := Runs(17, Run{Text: "● ", Size: 13, Role: theme.Act}, Run{Text: "Wardlight", Style: theme.Bold})
	b.Panel = NewPanel(11, 16, 11, 16, Row(20, brand, b.ward, Grow(b.counts), b.live, b.sound, b.user, b.lock))
	b.Panel.Radius, b.Panel.Stroke = 0, theme.None
	return b
}

// Set shows the state of the station.
func (b *TopBar) Set(t Top) {
	b.ward.Set(t.WardName + "  ▾")
	b.user.Set(t.User + "  ▾")
	n := func(v int, role theme.Role) Run { return Run{Text: fmt.Sprint(v), Style: theme.Bold, Role: role} }
	w := func(s string) Run { return Run{Text: s, Role: theme.Muted} }
	high, late := theme.Ink, theme.Ink
	if t.Counts.High > 0 {
		high = theme.Alarm
	}
	b.counts.SetRuns(n(t.Counts.Patients, theme.Ink), w(" patients · "), n(t.Counts.Free, theme.Ink), w(" free · "),
		n(t.Counts.High, high), w(" high · "), n(t.Counts.Overdue, late), w(" overdue"))
	b.live.SetRuns(t.Live.Run()...)
	sound := Run{Text: t.Sound, Role: theme.Muted}
	if t.SoundBad {
		sound = Run{Text: "▲ " + t.Sound, Style: theme.SemiBold, Role: theme.Alarm}
	}
	b.sound.SetRuns(sound)
	b.sound.Hidden = t.Sound == ""
	b.Panel.Refresh()
}
