package widgets

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"github.com/wardlight/wardlight/app/chart"
	"github.com/wardlight/wardlight/app/tongue"
	"github.com/wardlight/wardlight/ui/spots"
	"github.com/wardlight/wardlight/ui/theme"
)

// LockBanner says who edits a section, where and since when, and what one can
// do about it.
type LockBanner struct {
	widget.BaseWidget

	OnTell func()
	OnTake func()

	who                *Label
	tell, take, beside *Button
	panel              *Panel
}

// NewLockBanner makes a banner; name is the section's, for tests from outside.
func NewLockBanner(name string) *LockBanner {
	b := &LockBanner{who: Runs(14).Wrapped()}
	b.tell = NewButton(Secondary, tongue.T("Tell me when free"), "",
		func() { call(b.OnTell) }).Compact().Named("lock.tell." + name)
	b.take = NewButton(Secondary, tongue.T("Take over…"), "",
		func() { call(b.OnTake) }).Compact().Named("lock.take." + name)
	spots.Mark("lock.holder."+name, b.who)
	b.panel = NewPanel(7, 9, 7, 11, Row(10, Grow(b.who), b.tell, b.take))
	b.panel.Fill, b.panel.Stroke = theme.LockBg, theme.None
	b.ExtendBaseWidget(b)
	return b
}

// Beside offers to add a set beside whoever holds the section, and returns the banner.
func (b *LockBanner) Beside(add func()) *LockBanner {
	b.beside = NewButton(Secondary, tongue.T("Add a set beside"), "", add).Compact().Named("lock.beside")
	b.panel = NewPanel(7, 9, 7, 11,
		Col(6, b.who, Flow(8, 6, b.beside, b.tell, b.take)))
	b.panel.Fill, b.panel.Stroke = theme.LockBg, theme.None
	return b
}

func call(f func()) {
	if f != nil {
		f()
	}
}

// Set shows the holder. told means the nurse has already asked to be told; take
// offers taking over, for who may; line says who waits.
func (b *LockBanner) Set(h chart.Holder, told, take bool, line string) {
	runs := []Run{{Text: HolderText(h), Style: theme.SemiBold, Role: theme.Lock}}
	if line != "" {
		runs = append(runs, Run{Text: " · " + line, Role: theme.Lock})
	}
	b.who.SetRuns(runs...)
	text := tongue.T("Tell me when free")
	if told {
		text = tongue.T("You will be told")
	}
	b.tell.Set(text)
	b.tell.SetEnabled(!told)
	b.take.Hidden = !take
	b.Refresh()
}

// Focus puts the keyboard on the first thing that can be done.
func (b *LockBanner) Focus() {
	if b.beside != nil {
		Focus(b.beside)
		return
	}
	for _, x := range []*Button{b.tell, b.take} {
		if !x.Hidden && !x.Disabled() {
			Focus(x)
			return
		}
	}
}

// HolderText is "✎ Nguyen, T · WS-4B-2 · since 13:58".
func HolderText(h chart.Holder) string {
	s := "✎ " + h.Name
	if h.Station != "" {
		s += " · " + h.Station
	}
	if !h.Since.IsZero() {
		s += " · " + tongue.Tf("since %s", tongue.Clock(h.Since))
	}
	return s
}

// HeightFor implements the height at a width.
func (b *LockBanner) HeightFor(w float32) float32 { return b.panel.HeightFor(w) }

// CreateRenderer implements fyne.Widget.
func (b *LockBanner) CreateRenderer() fyne.WidgetRenderer {
	return &view{
		self: b, objects: []fyne.CanvasObject{b.panel},
		layout: func(s fyne.Size) { place(b.panel, 0, 0, s.Width, s.Height) },
		min:    func() fyne.Size { return b.panel.MinSize() },
	}
}
