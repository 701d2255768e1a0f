// Package patient holds who a patient is, what the ward must know at a glance
// (Summary) and the cached reader of it.
package patient

import (
	"strings"
	"time"
	"unicode"

	"github.com/wardlight/wardlight/app/tongue"
	"github.com/wardlight/wardlight/app/vitals"
)

// Sex is administrative sex as sent by the source (HL7 table 0001).
type Sex string

// The values the ward shows in words; any other is shown as sent.
const (
	Female  Sex = "F"
	Male    Sex = "M"
	Other   Sex = "O"
	Unknown Sex = "U"
)

// Identifier is one number a patient is known by and who gave it.
type Identifier struct {
	Authority string `json:"authority"`
	Type      string `json:"type"` // as [NumberType] writes it
	Value     string `json:"value"`
	// Former is a number that was the patient's before, or that of a record that
	// was merged: it still finds them.
	Former bool `json:"former,omitempty"`
}

// Patient is who a person is. ID is the record's own and never shown.
type Patient struct {
	ID      string `json:"id"`
	Surname string `json:"surname"`
	Given   string `json:"given"`
	// Born is the date of birth at midnight UTC; zero if not known.
	Born time.Time `json:"born"`
	// BornIn says that only part of Born is known: the year, or year and month.
	BornIn      BornIn       `json:"bornIn,omitempty"`
	Sex         Sex          `json:"sex"`
	MRN         string       `json:"mrn"`
	Identifiers []Identifier `json:"identifiers,omitempty"`
	Deceased    bool         `json:"deceased,omitempty"`
	Died        time.Time    `json:"died,omitzero"` // if Deceased; zero if nobody said when
	Pregnant    bool         `json:"pregnant,omitempty"`
	// Cleaned means that the name held characters that steer a screen (direction
	// overrides, controls) and that were taken out.
	Cleaned bool `json:"cleaned,omitempty"`
	// MergedInto is the surviving patient's ID after a merge; else empty.
	MergedInto string `json:"mergedInto,omitempty"`
	// Linked are the MRNs of other records that another system holds for this
	// person's too. They stay apart.
	Linked []string `json:"linked,omitempty"`
}

// BornIn is how much of a date of birth is known.
type BornIn string

// What may be known of a date of birth that is not zero.
const (
	WholeDate BornIn = ""
	YearMonth BornIn = "month" // the day stands as the first
	YearOnly  BornIn = "year"  // month and day stand as the first of January
)

// Age is the patient's age in whole years at now; -1 if Born is not known, or is to
// come: that is a slip of whoever sent it, not a newborn.
func (p Patient) Age(now time.Time) int {
	if p.Born.IsZero() || p.Born.After(now.AddDate(0, 0, 1)) {
		return -1
	}
	years := now.Year() - p.Born.Year()
	if now.Month() < p.Born.Month() || now.Month() == p.Born.Month() && now.Day() < p.Born.Day() {
		years--
	}
	return max(years, 0)
}

// Family is "SURNAME", as a button names a patient.
func (p Patient) Family() string {
	if s := strings.ToUpper(strings.TrimSpace(p.Surname)); s != "" {
		return s
	}
	return tongue.T("(NO SURNAME)")
}

// Name is "SURNAME, Given", the order that never changes.
func (p Patient) Name() string {
	s := p.Family()
	if g := strings.TrimSpace(p.Given); g != "" {
		return s + ", " + g
	}
	return s
}

// GroupedMRN is the MRN set in threes for reading aloud: "700 4821".
func (p Patient) GroupedMRN() string { return GroupDigits(p.MRN) }

// GroupDigits parts a long all-digit number into a leading group and groups of
// four from the right, as MRNs are read aloud. Anything else is left as it is.
func GroupDigits(s string) string {
	if len(s) < 6 || strings.ContainsFunc(s, func(r rune) bool { return !unicode.IsDigit(r) }) {
		return s
	}
	var parts []string
	for len(s) > 4 {
		parts = append([]string{s[len(s)-4:]}, parts...)
		s = s[:len(s)-4]
	}
	return strings.Join(append([]string{s}, parts...), " ")
}

// AllergyStatus tells "none known" from "nobody asked".
type AllergyStatus string

// The allergy states. The zero value is the cautious one.
const (
	AllergiesNotRecorded AllergyStatus = ""
	NoKnownAllergies     AllergyStatus = "none-known"
	AllergiesRecorded    AllergyStatus = "recorded"
	// NoKnownDrugAllergies says nothing of food, latex and the rest.
	NoKnownDrugAllergies AllergyStatus = "none-known-drug"
)

