package hl7

import (
	"fmt"
	"strings"
)

// Report says what the streams hold, and is the same however often they are
// imported, but for Known, Had and Waiting, and for what a person decided since of what was
// parked: a message that was taken before is counted by what was kept of it then.
type Report struct {
	// Messages counts all messages, whether taken, parked, refused or without a rule.
	Messages int `json:"messages"`
	// Patients counts the different patients that PID segments name, by their
	// MRN as sent, before any merge.
	Patients int `json:"patients"`
	// Observations counts the OBX segments of ORU messages whose value is kept
	// as a result; a vital sign is one of them too.
	Observations int `json:"observations"`
	// Warnings counts what was not taken as it stands, Refusals the messages
	// (and pieces that are no messages) of which nothing was taken.
	Warnings int `json:"warnings"`
	Refusals int `json:"refusals"`
	// Parked counts what is kept whole until a person says whose it is; Waiting those of
	// them that an import before this one has parked.
	Parked  int `json:"parked"`
	Waiting int `json:"-"`
	// Training counts the messages that are not said to be about patients (MSH-11 is not P).
	Training int `json:"-"`
	// NoRule counts by type the events that Wardlight has no rule for.
	NoRule map[string]int `json:"-"`
	// Results counts by its code what is kept as a result and is no vital sign that
	// the board shows: a code that nobody told Wardlight of is one of these.
	Results map[string]int `json:"-"`
	// Known counts the messages that were taken before: nothing of them is changed.
	Known int `json:"-"`
	// Had counts the Observations of those.
	Had int `json:"-"`
	// Unread counts the observations that are kept as they were sent, and were not read
	// as the vital signs that they are: no score counts them.
	Unread int `json:"-"`
	// Unplaced counts the admissions of inpatients to no ward: they stand on no board.
	Unplaced int `json:"unplaced,omitempty"`
	// Details says each warning, refusal and parked message. They carry no names and
	// no values.
	Details []Detail `json:"-"`
}

// Detail is one warning or refusal.
type Detail struct {
	File    string `json:"file,omitempty"`
	Message int    `json:"message"` // place in the file, from 1
	Control string `json:"control"` // MSH-10
	Refused bool   `json:"refused,omitempty"`
	Parked  bool   `json:"parked,omitempty"`
	// Piece: it is of what stands behind that message, or before the first one (0).
	Piece bool `json:"piece,omitempty"`
	Warning
}

// Warning says what was not taken as it stands. It carries no name and no value.
type Warning struct {
	Kind    string `json:"kind"`              // what all warnings of its kind have in common
	Segment string `json:"segment,omitempty"` // "OBX 2"; "" is the whole message
	Patient string `json:"patient,omitempty"` // the number by which the message names the patient
	Text    string `json:"text"`
}

// String is `message 12 (MSH-10 "4711"), OBX 2, patient K100: warning: text`.
func (d Detail) String() string {
	var b strings.Builder
	if d.File != "" {
		fmt.Fprintf(&b, "%s: ", d.File)
	}
	switch {
	case d.Piece && d.Message == 0:
		b.WriteString("before the first message")
	case d.Piece:
		fmt.Fprintf(&b, "after message %d", d.Message)
	default:
		fmt.Fprintf(&b, "message %d", d.Message)
	}
	if !d.Piece || d.Control != "" {
		fmt.Fprintf(&b, " (MSH-10 %q)", d.Control)
	}
	if d.Segment != "" {
		fmt.Fprintf(&b, ", %s", d.Segment)
	}
	if d.Patient != "" {
		fmt.Fprintf(&b, ", patient %q", d.Patient)
	}
	switch {
	case d.Refused:
		b.WriteString(": refused: ")
	case d.Parked:
		b.WriteString(": parked: ")
	default:
		b.WriteString(": warning: ")
	}
	return b.String() + d.Text
}

// outcome is what the record keeps of a message that was taken.
type outcome struct {
	Observations int       `json:"observations"`
	Signs        int       `json:"signs,omitempty"`  // of them: read as vital signs
	Unread       int       `json:"unread,omitempty"` // of them: vital signs that could not be read
	Warnings     []Warning `json:"warnings,omitempty"`
	NoRule       string    `json:"noRule,omitempty"` // the event, if there is no rule for it
	// Results counts by code what is no vital sign: see [Report.Results].
	Results map[string]int `json:"results,omitempty"`
	Parked  []Warning      `json:"parked,omitempty"`
	Refused []Warning      `json:"refused,omitempty"` // of several patients' parts
}

// add is what one part of the message came to.
func (o *outcome) add(part outcome) {
	o.Observations += part.Observations
	o.Signs += part.Signs
	o.Unread += part.Unread
	o.Warnings = append(o.Warnings, part.Warnings...)
	if part.NoRule != "" {
		o.NoRule = part.NoRule
	}
	o.Parked = append(o.Parked, part.Parked...)
	o.Results = counted(o.Results, part.Results)
}

// counted adds counts to others.
func counted(to, more map[string]int) map[string]int {
	if to == nil && len(more) > 0 {
		to = map[string]int{}
	}
	for what, n := range more {
		to[what] += n
	}
	return to
}
