package board_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/wardlight/wardlight/app/alert"
	"github.com/wardlight/wardlight/app/board"
	"github.com/wardlight/wardlight/app/parked"
	"github.com/wardlight/wardlight/app/patient"
	"github.com/wardlight/wardlight/app/tongue"
	"github.com/wardlight/wardlight/app/vitals"
	"github.com/wardlight/wardlight/app/ward"
)

func ids(rows []board.Row) (out []string) {
	for _, r := range rows {
		out = append(out, r.Patient)
	}
	return out
}

func chipTexts(r board.Row) (out []string) {
	for _, c := range r.Chips {
		out = append(out, c.Text)
	}
	return out
}

// Who has no bed stands first in every order, is found by name and by "no bed", has
// their alert, and among each other they stand as asked. Seen red with the group left
// out of compare: the sicker patient in a bed stood above them.
func TestWhoHasNoBedStandsFirst(t *testing.T) {
	ill, fell := full(time.Minute), known("fell", "Fell", full(time.Minute))
	ill.RR, ill.SpO2, ill.Pulse = f(26), f(90), f(125)
	fell.Summary.Room = "R12"
	in := board.Input{Ward: ward.Ward{ID: "6N"}, Now: now, Alerts: map[string]alert.Priority{"fell": alert.High},
		Beds: []ward.Bed{{Name: "02", Patient: "high"}, {Patient: "fell"}, {Name: "01"}, {Patient: "sick"},
			{Patient: "unread"}},
		Patients: map[string]board.Known{"fell": fell, "sick": known("sick", "Sick", ill),
			"high": known("high", "High", ill)}}
	s := board.Build(in)
	for _, o := range []board.Order{board.ByAcuity, board.ByBed, board.ByDue} {
		rows := s.Select(board.Query{Order: o})
		first := ids(rows[:3])
		slices.Sort(first)
		if !slices.Equal(first, []string{"fell", "sick", "unread"}) || rows[3].Patient != "high" ||
			rows[4].Bed != "01" {
			t.Errorf("order %d: %v", o, ids(rows))
		}
	}
	if rows := s.Select(board.Query{}); rows[0].Patient != "sick" {
		t.Errorf("by acuity %v", ids(rows))
	}
	for text, want := range map[string]string{"fell": "fell", "r12": "fell", "no bed": "fell sick unread",
		"02": "high"} {
		got := ids(s.Select(board.Query{Text: text}))
		slices.Sort(got)
		if strings.Join(got, " ") != want {
			t.Errorf("%q finds %v", text, got)
		}
	}
	r := s.Select(board.Query{Text: "fell"})[0]
	if r.Place() != "Room R12, no bed" || !slices.Contains(chipTexts(r), r.Place()) || r.Alert != alert.High ||
		!r.Attention() || !r.Is(board.NoBed) {
		t.Errorf("%q %v", r.Place(), r.Chips)
	}
	if s.Counts.Patients != 4 || s.Counts.Free != 1 {
		t.Errorf("%+v", s.Counts)
	}
}

// Two in one bed are both shown, both marked, each with what is their own. Seen red
// with the bed counted once.
func TestTwoInOneBedAreBothMarked(t *testing.T) {
	in := board.Input{Ward: ward.Ward{ID: "6N"}, Now: now, Alerts: map[string]alert.Priority{"b": alert.High},
		Beds: []ward.Bed{{Name: "01", Patient: "b"}, {Name: "02", Patient: "c"}, {Name: "01", Patient: "a"},
			{Patient: "x"}, {Patient: "y"}},
		Patients: map[string]board.Known{"a": known("a", "Marsh", full(time.Minute)),
			"b": known("b", "Brook", full(time.Minute)),
			"c": known("c", "Vale", full(time.Minute)), "x": known("x", "Fell"), "y": known("y", "Gill")}}
	for _, r := range board.Build(in).Rows {
		shared := r.Patient == "a" || r.Patient == "b"
		if r.Is(board.TwoInBed) != shared || slices.Contains(chipTexts(r), "Two in bed 01") != shared {
			t.Errorf("%s in %q: %v", r.Patient, r.Bed, r.Chips)
		}
		if shared && !r.Attention() || (r.Alert == alert.High) != (r.Patient == "b") {
			t.Errorf("%s: attention %v, alert %q", r.Patient, r.Attention(), r.Alert)
		}
	}
	delete(in.Patients, "a") // who is not read yet is there all the same
	for _, r := range board.Build(in).Rows {
		if r.Is(board.TwoInBed) != (r.Bed == "01") {
			t.Errorf("%s in %q", r.Patient, r.Bed)
		}
	}
}