// Allergy is one substance and what it did.
type Allergy struct {
	Substance string `json:"substance"`
	Reaction  string `json:"reaction,omitempty"` // all of them
	Severity  string `json:"severity,omitempty"` // as sent: SV, MO, MI
	Type      string `json:"type,omitempty"`     // HL7 table 0127: DA drug, FA food, ...
	Code      string `json:"code,omitempty"`     // as coded by System, or empty
	System    string `json:"system,omitempty"`
	// Since is the day from which it is known, at midnight UTC; zero if nobody said.
	Since time.Time `json:"since,omitzero"`
	// Entry is the sender's identifier of this entry (IAM-7), where a message gives
	// one. What is shown has none: all entries of a substance are one allergy.
	Entry string `json:"-"`
}

// FlagKind is something everybody at the bed must know.
type FlagKind string

// The flags the board draws.
const (
	FlagDNACPR     FlagKind = "dnacpr" // do not attempt resuscitation
	FlagIsolation  FlagKind = "isolation"
	FlagFalls      FlagKind = "falls"
	FlagScale2     FlagKind = "spo2-scale-2" // prescriber's decision
	FlagPressure   FlagKind = "pressure"     // skin at risk
	FlagNilByMouth FlagKind = "nil-by-mouth"
	FlagSensitive  FlagKind = "sensitive" // record with restricted access
)

// Flag is a flag with what it says and who set it.
type Flag struct {
	Kind FlagKind `json:"kind"`
	Text string   `json:"text,omitempty"`
}

// Summary is what a board tile and a patient banner show. It is what the cache
// holds.
type Summary struct {
	Patient Patient   `json:"patient"`
	Ward    string    `json:"ward"`
	Bed     string    `json:"bed"`
	Room    string    `json:"room,omitempty"` // of a patient without a bed, if it is known
	Leave   time.Time `json:"leave,omitzero"` // on leave since; zero: here
	// Left is when the patient was discharged last, of one who is not in the house.
	Left     time.Time     `json:"left,omitzero"`
	Planned  *Planned      `json:"planned,omitempty"`
	Admitted time.Time     `json:"admitted"`
	Reason   string        `json:"reason,omitempty"` // why the patient is here
	Allergy  AllergyStatus `json:"allergy"`
	Allergic []Allergy     `json:"allergic,omitempty"`
	// Told says since when what stands was said. Imports read it; a summary of a
	// board has none, and keeping one without it leaves what the record has.
	Told  Told   `json:"-"`
	Flags []Flag `json:"flags,omitempty"`
	// Recent holds the latest observation sets, newest first: [RecentSets], what else is of
	// the oldest moment, and older ones by which a patient still scores; behind them
	// of those that are dated in the future what [vitals.Foremost] keeps.
	Recent []vitals.Observation `json:"recent,omitempty"`
	// Versions maps a chart section to its version in the record.
	Versions map[string]int64 `json:"versions,omitempty"`
	// Revision grows with every change of this patient in the record: a cached
	// summary is never replaced by one with a lower Revision.
	Revision int64 `json:"revision"`
}

// Planned is a move that another system announced and that has not happened.
type Planned struct {
	What PlannedMove `json:"what"`
	To   string      `json:"to,omitempty"` // ward and bed, as they are shown
	At   time.Time   `json:"at,omitzero"`  // zero if nobody said when
}

// PlannedMove is a kind of move that is announced.
type PlannedMove string

// The moves that are announced.
const (
	PlannedAdmission PlannedMove = "admission"
	PlannedTransfer  PlannedMove = "transfer"
	PlannedDischarge PlannedMove = "discharge"
)

// RecentSets is how many observation sets a summary carries.
const RecentSets = 24

// Has reports whether the patient carries a flag.
func (s Summary) Has(k FlagKind) bool {
	for _, f := range s.Flags {
		if f.Kind == k {
			return true
		}
	}
	return false
}

// OfStay are those of the patient's sets (newest first) by which they are scored now: those since they were
// admitted, see [vitals.OfStay]. An admission that is still to come has begun no stay.
func (s Summary) OfStay(sets []vitals.Observation, now time.Time) []vitals.Observation {
	if s.Admitted.After(now) {
		return sets
	}
	return vitals.OfStay(sets, s.Admitted)
}

// Latest is the newest set in which anything was measured, and whether there is
// one.
func (s Summary) Latest() (vitals.Observation, bool) { return vitals.Latest(s.Recent) }
