package board

import (
	"fmt"
	"math/rand/v2"
	"testing"
)

// Whatever the names, each row points at the first other row whose name is
// similar, found here by looking at every pair. Seen red with the shortened
// texts of the second name left out.
func TestLookAlikesAreThoseOfEveryPair(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for range 300 {
		rows := make([]Row, 2+r.IntN(30))
		for i := range rows {
			name := make([]rune, 4+r.IntN(3))
			for k := range name {
				name[k] = []rune("AÉNØS")[r.IntN(2+r.IntN(4))]
			}
			rows[i] = Row{Bed: fmt.Sprint(i), Patient: "p", Surname: string(name)}
		}
		want := make([]string, len(rows))
		for i := range rows {
			for j := range rows {
				if i != j && want[i] == "" && similar(nameKey(rows[i].Surname), nameKey(rows[j].Surname)) {
					want[i] = rows[j].Bed
				}
			}
		}
		markLookAlikes(rows)
		for i := range rows {
			if rows[i].LookAlike != want[i] {
				t.Fatalf("%s: %q, want %q", rows[i].Surname, rows[i].LookAlike, want[i])
			}
		}
	}
}

// One folding of names serves all: who is called alike in another spelling is marked,
// and who is searched without the letters of another keyboard is found. Seen red with
// a folding of the board's own, that knew neither ß nor Ł.
func TestNamesInTheirSpellings(t *testing.T) {
	row := func(bed, surname string) Row {
		r := Row{Bed: bed, Patient: bed, Surname: surname}
		r.find, r.names = findKey(r)
		return r
	}
	for _, pair := range [][2]string{{"STRAUSS", "Strauß"}, {"MÜLLER", "MUELLER"}, {"BØ", "BO"}} {
		rows := []Row{row("1", pair[0]), row("2", pair[1])}
		if markLookAlikes(rows); rows[0].LookAlike != "2" || rows[1].LookAlike != "1" {
			t.Errorf("%v: %q, %q", pair, rows[0].LookAlike, rows[1].LookAlike)
		}
	}
	for text, surname := range map[string]string{"lukas": "Łukasiewicz", "strauss": "Strauß", "een": "Queen",
		"oneill": "O'Neill", "smithj": "Smith-Jones"} {
		if got := (Snapshot{Rows: []Row{row("1", surname)}}).Select(Query{Text: text}); len(got) != 1 {
			t.Errorf("%q does not find %s", text, surname)
		}
	}
}

// The chart says what the board says: whose name is like another's, and of nobody else that it is. Seen red with the
// row of another patient taken.
func TestTheMarkOfAPatientIsTheirOwn(t *testing.T) {
	s := Snapshot{Rows: []Row{{Bed: "1", Patient: "a", Surname: "Doyle"}, {Bed: "2", Patient: "b", Surname: "Nowak"},
		{Bed: "3", Patient: "c", Surname: "Doyle"}}}
	markLookAlikes(s.Rows)
	if a, b := s.NameAlike("a"), s.NameAlike("b"); a.Guard != GuardLookAlike || a.Text == "" || b != (Chip{}) {
		t.Errorf("a %+v, b %+v", a, b)
	}
}
