package records_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/wardlight/wardlight/app/alert"
	"github.com/wardlight/wardlight/app/audit"
	"github.com/wardlight/wardlight/app/hl7"
	"github.com/wardlight/wardlight/app/parked"
	"github.com/wardlight/wardlight/app/patient"
	"github.com/wardlight/wardlight/app/records"
	"github.com/wardlight/wardlight/app/records/recordtest"
	"github.com/wardlight/wardlight/app/vitals"
)

// oru is a report of SpO2 for each number; ward "" names none.
func oru(control, ward string, spo2 int, numbers ...string) string {
	var b strings.Builder
	fmt.Fprintf(&b, "MSH|^~\\&|LAB|OAK|||20260304081200+0000||ORU^R01|%s|P|2.5\r", control)
	for n, number := range numbers {
		fmt.Fprintf(&b, "PID|%d||%s^^^HOSP^MR||Unknown^Person||19300101\r", n+1, number)
		if ward != "" {
			fmt.Fprintf(&b, "PV1||I|%s^^01\r", ward)
		}
		fmt.Fprintf(&b, "OBR|1||F%s|V\rOBX|1|NM|59408-5^SpO2^LN||%d|%%|||||F|||202603040%d%02d00+0000\r", control,
			spo2+n, 6+(spo2+n)/60, (spo2+n)%60)
		fmt.Fprintf(&b, "OBX|2|NM|8867-4^Heart rate^LN||%d|/min|||||F|||202603040%d%02d00+0000\r", 70+n, 6+(spo2+n)/60,
			(spo2+n)%60)
	}
	return b.String()
}

func take(t testing.TB, s *records.Store, text string) hl7.Report {
	t.Helper()
	r, err := hl7.Import(t.Context(), strings.NewReader(text), s,
		hl7.ImportOptions{Location: time.UTC, Now: func() time.Time { return noon }})
	ok(t, err)
	return r
}

var (
	byHand = records.Hand{By: "wardctl:test", Station: "WS-1"}
	zoe    = parked.Said{MRN: "700p1", Born: time.Date(1949, 5, 6, 0, 0, 0, 0, time.UTC)}
)

// because is byHand with a reason.
func because(reason string) records.Hand {
	h := byHand
	h.Reason = reason
	return h
}

// saturations are the SpO2 values that stand in a patient's chart.
func saturations(t testing.TB, s *records.Store, id string) (out []float64) {
	t.Helper()
	sets, err := s.Observations(t.Context(), id, time.Time{}, 100)
	ok(t, err)
	for _, o := range sets {
		if o.SpO2 != nil {
			out = append(out, *o.SpO2)
		}
	}
	return out
}

