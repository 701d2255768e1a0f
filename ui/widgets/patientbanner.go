package widgets

import (
	"math"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"github.com/wardlight/wardlight/app/board"
	"github.com/wardlight/wardlight/app/patient"
	"github.com/wardlight/wardlight/app/tongue"
	"github.com/wardlight/wardlight/ui/spots"
	"github.com/wardlight/wardlight/ui/theme"
)

// PatientBanner names the patient whose chart is open. Its order never changes:
// SURNAME, Given; born (age); sex; MRN; bed; allergies; flags; score.
type PatientBanner struct {
	widget.BaseWidget

	initials  *Tag
	name, ids *Label
	marks     *fyne.Container // beside the name
	below     *fyne.Container // or under it, where there is no room
	brief     *chips          // or in few words, where all of them would leave no room for the chart
	few       *fyne.Container // of the allergies, whole, and behind them brief
	badge     *Badge
	age       *Label // of the score
	all       *fyne.Container
	scroll    *VScroll // of all, where it is higher than a banner may be
	panel     *Panel
}

// NewPatientBanner makes an empty banner.
func NewPatientBanner() *PatientBanner {
	b := &PatientBanner{age: Runs(12).Centred(), name: Runs(22).Wrapped(), ids: Runs(15).Wrapped(),
		badge: NewBadge(board.Badge{}, 1.58), marks: Flow(6, 6), below: Flow(6, 6)}
	b.initials = newTagWidget("", tagLook{size: 16, style: theme.Bold, fill: theme.Sunk, ink: theme.Muted, padX: 8,
		padY: 15, radius: 8, minW: 52})
	b.brief = newChips()
	b.few = container.New(briefLayout{b}, b.brief)
	b.all = Col(6, Row(16, b.initials, Grow(Col(2, b.name, b.ids)), Wide(b.marksWidth, b.marks),
		Col(1, b.badge, b.age)),
		b.below, b.few)
	b.scroll = NewVScroll(b.all)
	b.scroll.Edge = 0
	b.panel = NewPanel(10, 14-barRoom, 10, 22, b.scroll)
	b.panel.BandWidth = 8
	spots.Mark("banner", b)
	spots.Mark("banner.news2", b.badge)
	b.ExtendBaseWidget(b)
	return b
}

func (b *PatientBanner) marksWidth() float32 {
	total := float32(0)
	for _, o := range b.marks.Objects {
		total += o.MinSize().Width + 6
	}
	return total
}

// bannerMost is the part of the window's height that a banner may take with all that is said of its flags.
// Beyond that it says them in few words, and the summary says the rest. What protects is said whole: for it the
// name and the score become smaller, and then the banner grows to bannerMax, however little that leaves of the
// chart, which scrolls. Nothing of the banner does, but of a name longer than any.
const (
	bannerMost = 0.27
	bannerMax  = 0.55
)

// fold puts the chips beside the name if they leave it its one line there, else below it; in few words, and a
// long name smaller, where the banner would take the place of the chart.
func (b *PatientBanner) fold(width float32) {
	b.sized(22, 15, 1.58)
	b.initials.Hidden = false
	name := max(b.ids.fullWidth(), b.name.fullWidth())
	need := 22 + 14 + 4*16 + b.initials.MinSize().Width + name + b.marksWidth() + b.badge.MinSize().Width
	b.marks.Hidden = need > width
	b.below.Hidden, b.few.Hidden = !b.marks.Hidden, true
	c := canvasFor(b)
	if c == nil || b.fullHeight(width) <= c.Size().Height*bannerMost {
		return
	}
	b.marks.Hidden, b.below.Hidden, b.few.Hidden = true, true, false
	if b.fullHeight(width) > c.Size().Height*bannerMost {
		b.initials.Hidden = true
		b.sized(17, 13, 1.58)
	}
	if b.fullHeight(width) > c.Size().Height*bannerMost {
		b.sized(15, 12, 1)
	}
}

// sized sets how large the name, what identifies beside it, and the score are.
func (b *PatientBanner) sized(name, ids, score float32) {
	if b.name.Pt == name && b.ids.Pt == ids && b.badge.badge.scale == score {
		return
	}
	b.name.Pt, b.ids.Pt, b.badge.badge.scale = name, ids, score
	b.name.cache.w, b.ids.cache.w = 0, 0
	b.badge.badge.style(b.badge.badge.value)
}

// bannerPad is what the banner keeps above and below its content, and at its sides.
const bannerPadY, bannerPadX = 20, 36

// fullHeight is the height at a width in which all stands without scrolling, in whole units: the scroller is
// clipped at a whole pixel, and would cut the last line's lower edge off.
func (b *PatientBanner) fullHeight(width float32) float32 {
	return float32(math.Ceil(float64(HeightFor(b.all, width-bannerPadX)))) + bannerPadY
}

// briefLayout sets the allergies, each whole and wrapped if it must be, and behind them the chips in few words.
type briefLayout struct{ b *PatientBanner }

