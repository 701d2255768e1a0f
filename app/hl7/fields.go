package hl7

import (
	_ "embed"
	"slices"
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

// uses is what becomes of a field in a kind of message: in the events that it names
// something else than in all others.
type uses struct {
	all    use
	events []string
	in     use // those events
}

// readUses reads "used", or "used in A02 A17, else none".
func readUses(text string) uses {
	in, rest, some := strings.Cut(text, " in ")
	events, all, _ := strings.Cut(rest, ", else ")
	if !some {
		return uses{all: use(text)}
	}
	return uses{use(all), strings.Fields(events), use(in)}
}

func (u uses) of(event string) use {
	if slices.Contains(u.events, event) {
		return u.in
	}
	return u.all
}

func (u uses) String() string {
	if len(u.events) == 0 {
		return string(u.all)
	}
	return string(u.in) + " in " + strings.Join(u.events, " ") + ", else " + string(u.all)
}

// fieldRule is one line of the table.
type fieldRule struct {
	segment               string
	field                 int
	name                  string
	visit, person, result uses
	why                   string
}

// in is what becomes of the field in an event of a kind of message.
func (r fieldRule) in(kind, event string) use {
	_, visit := placeKinds[event]
	switch {
	case kind != "ADT":
		return r.result.of(event)
	case visit:
		return r.visit.of(event)
	}
	return r.person.of(event)
}

// because is why it is not used there.
func (r fieldRule) because(kind, event string) string {
	_, visit := placeKinds[event]
	if kind == "ADT" && !visit && r.visit.of(event) != warned && r.person.of(event) == warned {
		return "the event is about a person and changes no visit"
	}
	return r.why
}

// fieldRules are the table, by segment, the field's number as index.
var fieldRules = readFieldRules()

func readFieldRules() map[string][]fieldRule {
	out := map[string][]fieldRule{}
	for line := range strings.SplitSeq(strings.TrimSpace(fieldsTable), "\n") {
		col := strings.Split(line, "\t")
		n, err := strconv.Atoi(col[min(1, len(col)-1)])
		if strings.HasPrefix(line, "#") || err != nil || len(col) != 7 {
			continue // what it says of itself, and the heading: a test counts the rest
		}
		r := fieldRule{col[0], n, col[2], readUses(col[3]), readUses(col[4]), readUses(col[5]), col[6]}
		for len(out[r.segment]) < n {
			out[r.segment] = append(out[r.segment], unheardOf(r.segment, 0))
		}
		out[r.segment] = append(out[r.segment], r)
	}
	return out
}

// unheardOf is the rule of a field that is not in the table.
func unheardOf(segment string, field int) fieldRule {
	w := uses{all: warned}
	return fieldRule{segment, field, "?", w, w, w, "nobody knows it"}
}
