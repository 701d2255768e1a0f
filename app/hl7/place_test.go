package hl7_test

import (
	"flag"
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/wardlight/wardlight/app/hl7"
	"github.com/wardlight/wardlight/app/patient"
	"github.com/wardlight/wardlight/app/records"
	"github.com/wardlight/wardlight/app/ward"
)

// bedsOf writes the patients of a ward, one a bed: "01=K100 02=K200"; one without a bed comes
// first, "=K100", or "R12:=K100" with a room. Empty beds are left out.
func bedsOf(t testing.TB, s *records.Store, wardID string) string {
	t.Helper()
	beds, err := s.Beds(t.Context(), wardID)
	ok(t, err)
	var out []string
	for _, b := range beds {
		if b.Patient == "" {
			continue
		}
		all, err := s.Summaries(t.Context(), []string{b.Patient})
		ok(t, err)
		room := ""
		if b.Room != "" {
			room = b.Room + ":"
		}
		out = append(out, b.Name+room+"="+all[b.Patient].Patient.MRN)
	}
	return strings.Join(out, " ")
}

// The cases that tell of places: what the board of each ward shows in the end.
func TestPlacesOfCases(t *testing.T) {
	for _, c := range []struct{ file, want string }{
		{"23-no-bed", "6N: =K100 =K101 R12:=K102"},
		{"24-transfer-no-bed", "6N: , 7S: =K100"},
		{"25-clinic-visit", "6N: 01=K100"},
		{"27-a02-after-a03", "6N: "},
		{"29-swap-by-a02", "6N: 01=K200 02=K100"},
		{"30-a17-swap", "6N: 01=K200 02=K100"},
		{"31-a06-inpatient", "6N: 01=K100, ED: "},
		{"32-missed-discharge", "6N: 01=K200"},
		{"50-pregnant-later", "6N: 01=K100, MAT: "},
		{"51-readmit-stale", "6N: 01=K100"},
	} {
		s := record(t)
		load(t, s, filepath.Join("testdata", "cases", c.file+".hl7"), hl7.ImportOptions{Authority: "OAK"})
		if got := boards(t, s); got != c.want {
			t.Errorf("%s: %s, want %s", c.file, got, c.want)
		}
	}
	s := record(t)
	load(t, s, "testdata/cases/50-pregnant-later.hl7", hl7.ImportOptions{Authority: "OAK"})
	marsh := find(t, s, "K100")
	if marsh.Patient.Pregnant || marsh.Admitted.Year() != 2026 {
		t.Errorf("%+v", marsh)
	}
	if was := encounters(t, s, marsh)[0]; !was.Pregnant {
		t.Errorf("%+v", was)
	}
	s = record(t)
	load(t, s, "testdata/cases/51-readmit-stale.hl7", hl7.ImportOptions{Authority: "OAK"})
	marsh = find(t, s, "K100")
	if marsh.Reason != "" || marsh.Admitted.Year() != 2026 {
		t.Errorf("%+v", marsh)
	}
	if was := encounters(t, s, marsh)[0]; was.Reason != "Hip fracture" || was.Admitted.Year() != 2025 ||
		was.Discharged.Day() != 20 {
		t.Errorf("%+v", was)
	}
}

func encounters(t testing.TB, s *records.Store, p patient.Summary) []patient.Encounter {
	t.Helper()
	all, err := s.Encounters(t.Context(), p.Patient.ID)
	ok(t, err)
	return all
}

func boards(t testing.TB, s *records.Store) string {
	t.Helper()
	wards, err := s.Wards(t.Context())
	ok(t, err)
	var out []string
	for _, w := range wards {
		out = append(out, w.ID+": "+bedsOf(t, s, w.ID))
	}
	return strings.Join(out, ", ")
}

