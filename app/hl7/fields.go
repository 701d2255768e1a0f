package hl7

import (
	_ "embed"
	"strconv"
	"strings"
)

// fieldsTable says of each field of the segments that are read what becomes of it.
//
//go:embed fields.tsv
var fieldsTable string

// use is what becomes of a field.
type use string

const (
	used        use = "used"
	warned      use = "warned" // when it is there
	meaningless use = "none"
)

// fieldRule is one line of the table.
type fieldRule struct {
	segment  string
	field    int
	name     string
	adt, oru use
	why      string
}

// in is what becomes of the field in a message of a kind.
func (r fieldRule) in(kind string) use {
	if kind == "ADT" {
		return r.adt
	}
	return r.oru
}

// fieldRules are the table, by segment, the field's number as index.
var fieldRules = readFieldRules()

func readFieldRules() map[string][]fieldRule {
	out := map[string][]fieldRule{}
	for line := range strings.SplitSeq(strings.TrimSpace(fieldsTable), "\n") {
		col := strings.Split(line, "\t")
		n, err := strconv.Atoi(col[min(1, len(col)-1)])
		if strings.HasPrefix(line, "#") || err != nil || len(col) != 6 {
			continue // what it says of itself, and the heading: a test counts the rest
		}
		r := fieldRule{col[0], n, col[2], use(col[3]), use(col[4]), col[5]}
		for len(out[r.segment]) < n {
			out[r.segment] = append(out[r.segment], fieldRule{segment: r.segment, adt: warned, oru: warned})
		}
		out[r.segment] = append(out[r.segment], r)
	}
	return out
}

// withoutMeaning are the segments of which nothing is read, and that change nothing
// of what is.
var withoutMeaning = map[string]bool{"SFT": true, "UAC": true, "ROL": true, "PRT": true, "NK1": true, "GT1": true, "IN1": true, "IN2": true, "IN3": true,
	"ACC": true, "UB1": true, "UB2": true, "PDA": true, "DB1": true, "DRG": true, "PR1": true, "AUT": true, "RF1": true, "ARV": true,
	"ORC": true, "TQ1": true, "TQ2": true, "CTD": true, "CTI": true, "SPM": true, "FT1": true, "BLG": true, "TXA": true, "CON": true}

// lookThrough warns of each field that is there, means something and is not used,
// and of each segment that nobody reads. A field beyond the table is one of these.
func (p *mapping) lookThrough() {
	kind := p.m.First("MSH").Text(9, 1)
	for _, s := range p.m.Segments {
		rules, known := fieldRules[s.Name]
		if !known {
			if !withoutMeaning[s.Name] {
				p.saySame(s, "segment "+s.Name+" is not read")
			}
			continue
		}
		for _, r := range left(s, rules, kind) {
			p.say(s, r.kind, r.fields+" not used: "+r.why)
		}
	}
}

// leftOut are the fields of a segment that are left out for one reason.
type leftOut struct{ fields, kind, why string }

// left lists the fields of a segment that are there and not used, by reason.
func left(s Segment, rules []fieldRule, kind string) []leftOut {
	var out []leftOut
	for field := 1; field < len(s.fields); field++ {
		if s.fields[field] == "" {
			continue
		}
		r := fieldRule{segment: s.Name, field: field, name: "?", adt: warned, oru: warned, why: "nobody knows it"}
		if field < len(rules) {
			r = rules[field]
		}
		if r.in(kind) != warned {
			continue
		}
		name := s.Name + "-" + strconv.Itoa(field) + " (" + r.name + ")"
		if n := len(out) - 1; n >= 0 && out[n].why == r.why {
			out[n].fields += ", " + name
			continue
		}
		out = append(out, leftOut{name, s.Name + ": " + r.why, r.why})
	}
	return out
}

// saySame warns in a sentence that all warnings of its kind have in common.
func (p *mapping) saySame(at Segment, text string) { p.say(at, text, text) }