// A set of 2027 hides nothing: the newest set, its age and its due time stand, and the
// future one raises the badge alone. Seen red with the newest of all sets drawn, and
// with the due time of the future set.
func TestASetOfTheFutureOnlyRaises(t *testing.T) {
	ill := full(5 * time.Minute)
	ill.SpO2 = f(82)
	calm, worse := full(-9000*time.Hour), full(-9000*time.Hour)
	calm.Future, calm.Received, calm.ID = true, now, "calm"
	worse.Future, worse.Received, worse.ID, worse.RR, worse.SpO2, worse.Pulse = true, now, "worse", f(26), f(82), f(125)
	for _, c := range []struct {
		name   string
		set    vitals.Observation
		badge  string
		raised bool
	}{{"calm", calm, "3", false}, {"worse", worse, "8", true}} {
		r := build(known("a", "Marsh", c.set, ill)).Rows[0]
		if r.Badge.Text != c.badge || r.Badge.Future != c.raised || r.Cells[1].Text != "82" ||
			!r.Taken.Equal(ill.Taken) {
			t.Errorf("%s: badge %+v, SpO₂ %q, taken %v", c.name, r.Badge, r.Cells[1].Text, r.Taken)
		}
		if due := ill.Taken.Add(time.Hour); !r.Due.Equal(due) ||
			!slices.Contains(chipTexts(r), "Set dated in the future") {
			t.Errorf("%s: due %v, chips %v", c.name, r.Due, r.Chips)
		}
		if strings.Contains(r.Badge.Why, "dated in the future") != c.raised {
			t.Errorf("%s: %q", c.name, r.Badge.Why)
		}
	}
	alone := build(known("a", "Marsh", worse)).Rows[0]
	if alone.Badge.Text != "8" || !alone.Due.IsZero() || !alone.Taken.IsZero() || alone.Cells[1].Text != "–" {
		t.Errorf("alone: %+v", alone)
	}
}

// A 0 from a device is said in words and in its cell, asks for a nurse, and is in no
// score; the set before stays. Seen red with the remark left out of Attention, and with
// the cell keeping its dash.
func TestAZeroFromADeviceIsSaid(t *testing.T) {
	off := vitals.Observation{ID: "off", Taken: now.Add(-time.Minute), Remarks: []vitals.Remark{
		{Kind: vitals.ZeroSent, Of: vitals.PulseRate}, {Kind: vitals.ZeroSent, Of: vitals.SystolicPressure},
		{Kind: vitals.ZeroSent, Of: vitals.DiastolicPressure}}}
	r := build(known("a", "Marsh", off, full(time.Hour))).Rows[0]
	if r.Cells[2].Text != "0 sent" || !r.Cells[2].Zero || r.Cells[3].Text != "0 sent" || r.Cells[1].Text != "97" {
		t.Errorf("cells %+v", r.Cells)
	}
	if r.Badge.Text != "0" || r.Badge.Risk != vitals.RiskLow || !r.Attention() ||
		!slices.Contains(chipTexts(r), "0 sent, check the patient") {
		t.Errorf("badge %+v, chips %v", r.Badge, r.Chips)
	}
	if want := "0 sent for pulse, systolic BP, diastolic BP. Check the patient."; r.ZeroText() != want {
		t.Errorf("%q", r.ZeroText())
	}
	ill := full(time.Minute)
	ill.RR = f(26) // a single 3
	rows := build(known("ill", "Brook", ill), known("zero", "Marsh", off, full(time.Hour))).Select(board.Query{})
	if rows[0].Patient != "zero" {
		t.Errorf("whom nobody looked at stands below a single 3: %v", ids(rows))
	}
	half := full(time.Minute)
	half.Remarks = []vitals.Remark{{Kind: vitals.ZeroSent, Of: vitals.DiastolicPressure}}
	half.DBP = nil
	if c := build(known("a", "Marsh", half)).Rows[0].Cells[3]; c.Text != "120/–" {
		t.Errorf("the systolic pressure is hidden: %q", c.Text)
	}
}

