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
				if i != j && want[i] == "" && similar(Fold(rows[i].Surname), Fold(rows[j].Surname)) {
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
