package widgets

import (
	"slices"

	"fyne.io/fyne/v2"

	"github.com/wardlight/wardlight/app/tongue"
	"github.com/wardlight/wardlight/ui/theme"
)

// LinkState is how a link to the outside stands.
type LinkState int

// The states of a link.
const (
	LinkUnknown LinkState = iota
	LinkUp
	LinkSlow
	LinkDown
)

// Link is one link as shown underneath: by shape, word and colour.
type Link struct {
	Name  string
	State LinkState
	Text  string // "under 10 ms", "away since 14:01"
}

// Run is the link's mark and text.
func (l Link) Run() []Run {
	mark, role := "○ ", theme.Muted
	switch l.State {
	case LinkUp:
		mark, role = "● ", theme.OK
	case LinkSlow:
		mark, role = "◆ ", theme.MedT
	case LinkDown:
		mark, role = "▲ ", theme.Alarm
	}
	text := l.Name
	if l.Text != "" {
		text += " " + l.Text
	}
	ink, style := theme.Muted, theme.Regular
	if l.State == LinkDown || l.State == LinkSlow {
		ink, style = role, theme.SemiBold
	}
	return []Run{{Text: mark, Role: role}, {Text: text, Role: ink, Style: style}}
}

// Disclaimer is the line that never leaves the screen.
func Disclaimer() string { return tongue.T("Secondary display. Confirm at the bedside.") }

// StatusBar is the foot of every screen.
type StatusBar struct {
	*Panel
	links *fyne.Container
	marks []*Label
	asOf  *Label
	right *Label
	shown []Link
}

// NewStatusBar makes the foot.
func NewStatusBar() *StatusBar {
	b := &StatusBar{links: Flow(22, 2), asOf: Text("", 12, theme.Regular, theme.Muted), right: Text("", 12, theme.Regular, theme.Muted)}
	first := Text(Disclaimer(), 12, theme.Bold, theme.Ink)
	b.Panel = NewPanel(7, 16, 7, 16, Row(22, first, Grow(b.links), b.right))
	b.Panel.Radius, b.Panel.Stroke = 0, theme.None
	return b
}

// Set shows links, what the values are as of, and the station. The same again
// draws nothing.
func (b *StatusBar) Set(links []Link, asOf, station string) {
	if slices.Equal(links, b.shown) && asOf == b.asOf.SpotText() && station == b.right.SpotText() {
		return
	}
	b.shown = slices.Clone(links)
	for len(b.marks) < len(links) {
		b.marks = append(b.marks, Runs(12))
	}
	b.links.Objects = nil
	for i, l := range links {
		b.marks[i].SetRuns(l.Run()...)
		b.links.Objects = append(b.links.Objects, b.marks[i])
	}
	b.links.Objects = append(b.links.Objects, b.asOf)
	b.asOf.Set(asOf)
	b.right.Set(station)
	b.Panel.Refresh()
}