// "No known drug allergies" never reads as "No known allergies", and a substance is
// named whatever the status says.
func TestDrugAllergiesAreNotAllAllergies(t *testing.T) {
	for _, c := range []struct {
		status patient.AllergyStatus
		items  []patient.Allergy
		want   string
		kind   board.ChipKind
	}{
		{patient.NoKnownDrugAllergies, nil, "No known drug allergies", board.ChipNeutral},
		{patient.NoKnownAllergies, nil, "No known allergies", board.ChipNeutral},
		{patient.AllergiesNotRecorded, nil, "Allergies not recorded", board.ChipMissing},
		{"something new", nil, "Allergies not recorded", board.ChipMissing},
		{patient.NoKnownDrugAllergies, []patient.Allergy{{Substance: "Latex"}}, "⚠ Latex", board.ChipAllergy},
	} {
		k := known("a", "Marsh", full(time.Minute))
		k.Summary.Allergy, k.Summary.Allergic = c.status, c.items
		if got := build(k).Rows[0].Chips[0]; got.Text != c.want || got.Kind != c.kind {
			t.Errorf("%q: %+v", c.status, got)
		}
	}
}

// Nobody can measure a patient who is away: on leave they are due and late for nothing, by
// whatever order, and is again on return. Seen red: hours late, and first of the list.
func TestWhoIsOnLeaveIsNotLate(t *testing.T) {
	k := known("a", "Marsh", full(20*time.Hour))
	k.Summary.Leave = now.Add(-15 * time.Hour)
	s := build(k)
	r := s.Rows[0]
	if !r.Due.IsZero() || r.Overdue != 0 || s.Counts.Overdue != 0 || r.Attention() || !r.Is(board.OnLeave) ||
		r.Badge.Text == "–" {
		t.Errorf("due %v, late %v, counts %+v, %v", r.Due, r.Overdue, s.Counts, chipTexts(r))
	}
	k.Summary.Leave = time.Time{}
	if r := build(k).Rows[0]; r.Overdue == 0 || r.Due.IsZero() {
		t.Errorf("back: due %v, late %v", r.Due, r.Overdue)
	}
}

// Away, about to move, a name that was cleaned, a year of birth: said in words, and the
// score stands. Seen red with the age of a year alone taken for 0.
func TestWhatElseIsSaidOfAPatient(t *testing.T) {
	ill := full(time.Minute)
	ill.SpO2 = f(90)
	k := known("a", "Marsh", ill)
	k.Summary.Leave = now.Add(-5 * time.Hour)
	k.Summary.Patient.Cleaned = true
	k.Summary.Patient.Born, k.Summary.Patient.BornIn = time.Date(1941, 1, 1, 0, 0, 0, 0, time.UTC), patient.YearOnly
	at := now.Add(2 * time.Hour)
	for _, c := range []struct {
		p    patient.Planned
		want string
	}{
		{patient.Planned{What: patient.PlannedDischarge, At: at}, "Discharge planned " + at.Local().Format("15:04")},
		{patient.Planned{What: patient.PlannedTransfer, To: "7S 03"}, "To 7S 03 planned"},
		{patient.Planned{What: patient.PlannedTransfer}, "Transfer planned"},
		{patient.Planned{What: patient.PlannedAdmission}, "Admission planned"},
	} {
		k.Summary.Planned = &c.p
		r := build(k).Rows[0]
		for _, want := range []string{c.want, "On leave since " + k.Summary.Leave.Local().Format("15:04"),
			"Name held hidden characters"} {
			if !slices.Contains(chipTexts(r), want) {
				t.Errorf("%q is not said: %v", want, chipTexts(r))
			}
		}
		if r.AgeText != "~85" || r.Badge.Text != "3" {
			t.Errorf("age %q, score %q", r.AgeText, r.Badge.Text)
		}
	}
	for _, born := range []time.Time{{}, now.AddDate(43, 0, 0)} {
		k.Summary.Patient.Born, k.Summary.Patient.BornIn = born, patient.WholeDate
		if r := build(k).Rows[0]; r.Age != -1 || r.AgeText != "" || r.Badge.Text != "3" {
			t.Errorf("born %v: age %d %q, score %q", born, r.Age, r.AgeText, r.Badge.Text)
		}
	}
}