// One patient of a message is known, the other is nobody: the one's values are
// taken, the other's wait, whole and once. Assigned, they are charted as if they
// had come so; taken back, they are withdrawn; assigned again, they stand again.
//
// Seen red: without Try the message was refused as a whole; without a new ID for
// what was taken back the second assignment charted nothing.
func TestParkedAssignedTakenBack(t *testing.T) {
	recordtest.Each(t, func(t *testing.T, r *recordtest.Record) {
		s, ctx := fresh(t, r), t.Context()
		text := oru("1", "4B", 90, "700p1", "K300")
		got := take(t, s, text)
		if got.Parked != 1 || got.Observations != 2 || got.Refusals != 0 {
			t.Fatalf("report %+v", got)
		}
		d := got.Details[len(got.Details)-1]
		if !d.Parked || d.Segment != "PID 2" || d.Patient != "K300" || d.Text == "" {
			t.Fatalf("detail %+v", d)
		}
		equal(t, floats(saturations(t, s, "p1")), "90")
		if again := take(t, s, text); again.Parked != 1 {
			t.Fatalf("again %+v", again)
		}
		list, err := s.ParkedMessages(ctx, false)
		ok(t, err)
		if len(list) != 1 {
			t.Fatalf("%d entries, want one", len(list))
		}
		e, err := s.ParkedMessage(ctx, list[0].ID)
		ok(t, err)
		if string(e.Raw) != text || e.Ward != "4B" || e.Group != 1 || e.Kind != "ORU^R01" || e.Source != "LAB OAK" ||
			e.Control != "1" ||
			!e.Received.Equal(noon) || e.State != parked.Waits || e.Name != "Unknown, Person" || e.Born != "19300101" ||
			len(e.Numbers) != 1 || e.Numbers[0].Value != "K300" {
			t.Fatalf("entry %+v", e)
		}

		for _, said := range []parked.Said{{MRN: "700p1"}, {MRN: "K300", Born: zoe.Born},
			{MRN: "700p1", Born: zoe.Born.AddDate(0, 0, 1)}} {
			if _, _, err := s.AssignParked(ctx, e.ID, said, byHand, hl7.ImportOptions{}); err == nil {
				t.Fatalf("%+v was taken", said)
			}
		}
		equal(t, floats(saturations(t, s, "p1")), "90")

		ok(t, s.PutPatient(ctx, person("p2", "02")))
		theirs := parked.Said{MRN: "700p2", Name: "zoë łukasiewicz"}
		who, charted, err := s.AssignParked(ctx, e.ID, theirs, byHand, hl7.ImportOptions{})
		ok(t, err)
		if who.ID != "p2" || charted.Observations != 2 {
			t.Fatalf("%+v %+v", who, charted)
		}
		sets, err := s.Observations(ctx, "p2", time.Time{}, 10)
		ok(t, err)
		if len(sets) != 1 || *sets[0].SpO2 != 91 || !sets[0].Received.Equal(noon) ||
			!sets[0].Taken.Equal(time.Date(2026, 3, 4, 7, 31, 0, 0, time.UTC)) {
			t.Fatalf("sets %+v", sets)
		}
		all, err := s.Summaries(ctx, []string{"p2"})
		ok(t, err)
		if p := all["p2"].Patient; p.Surname != "Łukasiewicz" || !p.Born.Equal(zoe.Born) || len(p.Identifiers) != 1 {
			t.Fatalf("a result changed who the patient is: %+v", p)
		}
		if _, _, err := s.AssignParked(ctx, e.ID, zoe, byHand, hl7.ImportOptions{}); !errors.Is(err,
			parked.ErrNotWaiting) {
			t.Fatalf("assigned twice: %v", err)
		}

		_, err = s.TakeBackParked(ctx, e.ID, because("the wrong patient"))
		ok(t, err)
		equal(t, floats(saturations(t, s, "p2")))
		sets, err = s.Observations(ctx, "p2", time.Time{}, 10)
		ok(t, err)
		if w := sets[0].Remarked(vitals.Withdrawn); len(w) < 2 || w[0].By == "" || w[0].Text == "" {
			t.Fatalf("withdrawn without a remark: %+v", sets[0])
		}
		if _, err := s.TakeBackParked(ctx, e.ID, because("the wrong patient")); !errors.Is(err, parked.ErrWaits) {
			t.Fatalf("taken back twice: %v", err)
		}
		_, _, err = s.AssignParked(ctx, e.ID, theirs, byHand, hl7.ImportOptions{})
		ok(t, err)
		equal(t, floats(saturations(t, s, "p2")), "91")
		_, err = s.TakeBackParked(ctx, e.ID, because("the wrong patient"))
		ok(t, err)
		if err := s.DiscardParked(ctx, e.ID, byHand); !errors.Is(err, parked.ErrNoReason) {
			t.Fatalf("discarded without a reason: %v", err)
		}
		ok(t, s.DiscardParked(ctx, e.ID, because("a phantom")))
		equal(t, floats(saturations(t, s, "p1")), "90")

		lines, err := s.AuditTail(ctx, 100)
		ok(t, err)
		var did []string
		for _, l := range lines {
			if l.Object == fmt.Sprint(e.ID) {
				did = append(did, string(l.Action)+" "+l.Patient)
			}
		}
		equal(t, did, "assign-parked p2", "take-back-parked p2", "assign-parked p2", "take-back-parked p2",
			"discard-parked ")
		if bad := audit.AssignParked.Meaning(); bad.Object == "" {
			t.Error("an action of the trail has no meaning")
		}
	})
}

func floats(list []float64) (out []string) {
	for _, f := range list {
		out = append(out, fmt.Sprint(f))
	}
	return out
}

