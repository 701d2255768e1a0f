package hl7_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/wardlight/wardlight/app/hl7"
	"github.com/wardlight/wardlight/app/patient"
)

const (
	marsh    = "PID|1||K100^^^OAK^MR||Marsh^Ada||19600101|F"
	brook    = "PID|1||K200^^^OAK^MR||Brook^Ben||19550505|M"
	marshBed = "PV1|1|I|6N^^01||||||||||||||||V1|||||||||||||||||||||||||20260310080000"
	brookBed = "PV1|1|I|6N^^02||||||||||||||||V2|||||||||||||||||||||||||20260310080000"
)

// told is an ADT message whose EVN-2 is not when it was sent.
func told(trigger, sent, recorded string, segments ...string) string {
	control++
	return fmt.Sprintf("MSH|^~\\&|ADTX|OAK|WL|OAK|20260310%s||ADT^%s|p%d|P|2.5\nEVN|%s|%s\n%s", sent, trigger, control,
		trigger, recorded,
		strings.Join(segments, "\n"))
}

// warnsOf reports whether a report says something.
func warnsOf(r hl7.Report, text string) bool {
	return slices.ContainsFunc(texts(r), func(s string) bool { return strings.Contains(s, text) })
}

// Seen red: each of these allergies, names and dates of birth was dropped, and
// nothing said so.
func TestAnUpdateOfACoarseTimeCounts(t *testing.T) {
	latex, penicillin := "AL1|1|DA|L^Latex^L|SV|Rash", "AL1|2|DA|P^Penicillin^L|SV|Anaphylaxis"
	later := "PID|1||K100^^^OAK^MR||Marshall^Ada||19600102|F"
	for name, c := range map[string]struct {
		first, then  string
		taken, warns bool
	}{
		"day": {told("A01", "080000", "20260310080000"), told("A08", "090000", "20260310"),
			true, false},
		"hour": {told("A01", "080000", "20260310080000"), told("A08", "090000", "2026031008"),
			true, false},
		"minute": {told("A01", "080015", "20260310080015"), told("A08", "080045", "202603100800"),
			true, false},
		"minute, sent later": {told("A01", "080015", "20260310080015"), told("A08", "080145", "202603100800"),
			true, false},
		"both minutes": {told("A01", "080115", "202603100800"), told("A08", "080145", "202603100800"),
			true, false},
		"both, the older last": {told("A01", "080145", "202603100800"), told("A08", "080115", "202603100800"),
			false, true},
		"no EVN-2":          {told("A01", "080000", "20260310080000"), told("A08", "090000", ""), true, false},
		"MSH-7 of a minute": {told("A01", "080000", "20260310080015"), told("A08", "0800", ""), true, false},
		"recorded before": {told("A01", "080000", "20260310080000"), told("A08", "090000", "20260310075900"),
			false, true},
		"another zone": {told("A01", "080000", "20260310080000"), told("A08", "090000", "20260310090000+0500"),
			false, true},
	} {
		t.Run(name, func(t *testing.T) {
			s := record(t)
			sendAll(t, s, c.first+marsh+"\n"+marshBed+"\n"+latex)
			r := sendAll(t, s, c.then+later+"\n"+marshBed+"\n"+latex+"\n"+penicillin)
			p := find(t, s, "K100")
			taken := p.Patient.Surname == "Marshall" && p.Patient.Born.Day() == 2 && len(p.Allergic) == 2
			if taken != c.taken ||
				warnsOf(r, "what PID-5, PID-7, AL1 says is older than what is known: not taken") != c.warns {
				t.Errorf("%+v %+v %q", p.Patient, p.Allergic, texts(r))
			}
		})
	}
}

// Seen red: what was recorded at 23:59 stood against every word until midnight.
func TestAnEventOfTheFutureBarsNoCorrection(t *testing.T) {
	s := record(t)
	sendAll(t, s, adt("A01", "080000", marsh, marshBed))
	r := sendAll(t, s, told("A31", "090000", "20260310235900", "PID|1||K100^^^OAK^MR||Marsch^Ada||19600101|F"))
	if !warnsOf(r, "later than the message was sent") {
		t.Errorf("%q", texts(r))
	}
	sendAll(t, s, adt("A31", "093000", "PID|1||K100^^^OAK^MR||Marshall^Ada||19600101|F", "AL1|1|DA|L^Latex^L|SV|Rash"))
	if p := find(t, s, "K100"); p.Patient.Surname != "Marshall" || len(p.Allergic) != 1 {
		t.Errorf("%+v", p)
	}
}

// Seen red: K1&2 and K1&3 were one patient, and "Ada & Bea" was "Ada".
func TestAnAmpersandIsTextInANumberAndAName(t *testing.T) {
	s := record(t)
	sendAll(t, s, adt("A01", "080000", "PID|1||K1&2^^^OAK^MR||Marsh^Ada & Bea||19600101|F", marshBed),
		adt("A01", "080000", "PID|1||K1&3^^^OAK^MR||Brook^Ben||19550505|M", brookBed))
	if a, b := find(t, s, "K1&2").Patient, find(t, s, "K1&3").Patient; a.Given != "Ada & Bea" || b.Surname != "Brook" {
		t.Errorf("%+v %+v", a, b)
	}
	for name, c := range map[string]struct {
		surname string
		warns   bool
	}{
		"van der Berg&van der&Berg": {"van der Berg", false},
		"Berg&&&&Miller":            {"Berg", true},
		"Miller Berg&&Berg&&Miller": {"Miller Berg", false},
		"&van der&Berg":             {"van der Berg", false},
		"Smith & Jones":             {"Smith & Jones", false},
		"Smith&Jones":               {"Smith", true},
	} {
		s := record(t)
		r := sendAll(t, s, adt("A01", "080000", "PID|1||K100^^^OAK^MR||"+name+"^Ada||19600101|F", marshBed))
		if p := find(t, s, "K100").Patient; p.Surname != c.surname || warnsOf(r, "PID-5.1") != c.warns {
			t.Errorf("%s: %q, %q", name, p.Surname, texts(r))
		}
	}
}

// Seen red: "the sender does not know who it is" of PID-31 N, a sex "FEMALE", and a
// sex that was known and then U, of which nothing was said.
func TestWordsOfThePersonAreRead(t *testing.T) {
	for sent, want := range map[string]patient.Sex{"Female": "F", "w": "F", "Male": "M", "m": "M", "männlich": "M",
		"U": "U", "O": "O", "Unknown": "U", "A": "A"} {
		s := record(t)
		r := sendAll(t, s, adt("A01", "080000", "PID|1||K100^^^OAK^MR||Marsh^Ada||19600101|"+sent, marshBed))
		if p := find(t, s, "K100").Patient; p.Sex != want || r.Warnings != 0 {
			t.Errorf("%s: %q %q", sent, p.Sex, texts(r))
		}
	}
	s := record(t)
	sendAll(t, s, adt("A01", "080000", marsh, marshBed))
	r := sendAll(t, s, adt("A08", "090000", "PID|1||K100^^^OAK^MR||Marsh^Ada||19600101|U", marshBed))
	if find(t, s, "K100").Patient.Sex != patient.Female || !warnsOf(r, "PID-8") {
		t.Errorf("%q", texts(r))
	}
	for sent, warnings := range map[string]int{"N": 0, "n": 0, "Y": 1} {
		r := sendAll(t, record(t), adt("A01", "080000", marsh+strings.Repeat("|", 23)+sent, marshBed))
		if r.Warnings != warnings {
			t.Errorf("PID-31 %s: %q", sent, texts(r))
		}
	}
}