// On a screen that the public can see the marks that ask for a nurse stay, and those
// that tell of the person go.
func TestInitialsKeepWhatAsksForANurse(t *testing.T) {
	off := vitals.Observation{ID: "off", Taken: now,
		Remarks: []vitals.Remark{{Kind: vitals.ZeroSent, Of: vitals.PulseRate}}}
	k := known("a", "Marsh", off, full(time.Hour))
	k.Summary.Leave, k.Summary.Patient.Cleaned = now, true
	r := build(k).InInitials().Rows[0]
	if got := strings.Join(chipTexts(r), "|"); !strings.HasPrefix(got, "0 sent") || strings.Contains(got, "leave") ||
		strings.Contains(got, "Name") || r.AgeText != "" {
		t.Errorf("%s, age %q", got, r.AgeText)
	}
}

// Everyone on a ward reads that messages which name it wait; those that name no ward
// are for charge nurses. Seen red with the unnamed counted for all.
func TestWhatIsParkedIsSaidToWhomItConcerns(t *testing.T) {
	at := func(h int) time.Time { return now.Add(-time.Duration(h) * time.Hour) }
	clock := func(h int) string { return at(h).Local().Format("15:04") }
	ward2, site1 := parked.Waiting{Count: 2, Since: at(1)}, parked.Waiting{Count: 1, Since: at(3)}
	for _, c := range []struct {
		named, unnamed parked.Waiting
		charge         bool
		head           string
	}{
		{parked.Waiting{}, site1, false, ""},
		{ward2, site1, false, "2 unassigned messages since " + clock(1) + "."},
		{ward2, site1, true, "3 unassigned messages since " + clock(3) + "."},
		{parked.Waiting{}, site1, true, "1 unassigned message since " + clock(3) + "."},
		{parked.Waiting{}, parked.Waiting{}, true, ""},
	} {
		s := board.Build(board.Input{Ward: ward.Ward{ID: "6N"}, Now: now, Parked: c.named, ParkedUnnamed: c.unnamed})
		head, rest := s.ParkedText(c.charge)
		if head != c.head || (rest == "") != (head == "") {
			t.Errorf("%+v, %+v, charge %v: %q %q", c.named, c.unnamed, c.charge, head, rest)
		}
	}
}

// A parked admission hides no value but a patient: the strip says which may be
// missing. Seen red with values said of all.
func TestWhatMayBeMissingForWhatIsParked(t *testing.T) {
	for _, c := range []struct {
		count, census int
		what          string
	}{{2, 0, "Values may be missing"}, {2, 2, "A patient may be missing"},
		{2, 1, "Patients and values may be missing"}} {
		for _, charge := range []bool{false, true} {
			s := board.Build(board.Input{Ward: ward.Ward{ID: "6N"}, Now: now,
				Parked: parked.Waiting{Count: c.count, Census: c.census, Since: now}})
			if _, rest := s.ParkedText(charge); !strings.HasPrefix(rest, c.what) ||
				strings.Contains(rest, "charge nurse") == charge {
				t.Errorf("%d of %d, charge %v: %q", c.census, c.count, charge, rest)
			}
		}
	}
}

// A set of zeros looks neither complete nor calm: the badge keeps the last complete
// score, or says that there is none, warns, and the patient stands above everybody
// whose score is no problem, with a set that is due. Seen red with the badge and the
// due time of the newest set: "≥0", last of all, next in hours.
func TestZerosDoNotLookCalm(t *testing.T) {
	off := full(4 * time.Minute)
	off.ID, off.Pulse, off.SpO2, off.RR, off.Oxygen, off.ACVPU, off.Temp = "off", nil, nil, nil, nil,
		vitals.NotAssessed, nil
	for _, q := range []vitals.Quantity{vitals.PulseRate, vitals.OxygenSaturation, vitals.RespirationRate} {
		off.Remarks = append(off.Remarks, vitals.Remark{Kind: vitals.ZeroSent, Of: q})
	}
	ill := full(time.Hour)
	ill.RR, ill.SpO2, ill.Pulse = f(26), f(90), f(125)
	four := full(time.Minute)
	four.RR, four.Pulse = f(22), f(120)
	for _, c := range []struct {
		name string
		sets []vitals.Observation
		text string
		risk vitals.Risk
	}{
		{"nothing complete before", []vitals.Observation{off}, "?", vitals.RiskNone},
		{"calm before", []vitals.Observation{off, full(time.Hour)}, "0", vitals.RiskLow},
		{"ill before", []vitals.Observation{off, ill}, "8", vitals.RiskHigh},
	} {
		in := board.Input{Ward: ward.Ward{ID: "6N"}, Now: now,
			Beds: []ward.Bed{{Name: "01", Patient: "four"}, {Name: "02", Patient: "zero"}},
			Patients: map[string]board.Known{"zero": known("zero", "Zero", c.sets...),
				"four": known("four", "Four", four)}}
		first := board.Build(in).Select(board.Query{})[0]
		if first.Patient != "zero" || first.Overdue < 4*time.Minute || !first.Attention() {
			t.Errorf("%s: first is %s, late by %v", c.name, first.Patient, first.Overdue)
		}
		if b := first.Badge; b.Text != c.text || b.Risk != c.risk || !b.Zero || b.Trend != board.NoTrend ||
			b.Doubted() != (c.risk != vitals.RiskHigh) || b.Why == "" {
			t.Errorf("%s: %+v", c.name, b)
		}
	}
}

