package records_test

import (
	"errors"
	"flag"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/wardlight/wardlight/app/audit"
	"github.com/wardlight/wardlight/app/chart"
	"github.com/wardlight/wardlight/app/patient"
	"github.com/wardlight/wardlight/app/records"
	"github.com/wardlight/wardlight/app/records/recordtest"
	"github.com/wardlight/wardlight/app/task"
	"github.com/wardlight/wardlight/app/ward"
)

var dutyHead = patient.Signed{Staff: "tnguyen", Role: "charge-nurse", Station: "WS-1", Session: "s1", Ward: "4B"}

// dump is all rows of what is a patient's, as text: without what only grows
// (revisions, versions of sections, changes, the trail, the journal of merges).
func dump(t testing.TB, r *recordtest.Record) []string {
	t.Helper()
	var queries []string
	for table, columns := range map[string]string{
		"patients":    "id, surname, given, born, sex, mrn, deceased, pregnant, merged_into, ward, bed, admitted, reason, allergy, born_in, told",
		"identifiers": "authority, type, value, patient, given_to, former",
		"allergies":   "patient, pos, substance, reaction, severity, type, code, system, since",
		"flags":       "patient, pos, kind, text", "observations": "id, patient, charted_for",
		"results": "id, patient, charted_for",
		"notes":   "id, patient, charted_for", "problems": "id, patient, charted_for",
		"tasks":          "id, patient, charted_for",
		"oxygen_targets": "id, patient, charted_for, ended, ended_by, reason", "alerts": "id, patient",
		"drafts":      "staff, patient, section, saved",
		"assignments": "patient, staff, since, until, by_staff",
		"encounters":  "id, patient, charted_for, admitted, discharged, reason",
		"stays":       "encounter, n, ward, bed, since, until", "patient_links": "patient, other",
	} {
		var parts []string
		for _, c := range strings.Split(columns, ", ") {
			parts = append(parts, "COALESCE(CAST("+c+" AS TEXT), 'NULL')")
		}
		queries = append(queries, "SELECT '"+table+": ' || "+strings.Join(parts, " || '|' || ")+" AS line FROM "+table)
	}
	slices.Sort(queries)
	out := texts(t, r, strings.Join(queries, " UNION ALL "))
	slices.Sort(out)
	return out
}

// A merge that is undone leaves each row as it was before, whatever the two had: in
// chains too, undone from either end.
//
// Seen red: with allergies left with the survivor, and without the encounter that
// the merge had ended.
func TestMergeUndoneLeavesAllAsItWas(t *testing.T) {
	recordtest.Each(t, func(t *testing.T, r *recordtest.Record) {
		s := r.Open(t)
		furnish(t, s)
		ctx := t.Context()
		for n := range 40 {
			ok(t, s.PutBed(ctx, ward.Bed{Ward: "4B", Name: fmt.Sprint("b", n), State: ward.BedFree}))
		}
		round := 0
		fewer(t)
		rapid.Check(t, func(rt *rapid.T) {
			round++
			ids := []string{fmt.Sprint("x", round), fmt.Sprint("y", round), fmt.Sprint("z", round)}
			for n, id := range ids {
				make3(t, rt, s, id, n)
			}
			before := dump(t, r)
			var merges []string
			// a chain, two into one
			into := rapid.SampledFrom([][2][2]int{{{0, 1}, {2, 0}}, {{0, 1}, {0, 2}}}).Draw(rt, "shape")
			count := rapid.IntRange(1, 2).Draw(rt, "merges")
			for _, pair := range into[:count] {
				ok(t, s.Merge(ctx, ids[pair[0]], ids[pair[1]]))
				list, err := s.Merges(ctx, true)
				ok(t, err)
				for _, m := range list {
					if m.Merged.ID == ids[pair[1]] {
						merges = append(merges, m.ID)
					}
				}
			}
			order := []int{1, 0}
			if count == 1 {
				order = []int{0}
			}
			for _, n := range order {
				ok(t, s.Unmerge(ctx, merges[n], dutyHead, "two people"))
			}
			if after := dump(t, r); !slices.Equal(before, after) {
				rt.Fatalf("before and after:\n%s", difference(before, after))
			}
			for _, id := range ids { // beds for the next round
				ok(t, s.Discharge(ctx, id))
			}
		})
	})
}

func difference(a, b []string) string {
	var out []string
	for _, x := range a {
		if !slices.Contains(b, x) {
			out = append(out, "- "+x)
		}
	}
	for _, x := range b {
		if !slices.Contains(a, x) {
			out = append(out, "+ "+x)
		}
	}
	return strings.Join(out, "\n")
}

