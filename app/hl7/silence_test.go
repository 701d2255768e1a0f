//go:build !race

// One goroutine needs no race detector, with which this takes ten times as long: make runs
// it by itself.

package hl7_test

import (
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/wardlight/wardlight/app/hl7"
	"github.com/wardlight/wardlight/app/records/recordtest"
)

// No field that is used is silent: in a valid message of each type each of them is
// changed alone, each component and repetition of its own, and deleted by "". The record
// must then hold something else, or a warning must name the field. What counts only where
// another field does not say is tried without that one.
func TestNoUsedFieldIsSilent(t *testing.T) {
	tried, silent := 0, 0
	for _, event := range slices.Sorted(maps.Keys(trials)) {
		t.Run(strings.ReplaceAll(event, "^", " "), func(t *testing.T) {
			all := mutants(event)
			got := taken(t, event, all)
			plain := map[string]outcome{}
			heard, asked := map[string]bool{}, map[string]mutant{}
			for _, m := range all {
				if m.field == 0 {
					plain[m.after] = got[m.token]
					continue
				}
				asked[m.place] = m
				heard[m.place] = heard[m.place] || !got[m.token].silentBeside(plain[m.after], m.name())
			}
			tried += len(asked)
			for _, place := range slices.Sorted(maps.Keys(asked)) {
				if m := asked[place]; !heard[place] {
					silent++
					t.Errorf("%s: %s of %q for %q changes nothing and nothing is said", event, place, m.now, m.was)
				}
			}
		})
	}
	for _, event := range []string{"ADT^A01", "ADT^A31", "ORU^R01"} {
		kind, trigger, _ := strings.Cut(event, "^")
		classes := hl7.Classes(kind, trigger)
		for _, class := range slices.Sorted(maps.Keys(classes)) {
			t.Logf("%s, %s: %s", event, class, strings.Join(classes[class], " "))
		}
	}
	t.Logf("%d changes of %d types of messages, %d silent", tried, len(trials), silent)
}

// mutant is a message in which one thing was changed.
type mutant struct {
	token    string // that names its patients, wards and orders, and no other's
	segment  string
	field    int    // 0: nothing was changed
	place    string // "PID-5.2"
	was, now string
	after    string // the fields that were emptied before, since the table says "where it does not say"
	message  []string
}

func (m mutant) name() string { return m.segment + "-" + strconv.Itoa(m.field) }

// unless finds in the table the field in whose place another one counts.
var unless = regexp.MustCompile(`where ([A-Z0-9]{3}-\d+) (?:does not say|is empty)`)

// mutants are all changes of an event's message.
func mutants(event string) []mutant {
	var all []mutant
	add := func(m mutant) {
		m.token = fmt.Sprintf("%04d", len(all)+1)
		all = append(all, m)
	}
	plain := trials[event].message
	add(mutant{message: plain})
	kind, trigger, _ := strings.Cut(event, "^")
	emptied := map[string]bool{}
	for at, segment := range plain {
		name := segment[:3]
		for _, field := range hl7.UsedIn(name, kind, trigger) {
			base, after := plain, ""
			for _, other := range unless.FindAllStringSubmatch(hl7.Why(name, field), -1) {
				after += other[1]
				base = without(base, other[1])
			}
			if after != "" && !emptied[after] {
				add(mutant{message: base, after: after})
				emptied[after] = true
			}
			was := fieldOf(base[at], field)
			for place, contents := range changes(name, field, was) {
				for _, now := range contents {
					if now == was {
						continue
					}
					m := mutant{segment: name, field: field, place: fmt.Sprintf("%s-%d%s", name, field, place),
						was: was, now: now, after: after}
					m.message = slices.Clone(base)
					m.message[at] = withField(base[at], field, now)
					add(m)
				}
			}
		}
	}
	return all
}

func without(message []string, field string) []string {
	name, number, _ := strings.Cut(field, "-")
	n, _ := strconv.Atoi(number)
	out := slices.Clone(message)
	for i, s := range out {
		if s[:3] == name {
			out[i] = withField(s, n, "")
		}
	}
	return out
}

func fieldOf(segment string, field int) string {
	f := strings.Split(segment, "|")
	if f[0] == "MSH" {
		field--
	}
	if field >= len(f) {
		return ""
	}
	return f[field]
}

func withField(segment string, field int, value string) string {
	f := strings.Split(segment, "|")
	if f[0] == "MSH" {
		field--
	}
	for len(f) <= field {
		f = append(f, "")
	}
	f[field] = value
	return strings.Join(f, "|")
}