func TestWardsOfTwoSites(t *testing.T) {
	s := record(t)
	load(t, s, "testdata/cases/36-two-sites.hl7", hl7.ImportOptions{Authority: "OAK"})
	wards, err := s.Wards(t.Context())
	ok(t, err)
	if len(wards) != 2 || wards[0].Code != "ICU" || wards[1].Code != "ICU" || wards[0].Site == wards[1].Site {
		t.Fatalf("%+v", wards)
	}
	if _, err := s.FindWard(t.Context(), "ICU"); err == nil ||
		!strings.Contains(err.Error(), "ICU of NORTH (ICU@NORTH) or ICU of SOUTH (ICU@SOUTH)") {
		t.Errorf("%v", err)
	}
	w, err := s.FindWard(t.Context(), "ICU@SOUTH")
	ok(t, err)
	if got := bedsOf(t, s, w.ID); got != "1=K101" {
		t.Error(got)
	}
	// A message that names no site cannot mean either.
	r := tell(t, s, event("A01", "x1", "20260310090000", "K102", "I", "ICU^^2"))
	if r.Refusals != 1 || !strings.Contains(r.Details[0].Text, "ICU@NORTH") {
		t.Errorf("%+v", r)
	}

	s = record(t)
	load(t, s, "testdata/cases/37-ward-names.hl7", hl7.ImportOptions{Authority: "OAK"})
	wards, err = s.Wards(t.Context())
	ok(t, err)
	var names []string
	for _, w := range wards {
		names = append(names, w.Name)
		if bedsOf(t, s, w.ID) == "" {
			t.Errorf("nobody on %s", w.Name)
		}
	}
	slices.Sort(names)
	if want := []string{"General Medicine and Elderly Care East", "General Medicine and Elderly Care West", "内科",
		"外科"}; !slices.Equal(names, want) {
		t.Errorf("%q", names)
	}
}

// A ward of no site is that of the first site that names it; the ward of a second
// site is another.
func TestWardIsAdopted(t *testing.T) {
	s := record(t)
	ok(t, s.PutWard(t.Context(), ward.Ward{ID: "4B", Name: "4B Medicine"}))
	tell(t, s, event("A01", "1", "20260310080000", "K1", "I", "4B^^1"),
		event("A01", "2", "20260310080000", "K2", "I", "4B^^2^&1.2.3&ISO"),
		event("A01", "3", "20260310080000", "K3", "I", "4B^^3^SOUTH"))
	wards, err := s.Wards(t.Context())
	ok(t, err)
	if len(wards) != 2 || wards[0].ID != "4B" || wards[0].Site != "1.2.3" || wards[0].Name != "4B Medicine" ||
		wards[1].Site != "SOUTH" {
		t.Errorf("%+v", wards)
	}
}

// adt is one ADT message; more are further fields of PV1 by "n=value", and whole
// segments.
func event(trigger, control, at, mrn, class, where string, more ...string) string {
	pv1 := make([]string, 50)
	pv1[0], pv1[1], pv1[2], pv1[3] = "PV1", "1", class, where
	evn, rest := "EVN|"+trigger+"|"+at, ""
	for _, m := range more {
		var n int
		var value string
		if k, _ := fmt.Sscanf(m, "%d=%s", &n, &value); k == 2 {
			pv1[n] = value
		} else if v, is := strings.CutPrefix(m, "evn6="); is {
			evn = "EVN|" + trigger + "|" + at + "||||" + v
		} else {
			rest += m + "\r"
		}
	}
	return "MSH|^~\\&|ADTX|OAK|WL|OAK|" + at + "||ADT^" + trigger + "|" + control + "|P|2.5\r" + evn + "\r" +
		"PID|1||" + mrn + "^^^OAK^MR||Marsh^" + mrn + "||19600101|F\r" + strings.TrimRight(strings.Join(pv1, "|"),
		"|") + "\r" + rest
}

func tell(t testing.TB, s *records.Store, messages ...string) hl7.Report {
	t.Helper()
	r, err := hl7.Import(t.Context(), strings.NewReader(strings.Join(messages, "\r")), s,
		hl7.ImportOptions{Authority: "OAK"})
	ok(t, err)
	return r
}

