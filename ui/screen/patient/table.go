package patient

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"fyne.io/fyne/v2"

	"github.com/wardlight/wardlight/app/tongue"
	"github.com/wardlight/wardlight/app/vitals"
	"github.com/wardlight/wardlight/ui/spots"
	"github.com/wardlight/wardlight/ui/theme"
	"github.com/wardlight/wardlight/ui/widgets"
)

// setTable is the newest sets side by side, newest first; one that is dated in the
// future stands last. Below stands in words what is marked in it.
type setTable struct {
	cells [][]*widgets.Label // row, column; column 0 names the row
	notes *widgets.Label
	below *fyne.Container // the notes and the room around them
	box   *fyne.Container
}

// mostRemarks is how many remarks are said below the table.
const mostRemarks = 6

// bpRow is the row of the blood pressure, which is two values.
const bpRow = 4

func tableRows() []string {
	return []string{"", tongue.T("Respiration"), "SpO₂ %", tongue.T("Breathing"), tongue.T("Blood pressure"),
		tongue.T("Pulse"), tongue.T("Consciousness"), tongue.T("Temp °C"), "NEWS2"}
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
			l.Cut, l.Wrap, l.Least = i > 0, i == 0, theme.Smallest
			labels = append(labels, l)
			row.Add(widgets.Grow(l))
		}
		t.cells = append(t.cells, labels)
		if i > 0 {
			t.box.Add(widgets.NewRule())
		}
		t.box.Add(widgets.Pad(5, 0, 5, 0, row))
	}
	t.notes = widgets.Runs(12.5).Wrapped()
	spots.Mark("patient.remarks", t.notes)
	t.below = widgets.Pad(4, 0, 2, 0, t.notes)
	t.box.Add(t.below)
	return t
}

// say writes what is marked in the table.
func (t *setTable) say(sets []vitals.Observation, more int, carried string, now time.Time) {
	var runs []widgets.Run
	add := func(text string, role theme.Role) {
		if len(runs) > 0 {
			text = "\n" + text
		}
		runs = append(runs, widgets.Run{Text: text, Role: role})
	}
	if n := len(sets); n > 0 && sets[n-1].Future {
		add("⚠ "+tongue.Tf(
			"Dated in the future, %s: when it was measured is not known. It is no newest set and sets no due time.",
			tongue.Date(tongue.Here(sets[n-1].Taken), "02 Jan 2006, 15:04")), theme.MedT)
		if more > 0 {
			add(tongue.N(more, "%d more set is dated in the future.", "%d more sets are dated in the future."),
				theme.Muted)
		}
	}
	if carried != "" {
		add(tongue.Tf("%s in brackets: the NEWS2 of an earlier set, which stands. This set is not complete.", carried),
			theme.Muted)
	}
	notes := notesOf(sets, now)
	for i, n := range notes {
		if i == mostRemarks {
			add(tongue.N(len(notes)-i, "%d more remark: see History.", "%d more remarks: see History."), theme.Muted)
			break
		}
		role := theme.Ink
		if n.kind == vitals.ZeroSent {
			role = theme.MedT
		}
		add(n.text, role)
	}
	t.notes.SetRuns(runs...)
	t.below.Hidden = len(runs) == 0
}

