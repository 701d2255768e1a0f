package hl7_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"github.com/wardlight/wardlight/app/hl7"
	"github.com/wardlight/wardlight/app/patient"
	"github.com/wardlight/wardlight/app/records"
)

// An IAM is an action on one allergy: without its substance it is an action on none,
// and no list is emptied. Seen red: read as AL1-3, it took all allergies away.
func TestAllergyActionWithoutASubstance(t *testing.T) {
	s := record(t)
	sendAll(t, s, adt("A01", "080000", ada, bed1, "AL1|1|DA|L^Latex^X|SV|Rash"))
	for _, iam := range []string{`IAM|1|DA|""|SV|Rash|D`, `IAM|1|DA|""`,
		`IAM|1|DA|""|||A` + "\n" + `IAM|2|DA|P^Penicillin^X|SV||X`} {
		r := sendAll(t, s, adt("A60", "090000", ada, iam))
		p := find(t, s, "K100")
		if p.Allergy != patient.AllergiesRecorded || len(p.Allergic) != 1 {
			t.Errorf("%s: %s %+v", iam, p.Allergy, p.Allergic)
		}
		if got := strings.Join(texts(r), "; "); !strings.HasSuffix(got,
			`IAM-3 is "", and an IAM acts on one allergy: nothing is changed`) {
			t.Errorf("%s: %q", iam, got)
		}
	}
}

// `""` in PV1-44 and PV1-45 takes back what the visit's earlier messages said. Seen
// red: both were passed over.
func TestTimesOfAVisitTakenBack(t *testing.T) {
	s := record(t)
	tell(t, s, event("A01", "1", "20260310080000+0000", "K1", "I", "6N^^01", "44=20260309070000+0000"),
		event("A08", "2", "20260310090000+0000", "K1", "I", "6N^^01", `44=""`))
	if p := find(t, s, "K1"); !p.Admitted.Equal(time.Date(2026, 3, 10, 8, 0, 0, 0, time.UTC)) {
		t.Errorf("admitted %v", p.Admitted)
	}
	r := tell(t, s, event("A03", "3", "20260310120000+0000", "K1", "I", "6N^^01", "45=20260310110000+0000"),
		event("A08", "4", "20260310130000+0000", "K1", "I", "6N^^01", `45=""`))
	if e := encounters(t, s, find(t, s, "K1"))[0]; !e.Discharged.Equal(time.Date(2026, 3, 10, 12, 0, 0, 0, time.UTC)) {
		t.Errorf("discharged %v", e.Discharged)
	}
	if got := kinds(r); got != "4 PV1-45 takes back when the visit ended, and no A13 does that it did: it stays ended" {
		t.Errorf("%q", got)
	}
}

// remembering is a record that counts the messages which it remembers.
type remembering struct {
	*records.Store
	kept int
}

type remembers struct {
	hl7.Writer
	in *remembering
}

func (r *remembering) ImportBatch(ctx context.Context, f func(context.Context, hl7.Writer) error) error {
	return r.Store.ImportBatch(ctx, func(ctx context.Context, w hl7.Writer) error { return f(ctx, remembers{w, r}) })
}

func (w remembers) Once(ctx context.Context, o hl7.Origin, f func() (string, error)) (string, bool, error) {
	w.in.kept++
	return w.Writer.Once(ctx, o, f)
}

// A message that this version has no rule for is taken by the one that has it, when the
// file is imported again. Seen red: it was remembered as taken.
func TestMessageWithoutARuleIsNotRemembered(t *testing.T) {
	s := &remembering{Store: record(t)}
	stream := event("A99", "1", "20260310080000", "K1", "I", "6N^^01") + "\r" + event("A01", "2", "20260310080000",
		"K1", "I", "6N^^01")
	for range 2 {
		s.kept = 0
		r, err := hl7.Import(t.Context(), strings.NewReader(stream), s, hl7.ImportOptions{Authority: "OAK"})
		ok(t, err)
		if s.kept != 1 || r.NoRule["ADT^A99"] != 1 || r.Messages != 2 || kinds(r) != `1 no rule for "ADT^A99"` {
			t.Errorf("%d remembered, %+v", s.kept, r)
		}
	}
}

// What is moved in time for showing is moved from the newest thing that happened.
// Seen red: EVN-6, PV1-45, OBR-22 and PID-29 did not count.
func TestNewestIsWhatHappened(t *testing.T) {
	at := func(clock string) time.Time {
		c, err := time.Parse("1504", clock)
		ok(t, err)
		return time.Date(2026, 3, 10, c.Hour(), c.Minute(), 0, 0, time.UTC)
	}
	for name, c := range map[string]struct{ message, want string }{
		"EVN-6": {"MSH|^~\\&|A|OAK|||||ADT^A02|1|P|2.5\rEVN|A02|202603100800||||202603100830", "0830"},
		"PV1-45": {"MSH|^~\\&|A|OAK|||202603101200||ADT^A03|1|P|2.5\rPV1|1|I" + strings.Repeat("|",
			43) + "202603101201", "1201"},
		"PV1-45 to come": {"MSH|^~\\&|A|OAK|||202603101200||ADT^A01|1|P|2.5\rPV1|1|I" + strings.Repeat("|",
			43) + "202603151200", "1200"},
		"PID-29": {"MSH|^~\\&|A|OAK|||||ADT^A31|1|P|2.5\rPID|1" + strings.Repeat("|", 28) + "202603100850",
			"0850"},
		"OBR-22": {"MSH|^~\\&|A|OAK|||||ORU^R01|1|P|2.5\rOBR|1||S1|X|||202603100800" + strings.Repeat("|",
			15) + "202603100815", "0815"},
		"EVN-3, PV2-8, PV2-9": {"MSH|^~\\&|A|OAK|||202603100800||ADT^A14|1|P|2.5\rEVN|A14|202603100759|202603120800\rPV2||||||||202603130800|202603140800", "0800"},
	} {
		got, err := hl7.Newest(strings.NewReader(c.message+"\r"), time.UTC)
		ok(t, err)
		if !got.Equal(at(c.want)) {
			t.Errorf("%s: %v, want %v", name, got, at(c.want))
		}
	}
}
