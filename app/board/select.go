package board

import (
	"sort"
	"strings"

	"github.com/wardlight/wardlight/app/vitals"
)

// Order is how rows are sorted.
type Order int

// The orders.
const (
	ByAcuity Order = iota
	ByBed
	ByDue
)

// Filter is which rows are shown.
type Filter int

// The filters.
const (
	All Filter = iota
	Mine
	Overdue
)

// Query is what a nurse asked to see.
type Query struct {
	Order  Order
	Filter Filter
	Text   string // part of a name, an MRN or a bed
	Mine   func(patientID string) bool
}

// Select returns the rows of a query, sorted; the snapshot is left as it is.
// Patients come before empty beds. Equal rows keep bed order, so that nothing
// jumps.
func (s Snapshot) Select(q Query) []Row {
	text := Fold(q.Text)
	out := make([]Row, 0, len(s.Rows))
	for _, r := range s.Rows {
		if keep(r, q, text) {
			out = append(out, r)
		}
	}
	sort.SliceStable(out, func(i, j int) bool { return less(out[i], out[j], q.Order) })
	return out
}

func keep(r Row, q Query, text string) bool {
	switch {
	case q.Filter == Mine && (r.Patient == "" || q.Mine == nil || !q.Mine(r.Patient)),
		q.Filter == Overdue && r.Overdue <= 0:
		return false
	case text == "":
		return true
	}
	return strings.Contains(Fold(r.Surname+r.Given), text) ||
		strings.Contains(Fold(r.Given+r.Surname), text) ||
		strings.Contains(Fold(r.MRN), text) ||
		Fold(r.Bed) == text || strings.TrimLeft(Fold(r.Bed), "0") == text
}

func less(a, b Row, o Order) bool {
	if (a.Patient == "") != (b.Patient == "") {
		return a.Patient != ""
	}
	if a.Patient == "" {
		return lessBed(a.Bed, b.Bed)
	}
	switch o {
	case ByAcuity:
		if x, y := acuity(a), acuity(b); x != y {
			return x > y
		}
	case ByDue:
		if !a.Due.Equal(b.Due) {
			return !a.Due.IsZero() && (b.Due.IsZero() || a.Due.Before(b.Due))
		}
	}
	return lessBed(a.Bed, b.Bed)
}

// acuity puts the risk band first, so that a single 3 stands above a plain 4,
// then the total.
func acuity(r Row) int {
	band := map[vitals.Risk]int{vitals.RiskHigh: 4, vitals.RiskMedium: 3, vitals.RiskLowMedium: 2, vitals.RiskLow: 1}[r.Badge.Risk]
	return band*100 + r.Badge.Total
}
