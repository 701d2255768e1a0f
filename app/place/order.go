package place

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
)

// rank is the order of events of which everything else is equal: an admission
// comes before a transfer, a transfer before a discharge, a cancel last.
var rank = map[Kind]int{
	Put:           1,
	PlanAdmission: 2,
	Register:      3,
	Admit:         4,
	ToInpatient:   5,
	ToOutpatient:  6,
	PlanTransfer:  7,
	Transfer:      8,
	Update:        9,
	Leave:         10,
	Return:        11,
	PlanDischarge: 12,
	Discharge:     13,
}

// order is the events as they happened, each once. It is total: whatever the
// order in which events came, they come out in this one.
func order(events []Event) []Event {
	out := slices.Clone(events)
	slices.SortFunc(out, func(a, b Event) int {
		if c := cmp.Or(a.At.Compare(b.At), a.Recorded.Compare(b.Recorded), a.Sent.Compare(b.Sent)); c != 0 {
			return c
		}
		as, an := counted(a.Control)
		bs, bn := counted(b.Control)
		return cmp.Or(
			cmp.Compare(as, bs),
			cmp.Compare(an, bn),
			cmp.Compare(ranked(a.Kind), ranked(b.Kind)),
			cmp.Compare(a.ID, b.ID),
		)
	})
	return slices.CompactFunc(out, func(a, b Event) bool { return a.ID == b.ID })
}

func ranked(k Kind) int {
	if n := rank[k]; n > 0 {
		return n
	}
	return len(rank) + 1
}

// counted reads a control ID that counts messages, "c12" or "4711". Any other
// says nothing of order: it is the same as none.
func counted(control string) (prefix string, n uint64) {
	digits := strings.IndexAny(control, "0123456789")
	if digits < 0 || len(control)-digits > 18 {
		return "", 0
	}
	n, err := strconv.ParseUint(control[digits:], 10, 64)
	if err != nil {
		return "", 0
	}
	return control[:digits], n
}