// set shows sets, newest first. Where NEWS2 does not apply nothing is scored: no
// total and no red. A set of another day names it: 13:51 alone is today's. What
// could not be confirmed is drawn as old. A set of this stay that is not complete has the score that every board
// showed with it: of what it measures alone, it would look lower.
func (t *setTable) set(sets, stay []vitals.Observation, scored, stale bool, now time.Time) {
	sets, more := shownSets(sets, len(t.cells[0])-1)
	ink, carried := theme.Ink, ""
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
		taken := tongue.Clock(o.Taken)
		if !tongue.SameDay(o.Taken, now) {
			taken = nameDay(o.Taken, tongue.Key("02 Jan")) + "\n" + taken
		}
		if o.By != "" && o.Received.Sub(o.Taken) > lateEntry {
			taken += " " + tongue.T("late") // charted afterwards: the time is when it was measured
		}
		head := widgets.Run{Text: taken, Size: 12, Role: theme.Muted, Style: theme.SemiBold}
		if o.Future {
			head.Text, head.Role = "⚠ "+tongue.T("future")+"\n"+nameDay(o.Taken, tongue.Key("02 Jan"))+"\n"+
				tongue.Here(o.Taken).Format("2006")+"\n"+tongue.Clock(o.Taken), theme.MedT
		}
		t.cells[0][c].SetRuns(head)
		put := func(r int, p vitals.Parameter, text string, of ...vitals.Quantity) {
			if slices.ContainsFunc(of, func(q vitals.Quantity) bool { return zeroIn(o, q) }) &&
				(r != bpRow || o.SBP == nil) {
				t.cells[r][c].SetRuns(widgets.Run{Text: tongue.T("0 sent"), Size: 12, Style: theme.Bold,
					Role: theme.MedT})
				return
			}
			run := widgets.Run{Text: text, Style: theme.SemiBold, Role: ink}
			if s.Points[p].Points >= 2 && !stale {
				run.Role, run.Style = theme.Alarm, theme.Bold
			}
			m, size := symbols(o, of...), float32(12)
			if m != "" && r == bpRow {
				run.Size, size = 11.5, 9.5 // a pressure fills the column: nothing of it is cut for the shape
			}
			runs := []widgets.Run{run}
			if m != "" {
				runs = append(runs, widgets.Run{Text: "\u2009" + m, Size: size, Style: theme.Bold, Role: theme.MedT})
			}
			t.cells[r][c].SetRuns(runs...)
		}
		put(1, vitals.RR, number(o.RR, vitals.RR), vitals.RespirationRate)
		put(2, vitals.SpO2, number(o.SpO2, vitals.SpO2), vitals.OxygenSaturation)
		put(3, vitals.Oxygen, oxygen(o.Oxygen), vitals.OxygenFlow, vitals.InspiredOxygen, vitals.OxygenDevice)
		put(bpRow, vitals.SBP, number(o.SBP, vitals.SBP)+"/"+number(o.DBP, vitals.SBP), vitals.SystolicPressure,
			vitals.DiastolicPressure)
		put(5, vitals.Pulse, number(o.Pulse, vitals.Pulse), vitals.PulseRate)
		put(6, vitals.ACVPU, level(o.ACVPU), vitals.ConsciousLevel)
		put(7, vitals.Temp, number(o.Temp, vitals.Temp), vitals.BodyTemperature)
		score, carries := setScore(o, s, stay)
		if carries {
			carried = cmp.Or(carried, score)
			score = "(" + score + ")"
		}
		t.cells[8][c].SetRuns(widgets.Run{Text: score, Style: theme.Bold, Role: ink})
		if !o.Measured() && o.NotDone != "" {
			t.cells[8][c].SetRuns(widgets.Run{Text: o.NotDone.Text(), Size: 12, Role: theme.Muted})
		}
	}
	t.say(sets, more, carried, now)
}

// nameDay is a day on one line, in the head of a column.
func nameDay(at time.Time, layout string) string {
	return strings.ReplaceAll(tongue.Date(tongue.Here(at), layout), " ", "\u00a0")
}

// setScore is the score of one set, or, if it is not complete, the one shown with it in its stay, carried where that is
// an earlier one that stood; "?" of one whose device sent 0 and that is calm only by what is left.
func setScore(o vitals.Observation, s vitals.Score, stay []vitals.Observation) (text string, carried bool) {
	if calmByZero(o, s) {
		return "?", false
	}
	if s.Any() && !s.Complete && !o.Future && slices.ContainsFunc(stay,
		func(x vitals.Observation) bool { return x.ID == o.ID && x.Taken.Equal(o.Taken) }) {
		s, carried = vitals.ShownWith(stay, o)
	}
	return scoreText(s), carried
}

// calmByZero reports whether a score is calm only by what a device that sent 0 has left of it.
func calmByZero(o vitals.Observation, s vitals.Score) bool {
	calm := s.Risk == vitals.RiskLow || s.Risk == vitals.RiskNone
	return calm && !s.Complete && len(o.Remarked(vitals.ZeroSent)) > 0
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
