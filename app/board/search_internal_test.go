package board

import "testing"

// What a text finds: a word is a part of one name or number, several may be of both names, and the whole name of a bed
// is that bed. A text without a letter or a digit finds nobody.
// Seen red with both names in one key (lima), with a word for the bed not taken off (bed 2), and with Found of no
// letters.
func TestFound(t *testing.T) {
	row := func(surname, given, mrn, bed string) Row {
		r := Row{Patient: "p", Surname: surname, Given: given, MRN: mrn, Bed: bed}
		r.find, r.names = findKey(r)
		return r
	}
	li, kim := row("LI", "Mary", "700 1020", "02"), row("KIM", "Li Mae", "700 2002", "20")
	for _, c := range []struct {
		text    string
		li, kim bool
	}{
		{"lima", false, true}, {"li ma", true, true}, {"li, mary", true, false}, {"mary li", true, false},
		{"maryli", false, false},
		{"li", true, true}, {"mae kim", false, true}, {"kim li", false, true},
		{"700 10", true, false}, {"70010", true, false},
		{"bed 2", true, false}, {"bed 02", true, false}, {"bed 20", false, true}, {"2", true, true}, {"bed", false, false},
		{"", false, false}, {" ", false, false}, {"-", false, false}, {"´", false, false}, {"\u200b", false, false},
	} {
		if li, kim := li.Found(c.text), kim.Found(c.text); li != c.li || kim != c.kim {
			t.Errorf("%q finds LI, Mary: %v, KIM, Li Mae: %v", c.text, li, kim)
		}
	}
	if empty := (Row{Bed: "02"}); empty.Found("2") || !empty.IsBed("bed 2") || empty.InBed("2") {
		t.Error("an empty bed is no patient, and is that bed")
	}
}