func kinds(r hl7.Report) string {
	var out []string
	for _, d := range r.Details {
		out = append(out, d.Control+" "+d.Text)
	}
	return strings.Join(out, "; ")
}

func TestPlacesOfMessages(t *testing.T) {
	for _, c := range []struct {
		name     string
		messages []string
		want     string
		details  string
	}{
		{"leave", []string{event("A01", "1", "20260310080000", "K1", "I", "6N^^01"),
			event("A21", "2", "20260310090000", "K1", "I", "6N^^01")}, "6N: 01=K1", ""},
		{"bed 1 of two rooms", []string{event("A01", "1", "20260310080000", "K1", "I", "6N^R1^1"),
			event("A01", "2", "20260310080000", "K2", "I", "6N^R2^1")}, "6N: R1-1=K1 R2-1=K2", ""},
		{"bed 12 of rooms 1 and 2", []string{event("A01", "1", "20260310080000", "K1", "I", "6N^1^12"),
			event("A01", "2", "20260310080000", "K2", "I", "6N^2^12")}, "6N: 1-12=K1 2-12=K2", ""},
		{"rooms without numbers", []string{event("A01", "1", "20260310080000", "K1", "I", "6N^Main^Bed"),
			event("A01", "2", "20260310080000", "K2", "I", "6N^Side^Bed")}, "6N: Bed=K1 Side-Bed=K2", ""},
		{"rooms that run into beds", []string{event("A01", "1", "20260310080000", "K1", "I", "6N^1^2-3"),
			event("A01", "2", "20260310080000", "K2", "I", "6N^1-2^3")}, "6N: 1-2-3=K1 1-2/3=K2", ""},
		{"clinic that is no ward", []string{event("A04", "1", "20260310080000", "K1", "O", "EYE"),
			event("A03", "2", "20260310090000", "K1", "O", "EYE")}, "", ""},
		{"two in a bed", []string{event("A01", "1", "20260310080000", "K1", "I", "6N^^01"),
			event("A01", "2", "20260310090000", "K2", "I", "6N^^01")}, "6N: 01=K1 01=K2",
			`2 bed "01" of ward "6N" has another patient too: both are shown in it`},
		{"bed without its room", []string{event("A01", "1", "20260310080000", "K1", "I", "6N^12^A"),
			event("A01", "2", "20260310080000", "K2", "I", "6N^14^B"),
			event("A08", "3", "20260310090000", "K1", "I", "6N^^A")}, "6N: 12-A=K1 14-B=K2", ""},
		{"bed of two rooms without its room", []string{event("A01", "1", "20260310080000", "K1", "I", "6N^12^A"),
			event("A01", "2", "20260310080000", "K2", "I", "6N^14^A"),
			event("A08", "3", "20260310090000", "K1", "I", "6N^^A")}, "6N: =K1 14-A=K2",
			"3 PV1-3 names a bed without its room, and several rooms have such a bed: the patient is shown without a bed"},
		{"swap", []string{event("A01", "1", "20260310080000", "K1", "I", "6N^^01"),
			event("A01", "2", "20260310080000", "K2", "I", "6N^^02"),
			event("A17", "3", "20260310090000", "K1", "I", "6N^^02",
				"PID|1||K2^^^OAK^MR||Marsh^K2||19600101|F", "PV1|1|I|6N^^01")}, "6N: 01=K2 02=K1", ""},
		{"swap into a bed that is taken", []string{event("A01", "1", "20260310080000", "K1", "I", "6N^^01"),
			event("A01", "2", "20260310080000", "K2", "I", "6N^^02"),
			event("A17", "3", "20260310090000", "K1", "I", "6N^^02",
				"PID|1||K2^^^OAK^MR||Marsh^K2||19600101|F", "PV1|1|I|6N^^02")}, "6N: 02=K1 02=K2",
			`3 bed "02" of ward "6N" has another patient too: both are shown in it; ` +
				`3 bed "02" of ward "6N" has another patient too: both are shown in it`},
		{"admitted to no ward", []string{event("A01", "1", "20260310080000", "K1", "I", "")}, "",
			"1 PV1-3 names no ward: the inpatient stands on no ward's board. Have the sender name the ward"},
		{"admitted again without a discharge",
			[]string{event("A01", "1", "20260310080000", "K1", "I", "6N^^01", "19=V1"),
				event("A01", "2", "20260310090000", "K1", "I", "7S^^01", "19=V2")}, "6N: , 7S: 01=K1",
			"2 the stay before had no discharge: it counts as ended"},
		{"discharge of a clinic", []string{event("A01", "1", "20260310080000", "K1", "I", "6N^^01"),
			event("A04", "2", "20260310083000", "K1", "O", "DIAL"),
			event("A03", "3", "20260310090000", "K1", "", "DIAL")}, "6N: 01=K1",
			"3 it has no visit number, and by PV1-44, or by PV1-2 and PV1-3, it is of another visit: it moves nobody here"},
		{"other prior place", []string{event("A01", "1", "20260310080000", "K1", "I", "6N^^01"),
			event("A02", "2", "20260310090000", "K1", "I", "6N^^02", "6=7S^^09")}, "6N: 02=K1",
			"2 PV1-6 is not where the patient was"},
		{"event without a rule", []string{event("A01", "1", "20260310080000", "K1", "I", "6N^^01"),
			event("A99", "2", "20260310090000", "K1", "I", "6N^^02")}, "6N: 01=K1", `2 no rule for "ADT^A99"`},
		{"tracking", []string{event("A01", "1", "20260310080000", "K1", "I", "6N^^01"),
			event("A09", "2", "20260310090000", "K1", "I", "XRAY"),
			event("A10", "3", "20260310091000", "K1", "I", "XRAY")}, "6N: 01=K1", ""},
		{"ambulatory status", []string{event("A01", "1", "20260310080000", "K1", "I", "6N^^01", "15=A1~B6")},
			"6N: 01=K1", `1 PV1-15 "A1" is not kept`},
		{"visit renumbered", []string{event("A01", "1", "20260310080000", "K1", "I", "6N^^01", "19=V1"),
			event("A50", "2", "20260310090000", "K1", "I", "6N^^01", "19=V2", "MRG|K1^^^OAK^MR||||V1"),
			event("A03", "3", "20260310100000", "K1", "I", "6N^^01", "19=V2")}, "6N: ", ""},
		{"unreadable EVN-2",
			[]string{strings.Replace(event("A01", "1", "20260310080000", "K1", "I", "6N^^01"), "EVN|A01|20260310080000",
				"EVN|A01|yesterday", 1)}, "6N: 01=K1", "1 EVN-2 is no time that can be read"},
	} {
		s := record(t)
		r := tell(t, s, c.messages...)
		if got := boards(t, s); got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
		if got := kinds(r); got != c.details {
			t.Errorf("%s: details %q", c.name, got)
		}
		if c.name == "event without a rule" && r.NoRule["ADT^A99"] != 1 {
			t.Errorf("%v", r.NoRule)
		}
	}
}