// Only results can be assigned: what else could not be taken back is refused before.
func TestOnlyResultsAreAssigned(t *testing.T) {
	recordtest.Each(t, func(t *testing.T, r *recordtest.Record) {
		s, ctx := fresh(t, r), t.Context()
		ok(t, s.ImportBatch(ctx, func(ctx context.Context, w hl7.Writer) error {
			return w.Park(ctx, parked.Entry{Key: "k", Kind: "ADT^A01", Received: noon, Raw: []byte("MSH|x\x00\xff"),
				Reason: "another's"})
		}))
		if _, _, err := s.AssignParked(ctx, 1, zoe, byHand, hl7.ImportOptions{}); !errors.Is(err, parked.ErrNotResult) {
			t.Fatal(err)
		}
		e, err := s.ParkedMessage(ctx, 1)
		ok(t, err)
		if string(e.Raw) != "MSH|x\x00\xff" {
			t.Errorf("the text was not kept as it was read: %q", e.Raw)
		}
	})
}

// What waits is counted on the ward that it names, or for all; the wards hear of
// each change; after its time it is an alert, which says what is decided.
//
// Seen red: without alerted the alert rang again after it had ended; without
// tellParked the ward was told nothing; without the state what was decided rang too.
func TestParkedIsShownAndAlerted(t *testing.T) {
	recordtest.Each(t, func(t *testing.T, r *recordtest.Record) {
		now := noon
		r.Options.Now = func() time.Time { return now }
		s, ctx := fresh(t, r), t.Context()
		seq, err := s.LastSeq(ctx)
		ok(t, err)
		take(t, s, oru("1", "4B", 90, "K300"))
		take(t, s, oru("2", "", 80, "K301"))
		take(t, s, oru("3", "9Z", 80, "K302")) // no ward of the record
		told := func() (out []string) {
			changes, err := s.ChangesAfter(ctx, seq, 100)
			ok(t, err)
			for _, c := range changes {
				if c.Kind == records.ChangeWard {
					out = append(out, c.Ward)
				}
				seq = c.Seq
			}
			return out
		}
		wards, err := s.Wards(ctx)
		ok(t, err)
		if got := told(); len(got) != 1+2*len(wards) || got[0] != "4B" {
			t.Fatalf("told %v", got)
		}
		named, unnamed, err := s.ParkedWaiting(ctx, "4B")
		ok(t, err)
		if named.Count != 1 || named.Census != 0 || unnamed.Count != 2 || !named.Since.Equal(noon) {
			t.Fatalf("%+v %+v", named, unnamed)
		}
		if named, _, err = s.ParkedWaiting(ctx, "5A"); err != nil || named.Any() {
			t.Fatalf("%+v %v", named, err)
		}
		other := fresh(t, recordtest.SQLite(t)) // where nothing else waits
		ok(t, other.ImportBatch(ctx, func(ctx context.Context, w hl7.Writer) error {
			return w.Park(ctx, parked.Entry{Key: "k", Kind: "ADT^A01", Received: noon, Since: noon, Ward: "4B",
				Raw: []byte("MSH|x"), Reason: "another's"})
		}))
		if named, _, err = other.ParkedWaiting(ctx, "4B"); err != nil || named.Count != 1 || named.Census != 1 {
			t.Fatalf("%+v %v", named, err)
		}

		now = noon.Add(29 * time.Minute)
		if n, err := s.AlertParked(ctx, 30*time.Minute, "WS-1"); err != nil || n != 0 {
			t.Fatalf("%d alerts too early, %v", n, err)
		}
		now = noon.Add(31 * time.Minute)
		n, err := s.AlertParked(ctx, 30*time.Minute, "WS-1")
		ok(t, err)
		if want := len(wards); n != want {
			t.Fatalf("%d alerts, want %d", n, want)
		}
		if n, err := s.AlertParked(ctx, 30*time.Minute, "WS-2"); err != nil || n != 0 {
			t.Fatalf("raised again: %d, %v", n, err)
		}
		open := func() (out []string) {
			moves, err := s.OpenMoves(ctx, "4B")
			ok(t, err)
			for _, m := range moves {
				if m.Kind == alert.Raised {
					out = append(out, m.Alert.Text)
					if m.Alert.Priority != alert.Technical || m.Alert.Patient != "" ||
						strings.Contains(m.Alert.Text, "K30") {
						t.Errorf("%+v", m.Alert)
					}
				}
			}
			return out
		}
		if got := open(); len(got) != 1 || !strings.HasPrefix(got[0], "3 messages of LAB OAK ") {
			t.Fatalf("open %v", got)
		}
		told()
		_, _, err = s.AssignParked(ctx, 1, zoe, byHand, hl7.ImportOptions{})
		ok(t, err)
		ok(t, s.DiscardParked(ctx, 2, because("not of this house")))
		if got := open(); len(got) != 1 || !strings.HasPrefix(got[0], "A result of LAB OAK ") {
			t.Fatalf("open after two decisions %v", got)
		}
		if got := told(); len(got) < 1+len(wards) {
			t.Fatalf("told %v", got)
		}
		// It waits again since it came: its ward hears of it at once.
		_, err = s.TakeBackParked(ctx, 1, because("the wrong patient"))
		ok(t, err)
		if n, err := s.AlertParked(ctx, 30*time.Minute, "WS-1"); err != nil || n != 1 {
			t.Fatalf("%d alerts of what waits again, %v", n, err)
		}
		// Only what waits now is an alert, and counts.
		take(t, s, oru("4", "4B", 70, "K303"))
		ok(t, s.DiscardParked(ctx, 4, because("not of this house")))
		now = now.Add(31 * time.Minute)
		if n, err := s.AlertParked(ctx, 30*time.Minute, "WS-1"); err != nil || n != 0 {
			t.Fatalf("%d alerts of what was decided in time, %v", n, err)
		}
		if named, _, err = s.ParkedWaiting(ctx, "4B"); err != nil || named.Count != 1 {
			t.Fatalf("%+v %v", named, err)
		}
	})
}

