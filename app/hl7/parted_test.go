package hl7_test

import (
	"strings"
	"testing"

	"github.com/wardlight/wardlight/app/patient"
)

// Seen red: the next A40 joined again whom a person had parted.
func TestWhomAPersonPartedNoMessageJoins(t *testing.T) {
	s := record(t)
	sendAll(t, s, adt("A01", "080000", marsh, marshBed), adt("A01", "080000", brook, brookBed),
		adt("A40", "100000", marsh, "MRG|K200^^^OAK^MR"))
	list, err := s.Merges(t.Context(), true)
	ok(t, err)
	by := patient.Signed{Staff: "n1"}
	ok(t, s.Unmerge(t.Context(), list[0].ID, by, "two people"))
	for _, again := range []string{adt("A40", "110000", marsh, "MRG|K200^^^OAK^MR"),
		adt("A40", "110000", brook, "MRG|K100^^^OAK^MR")} {
		r := sendAll(t, s, again)
		if r.Parked != 1 || !warnsOf(r, "n1 undid the merge of these two on ") || !warnsOf(r, "merges redo") ||
			find(t, s, "K100").Patient.ID == find(t, s, "K200").Patient.ID {
			t.Errorf("%q", texts(r))
		}
	}
	ok(t, s.Remerge(t.Context(), list[0].ID, by, "one person after all"))
	if r := sendAll(t, s, adt("A40", "113000", marsh, "MRG|K200^^^OAK^MR")); r.Parked+r.Refusals != 0 ||
		find(t, s, "K200").Patient.MRN != "K100" {
		t.Errorf("%q", texts(r))
	}
	if err := s.Remerge(t.Context(), list[0].ID, by, ""); err == nil {
		t.Error("joined without a reason")
	}
}

// Seen red: "nobody has this number" of one whose digits another authority has given.
func TestAnotherAuthoritysDigitsAreSaid(t *testing.T) {
	s := record(t)
	sendAll(t, s, adt("A01", "080000", marsh, marshBed))
	r := sendAll(t, s, oru("PID|1||K100^^^NORTH^MR"), oru("PID|1||K101^^^NORTH^MR"))
	if said := strings.Join(texts(r), "\n"); r.Parked != 2 ||
		strings.Count(said, "one of the authority OAK has the same digits") != 1 {
		t.Errorf("%q", said)
	}
}

// Seen red: 6N@OAK and 6n@Oak were two wards.
func TestAWardIsOneInWhateverCase(t *testing.T) {
	s := record(t)
	sendAll(t, s, adt("A01", "080000", marsh, "PV1|1|I|6N^^01^OAK"), adt("A01", "080000", brook, "PV1|1|I|6n^^02^Oak"),
		adt("A02", "090000", marsh, "PV1|1|I|6n^^03^oak"))
	all, err := s.Wards(t.Context())
	ok(t, err)
	if len(all) != 1 || all[0].Code != "6N" || all[0].Site != "OAK" || find(t, s, "K100").Bed != "03" {
		t.Errorf("%+v", all)
	}
}
