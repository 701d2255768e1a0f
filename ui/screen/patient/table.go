package patient

import (
	"strings"
	"time"

	"fyne.io/fyne/v2"

	"github.com/wardlight/wardlight/app/tongue"
	"github.com/wardlight/wardlight/app/vitals"
	"github.com/wardlight/wardlight/ui/theme"
	"github.com/wardlight/wardlight/ui/widgets"
)

// setTable is the newest sets side by side, newest first.
type setTable struct {
	cells [][]*widgets.Label // row, column; column 0 names the row
	box   *fyne.Container
}

func tableRows() []string {
	return []string{"", tongue.T("Respiration"), "SpO₂ %", tongue.T("Breathing"), tongue.T("Blood pressure"), tongue.T("Pulse"), tongue.T("Consciousness"), tongue.T("Temp °C"), "NEWS2"}
}

// lateEntry is how long after measuring a set counts as charted late.
const lateEntry = 30 * time.Minute

func newSetTable(sets int) *setTable {
	t := &setTable{box: widgets.Col(0)}
	for i, name := range tableRows() {
		row := widgets.Row(6)
		if i == 0 {
			row = widgets.RowAt(widgets.AlignBottom, 6) // the times in one line, a day above
		}
		style, role := theme.Regular, theme.Muted
		labels := []*widgets.Label{widgets.Text(name, 13, style, role).Ellipsis()}
		row.Add(widgets.Wide(func() float32 { return theme.Sp(108) }, labels[0]))
		for range sets {
			l := widgets.Runs(14).Trailing()
			l.Cut, l.Wrap = i > 0, i == 0
			labels = append(labels, l)
			row.Add(widgets.Grow(l))
		}
		t.cells = append(t.cells, labels)
		if i > 0 {
			t.box.Add(widgets.NewRule())
		}
		t.box.Add(widgets.Pad(5, 0, 5, 0, row))
	}
	return t
}

// set shows sets, newest first. Where NEWS2 does not apply nothing is scored: no
// total and no red. A set of another day names it: 13:51 alone is today's. What
// could not be confirmed is drawn as old.
func (t *setTable) set(sets []vitals.Observation, scored, stale bool, now time.Time) {
	ink := theme.Ink
	if stale {
		ink = theme.Stale
	}
	for c := 1; c < len(t.cells[0]); c++ {
		if c > len(sets) {
			for r := range t.cells {
				text := ""
				if c == 1 && r == 0 {
					text = tongue.T("none yet")
				}
				t.cells[r][c].SetRuns(widgets.Run{Text: text, Size: 12, Role: theme.Muted})
			}
			continue
		}
		o := sets[c-1]
		var s vitals.Score
		if scored {
			s = vitals.NEWS2(o)
		}
		taken := o.Taken.Local().Format("15:04")
		if !sameDay(o.Taken, now) {
			taken = strings.ReplaceAll(tongue.Date(o.Taken.Local(), "02 Jan"), " ", "\u00a0") + "\n" + taken
		}
		if o.By != "" && o.Received.Sub(o.Taken) > lateEntry {
			taken += " " + tongue.T("late") // charted afterwards: the time is when it was measured
		}
		t.cells[0][c].SetRuns(widgets.Run{Text: taken, Size: 12, Role: theme.Muted, Style: theme.SemiBold})
		put := func(r int, p vitals.Parameter, text string) {
			run := widgets.Run{Text: text, Style: theme.SemiBold, Role: ink}
			if s.Points[p].Points >= 2 && !stale {
				run.Role, run.Style = theme.Alarm, theme.Bold
			}
			t.cells[r][c].SetRuns(run)
		}
		put(1, vitals.RR, number(o.RR, vitals.RR))
		put(2, vitals.SpO2, number(o.SpO2, vitals.SpO2))
		put(3, vitals.Oxygen, oxygen(o.Oxygen))
		put(4, vitals.SBP, number(o.SBP, vitals.SBP)+"/"+number(o.DBP, vitals.SBP))
		put(5, vitals.Pulse, number(o.Pulse, vitals.Pulse))
		put(6, vitals.ACVPU, level(o.ACVPU))
		put(7, vitals.Temp, number(o.Temp, vitals.Temp))
		t.cells[8][c].SetRuns(widgets.Run{Text: scoreText(s), Style: theme.Bold, Role: ink})
		if !o.Measured() && o.NotDone != "" {
			t.cells[8][c].SetRuns(widgets.Run{Text: o.NotDone.Text(), Size: 12, Role: theme.Muted})
		}
	}
}

func number(v *float64, p vitals.Parameter) string {
	if v == nil {
		return "–"
	}
	d := 0
	if p == vitals.Temp {
		d = 1
	}
	return tongue.Number(vitals.Rounded(p, *v), d)
}

func oxygen(v *bool) string {
	switch {
	case v == nil:
		return "–"
	case *v:
		return "O₂"
	}
	return tongue.T("Air")
}

func level(c vitals.Consciousness) string {
	if c == vitals.NotAssessed {
		return "–"
	}
	return string(c)
}