// make3 makes one of three patients, with some of all that a patient has.
func make3(t *testing.T, rt *rapid.T, s *records.Store, id string, n int) {
	t.Helper()
	ctx := t.Context()
	some := func(what string) bool { return rapid.Bool().Draw(rt, what+" of "+id) }
	p := person(id, "")
	admitted, reason := p.Admitted, p.Reason
	p.Admitted, p.Reason = time.Time{}, ""
	if p.Ward, p.Bed = "", ""; some("ward") {
		p.Admitted, p.Reason = admitted, reason
		p.Ward = "4B"
		if some("bed") {
			p.Bed = fmt.Sprint("b", n)
		}
	}
	p.Allergic, p.Flags = nil, nil
	p.Allergy = rapid.SampledFrom([]patient.AllergyStatus{"", patient.NoKnownAllergies,
		patient.NoKnownDrugAllergies}).Draw(rt, "allergy")
	for _, substance := range rapid.SliceOfNDistinct(rapid.SampledFrom([]string{"Latex", "Eggs", "Nuts"}), 0, 2,
		rapid.ID).Draw(rt, "substances") {
		p.Allergy = patient.AllergiesRecorded
		p.Allergic = append(p.Allergic, patient.Allergy{Substance: substance, Code: id})
	}
	for _, text := range rapid.SliceOfNDistinct(rapid.SampledFrom([]string{"MRSA", "VRE"}), 0, 2,
		rapid.ID).Draw(rt, "flags") {
		p.Flags = append(p.Flags, patient.Flag{Kind: patient.FlagIsolation, Text: text})
	}
	p.Patient.Identifiers = append(p.Patient.Identifiers,
		patient.Identifier{Authority: "PLAN", Type: "HC", Value: "shared"})
	ok(t, s.PutPatient(ctx, p))
	if some("observation") {
		ok(t, second(s.AddObservation(ctx, set("o-"+id, id, noon))))
	}
	if some("problem") {
		ok(t, s.PutProblem(ctx, patient.Problem{ID: "pr-" + id, Patient: id, Text: "Cough"}))
	}
	if some("task") {
		ok(t, s.AddTask(ctx, task.Task{ID: "t-" + id, Patient: id, Kind: task.Care, Text: "Weigh", Due: noon}))
	}
	if some("scale 2") {
		ok(t, s.SetOxygenTarget(ctx, patient.OxygenTarget{ID: "ox-" + id, Patient: id, Prescriber: "Dr Grey", Low: 88,
			High: 92, Decided: noon}, dutyHead))
	}
	if some("draft") {
		ok(t, s.SaveDraft(ctx, chart.Draft{Staff: "tnguyen", Patient: id, Section: chart.Notes,
			Saved: noon.Add(time.Duration(n) * time.Minute)}))
	}
	if some("alert") {
		m := raise("a-" + id)
		m.Alert.Patient = id
		ok(t, second(s.AppendMove(ctx, m)))
	}
	if some("assignment") {
		ok(t, s.Assign(ctx, ward.Assignment{Patient: id, Staff: "tnguyen", By: "tnguyen", Since: noon,
			Until: noon.Add(time.Duration(rapid.IntRange(1, 3).Draw(rt, "until")) * 1000 * time.Hour)},
			nurse("tnguyen")))
	}
}