func TestVisitIsOnTheSummary(t *testing.T) {
	s := record(t)
	tell(t, s, event("A01", "1", "20260310080000", "K1", "I", "6N^^01", "19=V1", "44=20260310070000", "15=B6",
		"PV2|||^Fall", "DG1|1||S72.0^Fractured femur^I10|"),
		event("A21", "2", "20260310090000", "K1", "I", "6N^^01", "19=V1"),
		event("A15", "3", "20260310091000", "K1", "I", "6N^^01", "19=V1", "42=7S^^04"))
	p := find(t, s, "K1")
	if !p.Patient.Pregnant || p.Reason != "Fall; Fractured femur" || p.Leave.IsZero() || p.Planned == nil ||
		p.Planned.What != patient.PlannedTransfer || p.Planned.To != "7S 04" {
		t.Errorf("%+v", p)
	}
	// Flags are of a visit: the next begins without, and where it turns out that it
	// never was, they are there again.
	p.Flags = []patient.Flag{{Kind: patient.FlagDNACPR, Text: "form 3"}}
	ok(t, s.PutPatient(t.Context(), p))
	tell(t, s, event("A01", "4", "20260311080000", "K1", "I", "7S^^01", "19=V2"))
	p = find(t, s, "K1")
	if p.Ward != "7S" || p.Patient.Pregnant || p.Reason != "" || len(p.Flags) != 0 || !p.Leave.IsZero() ||
		p.Planned != nil {
		t.Errorf("%+v", p)
	}
	if e := encounters(t, s, p); len(e) != 2 || len(e[0].Flags) != 1 || e[0].Ended != patient.Superseded ||
		!e[0].Pregnant || e[0].Visit != "V1" {
		t.Errorf("%+v", e)
	}
	tell(t, s, event("A11", "5", "20260311081000", "K1", "I", "7S^^01", "19=V2"))
	p = find(t, s, "K1")
	if p.Ward != "6N" || p.Bed != "01" || len(p.Flags) != 1 || p.Reason == "" {
		t.Errorf("%+v", p)
	}
	tell(t, s, event("A08", "6", "20260311090000", "K1", "I", "6N^^01", "19=V1", `PV2|||""`))
	if p = find(t, s, "K1"); p.Reason != "" {
		t.Errorf("%q", p.Reason)
	}
}

