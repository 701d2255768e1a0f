package vitals

import (
	"errors"
	"fmt"
	"math"
	"regexp"
	"strconv"
	"strings"
)

// Errors of reading a number. Their texts name the quantity and its limits, never
// the value: they may go to logs.
var (
	// ErrNumber means that a text is no plain decimal number.
	ErrNumber = errors.New("no number")
	// ErrUnit means that a unit is not known, or not one of this quantity.
	ErrUnit = errors.New("not read in this unit")
	// ErrImpossible means that no patient can have this value.
	ErrImpossible = errors.New("not possible")
	// ErrZero means that a device sent exactly 0 for a sign that cannot be 0: its
	// sensor is off, or the patient is in arrest. It is to be shown and never scored.
	ErrZero = errors.New("0 sent, check the patient")
	// ErrOrder means that a diastolic pressure is not below its systolic one.
	ErrOrder = errors.New("diastolic pressure is not below systolic")
)

// Limits are the least and the most that is possible, both included.
type Limits struct {
	Least, Most float64
	// OrZero: 0 is possible besides.
	OrZero bool
}

// Hold reports whether v lies within the limits.
func (l Limits) Hold(v float64) bool {
	return v >= l.Least && v <= l.Most || l.OrZero && v == 0
}

// String is the limits in words: "5 and 100", "25 and 400 (or 0)".
func (l Limits) String() string {
	s := fmt.Sprintf("%v and %v", l.Least, l.Most)
	if l.OrZero {
		s += " (or 0)"
	}
	return s
}

// plain is the number of HL7 (NM): sign, digits, point. No exponent, no hexadecimal, no
// comma, no comparator: a text with any of them is not this number.
var plain = regexp.MustCompile(`^[+-]?(\d+\.?\d*|\.\d+)$`)

// longest is how many characters a number can have; more are no measurement.
const longest = 32

// Number reads a plain decimal number: "36.8", "+4", "-1". Space around it is
// ignored. ErrNumber.
func Number(text string) (float64, error) {
	text = strings.Trim(text, " \t")
	if len(text) > longest || !plain.MatchString(text) {
		return 0, ErrNumber
	}
	v, err := strconv.ParseFloat(text, 64)
	if err != nil {
		return 0, ErrNumber
	}
	return v, nil
}

// Read reads a number that came as text, in any unit that the quantity may have, and
// gives it in the quantity's own.
//
// The units are what the sender says of the unit, in any order, for example both
// identifiers and both texts of an HL7 coded element; empty ones say nothing. None said is
// the quantity's own, and for inspired oxygen up to 1 a fraction. One that is not known
// beside one that is known is a text for people; two that contradict each other, or only
// unknown ones, are an error: a unit is never guessed.
//
// Errors: [ErrNumber], [ErrUnit], [ErrImpossible], [ErrZero]. The value is 0 with each.
func (q Quantity) Read(text string, from Origin, units ...string) (float64, error) {
	n, is := numbers[q]
	if !is {
		return 0, fmt.Errorf("%s: %w", q, ErrNumber)
	}
	u, err := n.unitOf(units)
	if err != nil {
		return 0, fmt.Errorf("%s: %w", q, err)
	}
	v, err := Number(text)
	if err != nil {
		return 0, fmt.Errorf("%s: %w", q, err)
	}
	if u == none {
		u = n.unit
		if q == InspiredOxygen && v <= 1 {
			u = one
		}
	}
	if v == 0 { // before it is converted: 0 °F is a 0 that was sent
		if n.cannotBeZero && from == FromDevice {
			return 0, fmt.Errorf("%s: %w", q, ErrZero)
		}
		v = 0 // no negative one
	}
	if u != n.unit {
		v = rounded(u.toOwn(v), n.step)
	}
	if err := q.Check(v, from); err != nil {
		return 0, err
	}
	return v, nil
}

// Check reports why a value in the quantity's own unit cannot be: [ErrImpossible],
// [ErrZero], nil.
func (q Quantity) Check(v float64, from Origin) error {
	limits := q.Limits(from)
	switch {
	case v == 0 && from == FromDevice && numbers[q].cannotBeZero:
		return fmt.Errorf("%s: %w", q, ErrZero)
	case math.IsNaN(v) || !q.Numeric() || !limits.Hold(v):
		return fmt.Errorf("%s is %w: not between %s %s", q, ErrImpossible, limits, q.Unit())
	}
	return nil
}

// PressureOrder is [ErrOrder] if a diastolic pressure is not below the systolic one of
// the same measurement. Both 0 are an arrest.
func PressureOrder(systolic, diastolic float64) error {
	if diastolic < systolic || systolic == 0 && diastolic == 0 {
		return nil
	}
	return ErrOrder
}

// rounded is v to the nearest step, halves up. The nudge makes a half go up that is stored
// just below.
func rounded(v, step float64) float64 {
	per := math.Round(1 / step)
	return math.Floor(v*per+0.5+1e-9) / per
}
