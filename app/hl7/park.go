package hl7

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/wardlight/wardlight/app/parked"
	"github.com/wardlight/wardlight/app/patient"
)

// ErrParked means that nobody can tell whose a message is: nobody, several people
// or plainly somebody else has its number. It is kept whole until a person says.
var ErrParked = errors.New("hl7: whose it is cannot be decided")

// ParkError says why a message is parked. It names no person and no value.
type ParkError struct {
	Reason  string               // "nobody has this number"
	Numbers []patient.Identifier // as sent
}

// Error implements error.
func (e *ParkError) Error() string { return ErrParked.Error() + ": " + e.Reason }

// Unwrap makes errors.Is(err, ErrParked) hold.
func (e *ParkError) Unwrap() error { return ErrParked }

// Parking keeps what can be brought to nobody.
type Parking interface {
	// Try runs f. If it fails, nothing that it wrote is kept, and what was written
	// before it is.
	Try(ctx context.Context, f func() error) error
	// Park keeps an entry until a person decides. The same message and group again
	// changes nothing. A ward that the record does not have is none.
	Park(ctx context.Context, e parked.Entry) error
	// ParkedOf lists the entries of a message, as they stand, by their groups.
	ParkedOf(ctx context.Context, key string) ([]parked.Entry, error)
}

// takeEach brings each group of a message to the record. What is nobody's is
// parked; it does not keep the others from being taken.
func (p *mapping) takeEach(ctx context.Context, raw []byte, key string) error {
	groups := p.m.groups()
	var taken []*mapping
	for n, m := range groups {
		g := &mapping{Writer: p.Writer, m: m, im: p.im, key: key, group: n}
		err := p.Try(ctx, func() error { return g.takeGroup(ctx) })
		if g.number != "" {
			p.number = g.number
		}
		if why, is := errors.AsType[*ParkError](err); is {
			e := p.im.entry(m, why, raw, key)
			e.Group = n
			at, err := g.where(ctx, m.First("PV1"), 3, false)
			if err != nil && !errors.Is(err, ErrRefused) { // a code of two sites is no ward's
				return err
			}
			e.Ward = at.Ward
			if err := p.Park(ctx, e); err != nil {
				return err
			}
			p.outcome.Parked = append(p.outcome.Parked, Warning{Kind: "parked", Segment: m.about().Place(),
				Patient: numberOf(why.Numbers), Text: why.Reason})
			continue
		}
		if errors.Is(err, ErrRefused) && len(groups) > 1 { // the other patients' parts are taken all the same
			p.outcome.Refused = append(
				p.outcome.Refused,
				Warning{Kind: "refused", Segment: m.about().Place(), Patient: g.number, Text: reasonOf(err)},
			)
			continue
		}
		if err != nil {
			p.outcome.Warnings = append(p.outcome.Warnings, g.outcome.Warnings...)
			return err
		}
		taken = append(taken, g)
	}
	for _, g := range taken {
		if err := g.bedOfTwo(ctx); err != nil {
			return err
		}
		p.outcome.add(g.outcome)
		p.shown = append(p.shown, g.shown...)
	}
	return nil
}

// parked counts what is parked of a message.
func (im *Importer) parked(control string, parts ...Warning) {
	for _, w := range parts {
		im.report.Parked++
		if w.Kind == parkedBefore {
			im.report.Waiting++
		}
		im.report.Details = append(
			im.report.Details,
			Detail{File: im.file, Message: im.place, Control: control, Parked: true, Warning: w},
		)
	}
}

// parkedBefore is the kind of what was parked by an import before this one, and waits.
const parkedBefore = "parked before"

// standing is what of the parts that were parked before waits still, and how it stands now:
// why it was parked then may no longer be true. What a person has decided is parked no more.
func (im *Importer) standing(ctx context.Context, w Writer, key string, parts []Warning) (wait []Warning, err error) {
	if len(parts) == 0 {
		return nil, nil
	}
	entries, err := w.ParkedOf(ctx, key)
	if err != nil {
		return nil, err
	}
	for n := range min(len(parts), len(entries)) {
		e := entries[n]
		if e.State != parked.Waits {
			continue
		}
		parts[n].Kind = parkedBefore
		parts[n].Text = fmt.Sprintf(
			"since %s, %s (parked message %d)",
			e.Received.In(im.options.Location).Format("2006-01-02 15:04"),
			e.State,
			e.ID,
		)
		wait = append(wait, parts[n])
	}
	return wait, nil
}

// whole is the message such that [Parse] reads it as it was read here.
func (p Piece) whole() []byte {
	if p.utf {
		return append([]byte("\ufeff"), p.Raw...)
	}
	return p.Raw
}

// entry is a group as it is kept.
func (im *Importer) entry(g *Message, why *ParkError, raw []byte, key string) parked.Entry {
	msh, pid := g.First("MSH"), g.First("PID")
	return parked.Entry{Key: key, Received: im.received, Since: im.received, Control: msh.Text(10, 1),
		Source: source(msh), Kind: typeOf(g),
		Reason: why.Reason, Numbers: why.Numbers, Name: nameSent(pid), Born: pid.Text(7, 1),
		Raw: slices.Clone(raw), Shift: im.options.Shift, Zone: im.options.Location.String(), State: parked.Waits}
}

// nameSent is PID-5 as a person reads it: "Surname, Given".
func nameSent(pid Segment) string {
	name := fullName(pid, legalName(pid))
	return strings.Trim(name.Surname+", "+name.Given, " ,")
}

// numberOf is the number by which a parked message names the patient.
func numberOf(sent []patient.Identifier) string {
	for _, i := range sent {
		if i.Type == "MRN" {
			return i.Value
		}
	}
	return cmp.Or(append(sent, patient.Identifier{})[0].Value, "")
}