// changes are other contents of a field, by what was changed in it.
func changes(name string, field int, was string) map[string][]string {
	out := map[string][]string{}
	at := name + "-" + strconv.Itoa(field)
	if name != "MSH" && was != "" { // else there is nothing to delete
		out[` ""`] = []string{`""`}
	}
	if coded, is := others[at]; is {
		out[""] = coded
		return out
	}
	reps := strings.Split(was, "~")
	for r, rep := range reps {
		parts := strings.Split(rep, "^")
		for c, part := range parts {
			if part == "" && len(parts) > 1 {
				continue
			}
			for _, text := range altered(part) {
				changed := slices.Clone(parts)
				changed[c] = text
				all := slices.Clone(reps)
				all[r] = strings.Join(changed, "^")
				place := fmt.Sprintf("[%d].%d", r+1, c+1)
				out[place] = append(out[place], strings.Join(all, "~"))
			}
		}
	}
	return out
}

var (
	timed  = regexp.MustCompile(`^20\d{10,}`)
	dated  = regexp.MustCompile(`^(19|20)\d{6}$`)
	number = regexp.MustCompile(`^\d+$`)
)

// altered are other texts of the same form: times of an hour later and of days before.
func altered(text string) []string {
	switch {
	case timed.MatchString(text):
		hour, _ := strconv.Atoi(text[8:10])
		return []string{text[:8] + fmt.Sprintf("%02d", (hour+1)%24) + text[10:], text[:6] + "02" + text[8:]}
	case dated.MatchString(text):
		return []string{text[:7] + string('0'+(text[7]-'0'+1)%9)}
	case number.MatchString(text):
		n, _ := strconv.Atoi(text)
		return []string{strconv.Itoa(n + 1)}
	}
	return []string{"X" + text}
}

// outcome is what a message came to: what the record holds of whom it names, and what was
// said.
type outcome struct {
	rows []string
	said []string
}

// silentBeside reports whether a change of a field cannot be seen: neither in the record
// nor in what is said.
func (o outcome) silentBeside(plain outcome, field string) bool {
	names := regexp.MustCompile(`\b` + field + `\b`)
	return slices.Equal(o.rows, plain.rows) && slices.Equal(o.said, plain.said) &&
		!slices.ContainsFunc(o.said, names.MatchString)
}

// taken imports what comes before, and each mutant, all into one record, and says by its
// token what became of each.
func taken(t *testing.T, event string, all []mutant) map[string]outcome {
	t.Helper()
	clock := func() time.Time { return given }
	r := recordtest.SQLite(t)
	r.Options.Now = clock
	s := r.Open(t)
	var stream strings.Builder
	of := map[int]string{} // token by message
	number := 0
	for _, m := range all {
		for n, message := range append(slices.Clone(trials[event].before), m.message) {
			number++
			text := strings.Join(message, "\r") + "\r"
			if n < len(trials[event].before) {
				text = strings.ReplaceAll(text, "|C§", fmt.Sprintf("|P%d-§", n))
			}
			stream.WriteString(strings.ReplaceAll(text, "§", m.token))
			of[number] = m.token
		}
	}
	report, err := hl7.Import(t.Context(), strings.NewReader(stream.String()), s,
		hl7.ImportOptions{Now: clock, Location: time.UTC, Authority: "OAK"})
	ok(t, err)
	out := map[string]outcome{}
	for _, d := range report.Details {
		o := out[of[d.Message]]
		o.said = append(o.said, strings.ReplaceAll(d.Segment+" "+d.Text, of[d.Message], "§"))
		out[of[d.Message]] = o
	}
	if report.Messages != number {
		t.Fatalf("%d of %d messages", report.Messages, number)
	}
	db := r.Raw(t)
	defer func() { ok(t, db.Close()) }()
	token := regexp.MustCompile(`\d{4}`)
	known := map[string]bool{}
	for _, m := range all {
		known[m.token] = true
	}
	for _, query := range shown {
		rows, err := db.QueryContext(t.Context(), query)
		ok(t, err)
		for rows.Next() {
			var whose, row string
			ok(t, rows.Scan(&whose, &row))
			for _, its := range token.FindAllString(whose, -1) {
				if !known[its] {
					continue
				}
				o := out[its]
				o.rows = append(o.rows, strings.ReplaceAll(row, its, "§"))
				out[its] = o
				break
			}
		}
		ok(t, rows.Err())
		ok(t, rows.Close())
	}
	return out
}
