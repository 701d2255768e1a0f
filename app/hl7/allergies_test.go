package hl7_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/wardlight/wardlight/app/patient"
	"github.com/wardlight/wardlight/app/records"
)

// What one message says of a substance is all of it: no allergy, reaction or severity
// is lost to another that has the same name, the same code or the same identifier.
//
// Seen red: with the last word of a message in the place of all before it, with a code
// that outweighs what is written beside it, and without IAM-7.
func TestEachAllergyOfAMessageStands(t *testing.T) {
	iam := func(fields string) string { return "IAM|1|DA|P^Penicillin^L|" + fields }
	for _, c := range []struct {
		name     string
		messages [][]string
		want     string
		warns    string
	}{
		{"the worse first", [][]string{{"AL1|1|DA|P^Penicillin^L|SV|Anaphylaxis", "AL1|2|DA|P^Penicillin^L|MI|Rash"}},
			"Penicillin|SV|Anaphylaxis, Rash", ""},
		{"the worse last", [][]string{{"AL1|1|DA|P^Penicillin^L|MI|Rash", "AL1|2|DA|P^Penicillin^L|SV|Anaphylaxis"}},
			"Penicillin|SV|Rash, Anaphylaxis", ""},
		{"by IAM", [][]string{{iam("SV|Anaphylaxis|A"), iam("MI|Rash|A")}}, "Penicillin|SV|Anaphylaxis, Rash", ""},
		{"by IAM, told apart", [][]string{{iam("SV|Anaphylaxis|A|A1"), iam("MI|Rash|A|A2")}},
			"Penicillin|SV|Anaphylaxis, Rash", ""},
		{"of two spellings", [][]string{{"AL1|1|DA|^Co-amoxiclav|SV|Anaphylaxis", "AL1|2|DA|^Co amoxiclav|MI|Rash"}},
			"Co-amoxiclav|SV|Anaphylaxis, Rash", ""},
		{"a newer list", [][]string{{"AL1|1|DA|P^Penicillin^L|SV|Anaphylaxis"}, {"AL1|1|DA|P^Penicillin^L|MI|Rash"}},
			"Penicillin|MI|Rash", ""},
		{"one of two is taken back", [][]string{{iam("SV|Anaphylaxis|A|A1"), iam("MI|Rash|A|A2")},
			{iam("MI|Rash|D|A2")}}, "Penicillin|SV|Anaphylaxis", ""},
		{"both are taken back", [][]string{{iam("SV|Anaphylaxis|A|A1"), iam("MI|Rash|A|A2")}, {iam("MI|Rash|D|A2")},
			{iam("||D|A1")}}, "", ""},
		{"all of it is taken back", [][]string{{iam("SV|Anaphylaxis|A|A1"), iam("MI|Rash|A|A2")}, {iam("||D")}},
			"", ""},
		{"one is said anew", [][]string{{iam("SV|Anaphylaxis|A|A1"), iam("MI|Rash|A|A2")}, {iam("MO|Hives|U|A2")}},
			"Penicillin|SV|Anaphylaxis, Hives", ""},
		{"another entry is taken back", [][]string{{iam("SV|Anaphylaxis|A")}, {iam("MI|Rash|D|A2")}},
			"Penicillin|SV|Anaphylaxis", "another name or IAM-7"},
		{"taken back and given in one message", [][]string{{iam("SV|Anaphylaxis|A")}, {iam("MO|Hives|A"), iam("||D")}},
			"Penicillin|MO|Hives", ""},
		{"one code of two texts",
			[][]string{{"AL1|1|MA|OTH^Bee venom^L|SV|Anaphylaxis", "AL1|2|FA|OTH^Peanut^L|MO|Hives"}},
			"Bee venom|SV|Anaphylaxis; Peanut|MO|Hives", ""},
		{"one code without its system",
			[][]string{{"AL1|1|DA|1^Aspirin|SV|Angioedema", "AL1|2|FA|1^Egg|MI|Rash", "AL1|3|EA|1^Latex"}},
			"Aspirin|SV|Angioedema; Egg|MI|Rash; Latex||", ""},
		{"another text is taken back",
			[][]string{{"AL1|1|MA|OTH^Bee venom^L|SV|Shock"}, {"IAM|1|FA|OTH^Peanut^L||Hives|D"}}, "Bee venom|SV|Shock",
			"another name or IAM-7"},
		{"taken back by its code", [][]string{{"AL1|1|MA|OTH^Bee venom^L|SV|Shock", "AL1|2|DA|^Latex"},
			{"IAM|1|FA|OTH^^L|||D"}}, "Latex||", ""},
		{"a code that two have", [][]string{{"AL1|1|MA|OTH^Bee venom^L", "AL1|2|FA|OTH^Peanut^L"},
			{"IAM|1|FA|OTH^^L|||D"}}, "Bee venom||; Peanut||", "another name or IAM-7"},
		{"a code that gets its name", [][]string{{"AL1|1|DA|P^^L|SV"}, {"IAM|1|DA|P^Penicillin^L|SV|Rash|U"},
			{"IAM|1|DA|^Latex"}}, "Penicillin|SV|Rash; Latex||", ""},
		{"a name that becomes a code", [][]string{{"AL1|1|DA|P^Penicillin^L|SV"}, {"IAM|1|DA|P^^L|SV|Rash|U"},
			{"IAM|1|DA|^Latex"}}, "Penicillin|SV|Rash; Latex||", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := record(t)
			sendAll(t, s, adt("A01", "080000", ada, bed1))
			var said []string
			for n, m := range c.messages {
				hour := []string{"090000", "100000", "110000"}[n]
				said = append(said, texts(sendAll(t, s, adt("A60", hour, append([]string{ada}, m...)...)))...)
			}
			p := find(t, s, "K100")
			if got := strings.Join(allergies(p), "; "); got != c.want ||
				(p.Allergy == patient.AllergiesRecorded) != (c.want != "") {
				t.Errorf("%q %q, want %q", got, p.Allergy, c.want)
			}
			if all := strings.Join(said, "\n"); c.warns == "" && all != "" || !strings.Contains(all, c.warns) {
				t.Errorf("said %q, want %q", all, c.warns)
			}
		})
	}
}

