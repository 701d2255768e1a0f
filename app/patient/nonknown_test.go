package patient_test

import (
	"strings"
	"testing"

	"github.com/wardlight/wardlight/app/patient"
)

// What says that no allergy is known, as systems and people write it.
func TestNoneKnown(t *testing.T) {
	none, drug, unsaid := patient.NoKnownAllergies, patient.NoKnownDrugAllergies, patient.AllergiesNotRecorded
	for said, want := range map[string]patient.AllergyStatus{
		"NKA|": none, "NKA|No Known Allergies": none, "716186003|No known allergy": none, "NONE|None": none,
		"|no known allergies": none,
		"|Nil known":          none, "|Keine Allergien bekannt": none, "|No allergies": none,
		"|Patient denies allergies": none, "|Allergies: none": none,
		"|None reported": none, "|Aucune allergie connue": none, "|NKA.": none, "|No Known Allergies (NKA)": none,
		"|NKA - no known allergies": none,
		"|Nil known allergies":      none, "|KEINE ALLERGIEN": none, "|Allergien: keine": none,
		"|No Known Allergy (situation)": none, "0|None": none,
		"|Keine bekannten Allergien oder Unverträglichkeiten": none, "|Allergies: NKA": none,
		"|Pas d’allergie connue": none, "|N.K.A.": none,
		"|NKDA": drug, "|N.K.D.A.": drug, "NKDA|": drug, "409137002|": drug, "|No known drug allergies": drug,
		"|Medication allergies: none":        drug,
		"|No Known Drug Allergy (situation)": drug, "|no known medication allergies": drug,
		"|Keine Arzneimittelallergien bekannt": drug,
		"|Keine Medikamentenallergie":          drug, "|No drug allergies known": drug,
		"|No known food or drug allergies": drug, "|NKDA, NKFA": unsaid,
		"NKA|No known drug allergies": drug, "716186003|No known drug allergies": drug,
		"|Unknown": unsaid, "|No allergies on file": unsaid, "429625007|No known food allergy": unsaid,
		"|No known latex allergy": unsaid,
		"428607008|":              unsaid, "NKFA|": unsaid, "|Allergy status unknown": unsaid,
		"|Allergies not on file": unsaid, "|Refused to say": unsaid,
		"|Patient unable to state allergies": unsaid, "|No information on allergies": unsaid,
		"|No allergy information available": unsaid,
		"|No allergies verified":            unsaid, "NKA|Unknown": unsaid, "|-": unsaid,
		"|No Known Allergies (Other Types)": unsaid, "|Allergien nicht bekannt": unsaid,
	} {
		if name, got, against := substance(said); name != "" || got != want || against {
			t.Errorf("%q: %q %q %v", said, name, got, against)
		}
	}
}

// Whatever is not one of these sentences as a whole names something, and is shown as it
// was sent.
//
// Seen red: with a text that begins with "no" and has "allerg" in it in the place of
// the list, and with the code before the text.
func TestWhatNamesAnAllergyIsShown(t *testing.T) {
	for _, said := range []string{
		"No known allergies except penicillin", "No allergies apart from penicillin (anaphylaxis)",
		"Patient allergic to Novobiocin",
		"Patient is allergic to Nortriptyline", "Patient denies allergies; wife reports penicillin allergy",
		"Patient unable to state allergies, not conscious", "Keine Allergien außer Penicillin",
		"KEINE PENICILLINALLERGIE",
		"No known penicillin allergy", "No known egg allergy", "No peanut allergy", "Not known allergy to iodine",
		"No longer allergic to amoxicillin",
		"Not tested for allergy", "None of the allergy tests negative: penicillin",
		"No known drug allergies, allergic to peanuts",
		"Not allergic to latex but severe allergy to penicillin", "Without allergy to latex", "Nitrofurantoin allergy",
		"Non-steroidal anti-inflammatory allergy",
		"No known allergies?", "Allergies: none. Penicillin", "Penicillin. No known allergies",
		"No known allergies + latex", "No known allergies 🥜",
		"NKA except latex", "NKDA, peanuts", "None Penicillin", "Allergies: none known, penicillin", "No", "Nickel",
		"Latex", "Nonoxynol",
		"Sulfa & trimethoprim", "Allergy to nuts", "Drug allergy", "Nitrofurantoin", "Allergies?: none",
	} {
		for _, code := range []string{"", "P", "NKA", "NONE", "716186003", "409137002", "UNK"} {
			name, status, against := substance(code + "|" + said)
			if name != said || status != patient.AllergiesRecorded || against != (code != "" && code != "P") {
				t.Errorf("%s %q: %q %q %v", code, said, name, status, against)
			}
		}
	}
	if name, _, _ := patient.Substance([]string{"7980"}, nil); name != "7980" {
		t.Errorf("a code alone is %q", name)
	}
	if name, _, against := patient.Substance([]string{"716186003"},
		[]string{"No known allergy", "NKA except latex"}); name != "NKA except latex" || !against {
		t.Errorf("%q %v", name, against)
	}
	if name, _, against := patient.Substance([]string{"NKA", "P"}, nil); name != "P" || !against {
		t.Errorf("%q %v", name, against)
	}
}

func substance(said string) (string, patient.AllergyStatus, bool) {
	code, text, _ := strings.Cut(said, "|")
	var codes, texts []string
	if code != "" {
		codes = []string{code}
	}
	if text != "" {
		texts = []string{text}
	}
	return patient.Substance(codes, texts)
}