// The text of what was decided is erased after its time; what waits never is.
//
// Seen red: without "state <> 'waiting'" the one that waits was empty.
func TestParkedTextIsErased(t *testing.T) {
	recordtest.Each(t, func(t *testing.T, r *recordtest.Record) {
		now := noon
		r.Options.Now = func() time.Time { return now }
		s, ctx := fresh(t, r), t.Context()
		for n, number := range []string{"K300", "K301", "K302"} {
			take(t, s, oru(fmt.Sprint(n), "4B", 90, number))
		}
		_, _, err := s.AssignParked(ctx, 1, zoe, byHand, hl7.ImportOptions{})
		ok(t, err)
		ok(t, s.DiscardParked(ctx, 2, because("nobody's")))
		now = noon.Add(89 * 24 * time.Hour)
		if n, err := s.EraseParked(ctx, parked.KeepFor); err != nil || n != 0 {
			t.Fatal(n, err)
		}
		now = noon.Add(400 * 24 * time.Hour)
		if n, err := s.EraseParked(ctx, parked.KeepFor); err != nil || n != 2 {
			t.Fatal(n, err)
		}
		for id, want := range map[int64]bool{1: false, 2: false, 3: true} {
			e, err := s.ParkedMessage(ctx, id)
			ok(t, err)
			if (len(e.Raw) > 0) != want || (e.Name != "") != want || len(e.Numbers) != 1 {
				t.Errorf("entry %d: %d bytes, %+v", id, len(e.Raw), e)
			}
		}
		if _, err := s.TakeBackParked(ctx, 1, because("the wrong patient")); !errors.Is(err, parked.ErrErased) {
			t.Fatal(err)
		}
		equal(t, floats(saturations(t, s, "p1")), "90") // the chart stays
	})
}

// Who has the number now is told where exactly one has it.
func TestParkedNumberThatIsSomebodysNow(t *testing.T) {
	recordtest.Each(t, func(t *testing.T, r *recordtest.Record) {
		s, ctx := fresh(t, r), t.Context()
		take(t, s, oru("1", "4B", 90, "700p2"))
		list, err := s.ParkedMessages(ctx, false)
		ok(t, err)
		for n, want := range []string{"", "700p2"} {
			if n == 1 {
				ok(t, s.PutPatient(ctx, person("p2", "02")))
			}
			owners, err := s.OwnersNow(ctx, list)
			ok(t, err)
			if owners[1] != want {
				t.Errorf("%q has it, want %q", owners[1], want)
			}
		}
	})
}

