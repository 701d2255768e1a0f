package patient

import (
	"slices"
	"time"

	"fyne.io/fyne/v2"

	"github.com/wardlight/wardlight/app/board"
	"github.com/wardlight/wardlight/app/tongue"
	"github.com/wardlight/wardlight/app/vitals"
	"github.com/wardlight/wardlight/ui/theme"
	"github.com/wardlight/wardlight/ui/widgets"
)

// sign is one curve of the trend: its scale, and how to read it from a set.
type sign struct {
	name, unit string
	of         vitals.Quantity
	min, max   float64
	param      vitals.Parameter
	value      func(vitals.Observation) *float64
	decimals   int
}

func signs() []sign {
	return []sign{
		{tongue.T("Resp"), "/min", vitals.RespirationRate, 6, 34, vitals.RR,
			func(o vitals.Observation) *float64 { return o.RR }, 0},
		{"SpO₂", "%", vitals.OxygenSaturation, 84, 100, vitals.SpO2,
			func(o vitals.Observation) *float64 { return o.SpO2 }, 0},
		{tongue.T("Pulse"), "/min", vitals.PulseRate, 36, 144, vitals.Pulse,
			func(o vitals.Observation) *float64 { return o.Pulse }, 0},
		{tongue.T("BP"), tongue.T("mmHg, systolic"), vitals.SystolicPressure, 76, 228, vitals.SBP,
			func(o vitals.Observation) *float64 { return o.SBP }, 0},
		{tongue.T("Temp"), "°C", vitals.BodyTemperature, 34.4, 40, vitals.Temp,
			func(o vitals.Observation) *float64 { return o.Temp }, 1},
	}
}

type trendRow struct {
	plot  *widgets.Trend
	value *widgets.Label
	sub   *widgets.Label
	name  *widgets.Label
}

type trendCard struct {
	title *widgets.Label
	rows  []*trendRow
	axis  [3]*widgets.Label // the times at the left, in the middle and at the right
	panel *widgets.Panel
}

func newTrendCard(span *widgets.Segmented) *trendCard {
	t := &trendCard{title: widgets.Runs(15).Wrapped()}
	body := widgets.Col(0, widgets.Row(8, widgets.Grow(t.title), span), widgets.Pad(6, 0, 0, 0))
	for i := range len(signs()) + 1 {
		r := &trendRow{plot: widgets.NewTrend(), value: widgets.Runs(21).Trailing(), sub: widgets.Runs(11.5).Trailing(),
			name: widgets.Runs(14).Wrapped()}
		name, unit := "NEWS2", tongue.T("score")
		if i < len(signs()) {
			name, unit = signs()[i].name, signs()[i].unit
		}
		r.name.SetRuns(widgets.Run{Text: name, Style: theme.SemiBold},
			widgets.Run{Text: "\n" + unit, Size: 12, Role: theme.Muted})
		t.rows = append(t.rows, r)
		line := widgets.RowAt(widgets.AlignFill, 8,
			widgets.Wide(func() float32 { return theme.Sp(74) },
				widgets.Col(0, widgets.Spring(), r.name, widgets.Spring())),
			widgets.Grow(widgets.Pad(5, 0, 5, 0, r.plot)),
			widgets.Wide(func() float32 { return theme.Sp(66) },
				widgets.Col(0, widgets.Spring(), r.value, r.sub, widgets.Spring())))
		body.Add(widgets.NewRule())
		body.Add(widgets.Grow(line))
	}
	for i := range t.axis {
		t.axis[i] = widgets.Text("", 11.5, theme.Regular, theme.Muted)
	}
	body.Add(widgets.Row(8,
		widgets.Wide(func() float32 { return theme.Sp(74) }, widgets.Text("", 11.5, theme.Regular, theme.Muted)),
		widgets.Grow(widgets.Row(0, t.axis[0], widgets.Spring(), t.axis[1], widgets.Spring(), t.axis[2])),
		widgets.Wide(func() float32 { return theme.Sp(66) }, widgets.Text("", 11.5, theme.Regular, theme.Muted))))
	t.panel = widgets.NewPanel(11, 14, 8, 14, minHeight{body}.wrap())
	return t
}