// What the history shows of a visit is what the patient has again when the visit goes
// on: the flags that held last, and none that was taken away. Seen red: with the
// greatest of several texts in the history, and with what was kept before still kept.
func TestFlagsOfAVisitHaveOneRule(t *testing.T) {
	s := record(t)
	flag := func(texts ...string) {
		t.Helper()
		p := find(t, s, "K1")
		p.Flags = nil
		for _, text := range texts {
			p.Flags = append(p.Flags, patient.Flag{Kind: patient.FlagIsolation, Text: text})
		}
		ok(t, s.PutPatient(t.Context(), p))
	}
	n := 0
	// away admits anew, by mistake, and takes it back: between the two the visit is over.
	away := func(want ...string) {
		t.Helper()
		n++
		tell(t, s, event("A01", fmt.Sprint("x", n), fmt.Sprintf("202603110%d0000", n), "K1", "I", "7S^^01",
			fmt.Sprint("19=X", n)))
		var then []string
		for _, f := range encounters(t, s, find(t, s, "K1"))[0].Flags {
			then = append(then, f.Text)
		}
		if !slices.Equal(then, want) {
			t.Errorf("over: %q, want %q", then, want)
		}
		tell(t, s, event("A11", fmt.Sprint("y", n), fmt.Sprintf("202603110%d3000", n), "K1", "I", "7S^^01",
			fmt.Sprint("19=X", n)))
		var now []string
		for _, f := range find(t, s, "K1").Flags {
			now = append(now, f.Text)
		}
		if !slices.Equal(now, want) {
			t.Errorf("it goes on: %q, want %q", now, want)
		}
	}
	tell(t, s, event("A01", "1", "20260310080000", "K1", "I", "6N^^01", "19=V1"))
	flag("Norovirus")
	away("Norovirus")
	tell(t, s, event("A04", "2", "20260310070000", "K1", "E", "ED^^01", "19=V1")) // it began earlier
	flag("Zoster")
	away("Zoster")
	flag("Influenza")
	away("Influenza")
	flag()
	away()
}

