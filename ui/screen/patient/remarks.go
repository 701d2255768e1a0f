package patient

import (
	"slices"
	"time"

	"github.com/wardlight/wardlight/app/board"
	"github.com/wardlight/wardlight/app/tongue"
	"github.com/wardlight/wardlight/app/vitals"
)

// byWeight are the kinds of remarks in the order in which a nurse must read them.
var byWeight = []vitals.RemarkKind{vitals.ZeroSent, vitals.AlsoRead, vitals.Noted, vitals.Corrected,
	vitals.Withdrawn, vitals.Preliminary, vitals.Finalised}

// symbols are the shapes of all remarks on a value, each once, the weightiest first.
func symbols(o vitals.Observation, of ...vitals.Quantity) string {
	most := 2 // beside a number; all are in the words below
	if len(of) > 1 {
		most = 1 // beside a pressure, which is two
	}
	s := ""
	for _, k := range byWeight {
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
	add := func(o vitals.Observation, k vitals.RemarkKind, text string) {
		if text != "" {
			out = append(out, note{k, board.Symbol(k) + " " + tongue.Moment(o.Taken, now) + "  " + text})
		}
	}
	for _, k := range byWeight {
		for _, o := range sets {
			if k == vitals.ZeroSent {
				add(o, k, zerosText(o.Remarked(k)))
				continue
			}
			for _, r := range o.Remarked(k) {
				add(o, k, remarkText(o, r, now))
			}
		}
	}
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
	most, total := future[0], vitals.NEWS2(future[0]).Total
	for _, o := range future[1:] {
		if t := vitals.NEWS2(o).Total; t > total {
			most, total = o, t
		}
	}
	shown = append(shown, present[:min(len(present), room-1)]...)
	return append(shown, most), len(future) - 1
}