// A number is one only with the authority that gave it: another house's is of somebody else. Seen red:
// by its digits alone the other house's patient had it, and then nobody.
func TestParkedNumberOfAnotherHouse(t *testing.T) {
	recordtest.Each(t, func(t *testing.T, r *recordtest.Record) {
		s, ctx := fresh(t, r), t.Context()
		take(t, s, oru("1", "4B", 90, "700p2"))
		list, err := s.ParkedMessages(ctx, false)
		ok(t, err)
		here, there, unsaid := person("p2", ""), person("p3", ""), person("p4", "")
		there.Patient.MRN, there.Patient.Identifiers = "700p2",
			[]patient.Identifier{{Authority: "OTHER", Type: "MRN", Value: "700p2"}}
		unsaid.Patient.MRN, unsaid.Patient.Identifiers = "700p2", nil
		for n, c := range []struct {
			put  patient.Summary
			want string
		}{{there, ""}, {here, "700p2"}, {unsaid, ""}} {
			ok(t, s.PutPatient(ctx, c.put))
			owners, err := s.OwnersNow(ctx, list)
			ok(t, err)
			if owners[1] != c.want {
				t.Errorf("%d: %q has it, want %q", n, owners[1], c.want)
			}
		}
	})
}

// Whatever is parked, assigned, taken back and discarded in whatever order: each
// value stands in the chart of the one patient it is assigned to and in no other,
// and what is not assigned is whole in its entry.
func TestParkedValuesAreInOneChart(t *testing.T) {
	fewer(t)
	rapid.Check(t, func(rt *rapid.T) {
		s, err := records.Open(t.Context(), recordtest.SQLite(t).Options)
		ok(t, err)
		defer func() { ok(t, s.Close()) }()
		ctx := t.Context()
		furnish(t, s)
		ok(t, s.PutPatient(ctx, person("p2", "02")))
		patients := []string{"p1", "p2"}
		assigned := map[int64]string{} // by entry; "" waits, "-" is discarded
		values := map[int64]float64{}
		for step := range rapid.IntRange(1, 25).Draw(rt, "steps") {
			id := int64(1)
			if len(values) > 0 {
				id = rapid.Int64Range(1, int64(len(values))).Draw(rt, "entry")
			}
			what := rapid.SampledFrom([]string{"park", "assign", "assign", "back", "discard"}).Draw(rt, "what")
			if len(values) == 0 {
				what = "park"
			}
			switch what {
			case "park":
				spo2 := 50 + len(values)
				take(t, s, oru(fmt.Sprint("m", step), "4B", spo2, "NOBODY"))
				id = int64(len(values) + 1)
				values[id], assigned[id] = float64(spo2), ""
			case "assign":
				to := rapid.SampledFrom(patients).Draw(rt, "to")
				_, _, err := s.AssignParked(ctx, id, parked.Said{MRN: "700" + to, Born: zoe.Born}, byHand,
					hl7.ImportOptions{})
				if (err == nil) != (assigned[id] == "") {
					rt.Fatalf("assign %d (%q): %v", id, assigned[id], err)
				}
				if err == nil {
					assigned[id] = to
				}
			case "back":
				_, err := s.TakeBackParked(ctx, id, because("the wrong patient"))
				if (err == nil) != (assigned[id] != "") {
					rt.Fatalf("take back %d (%q): %v", id, assigned[id], err)
				}
				assigned[id] = ""
			case "discard":
				err := s.DiscardParked(ctx, id, because("why"))
				if (err == nil) != (assigned[id] == "") {
					rt.Fatalf("discard %d (%q): %v", id, assigned[id], err)
				}
				if err == nil {
					assigned[id] = "-"
				}
			}
			stands := map[float64][]string{}
			for _, p := range patients {
				for _, v := range saturations(t, s, p) {
					stands[v] = append(stands[v], p)
				}
			}
			for id, v := range values {
				want := []string{}
				if assigned[id] != "" && assigned[id] != "-" {
					want = append(want, assigned[id])
				}
				if fmt.Sprint(stands[v]) != fmt.Sprint(want) {
					rt.Fatalf("after %s: %v stands in %v, want %v", what, v, stands[v], want)
				}
				e, err := s.ParkedMessage(ctx, id)
				ok(t, err)
				if len(e.Raw) == 0 {
					rt.Fatalf("entry %d lost its text", id)
				}
			}
		}
	})
}
