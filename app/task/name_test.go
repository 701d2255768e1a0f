package task_test

import (
	"testing"
	"time"

	"github.com/wardlight/wardlight/app/task"
)

// However a medicine is written, it is the one that was just given.
//
// Seen red with texts taken apart at spaces alone, with digits alone as numbers, and
// without the list of forms and routes.
func TestMedicineIsKnownHoweverItIsWritten(t *testing.T) {
	again := func(a, b string) bool {
		given := dose("o1", b, -6*time.Hour, -10*time.Minute)
		return task.DoubtsOf(dose("t1", a, 0, open), task.Known{Others: []task.Task{given}}, "", now).Again.ID != ""
	}
	for one, all := range map[string][]string{
		"Paracetamol 1 g": {"Paracetamol (1 g)", "Paracetamol ½ g", "Paracetamol® 1 g", "Paracetamol-1g",
			"Paracetamol tablet 500 mg", "Paracetamol PO 1 g", "PARACETAMOL", "Paracetamol, 1 g",
			"Paracetamol: 1 g i.v.",
			"Paracetamol i.v. 1 g", "Paracetamol i. v. 1 g", "Paracetamol (p.o.) 1 g", "Paracetamol p.o./i.v.",
			"IV Paracetamol 1 g", "Paracetamol Tbl. 500 mg", "Paracetamol Filmtabletten", "Paracetamol ① g",
			"Paracetamol\u00a01\u00a0g", "Paracetamol Zäpfchen 1 g", "Paracetamol Za\u0308pfchen 1 g",
			"Paracetamol oral"},
		"Vitamin C 500 mg": {"vitamin c s.c.", "Vitamin C tab 1 g"},
		"Co-trimoxazole":   {"Cotrimoxazole 960 mg", "co trimoxazole (960 mg)"},
		"0.9 % NaCl":       {"0.9% NaCl 500 ml"},
		"Infusion 500 ml":  {"Infusion"},
	} {
		for _, other := range all {
			if !again(one, other) || !again(other, one) {
				t.Errorf("%q is not known as %q", other, one)
			}
		}
	}
	for _, c := range [][2]string{{"Vitamin C", "Vitamin K p.o."}, {"Infusion", "Tablet"}, {"5-FU", "6-MP"},
		{"0.9 % NaCl", "0.9 % KCl"}, {"Paracetamol tablet", "Ibuprofen tablet"}, {"500 ml", "1 g"},
		{"0.9 % infusion", "5 % infusion"}, {"Vitamin B12", "Vitamin B6"}, {"PEG 3350", "Tablet"}} {
		if again(c[0], c[1]) {
			t.Errorf("%q is taken for %q", c[0], c[1])
		}
	}
	// What is not found is written down in the comment on nameOf and in assets/docs/safety.md.
	for _, c := range [][2]string{{"Paracetamol", "Acetaminophen"}, {"Paracetamol 1 g", "1 g Paracetamol"},
		{"Morphine", "Morphine retard"}, {"Paracetamol", "Paracetamol1g"}} {
		if again(c[0], c[1]) {
			t.Errorf("%q is found as %q: say so", c[0], c[1])
		}
	}
}
