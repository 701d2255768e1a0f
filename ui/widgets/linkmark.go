package widgets

import (
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

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
	b := &StatusBar{links: Flow(22, 2), asOf: Text("", 12, theme.Regular, theme.Muted),
		right: Text("", 12, theme.Regular, theme.Muted)}
	first := Text(Disclaimer(), 12, theme.Bold, theme.Ink)
	b.Panel = NewPanel(7, 16, 7, 16, container.New(statusLine{b}, first, b.links, b.right))
	b.Panel.Radius, b.Panel.Stroke = 0, theme.None
	return b
}

// statusLine puts the status on one line, or the links on a second where the text is
// too large for one.
type statusLine struct{ b *StatusBar }

const statusGap = 22

// folds reports whether the links need a line of their own.
func (l statusLine) folds(o []fyne.CanvasObject, width float32) bool {
	need := o[0].MinSize().Width + o[2].MinSize().Width + statusGap
	for _, c := range l.b.links.Objects {
		need += c.MinSize().Width + statusGap
	}
	return need > width
}

// Layout implements fyne.Layout.
func (l statusLine) Layout(o []fyne.CanvasObject, s fyne.Size) {
	first, links, right := o[0], o[1], o[2]
	f, r := first.MinSize(), right.MinSize()
	if !l.folds(o, s.Width) {
		place(first, 0, (s.Height-f.Height)/2, f.Width, f.Height)
		place(right, s.Width-r.Width, (s.Height-r.Height)/2, r.Width, r.Height)
		w := s.Width - f.Width - r.Width - 2*statusGap
		h := HeightFor(links, w)
		place(links, f.Width+statusGap, (s.Height-h)/2, w, h)
		return
	}
	place(first, 0, 0, f.Width, f.Height)
	place(right, s.Width-r.Width, (f.Height-r.Height)/2, r.Width, r.Height)
	place(links, 0, f.Height+2, s.Width, s.Height-f.Height-2)
}

// HeightFor is the height at a width.
func (l statusLine) HeightFor(o []fyne.CanvasObject, width float32) float32 {
	h := max(o[0].MinSize().Height, o[2].MinSize().Height)
	if l.folds(o, width) {
		return h + 2 + HeightFor(o[1], width)
	}
	return max(h, HeightFor(o[1], width-o[0].MinSize().Width-o[2].MinSize().Width-2*statusGap))
}

// MinSize implements fyne.Layout.
func (l statusLine) MinSize(o []fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(o[0].MinSize().Width+statusGap+o[2].MinSize().Width,
		max(o[0].MinSize().Height, o[2].MinSize().Height))
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
