package hl7

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/wardlight/wardlight/app/parked"
	"github.com/wardlight/wardlight/app/patient"
)

// Charted says what an assignment brought to the chart.
type Charted struct {
	Observations int // values that are kept
	Signs        int // of them: read as vital signs
	Warnings     []Warning
	// OtherName says that the message names somebody who is plainly another.
	OtherName bool
}

// Replay brings an entry to the patient whom a person chose, as if it had come
// then: whose it is is no longer asked, all else is decided as ever. It returns
// [ErrSyntax] if the text can no longer be read.
func Replay(ctx context.Context, w Writer, e parked.Entry, patientID string, o ImportOptions) (Charted, error) {
	m, err := Parse(e.Raw)
	if err != nil {
		return Charted{}, err
	}
	groups := m.groups()
	if e.Group >= len(groups) {
		return Charted{}, refusef("the message has no group %d", e.Group+1)
	}
	o.Shift = e.Shift
	if e.Zone != "" && e.Zone != "Local" {
		if o.Location, err = time.LoadLocation(e.Zone); err != nil {
			return Charted{}, refusef(
				"its times were taken in the zone %.40q, which this computer does not know: install the tz database",
				e.Zone)
		}
	}
	im := NewImporter(nil, o)
	im.received = e.Received
	p := &mapping{Writer: w, m: groups[e.Group], im: im, whose: patientID, key: e.Key, group: e.Group}
	who, err := p.chosen(ctx)
	if err != nil {
		return Charted{}, err
	}
	pid, h := p.m.First("PID"), Holder{Summary: who}
	p.number = who.Patient.MRN
	if p.likeness(pid, h).otherBirth {
		p.warnAt(pid, "PID-7 is plainly another's date of birth than that of the chosen patient")
	}
	if err = p.take(ctx); err == nil {
		err = p.bedOfTwo(ctx)
	}
	return Charted{Observations: p.outcome.Observations, Signs: p.outcome.Signs, Warnings: p.outcome.Warnings,
		OtherName: p.otherName(pid, h)}, err
}

// Part is what a message says of one of its patients, from 0, as lines without what
// belongs to the others, and of how many it speaks. [ErrSyntax] if it cannot be read.
func Part(raw []byte, group int) (lines []string, of int, err error) {
	m, err := Parse(raw)
	if err != nil {
		return nil, 0, err
	}
	groups := m.groups()
	if group < 0 || group >= len(groups) {
		return nil, len(groups), refusef("the message has no group %d", group+1)
	}
	for _, s := range groups[group].Segments {
		lines = append(lines, s.line())
	}
	return lines, len(groups), nil
}

// line is a segment as it was sent.
func (s Segment) line() string {
	sep := string(s.d.field)
	if s.Name == "MSH" { // its first field is the separator itself
		return s.Name + sep + strings.Join(s.fields[2:], sep)
	}
	return strings.Join(s.fields, sep)
}

// PartKey is the key under which the record keeps what one patient's part of a
// message charted; group counts the parts from 0.
func PartKey(key string, group int) string { return fmt.Sprintf("%s#%d", key, group) }

// chosen is the patient whom a person chose. Nothing that the message says of who
// it is changes them.
func (p *mapping) chosen(ctx context.Context) (patient.Summary, error) {
	s, found, err := p.Patient(ctx, p.whose)
	if err == nil && !found {
		err = refusef("the chosen patient is not in the record")
	}
	return s, err
}
