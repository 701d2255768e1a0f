package patient_test

import (
	"fmt"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/wardlight/wardlight/app/patient"
)

// What several messages say of a patient ends the same in whatever order they come,
// and as it does in the order of their events. An identifier is that of one substance
// here: what is told under another name of it counts in the order in which it comes
// ([patient.Summary.React]).
//
// Seen red: with "the last to come counts" in Word.over, and with the list of
// allergies replaced whenever one comes.
func TestWhatIsToldEndsAsTheOrderOfEvents(t *testing.T) {
	t0 := time.Date(2026, 3, 1, 8, 0, 0, 0, time.UTC)
	substances := []string{"Latex", "Penicillin", "Eggs", "Nuts"}
	type said struct {
		at   time.Time
		what int
		name patient.FullName
		born patient.Birth
		sex  patient.Sex
		a    patient.Allergies
	}
	tell := func(s *patient.Summary, m said) {
		w := patient.Word{At: m.at}
		switch m.what {
		case 0:
			s.Call(w, m.name)
		case 1:
			s.Bear(w, m.born)
		case 2:
			s.Sexed(w, m.sex)
		case 3:
			s.Die(w, m.sex == patient.Male, m.at)
		default:
			s.React(w, m.a)
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		var all []said
		for n := range rapid.IntRange(1, 9).Draw(t, "messages") {
			m := said{at: t0.Add(time.Duration(n) * time.Minute), what: rapid.IntRange(0, 6).Draw(t, "what")}
			m.name = rapid.SampledFrom([]patient.FullName{{Surname: "Marsh", Given: "Ada"},
				{Surname: "Brook", Given: "Tom"},
				{Surname: "UNKNOWN", Given: "MAN"}, {Surname: "Fell", Given: ""}}).Draw(t, "name")
			if m.name.Given == "" {
				m.name.Given = "Ian"
			}
			m.born = birth(rapid.SampledFrom([]string{"1960-01-02", "1941", ""}).Draw(t, "born"))
			m.sex = rapid.SampledFrom([]patient.Sex{patient.Male, patient.Female, patient.Unknown}).Draw(t, "sex")
			list := rapid.SliceOfNDistinct(rapid.SampledFrom(substances), 0, 3, rapid.ID).Draw(t, "substances")
			for _, s := range list {
				entry := rapid.SampledFrom([]string{"", "1", "2"}).Draw(t, "entry")
				if entry != "" {
					entry = s[:1] + entry
				}
				m.a.Has = append(m.a.Has, patient.Allergy{Substance: s, Reaction: fmt.Sprint("of ", n), Entry: entry})
			}
			switch rapid.IntRange(0, 3).Draw(t, "kind") {
			case 0:
				m.a.Whole = true
			case 1:
				m.a.Gone, m.a.Has = m.a.Has, nil
			case 2:
				m.a = patient.Allergies{None: rapid.SampledFrom([]patient.AllergyStatus{patient.NoKnownAllergies,
					patient.NoKnownDrugAllergies}).Draw(t, "none")}
			}
			all = append(all, m)
		}
		var inOrder, asCame patient.Summary
		for _, m := range all {
			tell(&inOrder, m)
		}
		for _, n := range rapid.Permutation(indexes(len(all))).Draw(t, "order") {
			tell(&asCame, all[n])
			if rapid.Bool().Draw(t, "again") {
				tell(&asCame, all[n])
			}
		}
		inOrder.Told, asCame.Told = patient.Told{}, patient.Told{}
		if a, b := fmt.Sprintf("%+v", inOrder), fmt.Sprintf("%+v", asCame); a != b {
			t.Fatalf("in order\n%s\nas they came\n%s", a, b)
		}
	})
}

func indexes(n int) []int {
	out := make([]int, n)
	for i := range out {
		out[i] = i
	}
	return out
}

// "None known" is no reason to forget what is recorded.
func TestNoneKnownTakesNothingAway(t *testing.T) {
	at := time.Date(2026, 3, 1, 8, 0, 0, 0, time.UTC)
	var s patient.Summary
	s.React(patient.Word{At: at}, patient.Allergies{Whole: true, Has: []patient.Allergy{{Substance: "Latex"}}})
	did := s.React(patient.Word{At: at.Add(time.Hour)}, patient.Allergies{None: patient.NoKnownAllergies})
	if did.Left != 0 || !did.Against || s.Allergy != patient.AllergiesRecorded || len(s.Allergic) != 1 {
		t.Errorf("%+v, %+v", s, did)
	}
	did = s.React(patient.Word{At: at.Add(2 * time.Hour)},
		patient.Allergies{Whole: true, Has: []patient.Allergy{{Substance: "Eggs"}}})
	if did.Left != 1 || len(s.Allergic) != 1 || s.Allergic[0].Substance != "Eggs" {
		t.Errorf("%+v, %+v", s, did)
	}
	s.React(patient.Word{At: at.Add(3 * time.Hour)}, patient.Allergies{Whole: true})
	if len(s.Allergic) != 0 || s.Allergy != patient.AllergiesNotRecorded {
		t.Errorf("deleted, and %+v", s)
	}
}