func (t *trendCard) reset() {
	t.title.SetRuns()
	for _, r := range t.rows {
		r.plot.Set(widgets.TrendData{})
		r.value.SetRuns()
		r.sub.SetRuns()
	}
}

// minHeight keeps the six curves legible on a low window: the card scrolls
// instead of squeezing them.
type minHeight struct{ o fyne.CanvasObject }

func (m minHeight) wrap() fyne.CanvasObject {
	c := widgets.Row(0, m.o)
	c.Layout = m
	return c
}

func (m minHeight) Layout(o []fyne.CanvasObject, s fyne.Size) {
	o[0].Move(fyne.NewPos(0, 0))
	o[0].Resize(s)
}

func (m minHeight) MinSize([]fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(theme.Sp(300), m.HeightFor(nil, 0))
}

func (minHeight) HeightFor([]fyne.CanvasObject, float32) float32 {
	return theme.Sp(56) + 6*theme.Sp(70)
}

// span is the time shown and the gap that is not joined.
func span(i int) (back, gap time.Duration, words string) {
	switch i {
	case 0:
		return 8 * time.Hour, 2*time.Hour + 30*time.Minute, tongue.T("last 8 h")
	case 2:
		return 7 * 24 * time.Hour, 13 * time.Hour, tongue.T("last 7 d")
	}
	return 24 * time.Hour, 4*time.Hour + 30*time.Minute, tongue.T("last 24 h")
}

// usualSpan is the span of a trend that nobody has turned.
const usualSpan = 1

// ShowSpan turns the trend to 8 hours, 24 hours or 7 days: 0, 1 or 2.
func (s *Screen) ShowSpan(i int) {
	s.span.Choose(i)
	s.drawTrend()
}