// run places the allergies, or only measures, and says where the chips have room.
func (l briefLayout) run(o []fyne.CanvasObject, w float32, put bool) (slots []slot, h float32) {
	var x, y, line float32
	for _, c := range o[1:] {
		m := c.MinSize()
		if x > 0 && x+m.Width > w {
			x, y, line = 0, y+line+chipLead, 0
		}
		high := HeightFor(c, min(m.Width, w))
		if put {
			place(c, x, y, min(m.Width, w), high)
		}
		x, line = x+m.Width+chipGap, max(line, high)
	}
	var have []float32
	if rest := w - x; x > 0 && rest >= theme.Sp(40) {
		slots, have = append(slots, slot{x: x, y: y, w: rest}), append(have, rest)
	}
	if x > 0 {
		y += line + chipLead
	}
	for range chipLines(l.b.brief.all, w, have...) {
		slots = append(slots, slot{y: y, w: w})
		y += chipHeight() + chipLead
	}
	return slots, max(y-chipLead, 0)
}

func (l briefLayout) Layout(o []fyne.CanvasObject, s fyne.Size) {
	slots, _ := l.run(o, s.Width, true)
	l.b.brief.slots = func(fyne.Size) []slot { return slots }
	place(l.b.brief, 0, 0, s.Width, s.Height)
	l.b.brief.Refresh()
}

func (l briefLayout) MinSize([]fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(theme.Sp(100), chipHeight())
}

// HeightFor is that of all of them at a width.
func (l briefLayout) HeightFor(o []fyne.CanvasObject, w float32) float32 {
	_, h := l.run(o, w, false)
	return h
}

// Set shows a patient; alike marks a name like another's (the zero value: none is), score is the badge of the newest
// set, taken when it was measured.
func (b *PatientBanner) Set(s patient.Summary, twoInBed bool, alike board.Chip, score board.Badge,
	taken, now time.Time) {
	p := s.Patient
	b.initials.set(initials(p), b.initials.tag.look)
	b.name.SetRuns(BannerName(p)...)
	b.ids.SetRuns(identity(s, now)...)
	b.marks.Objects, b.below.Objects = nil, nil
	b.few.Objects = []fyne.CanvasObject{b.brief}
	for _, c := range BannerChips(s, twoInBed, alike, now)[:len(s.Allergic)] {
		b.few.Objects = append(b.few.Objects, NewChip(c, chipPt))
	}
	b.brief.set(briefChips(s, twoInBed, alike, now))
	for _, c := range BannerChips(s, twoInBed, alike, now) {
		b.marks.Objects = append(b.marks.Objects, NewChip(c, 14))
		b.below.Objects = append(b.below.Objects, NewChip(c, 14))
	}
	b.badge.Set(score)
	b.age.SetRuns(Run{Text: tongue.T("no score"), Role: theme.Muted})
	switch {
	case score.Future:
		b.age.SetRuns(Run{Text: tongue.T("future date"), Style: theme.SemiBold})
	case !taken.IsZero():
		b.age.SetRuns(Run{Text: tongue.Tf("%s ago", board.Span(now.Sub(taken))), Role: theme.Muted})
	}
	b.panel.Band = edge(score)
	b.Refresh()
}

// Clear forgets the patient.
func (b *PatientBanner) Clear() {
	b.initials.set("", b.initials.tag.look)
	b.name.SetRuns()
	b.ids.SetRuns()
	b.age.SetRuns()
	b.marks.Objects, b.below.Objects, b.few.Objects = nil, nil, []fyne.CanvasObject{b.brief}
	b.brief.set(nil)
	b.badge.Set(board.Badge{})
	b.panel.Band = theme.None
	b.Refresh()
}

// SpotText is the name and the identifiers.
func (b *PatientBanner) SpotText() string { return b.name.SpotText() + " · " + b.ids.SpotText() }

// Allergies are what the banner says of each, always whole: substance and reaction.
func (b *PatientBanner) Allergies() (all []string) {
	for _, o := range b.few.Objects[min(1, len(b.few.Objects)):] {
		all = append(all, o.(*Tag).SpotText())
	}
	return all
}

// Whole are the marks that stand behind the allergies and are never counted, cut or scrolled away: see
// [board.Chip.IsWhole].
func (b *PatientBanner) Whole() (all []board.Chip) {
	for _, c := range b.brief.all {
		if c.IsWhole() {
			all = append(all, c)
		}
	}
	return all
}

// HeightFor implements the height at a width.
func (b *PatientBanner) HeightFor(w float32) float32 {
	b.fold(w)
	h := max(b.fullHeight(w), bannerPadY+theme.Sp(50))
	if c := canvasFor(b); c != nil {
		h = min(h, c.Size().Height*bannerMax)
	}
	return h
}

// CreateRenderer implements fyne.Widget.
func (b *PatientBanner) CreateRenderer() fyne.WidgetRenderer {
	return &view{
		self: b, objects: []fyne.CanvasObject{b.panel},
		layout: func(s fyne.Size) { b.fold(s.Width); place(b.panel, 0, 0, s.Width, s.Height) },
		min:    func() fyne.Size { return b.all.MinSize().AddWidthHeight(bannerPadX, bannerPadY) },
	}
}
