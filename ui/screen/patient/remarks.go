package patient

import (
	"cmp"
	"slices"
	"time"

	"github.com/wardlight/wardlight/app/board"
	"github.com/wardlight/wardlight/app/tongue"
	"github.com/wardlight/wardlight/app/vitals"
)

// urgency orders remarks by what a nurse must read first.
func urgency(k vitals.RemarkKind) int {
	return slices.Index([]vitals.RemarkKind{vitals.ZeroSent, vitals.AlsoRead, vitals.Noted, vitals.Corrected,
		vitals.Withdrawn, vitals.Preliminary, vitals.Finalised}, k)
}

// symbols are the shapes of all remarks on a value, each once, the weightiest first.
func symbols(o vitals.Observation, of ...vitals.Quantity) string {
	most := 2 // beside a number; all are in the words below
	if len(of) > 1 {
		most = 1 // beside a pressure, which is two
	}
	s := ""
	for _, k := range []vitals.RemarkKind{vitals.ZeroSent, vitals.AlsoRead, vitals.Noted, vitals.Corrected,
		vitals.Withdrawn, vitals.Preliminary, vitals.Finalised} {
		if slices.ContainsFunc(o.Remarks,
			func(r vitals.Remark) bool { return r.Kind == k && slices.Contains(of, r.Of) }) && most > 0 {
			most--
			s += board.Symbol(k)
		}
	}
	return s
}

// zeroIn reports whether 0 was sent for a sign of which the set has no value.
func zeroIn(o vitals.Observation, q vitals.Quantity) bool {
	return o.Value(q) == nil &&
		slices.ContainsFunc(o.Remarks, func(r vitals.Remark) bool { return r.Kind == vitals.ZeroSent && r.Of == q })
}

// valueText is what a set has for a quantity now, as the table shows it.
func valueText(o vitals.Observation, q vitals.Quantity) string {
	switch q {
	case vitals.ConsciousLevel:
		return level(o.ACVPU)
	case vitals.OxygenFlow, vitals.InspiredOxygen, vitals.OxygenDevice:
		return oxygen(o.Oxygen)
	case vitals.BodyTemperature:
		return number(o.Temp, vitals.Temp)
	}
	return number(o.Value(q), vitals.RR) // all others are whole numbers
}

// remarkText says what a remark says, in one sentence: what stands there now, what
// stood there, who changed it and when.
func remarkText(o vitals.Observation, r vitals.Remark, now time.Time) string {
	sign, value, was := board.SignName(r.Of), valueText(o, r.Of), r.Text
	if was == "" {
		was = tongue.T("nothing")
	}
	var s string
	switch r.Kind {
	case vitals.Corrected:
		s = tongue.Tf("%s %s, corrected: was %s", sign, value, was)
	case vitals.Withdrawn:
		s = tongue.Tf("%s withdrawn: was %s", sign, was)
		if r.Stray {
			s += " (" + tongue.T("charted for the wrong patient") + ")"
		}
	case vitals.Preliminary:
		s = tongue.Tf("%s %s is preliminary", sign, value)
	case vitals.Finalised:
		s = tongue.Tf("%s %s is final, preliminary was %s", sign, value, was)
	case vitals.AlsoRead:
		s = tongue.Tf("%s %s, also read as %s: the worse one counts", sign, value, was)
	case vitals.Noted:
		s = tongue.Tf("%s %s, note of the source: %s", sign, value, r.Text)
	default: // zeros of a set stand in one sentence: see zerosText
		return ""
	}
	if r.Sensor != "" {
		s += " · " + tongue.Tf("sensor %s", r.Sensor)
	}
	if r.By != "" {
		s += " · " + r.By
	}
	if at := tongue.Moment(r.At, now); !r.At.IsZero() && at != tongue.Moment(o.Taken, now) {
		s += ", " + at
	}
	return s
}

// zerosText says for which signs a device sent 0; "" for none.
func zerosText(zeros []vitals.Remark) string {
	var of []vitals.Quantity
	for _, z := range zeros {
		of = append(of, z.Of)
	}
	return board.Row{Zero: of}.ZeroText()
}

// note is a remark of a shown set in words, behind its symbol and the set's time.
type note struct {
	kind vitals.RemarkKind
	text string
}

// notesOf are the remarks of sets in words, the weightiest first.
func notesOf(sets []vitals.Observation, now time.Time) (out []note) {
	for _, o := range sets {
		if z := zerosText(o.Remarked(vitals.ZeroSent)); z != "" {
			out = append(out,
				note{vitals.ZeroSent, board.Symbol(vitals.ZeroSent) + " " + tongue.Moment(o.Taken, now) + "  " + z})
		}
		for _, r := range o.Remarks {
			if t := remarkText(o, r, now); t != "" {
				out = append(out, note{r.Kind, board.Symbol(r.Kind) + " " + tongue.Moment(o.Taken, now) + "  " + t})
			}
		}
	}
	slices.SortStableFunc(out, func(a, b note) int { return cmp.Compare(urgency(a.kind), urgency(b.kind)) })
	return out
}

// newestNotes are the remarks on what the summary shows: on the newest set, and every
// 0 that no later value has answered.
func newestNotes(v View) (out []string) {
	sets := v.stay()
	if z := zerosText(vitals.ZerosSent(sets)); z != "" {
		out = append(out, board.Symbol(vitals.ZeroSent)+" "+z)
	}
	if o, ok := vitals.Latest(sets); ok {
		for _, n := range notesOf([]vitals.Observation{o}, v.Now) {
			if n.kind != vitals.ZeroSent {
				out = append(out, n.text)
			}
		}
	}
	return out
}

// shownSets are the sets of the table: the newest first, and at the end, apart, the
// one dated in the future that weighs most. more counts the others of the future.
func shownSets(sets []vitals.Observation, room int) (shown []vitals.Observation, more int) {
	var present, future []vitals.Observation
	for _, o := range sets {
		if o.Future {
			future = append(future, o)
		} else {
			present = append(present, o)
		}
	}
	if len(future) == 0 {
		return present[:min(len(present), room)], 0
	}
	slices.SortStableFunc(future,
		func(a, b vitals.Observation) int { return vitals.NEWS2(b).Total - vitals.NEWS2(a).Total })
	shown = append(shown, present[:min(len(present), room-1)]...)
	return append(shown, future[0]), len(future) - 1
}
