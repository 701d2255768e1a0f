package hl7

import (
	"slices"
	"strconv"
)

// UsedIn lists the fields of a segment that the table says are used in an event.
func UsedIn(segment, kind, trigger string) (fields []int) {
	for n, r := range fieldRules[segment] {
		if n > 0 && r.in(kind, trigger) == used {
			fields = append(fields, n)
		}
	}
	return fields
}

// Classes lists the fields of the table by what becomes of them in an event.
func Classes(kind, trigger string) map[string][]string {
	out := map[string][]string{}
	for segment, rules := range fieldRules {
		for _, r := range rules[1:] {
			class := string(r.in(kind, trigger))
			out[class] = append(out[class], segment+"-"+strconv.Itoa(r.field))
		}
	}
	for _, fields := range out {
		slices.Sort(fields)
	}
	return out
}

// Why is what the table says of a field.
func Why(segment string, field int) string { return fieldRules[segment][field].why }