// Where a code says that no allergy is known, and anything beside it names one, the
// allergy is shown; what is said of none known needs no allergy beside it.
//
// Seen red: with the first code in the place of all else.
func TestNoneKnownOutweighsNothing(t *testing.T) {
	for _, c := range []struct {
		segments, want string
		status         patient.AllergyStatus
		warns          string
	}{
		{"AL1|1|DA|NONE^Penicillin^L|SV|Anaphylaxis", "Penicillin|SV|Anaphylaxis", patient.AllergiesRecorded,
			"AL1-3 has a code"},
		{"AL1|1|DA|NKA^NKA except latex^L", "NKA except latex||", patient.AllergiesRecorded, "AL1-3 has a code"},
		{"AL1|1|DA|716186003^No known allergy^SCT^^^^^^NKA except latex", "NKA except latex||",
			patient.AllergiesRecorded, "AL1-3 has a code"},
		{"AL1|1|DA|NKA^No known allergies^L^P^Penicillin^L", "Penicillin||", patient.AllergiesRecorded,
			"AL1-3 has a code"},
		{"AL1|1|DA|^No known drug allergies, allergic to peanuts", "No known drug allergies, allergic to peanuts||",
			patient.AllergiesRecorded, ""},
		{"AL1|1|DA|NKA^No known allergies^L|SV|Anaphylaxis", "", patient.AllergiesNotRecorded, "the record stands"},
		{"AL1|1|DA|NKA^No known allergies^L|U|None", "", patient.NoKnownAllergies, ""},
		{"AL1|1|DA|NKA^No known drug allergies^L", "", patient.NoKnownDrugAllergies, ""},
		{"AL1|1|DA|^No Known Allergies\nAL1|2|DA|^No Known Drug Allergies", "", patient.NoKnownDrugAllergies, ""},
		{"AL1|1|DA|^No Known Drug Allergies\nAL1|2|DA|^No Known Allergies", "", patient.NoKnownDrugAllergies, ""},
		{"AL1|1|DA|^Allergies not on file", "", patient.AllergiesNotRecorded, "the record stands"},
		{"AL1|1|DA|^Aucune allergie connue", "", patient.NoKnownAllergies, ""},
	} {
		t.Run(c.segments, func(t *testing.T) {
			s := record(t)
			said := texts(sendAll(t, s,
				adt("A01", "080000", append([]string{ada, bed1}, strings.Split(c.segments, "\n")...)...)))
			p := find(t, s, "K100")
			if got := strings.Join(allergies(p), "; "); got != c.want || p.Allergy != c.status {
				t.Errorf("%q %q, want %q %q", got, p.Allergy, c.want, c.status)
			}
			if c.warns == "" && len(said) > 0 || c.warns != "" &&
				!slices.ContainsFunc(said, func(s string) bool { return strings.Contains(s, c.warns) }) {
				t.Errorf("said %q, want %q", said, c.warns)
			}
		})
	}
}