// Who is put into a bed at a station is there, though the clock of the system that
// told the last move is ahead. Seen red: with the number of the message, "z9", to
// decide between the two.
func TestWordOfTheHouseIsTheNewest(t *testing.T) {
	s := record(t)
	tell(t, s, event("A01", "z8", "20260310080000", "K1", "I", "6N^^02"),
		event("A02", "z9", time.Now().Add(30*time.Second).Format("20060102150405"), "K1", "I", "6N^^01"))
	p := find(t, s, "K1")
	p.Bed = "02"
	ok(t, s.PutPatient(t.Context(), p))
	if got := boards(t, s); got != "6N: 02=K1" {
		t.Error(got)
	}
}

// Whatever the order in which messages of several patients come, and in how many
// files, the boards end as their times have it; each patient who is in the house is
// on one board once. Seen red: with the time of arrival for the event's.
func TestAnyOrderOfMessages(t *testing.T) {
	outer, s, n := t, record(t), 0
	ok(t, flag.Set("rapid.checks", "120"))
	defer func() { ok(outer, flag.Set("rapid.checks", "100")) }()
	rapid.Check(t, func(t *rapid.T) {
		n++ // other patients each time, on the same wards
		var messages []string
		minute := 0
		open := map[string]int{}
		where := map[string]string{}
		for i := range rapid.IntRange(5, 30).Draw(t, "messages") {
			minute += rapid.IntRange(1, 30).Draw(t, "minutes")
			at := fmt.Sprintf("202603%02d%02d%02d00", 10+minute/1440, minute/60%24, minute%60)
			mrn := fmt.Sprintf("K%d-%d", n, rapid.IntRange(1, 3).Draw(t, "patient"))
			to := rapid.SampledFrom([]string{"6N^^01", "6N^^02", "7S^^01", "7S"}).Draw(t, "to")
			control := fmt.Sprintf("m%d-%d", n, i)
			switch what := rapid.IntRange(0, 5).Draw(t, "what"); {
			case what == 0 || where[mrn] == "":
				open[mrn]++
				where[mrn] = to
				messages = append(messages,
					event("A01", control, at, mrn, "I", to, fmt.Sprint("19=", mrn, "V", open[mrn])))
			case what < 3:
				where[mrn] = to
				messages = append(messages,
					event("A02", control, at, mrn, "I", to, fmt.Sprint("19=", mrn, "V", open[mrn])))
			case what == 3:
				where[mrn] = ""
				messages = append(messages,
					event("A03", control, at, mrn, "I", to, fmt.Sprint("19=", mrn, "V", open[mrn])))
			case what == 4:
				messages = append(messages, event("A03", control, at, mrn, "O", "EYE", fmt.Sprint("19=", mrn, "X")))
			default:
				messages = append(messages,
					event("A02", control, at, mrn, "I", to, fmt.Sprint("19=", mrn, "V", open[mrn])),
					event("A12", control+"c", at, mrn, "I", where[mrn], fmt.Sprint("19=", mrn, "V", open[mrn]),
						"evn6="+at))
			}
		}
		r := rand.New(rand.NewPCG(rapid.Uint64().Draw(t, "order"), 1))
		messages = append(messages, messages[:len(messages)/3]...)
		r.Shuffle(len(messages), func(i, j int) { messages[i], messages[j] = messages[j], messages[i] })
		cut := r.IntN(len(messages))
		tell(outer, s, messages[:cut]...)
		tell(outer, s, messages[cut:]...)
		wards, err := s.Wards(outer.Context())
		ok(outer, err)
		got := map[string][]string{}
		for _, w := range wards {
			beds, err := s.Beds(outer.Context(), w.ID)
			ok(outer, err)
			for _, b := range beds {
				if b.Patient != "" {
					got[b.Patient] = append(got[b.Patient], strings.TrimSuffix(w.ID+"^^"+b.Name, "^^"))
				}
			}
		}
		for mrn, want := range where {
			p, err := s.FindPatient(outer.Context(), mrn)
			ok(outer, err)
			if is := got[p.ID]; want == "" && len(is) > 0 || want != "" && !slices.Equal(is, []string{want}) {
				t.Fatalf("%s is at %q, want %q", mrn, is, want)
			}
		}
	})
}
