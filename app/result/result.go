// Package result says which value a report's lines stand for: what belongs
// together of all that a source said of one value, which of it stands, and what a
// set of observations then holds. It is pure: no clock, no I/O. Everything is a
// function of the set of what was sent, so that the order of arrival decides
// nothing that the source itself has not left open.
package result

import (
	"cmp"
	"strconv"
	"strings"
	"time"

	"github.com/wardlight/wardlight/app/vitals"
)

// Result is one version of one value of a report, as it was sent (HL7: one OBX).
// Versions are only added: a correction is one more.
type Result struct {
	ID      string
	Patient string
	// For is the record whose number the message gave, if that was merged into the
	// patient's: an undo of the merge gives the version back. It is not read again.
	For string
	// Message is the key of the message that it came with, Part the place of its
	// order (OBR) in there and Place its own, both from 1.
	Message string
	Part    int
	Place   int
	Source  string // sending application and facility: MSH-3, MSH-4

	Order     string    // the filler's order number, OBR-3; else [Placer] and OBR-2; "" if there is none
	OrderCode string    // OBR-4.1
	OrderName string    // OBR-4.2
	OrderAt   time.Time // OBR-7; zero if it has none
	OrderNote string    // NTE-3 after the OBR

	Code   string // OBX-3.1
	Name   string // OBX-3.2
	System string // OBX-3.3
	SubID  string // OBX-4
	Sensor string // the source's name of the sensor, of several: OBX-4, else OBX-18
	Type   string // OBX-2
	Value  string // OBX-5 as text: "<15" stays "<15"
	Raw    string // OBX-5 as it was sent, where Value does not say all of it
	Unit   string // OBX-6
	Range  string // OBX-7
	Flag   string // OBX-8: H, L, HH, LL, A, ... as sent, "~" between several
	Status string // OBX-11 as sent
	Note   string // NTE-3 after the OBX

	// Effect is what OBX-11 and OBR-25 say together, see [Effective].
	Effect Status
	// StatusAt is when the source gave it this status: OBR-22, else MSH-7.
	StatusAt time.Time
	SentAt   time.Time // MSH-7
	// Taken is when it was measured. TakenFrom is the field that said so: OBX-14,
	// OBR-7 or MSH-7; [NoTime] means that no time could be read: Taken is then when
	// it was sent or received, for a list to have a place for it, and nothing is
	// charted.
	Taken     time.Time
	TakenFrom string
	Received  time.Time
	// Arrived orders versions of one value by when the record got them.
	Arrived int64

	// Sign is which value of a set of observations this is; "" if none.
	Sign vitals.Quantity
	// Number is the value of a numeric sign in its own unit, nil if it could not be
	// read; Word that of a sign in words.
	Number *float64
	Word   string
	// Zero: a device sent 0 for a sign that cannot be 0.
	Zero bool

	// Void is why a person took the version back (it was charted for another
	// patient): it counts for nothing. "" if it counts.
	Void   string
	VoidBy string
	VoidAt time.Time

	// What the record found when it last looked at all versions together.
	ValueID string    // the value that it is a version of
	ValueAt time.Time // when that was measured
	SetID   string    // the set of observations that the value is charted in; "" if in none
	Stands  bool      // the value is what this version says
	Loose   bool      // a version that is still to come may change what this one belongs to
}

// Placer stands before an order number of the placer's (OBR-2), where there is none of
// the filler's yet: one may come with the final.
const Placer = "placer "

// systems are other names of coding systems.
var systems = map[string]string{"LOINC": "LN", "LNC": "LN", "HTTP://LOINC.ORG": "LN", "2.16.840.1.113883.6.1": "LN",
	"URN:OID:2.16.840.1.113883.6.1": "LN", "2.16.840.1.113883.6.24": "MDC", "URN:OID:2.16.840.1.113883.6.24": "MDC",
	"URN:ISO:STD:ISO:11073:10101": "MDC"}

// Item names what is measured or asked for, and with which sensor: the code with its
// system, whatever words stand beside it. Versions of one value have the same. Who
// sent it is not part of it: an application may get another name between a value and
// its correction. Where there is no order to go by, [Values] asks for the source.
func (r Result) Item() string {
	code, system := strings.ToUpper(r.Code), strings.ToUpper(r.System)
	if code == "" {
		code = strings.ToUpper(r.Name)
	}
	if other := systems[system]; other != "" {
		system = other
	}
	switch {
	case system == "" && loinc(code):
		system = "LN"
	case system == "" && strings.HasPrefix(code, "MDC_"):
		system = "MDC"
	}
	return strings.Join([]string{code, system, r.SubID}, "|")
}

// loinc reports whether a code is written as LOINC writes its own: digits, a
// hyphen, a check digit.
func loinc(code string) bool {
	digits, check, found := strings.Cut(code, "-")
	return found && len(check) == 1 && digits != "" && strings.Trim(digits+check, "0123456789") == ""
}

// Group is what values of one set of observations have in common beside the
// patient and the source: the order, or, without a number of one, its place in
// its message.
func (r Result) Group() string {
	if r.Order != "" {
		return "order " + r.Order
	}
	return "message " + r.Message + " " + strconv.Itoa(r.Part)
}

// timed reports whether the source said when it was measured, and not only when
// it sent the message.
func (r Result) timed() bool {
	return strings.HasPrefix(r.TakenFrom, "OBX-14") || strings.HasPrefix(r.TakenFrom, "OBR-7")
}

// NoTime is where the time of a version came from of which none could be read.
const NoTime = "unknown"

// Compare orders versions by the time of their status, for a list; which of one value
// counts is more than that, see [Together]. It is the time of the status, then when the
// message was sent, then what it says (a preliminary before a final before a
// correction before a withdrawal), then the order of arrival.
func Compare(a, b Result) int {
	return cmp.Or(
		a.StatusAt.Compare(b.StatusAt),
		a.SentAt.Compare(b.SentAt),
		cmp.Compare(a.Effect.rank(), b.Effect.rank()),
		cmp.Compare(a.Arrived, b.Arrived),
		cmp.Compare(a.Place, b.Place),
		cmp.Compare(a.ID, b.ID),
	)
}
