package hl7

import (
	"flag"
	"fmt"
	"maps"
	"os"
	"slices"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "write the page about fields anew")

const fieldsPage = "../../assets/docs/hl7-fields.md"

// Each line of the table is read, each field of a segment is there once, and each
// says why.
func TestFieldsAreWhole(t *testing.T) {
	lines := 0
	for line := range strings.SplitSeq(strings.TrimSpace(fieldsTable), "\n") {
		if !strings.HasPrefix(line, "#") && !strings.HasPrefix(line, "segment\t") {
			lines++
		}
	}
	read := 0
	for name, rules := range fieldRules {
		for n, r := range rules[1:] {
			if r.field != n+1 || r.name == "" {
				t.Errorf("%s-%d is missing or out of its order", name, n+1)
			}
			for _, u := range []uses{r.visit, r.person, r.result} {
				for _, one := range []use{u.all, u.in} {
					if one != used && one != warned && one != meaningless && (one != "" || len(u.events) > 0) {
						t.Errorf("%s-%d is %q", name, n+1, u)
					}
				}
			}
			if r.why == "" {
				t.Errorf("%s-%d does not say why", name, n+1)
			}
			read++
		}
	}
	if read != lines || read < 300 {
		t.Errorf("%d of %d lines were read", read, lines)
	}
}

// The page is made from the table: go test ./app/hl7 -run Page -args -update
func TestPageAboutFields(t *testing.T) {
	want := fieldsDoc()
	if *update {
		if err := os.WriteFile(fieldsPage, []byte(want), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	got, err := os.ReadFile(fieldsPage)
	if err != nil || string(got) != want {
		t.Errorf("%s is not what the table says (%v): go test ./app/hl7 -run Page -args -update", fieldsPage, err)
	}
}

func fieldsDoc() string {
	var b strings.Builder
	b.WriteString("# What becomes of each HL7 field\n\nMade from `app/hl7/fields.tsv`, which the program reads. " +
		"*Used*: it changes the record, or what is warned of. *Warned*: it may change the meaning and is not used, so a " +
		"message that holds it is taken with a warning that names message, segment and patient number. *None*: it has no " +
		"meaning here. *Visit* are admission messages (ADT) with an event that says where a patient is, *person* all " +
		"other admission messages, *result* are those of results (ORU).\n")
	last := ""
	for line := range strings.SplitSeq(strings.TrimSpace(fieldsTable), "\n") {
		name, _, _ := strings.Cut(line, "\t")
		rules, is := fieldRules[name]
		if !is || name == last {
			continue
		}
		last = name
		fmt.Fprintf(&b, "\n## %s\n\n| field | name | visit | person | result | |\n|---|---|---|---|---|---|\n", name)
		for _, r := range rules[1:] {
			fmt.Fprintf(&b, "| %s-%d | %s | %s | %s | %s | %s |\n", name, r.field, r.name, r.visit, r.person,
				r.result, r.why)
		}
	}
	b.WriteString("\nOther segments are not read. These change nothing: ")
	for i, name := range slices.Sorted(maps.Keys(withoutMeaning)) {
		if i > 0 {
			b.WriteString(", ")
		}
		b.WriteString(name)
	}
	b.WriteString(". Any other, Z segments too, is warned of.\n")
	return b.String()
}
