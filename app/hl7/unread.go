package hl7

import (
	"slices"
	"strconv"
	"strings"
)

// withoutMeaning are the segments of which nothing is read, and that change nothing
// of what is.
var withoutMeaning = map[string]bool{
	"SFT": true, "UAC": true, "ROL": true, "PRT": true, "NK1": true, "GT1": true, "IN1": true, "IN2": true, "IN3": true,
	"ACC": true, "UB1": true, "UB2": true, "DB1": true, "DRG": true, "PR1": true, "AUT": true, "RF1": true,
	"ORC": true, "TQ1": true, "TQ2": true, "CTD": true, "CTI": true, "FT1": true, "BLG": true,
	"TXA": true,
}

// lookThrough warns of each field that is there, means something and is not used,
// and of each segment that nobody reads. A field beyond the table is one of these.
func (p *mapping) lookThrough() {
	kind, event := p.m.event()
	seen := map[string]bool{}
	for _, s := range p.m.Segments {
		switch s.Name {
		case "PID":
			clear(seen)
		case "PV1", "PV2":
			if seen[s.Name] {
				p.saySame(s, "a second "+s.Name+" of one patient: only the first is read")
			}
			seen[s.Name] = true
		}
		rules, known := fieldRules[s.Name]
		if !known {
			if !withoutMeaning[s.Name] {
				p.saySame(s, "segment "+s.Name+" is not read")
			}
			continue
		}
		for _, r := range left(s, rules, kind, event) {
			p.say(s, r.kind, r.fields+" not used: "+r.why)
		}
		for field := range rules {
			if s.Null(field) && rules[field].in(kind, event) == used && !deletes(kind, s.Name, field) {
				p.warnAt(s, `%s-%d is "", which deletes nothing here: it is read as not sent`, s.Name, field)
			}
		}
	}
}

// deletable are the fields of which "" takes away what is known. Of any other it is
// the same as nothing, and said.
var deletable = map[string][]int{
	"PID": {5, 7, 8, 29, 30},
	"PV1": {15, 44, 45},
	"PV2": {3},
	"DG1": {3, 4},
	"AL1": {3},
	"IAM": {3},
	"OBX": {5, 6, 7, 8},
}

func deletes(kind, segment string, field int) bool {
	return slices.Contains(deletable[segment], field) && (kind == "ADT" || segment != "PID")
}

// saysNothing reports whether a field holds a word that means as much as none: a
// class that does not apply, an identity that is not unknown.
func saysNothing(s Segment, field int) bool {
	return s.Name == "PV1" && field == 2 && s.Text(2, 1) == "N" ||
		s.Name == "PID" && field == 31 && strings.EqualFold(s.Text(31, 1), "N")
}

// leftOut are the fields of a segment that are left out for one reason.
type leftOut struct{ fields, kind, why string }

// left lists the fields of a segment that are there and not used, by reason.
func left(s Segment, rules []fieldRule, kind, event string) []leftOut {
	var out []leftOut
	for field := 1; field < len(s.fields); field++ {
		if s.fields[field] == "" || saysNothing(s, field) {
			continue
		}
		r := unheardOf(s.Name, field)
		if field < len(rules) {
			r = rules[field]
		}
		if r.in(kind, event) != warned {
			continue
		}
		name := s.Name + "-" + strconv.Itoa(field) + " (" + r.name + ")"
		why := r.because(kind, event)
		if n := len(out) - 1; n >= 0 && out[n].why == why {
			out[n].fields += ", " + name
			continue
		}
		out = append(out, leftOut{name, s.Name + ": " + why, why})
	}
	return out
}

// saySame warns in a sentence that all warnings of its kind have in common.
func (p *mapping) saySame(at Segment, text string) { p.say(at, text, text) }
