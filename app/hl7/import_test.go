package hl7_test

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/wardlight/wardlight/app/hl7"
	"github.com/wardlight/wardlight/app/patient"
	"github.com/wardlight/wardlight/app/records"
	"github.com/wardlight/wardlight/app/records/recordtest"
	"github.com/wardlight/wardlight/app/result"
	"github.com/wardlight/wardlight/app/vitals"
)

func record(t testing.TB) *records.Store {
	t.Helper()
	return recordtest.SQLite(t).Open(t)
}

func ok(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func load(t testing.TB, s *records.Store, path string, o hl7.ImportOptions) hl7.Report {
	t.Helper()
	f, err := os.Open(path)
	ok(t, err)
	defer func() { ok(t, f.Close()) }()
	r, err := hl7.Import(t.Context(), f, s, o)
	ok(t, err)
	return r
}

func find(t testing.TB, s *records.Store, mrn string) patient.Summary {
	t.Helper()
	p, err := s.FindPatient(t.Context(), mrn)
	ok(t, err)
	all, err := s.Summaries(t.Context(), []string{p.ID})
	ok(t, err)
	return all[p.ID]
}

func texts(r hl7.Report) []string {
	var out []string
	for _, d := range r.Details {
		out = append(out, d.Control+" "+d.Text)
	}
	return out
}

func TestAdmissionsTransfersMerges(t *testing.T) {
	s := record(t)
	got := load(t, s, "testdata/ward.hl7", hl7.ImportOptions{})
	if got.Messages != 14 || got.Patients != 5 || got.Observations != 0 || got.Refusals != 1 || got.Warnings != 3 ||
		got.Parked != 1 {
		t.Errorf("report %+v", got)
	}
	want := []string{
		`1002 bed "07" of ward "4B" has another patient too: both are shown in it`,
		`1003 EVN-1 says "A01", MSH-9 "A08": MSH-9 is followed`,
		`1007 the number is of somebody with another name, and nothing else says that it is the same person`,
		`1013 no rule for "MDM^T02"`,
		`1014 PID-3 names nobody: its numbers are NH of NHS, and a patient is known by one of type MR, MRT or PI, ` +
			`or by one of site.authority, which is not set`,
	}
	if !reflect.DeepEqual(texts(got), want) {
		t.Errorf("details\n%s", strings.Join(texts(got), "\n"))
	}

	ingrid := find(t, s, "A1001")
	if p := ingrid.Patient; p.Surname != "Øvergård" || p.Given != "Ingrid Marie" || !p.Deceased ||
		p.Born.Format(time.DateOnly) != "1948-02-29" || ingrid.Bed != "07" || ingrid.Ward != "4B" {
		t.Errorf("%+v", ingrid)
	}
	if !ingrid.Admitted.Equal(time.Date(2026, 3, 1, 7, 55, 0, 0, time.UTC)) {
		t.Errorf("admitted %v", ingrid.Admitted)
	}
	if a := ingrid.Allergic; ingrid.Allergy != patient.AllergiesRecorded || len(a) != 2 ||
		a[0] != (patient.Allergy{Substance: "Penicillin", Severity: "SV", Reaction: "Rash & wheeze", Type: "DA",
			Code: "70618", System: "RXNORM"}) || a[1].Substance != "Eggs" {
		t.Errorf("allergies %+v", a)
	}
	// Discharged; an A08 does not bring him back, the cancelled discharge does.
	an := find(t, s, "A1002")
	if an.Allergy != patient.NoKnownAllergies || an.Bed != "08" || an.Patient.Surname != "Nguyễn" {
		t.Errorf("%+v", an)
	}
	// Admitted by an A08 before any A01; then the admission was cancelled, and what
	// was said of it is of the visit that never was.
	joke := find(t, s, "A1003")
	if joke.Ward != "" || joke.Patient.Pregnant || joke.Allergy != patient.AllergiesNotRecorded {
		t.Errorf("%+v", joke)
	}
	beds, err := s.Beds(t.Context(), "5A")
	ok(t, err)
	if len(beds) != 1 || beds[0].Name != "Room 2-1" || beds[0].Patient != "" {
		t.Errorf("beds %+v", beds)
	}
	// Merged while lying in a bed: the survivor has the bed, the number and
	// not the other's old name.
	ludwig := find(t, s, "A1004")
	if ludwig.Patient.MRN != "A1005" || ludwig.Bed != "09" || ludwig.Patient.Surname != "Dietrich" ||
		ludwig.Patient.Sex != patient.Male {
		t.Errorf("%+v", ludwig)
	}
	if n := slices.Index(ludwig.Patient.Identifiers,
		patient.Identifier{Authority: "NORTH MRN", Type: "MRN", Value: "A1004", Former: true}); n < 0 {
		t.Errorf("identifiers %+v", ludwig.Patient.Identifiers)
	}
}

// kare makes known whom vitals.hl7 speaks of.
const kare = `MSH|^~\&|ADTX|NORTH|WARD|NORTH|20260302080000||ADT^A31|k1|P|2.5
PID|1||B2001^^^NORTH MRN^MR||Østby^Kåre||19550505|M
`

func TestVitalsAndResults(t *testing.T) {
	s := record(t)
	took(t, s, kare, hl7.ImportOptions{})
	got := load(t, s, "testdata/vitals.hl7", hl7.ImportOptions{})
	want := []string{
		`501 diastolic pressure is above systolic`,
		`503 neither OBR-7 nor OBX-14 says when it was measured: it counts as of MSH-7`,
		`503 OBX "1": no value for respiration rate`,
		`503 OBX "2": SpO2 is not possible`,
		`503 OBX "3": temperature in unit "furlong" is not read as a vital sign`,
		`503 OBX "4": pulse is no number`, // NaN
		`503 OBX "5": consciousness is none of A, C, V, P, U`,
		`503 OBX "8": no rule for OBX-11 "Q"`,
	}
	if !reflect.DeepEqual(texts(got), want) {
		t.Errorf("details\n%s", strings.Join(texts(got), "\n"))
	}
	if got.Observations != 11+2+7 || got.Patients != 1 {
		t.Errorf("report %+v", got)
	}
	p := find(t, s, "B2001")
	if len(p.Recent) != 3 || p.Ward != "" {
		t.Fatalf("%d sets on ward %q", len(p.Recent), p.Ward)
	}
	late, second, first := p.Recent[0], p.Recent[1], p.Recent[2]
	if !first.Taken.Equal(time.Date(2026, 3, 2, 11, 0, 0, 0, time.UTC)) {
		t.Errorf("first set taken %v", first.Taken)
	}
	// Corrected: SpO2 97; not obtained: pulse. The rest stays.
	if *first.SpO2 != 97 || first.Pulse != nil || *first.RR != 23 || *first.SBP != 104 || *first.DBP != 158 ||
		vitals.Rounded(vitals.Temp, *first.Temp) != 38.0 || first.ACVPU != vitals.Alert || !*first.Oxygen ||
		first.Source != "MONITOR NORTH" {
		t.Errorf("first set %+v", first)
	}
	// No time in OBX or OBR: MSH-7. Nothing that could not be read is in it.
	if !second.Taken.Equal(time.Date(2026, 3, 2, 12, 0, 0, 0, time.UTC)) || *second.SBP != 120 || second.RR != nil ||
		second.SpO2 != nil ||
		second.Temp != nil || second.Pulse != nil || second.ACVPU != vitals.NotAssessed || *second.Oxygen ||
		second.DBP != nil {
		t.Errorf("second set %+v", second)
	}
	if *late.SBP != 124 || !late.Taken.Equal(second.Taken.Add(5*time.Minute)) {
		t.Errorf("late set %+v", late)
	}
	results, err := s.Results(t.Context(), p.Patient.ID, 100)
	ok(t, err)
	byName := map[string][]result.Result{}
	for _, r := range results {
		byName[r.Name] = append(byName[r.Name], r)
	}
	if k := byName["Potassium"][0]; k.Value != "<3.5" || k.Flag != "L" || k.Range != "3.5-5.0" ||
		k.TakenFrom != "OBR-7" {
		t.Errorf("potassium %+v", k)
	}
	if r := byName["Report"][0]; r.Value != "Line one\nline two | more\nsecond part" {
		t.Errorf("report %q", r.Value)
	}
	if n := len(byName["MDC_PULS_OXIM_SAT_O2"]); n != 2 {
		t.Errorf("%d SpO2 results, want what was corrected and the correction", n)
	}
}

// Seen red: without the key of a message taken before, the second import adds
// another place for the patient whose bed was taken and reports other numbers.
func TestImportTwice(t *testing.T) {
	for _, file := range []string{"testdata/ward.hl7", "testdata/vitals.hl7"} {
		s := record(t)
		first := load(t, s, file, hl7.ImportOptions{})
		counts, err := s.Count(t.Context())
		ok(t, err)
		seq, err := s.LastSeq(t.Context())
		ok(t, err)
		second := load(t, s, file, hl7.ImportOptions{})
		without := 0 // a rule: a message of which nothing is taken is new each time
		for _, n := range second.NoRule {
			without += n
		}
		if first.Known != 0 || second.Known != second.Messages-second.Refusals-without {
			t.Errorf("%s: %d known of %d", file, second.Known, second.Messages)
		}
		second.Known, second.Had, second.Waiting = 0, 0, 0
		for n, d := range second.Details { // how it stands is said of what is parked already
			if d.Parked && strings.HasPrefix(d.Text, "since ") {
				second.Details[n].Kind, second.Details[n].Text = first.Details[n].Kind, first.Details[n].Text
			}
		}
		if !reflect.DeepEqual(first, second) {
			t.Errorf("%s: first %+v\nthen %+v", file, first, second)
		}
		again, err := s.Count(t.Context())
		ok(t, err)
		after, err := s.LastSeq(t.Context())
		ok(t, err)
		if counts != again || seq != after {
			t.Errorf("%s: the record holds %+v, then %+v; change %d, then %d", file, counts, again, seq, after)
		}
	}
}

func TestReportIsSixNumbers(t *testing.T) {
	b, err := json.Marshal(hl7.Report{Messages: 1, Details: []hl7.Detail{{Control: "x"}}})
	ok(t, err)
	if string(b) != `{"messages":1,"patients":0,"observations":0,"warnings":0,"refusals":0,"parked":0}` {
		t.Errorf("%s", b)
	}
}

func TestRebaseMovesTimesButNotBirths(t *testing.T) {
	s := record(t)
	to := time.Date(2025, 6, 1, 12, 0, 0, 0, time.UTC)
	took(t, s, kare, hl7.ImportOptions{})
	load(t, s, "testdata/vitals.hl7", hl7.ImportOptions{RebaseTo: to})
	p := find(t, s, "B2001")
	// The newest time of the file is 13:05, 65 minutes after the first set.
	if !p.Recent[0].Taken.Equal(to) || !p.Recent[2].Taken.Equal(to.Add(-65*time.Minute)) {
		t.Errorf("%v … %v", p.Recent[0].Taken, p.Recent[2].Taken)
	}
	if p.Patient.Born.Year() != 1955 || *p.Recent[2].SpO2 != 97 {
		t.Errorf("%+v", p.Patient)
	}
	if _, err := hl7.Import(t.Context(), bytes.NewBufferString("x"), s, hl7.ImportOptions{RebaseTo: to}); err == nil {
		t.Error("rebasing a stream that cannot be read twice")
	}
}

func TestBrokenStreamTakesTheRest(t *testing.T) {
	s := record(t)
	f, err := os.ReadFile("testdata/ward.hl7")
	ok(t, err)
	r, err := hl7.Import(t.Context(), strings.NewReader("garbage\r\rMSH|^~\\&|x\rnonsense\r\r"+string(f)), s,
		hl7.ImportOptions{})
	ok(t, err)
	if r.Messages != 15 || r.Refusals != 3 || r.Patients != 5 {
		t.Errorf("%+v %q", r, texts(r))
	}
}

// beside finds a file of the data kept beside the source tree, if it is there.
func beside(t testing.TB, path string) string {
	t.Helper()
	dir, err := os.Getwd()
	ok(t, err)
	for {
		candidate := filepath.Join(dir, "shared", filepath.FromSlash(path))
		if _, err := os.Stat(candidate); err == nil {
			return candidate
		}
		if filepath.Dir(dir) == dir {
			t.Skip("the larger data set is not here")
		}
		dir = filepath.Dir(dir)
	}
}

func TestSimulatedHospital(t *testing.T) {
	path := beside(t, "data/simhospital/messages.hl7")
	s := record(t)
	start := time.Now()
	first := load(t, s, path, hl7.ImportOptions{Training: true})
	took := time.Since(start)
	counts, err := s.Count(t.Context())
	ok(t, err)
	t.Logf("%v: %+v; record %+v", took, hl7.Report{Messages: first.Messages, Patients: first.Patients,
		Observations: first.Observations, Warnings: first.Warnings, Refusals: first.Refusals}, counts)
	if first.Messages != 1013 || first.Patients != 403 || first.Refusals != 0 {
		t.Errorf("%d messages, %d patients, %d refusals", first.Messages, first.Patients, first.Refusals)
	}
	// Results before the admission make no patient: they wait.
	if first.Parked != 217 {
		t.Errorf("%d parked", first.Parked)
	}
	if counts.Patients != 400 || counts.Merged != 1 {
		t.Errorf("after the merge: %+v", counts)
	}
	if counts.Results != first.Observations || counts.Observations != 61 {
		t.Errorf("%+v", counts)
	}
	if find(t, s, "618454581").Patient.MRN != "2777246431" {
		t.Error("the merged number does not find the survivor")
	}
	second := load(t, s, path, hl7.ImportOptions{Training: true})
	second.Known, second.Had, second.Waiting, second.Details = first.Known, first.Had, 0, first.Details // these say how it stands now
	again, err := s.Count(t.Context())
	ok(t, err)
	if !reflect.DeepEqual(first, second) || counts != again {
		t.Errorf("the second import differs: %+v", again)
	}
}