// While two are one record, what comes by the merged one's number is said of either:
// after the undo both have it, as both may have what was said.
//
// Seen red: with what the survivor alone kept. A chain too: whoever stood for the
// merged one in between has it.
func TestAllergiesSaidWhileTwoWereOne(t *testing.T) {
	person := func(mrn string) string { return "PID|1||" + mrn + "^^^OAK^MR||Marsh^Ada||19600304|F" }
	t.Run("two", func(t *testing.T) {
		s := record(t)
		sendAll(t, s, adt("A01", "080000", person("K100"), "AL1|1|DA|NKA^No known allergies^L"),
			adt("A01", "080100", person("K200"), "AL1|1|DA|P^Penicillin^L|SV|Anaphylaxis"),
			adt("A40", "090000", person("K100"), "MRG|K200^^^OAK^MR"),
			adt("A08", "092000", person("K200"), "AL1|1|DA|P^Penicillin^L|SV|Anaphylaxis",
				"AL1|2|DA|L^Latex^L|SV|Shock"))
		undo(t, s, "K200")
		for _, mrn := range []string{"K100", "K200"} {
			if got := strings.Join(allergies(find(t, s, mrn)),
				"; "); got != "Penicillin|SV|Anaphylaxis; Latex|SV|Shock" {
				t.Errorf("%s: %q", mrn, got)
			}
		}
	})
	t.Run("three", func(t *testing.T) {
		s := record(t)
		sendAll(t, s, adt("A28", "080000", person("K100")), adt("A28", "080000", person("K200")),
			adt("A28", "080000", person("K300")),
			adt("A40", "090000", person("K200"), "MRG|K300^^^OAK^MR"),
			adt("A40", "091000", person("K100"), "MRG|K200^^^OAK^MR"),
			adt("A08", "092000", person("K300"), "AL1|1|DA|L^Latex^L|SV|Shock"))
		undo(t, s, "K200")
		undo(t, s, "K300")
		for _, mrn := range []string{"K100", "K200", "K300"} {
			if p := find(t, s, mrn); p.Patient.MRN != mrn || p.Allergy != patient.AllergiesRecorded ||
				strings.Join(allergies(p), "; ") != "Latex|SV|Shock" {
				t.Errorf("%s: %+v", mrn, p)
			}
		}
	})
}

// What a merged record says worse of a substance that the survivor has too is not
// lost; undone, each has its own again.
//
// Seen red: with the survivor's word in the place of both.
func TestAMergeKeepsTheWorseOfTwoWords(t *testing.T) {
	person := func(mrn string) string { return "PID|1||" + mrn + "^^^OAK^MR||Marsh^Ada||19600304|F" }
	shows := func(t *testing.T, s *records.Store, mrn, want string) {
		t.Helper()
		if got := strings.Join(allergies(find(t, s, mrn)), "; "); got != want {
			t.Errorf("%s: %q, want %q", mrn, got, want)
		}
	}
	for _, had := range []string{"AL1|1|DA|P^Penicillin^L|MI|Rash", "IAM|1|DA|P^Penicillin^L|MI|Rash|A|A1"} {
		t.Run(had[:3], func(t *testing.T) {
			s := record(t)
			sendAll(t, s, adt("A28", "080000", person("K100"), had),
				adt("A28", "080000", person("K200"), "AL1|1|DA|P^Penicillin^L|SV|Anaphylaxis"),
				adt("A40", "090000", person("K100"), "MRG|K200^^^OAK^MR"))
			shows(t, s, "K100", "Penicillin|SV|Rash, Anaphylaxis")
			undo(t, s, "K200")
			shows(t, s, "K100", "Penicillin|MI|Rash")
			shows(t, s, "K200", "Penicillin|SV|Anaphylaxis")
			list, err := s.Merges(t.Context(), false)
			ok(t, err)
			ok(t, s.Remerge(t.Context(), list[0].ID, patient.Signed{Staff: "n1"}, "one person"))
			sendAll(t, s, adt("A60", "110000", person("K100"), "IAM|1|DA|^Latex|||A"))
			if a := find(t, s, "K100").Allergic; len(a) != 2 || !slices.ContainsFunc(a, func(a patient.Allergy) bool {
				return a.Substance == "Penicillin" && a.Severity == "SV" && strings.Contains(a.Reaction, "Anaphylaxis")
			}) {
				t.Errorf("%+v", a)
			}
		})
	}
}

// undo undoes the merge of who had this number.
func undo(t *testing.T, s *records.Store, merged string) {
	t.Helper()
	list, err := s.Merges(t.Context(), true)
	ok(t, err)
	for _, m := range list {
		if m.Merged.MRN == merged {
			ok(t, s.Unmerge(t.Context(), m.ID, patient.Signed{Staff: "n1"}, "two people"))
		}
	}
}
