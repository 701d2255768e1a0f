package board

import (
	"cmp"
	"slices"
	"strings"

	"github.com/wardlight/wardlight/app/alert"
	"github.com/wardlight/wardlight/app/patient"
	"github.com/wardlight/wardlight/app/tongue"
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
	Attention
)

// Query is what a nurse asked to see.
type Query struct {
	Order  Order
	Filter Filter
	Text   string // part of a name, an MRN or a bed
	// Me is whose patients the filter Mine keeps: a staff ID.
	Me string
}

// Select returns the rows of a query, sorted; the snapshot is left as it is.
// Patients come before empty beds, and a patient without a bed before all: nobody walks by
// them. Equal rows keep bed order, so that nothing jumps.
func (s Snapshot) Select(q Query) []Row {
	text := sought(q.Text)
	kept := make([]*Row, 0, len(s.Rows)) // a row is large: sort where it is not moved
	for i := range s.Rows {
		if keep(&s.Rows[i], q, text) {
			kept = append(kept, &s.Rows[i])
		}
	}
	slices.SortStableFunc(kept, func(a, b *Row) int {
		if here := a.inBed(text); here != b.inBed(text) { // whoever types a bed means it
			return first(here)
		}
		return compare(a, b, q.Order)
	})
	out := make([]Row, len(kept))
	for i, r := range kept {
		out[i] = *r
	}
	return out
}

func keep(r *Row, q Query, text searched) bool {
	switch {
	case q.Filter == Mine && !r.Has(q.Me),
		q.Filter == Overdue && r.Overdue <= 0,
		q.Filter == Attention && !r.Attention():
		return false
	case text.letters == "":
		return true
	}
	return r.found(text)
}

// searched is the text of a search.
type searched struct {
	letters string
	words   bool   // it has several: they may be of the surname and of the given name
	bed     string // its letters without the word for a bed
}

func sought(text string) searched {
	letters := patient.Letters(text)
	return searched{letters, strings.Contains(patient.Fold(text), " "),
		strings.TrimPrefix(letters, patient.Letters(tongue.Tf("bed %s", "")))}
}

func (r *Row) found(t searched) bool {
	return strings.Contains(r.find, t.letters) || t.words && strings.Contains(r.names, t.letters) || r.inBed(t)
}

// Found reports whether a search for a text shows a patient of the row, whatever the filter hides.
func (r *Row) Found(text string) bool {
	t := sought(text)
	return r.Patient != "" && t.letters != "" && r.found(t)
}

// InBed reports whether a search's text is the whole name of the bed in which the patient lies.
func (r *Row) InBed(text string) bool { return r.Patient != "" && r.IsBed(text) }

// IsBed reports whether a search's text is the whole name of the row's bed, whoever lies there.
func (r *Row) IsBed(text string) bool { return r.inBed(sought(text)) }

func (r *Row) inBed(t searched) bool {
	bed := patient.Letters(r.Bed)
	for _, is := range [...]string{bed, strings.TrimLeft(bed, "0")} {
		if is != "" && (is == t.letters || is == t.bed) {
			return true
		}
	}
	return false
}

func first(is bool) int {
	if is {
		return -1
	}
	return 1
}

// findKey is a row as a search reads it: made once with the board, not once a
// key press. names are both names in both orders, for a text of several words: one word is
// a part of one name, as "lima" is of LIMA and not of LI, Mary. The bed is compared whole.
func findKey(r Row) (key, names string) {
	surname, given := patient.Letters(r.Surname), patient.Letters(r.Given)
	key = surname + "\x00" + given + "\x00" + patient.Letters(r.MRN)
	names = surname + given + "\x00" + given + surname
	if r.Bed == "" {
		key += "\x00" + patient.Letters(r.Place()) + "\x00" + patient.Letters(tongue.T("No bed"))
	}
	return key, names
}

// compare puts patients without a bed first, then occupied beds, within these what
// was asked for, then the corridor's order.
func compare(a, b *Row, o Order) int {
	if (a.Patient == "") != (b.Patient == "") {
		if a.Patient != "" {
			return -1
		}
		return 1
	}
	if (a.Bed == "") != (b.Bed == "") {
		if a.Bed == "" {
			return -1
		}
		return 1
	}
	order := 0
	switch {
	case a.Patient == "":
	case o == ByAcuity:
		order = acuity(b) - acuity(a)
	case o == ByDue && a.Due.IsZero() != b.Due.IsZero():
		order = 1
		if b.Due.IsZero() {
			order = -1
		}
	case o == ByDue:
		order = a.Due.Compare(b.Due)
	}
	if order != 0 {
		return order
	}
	return cmp.Or(compareBeds(a.Bed, b.Bed), strings.Compare(a.Patient, b.Patient))
}

// acuity puts the risk band first, so that a single 3 stands above a plain 4,
// then the total. Whoever has a high alert open stands with the high scores, whatever
// they score and whether they are scored at all: a chart of an hour ago must not bury
// an alert of now. Nor may one for whom a device sent 0 stand below who is well: a
// sensor is off, or a heart stands still, and nobody has looked yet.
func acuity(r *Row) int {
	band := 0
	switch r.Badge.Risk {
	case vitals.RiskMedium:
		band = 3
	case vitals.RiskLowMedium:
		band = 2
	case vitals.RiskLow:
		band = 1
	}
	if r.IsHigh() {
		band = 4
	}
	if r.Is(ZeroSent) {
		band = max(band, 3)
	}
	return band*100 + r.Badge.Total
}

// IsHigh reports whether the score or an open alert puts the patient first on the ward.
func (r *Row) IsHigh() bool {
	return r.Badge.Risk == vitals.RiskHigh || r.Alert != "" && r.Alert.Rank() == alert.High.Rank()
}