// Seen red: who had died was late for a set and asked for a nurse, and nothing on the
// board said it.
func TestWhoHasDiedIsMarkedAndNeverLate(t *testing.T) {
	died := known("d", "Gone", full(30*time.Hour))
	died.Summary.Patient.Deceased, died.Summary.Patient.Died = true, now.Add(-time.Hour)
	part := full(30 * time.Hour)
	part.Temp = nil
	less := known("e", "Went", part)
	less.Summary.Patient.Deceased = true
	s := board.Build(board.Input{Ward: ward.Ward{ID: "6N"}, Now: now,
		Beds:     []ward.Bed{{Name: "01", Patient: "d"}, {Name: "02", Patient: "e"}},
		Patients: map[string]board.Known{"d": died, "e": less}})
	if s.Counts.Overdue != 0 || s.Counts.Attention != 0 {
		t.Errorf("%+v", s.Counts)
	}
	for n, want := range []string{"Died " + tongue.Moment(now.Add(-time.Hour), now), "Died"} {
		r := s.Rows[n]
		if !r.Is(board.Died) || !r.Due.IsZero() || r.Overdue != 0 || !slices.Contains(chipTexts(r), want) ||
			slices.Contains(chipTexts(r), "Incomplete") {
			t.Errorf("%+v", r)
		}
	}
}

// A value of the newest set that is preliminary, corrected or read twice is no plain
// one: a shape stands beside it and words below. Seen red without either.
func TestValuesThatAreNotPlainAreMarked(t *testing.T) {
	o := full(time.Minute)
	o.Remarks = []vitals.Remark{{Kind: vitals.Preliminary, Of: vitals.BodyTemperature},
		{Kind: vitals.Corrected, Of: vitals.OxygenSaturation, Text: "97"},
		{Kind: vitals.AlsoRead, Of: vitals.OxygenSaturation, Text: "90"},
		{Kind: vitals.Corrected, Of: vitals.PulseRate, Text: "60"},
		{Kind: vitals.Finalised, Of: vitals.RespirationRate}}
	before := full(time.Hour)
	before.Remarks = []vitals.Remark{{Kind: vitals.Preliminary, Of: vitals.SystolicPressure}}
	in := board.Input{Ward: ward.Ward{ID: "6N"}, Now: now, Beds: []ward.Bed{{Name: "01", Patient: "a"}},
		Patients: map[string]board.Known{"a": known("a", "Marsh", o, before)}}
	r := board.Build(in).Rows[0]
	var marks []string
	for _, c := range r.Cells {
		marks = append(marks, c.Mark)
	}
	if got := strings.Join(marks, "|"); got != "|≠|Δ||○" {
		t.Errorf("%q", got)
	}
	for _, want := range []string{"≠ SpO₂ read twice", "Δ SpO₂, pulse corrected", "○ temperature preliminary"} {
		if !slices.Contains(chipTexts(r), want) {
			t.Errorf("%q is not said: %q", want, chipTexts(r))
		}
	}
	if len(r.Chips) == 0 || r.Chips[0].Guard != board.GuardAllergy {
		t.Errorf("allergies do not come first: %+v", r.Chips)
	}
}