// What was charted after the merge stays with the survivor; the bed, whichever it is
// by now, goes with the stay that began for one of them; the undo is audited and
// happens once.
func TestUndoingAMergeThatWasLivedWith(t *testing.T) {
	recordtest.Each(t, func(t *testing.T, r *recordtest.Record) {
		s := fresh(t, r)
		ctx := t.Context()
		other := person("p2", "")
		other.Ward, other.Bed = "", ""
		ok(t, s.PutPatient(ctx, other))
		ok(t, s.Merge(ctx, "p2", "p1")) // p1 lies in bed 01
		moved := person("p2", "02")
		moved.Patient.Identifiers = nil
		ok(t, s.PutPatient(ctx, moved))
		ok(t, second(s.AddObservation(ctx, set("since", "p2", noon))))
		list, err := s.Merges(ctx, true)
		ok(t, err)
		if len(list) != 1 || list[0].Survivor.MRN != "700p2" || list[0].Merged.MRN != "700p1" {
			t.Fatalf("%+v", list)
		}
		if err := s.Unmerge(ctx, list[0].ID, dutyHead, ""); !errors.Is(err, records.ErrInvalid) {
			t.Errorf("without a reason: %v", err)
		}
		ok(t, s.Unmerge(ctx, list[0].ID, dutyHead, "another person"))
		if err := s.Unmerge(ctx, list[0].ID, dutyHead, "again"); !errors.Is(err, records.ErrNotMerged) {
			t.Errorf("again: %v", err)
		}
		all, err := s.Summaries(ctx, []string{"p1", "p2"})
		ok(t, err)
		if all["p1"].Bed != "02" || all["p2"].Ward != "" || len(all["p2"].Recent) != 1 || len(all["p1"].Recent) != 0 {
			t.Errorf("%+v\n%+v", all["p1"], all["p2"])
		}
		if p, err := s.FindPatient(ctx, "700p1"); err != nil || p.ID != "p1" {
			t.Errorf("%+v %v", p, err)
		}
		tail, err := s.AuditTail(ctx, 1)
		ok(t, err)
		if e := tail[0]; e.Action != audit.Unmerge || e.Patient != "p2" || e.Object != "p1" || e.Actor != "tnguyen" {
			t.Errorf("%+v", e)
		}
		if list, err = s.Merges(ctx, false); err != nil || len(list) != 1 || list[0].UndoneBy != "tnguyen" ||
			list[0].Reason == "" {
			t.Errorf("%+v %v", list, err)
		}
	})
}

// The older of two merges is undone: whoever holds the record now keeps no allergy and
// no flag of the stranger, and keeps what a third brought, too. Seen red: with the
// warnings taken from the first survivor alone, and from all with what others brought.
func TestUndoingTheOlderOfTwoMerges(t *testing.T) {
	recordtest.Each(t, func(t *testing.T, r *recordtest.Record) {
		s := fresh(t, r)
		ctx := t.Context()
		for _, id := range []string{"a", "b", "c", "d"} {
			p := person(id, "")
			p.Ward, p.Admitted, p.Reason = "", time.Time{}, "" // was never here
			p.Allergy, p.Allergic, p.Flags = "", nil, nil
			if id == "b" || id == "d" {
				p.Allergy, p.Allergic = patient.AllergiesRecorded, []patient.Allergy{{Substance: "Latex"}}
				p.Flags = []patient.Flag{{Kind: patient.FlagIsolation, Text: "MRSA"}}
			}
			if id == "b" {
				p.Allergic = append(p.Allergic, patient.Allergy{Substance: "Nuts"})
			}
			ok(t, s.PutPatient(ctx, p))
		}
		warned := func(what string, want map[string]string) {
			t.Helper()
			all, err := s.Summaries(ctx, []string{"a", "b", "c", "d"})
			ok(t, err)
			for id, text := range want {
				got := string(all[id].Allergy)
				for _, a := range all[id].Allergic {
					got += " " + a.Substance
				}
				for _, f := range all[id].Flags {
					got += " " + f.Text
				}
				if got != text {
					t.Errorf("%s: %s has %q, want %q", what, id, got, text)
				}
			}
		}
		merge := func(survivor, merged string) (id string) {
			t.Helper()
			ok(t, s.Merge(ctx, survivor, merged))
			list, err := s.Merges(ctx, true)
			ok(t, err)
			for _, m := range list {
				if m.Merged.ID == merged {
					id = m.ID
				}
			}
			return id
		}
		first, second := merge("a", "b"), merge("c", "a")
		warned("both", map[string]string{"c": "recorded Latex Nuts MRSA"})
		ok(t, s.Unmerge(ctx, first, dutyHead, "two people"))
		warned("the older undone", map[string]string{"b": "recorded Latex Nuts MRSA", "c": ""})
		ok(t, s.Unmerge(ctx, second, dutyHead, "two people"))
		warned("both undone", map[string]string{"a": "", "b": "recorded Latex Nuts MRSA", "c": ""})

		first, second = merge("a", "b"), merge("c", "a")
		merge("c", "d")
		ok(t, s.Unmerge(ctx, first, dutyHead, "two people"))
		warned("a third has it too", map[string]string{"c": "recorded Latex MRSA"})
		ok(t, s.Unmerge(ctx, second, dutyHead, "two people"))
		warned("a third has it still", map[string]string{"a": "", "c": "recorded Latex MRSA"})
	})
}

// fewer lets a rapid test that opens a record draw 30 histories, unless somebody
// asked for another number.
func fewer(t *testing.T) {
	t.Helper()
	f := flag.Lookup("rapid.checks")
	if f == nil || f.Value.String() != f.DefValue {
		return
	}
	ok(t, f.Value.Set("30"))
	t.Cleanup(func() { ok(t, f.Value.Set(f.DefValue)) })
}