func (s *Screen) drawTrend() {
	sets := vitals.Taken(s.view.Page.Observations)
	back, gap, words := span(s.span.Chosen())
	now := s.view.Now
	note := "  " + words
	if len(sets) > 0 {
		note += " · " + tongue.Tf("newest %s ago", board.Span(now.Sub(sets[0].Taken)))
		if sets[0].Source != "" {
			note += ", " + tongue.Tf("from %s", sets[0].Source)
		}
	}
	scoring := s.view.scoring()
	scored := scoring.Applies()
	if scored {
		note += " · " + tongue.T("green: no points")
	} else {
		note = "  " + scoring.Reason() + " ·" + note
	}
	s.trend.title.SetRuns(widgets.Run{Text: tongue.T("Trend"), Style: theme.Bold},
		widgets.Run{Text: note, Size: 12.5, Role: theme.Muted})
	// No more than has room below a narrow plot: over a week the days, else the day
	// once, at the left.
	from, middle := tongue.Moment(now.Add(-back), now), tongue.Clock(now.Add(-back/2))
	if back > 24*time.Hour {
		from, middle = tongue.Date(tongue.Here(now.Add(-back)), "02 Jan"),
			tongue.Date(tongue.Here(now.Add(-back/2)), "02 Jan")
	}
	s.trend.axis[0].Set(from)
	s.trend.axis[1].Set(middle)
	s.trend.axis[2].Set(tongue.Moment(now, now))
	stay := s.view.stay()
	mine := len(vitals.Taken(stay)) // what stands behind in sets is of a stay before
	zeros := vitals.ZerosSent(stay)
	raised, any := vitals.Raised(stay)
	for i, r := range s.trend.rows {
		d := widgets.TrendData{From: now.Add(-back), To: now, Gap: gap}
		text, sub, role, mark, zero := "–", "", theme.Muted, "", false
		if i < len(signs()) {
			g := signs()[i]
			d.Low, d.High = vitals.NoPoints(g.param, len(sets) > 0 && sets[0].Scale2)
			d.Min, d.Max = g.min, g.max
			for j := len(sets) - 1; j >= 0; j-- {
				v := g.value(sets[j])
				if v == nil {
					continue
				}
				points := 0
				if scored {
					points = vitals.NEWS2(sets[j]).Points[g.param].Points
				}
				d.Points = append(d.Points, widgets.TrendPoint{At: sets[j].Taken, Value: *v, Out: points > 0,
					Marked: symbols(sets[j], g.of) != ""})
				mark = symbols(sets[j], g.of)
				text = tongue.Number(vitals.Rounded(g.param, *v), g.decimals)
				sub, role = "", theme.Ink
				if scored {
					sub = pointsText(points)
				}
				if points >= 2 {
					role = theme.Alarm
				}
				if j > 0 && g.value(sets[0]) == nil || j >= mine { // it is older than the set: how old
					sub = tongue.Tf("%s ago", board.Span(now.Sub(sets[j].Taken)))
					if role == theme.Ink || j >= mine {
						role = theme.Muted
					}
				}
			}
			if slices.ContainsFunc(zeros, func(z vitals.Remark) bool { return z.Of == g.of }) {
				zero, text, sub, role = true, tongue.T("0 sent"), tongue.T("check the patient"), theme.MedT
				mark = board.Symbol(vitals.ZeroSent)
			}
		} else {
			d.Low, d.High, d.Min, d.Max = 0, 4, -1, 15
			for j := len(sets) - 1; j >= 0 && scored; j-- {
				sc := vitals.NEWS2(sets[j])
				if !sc.Any() || calmByZero(sets[j], sc) || !sc.Complete && raised.Picture.Whole() {
					continue // a part of a set is no fall of the score
				}
				d.Points = append(d.Points,
					widgets.TrendPoint{At: sets[j].Taken, Value: float64(sc.Total), Out: sc.Risk.Urgent()})
				text, sub, role = scoreText(sc), riskWord(sc.Risk), theme.Ink
				if sc.Risk.Urgent() {
					role = theme.Alarm
				}
				if j >= mine { // no score of this stay
					sub, role = tongue.Tf("%s ago", board.Span(now.Sub(sets[j].Taken))), theme.Muted
				}
			}
			// The last figure is the badge's; a point would say when it was.
			if scored && any {
				badge := board.BadgeOf(raised, stay)
				text, sub, role = badge.Text, riskWord(badge.Risk), theme.Ink
				switch {
				case raised.Future:
					sub, mark = tongue.T("future date"), "⚠"
				case raised.Zero:
					sub, mark = tongue.T("check the patient"), "⚠"
				}
				if badge.Doubted() {
					role = theme.MedT
				}
				if raised.Score.Risk.Urgent() {
					role = theme.Alarm
				}
			}
		}
		if !scored {
			d.Low, d.High = 0, 0 // an adult's normal is not this patient's
		}
		r.plot.Set(d)
		if s.view.Page.Stale {
			role = theme.Stale
		}
		value := []widgets.Run{{Text: text, Style: theme.Bold, Role: role}}
		if mark != "" {
			value = append(value, widgets.Run{Text: "\u2009" + mark, Size: 12, Style: theme.Bold, Role: theme.MedT})
		}
		if zero { // words where a figure has room
			value[0].Size = 13
		}
		r.value.SetRuns(value...)
		below := widgets.Run{Text: sub, Role: theme.Muted}
		// Words may stand where else a figure does: they wrap, and do not run into the curve.
		r.sub.Wrap = mark != "" || widgets.Runs(11.5, below).LineWidth() > theme.Sp(66)
		r.sub.SetRuns(below)
	}
	s.trend.panel.Refresh()
}

func pointsText(n int) string {
	if n == 0 {
		return tongue.T("no points")
	}
	return tongue.N(n, "%d point", "%d points")
}

// riskWord is the risk below a score.
func riskWord(r vitals.Risk) string {
	switch r {
	case vitals.RiskHigh:
		return tongue.T("high")
	case vitals.RiskMedium:
		return tongue.T("medium")
	case vitals.RiskLowMedium:
		return tongue.T("low-medium")
	case vitals.RiskLow:
		return tongue.T("low")
	}
	return ""
}
