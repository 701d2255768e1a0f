package hl7

import (
	"context"
	"fmt"
	"regexp"

	"github.com/wardlight/wardlight/app/place"
	"github.com/wardlight/wardlight/app/vitals"
)

// mapping brings one message to the record.
type mapping struct {
	Writer
	m       *Message
	im      *Importer
	key     string      // of the message: see [Key]
	group   int         // which of the patients of the message
	number  string      // by which the patient in hand is named, for warnings
	whose   string      // record ID of the patient whom a person chose; "": PID-3 says
	cameFor string      // record whose number PID-3 gives, if it was merged into the patient's
	lies    place.Where // since the message
	outcome outcome
	said    map[Warning]bool // in outcome
	shown   []vitals.Reading // by monitors, for [ImportOptions.Live]
}

// verb is one of a format.
var verb = regexp.MustCompile(`%[-+# 0-9.]*[a-z]`)

// warnf warns of the message as a whole. Warnings of one format are of one kind: its
// words, with "…" for what differs, so that a reader of the JSON can go by it.
func (p *mapping) warnf(format string, args ...any) { p.warnAt(Segment{}, format, args...) }

// warnAt warns of one segment.
func (p *mapping) warnAt(at Segment, format string, args ...any) {
	p.say(at, verb.ReplaceAllString(format, "…"), fmt.Sprintf(format, args...))
}

func (p *mapping) say(at Segment, kind, text string) {
	w := Warning{Kind: kind, Segment: at.Place(), Patient: p.number, Text: text}
	if p.said[w] { // a field may be read more than once
		return
	}
	if p.said == nil {
		p.said = map[Warning]bool{}
	}
	p.said[w], p.outcome.Warnings = true, append(p.outcome.Warnings, w)
}

func refusef(format string, args ...any) error {
	return fmt.Errorf("%w: %s", ErrRefused, fmt.Sprintf(format, args...))
}

// take follows the rule for the message's type.
func (p *mapping) take(ctx context.Context) error {
	if id, is := p.im.identify(p.m.First("PID"), 3); is {
		p.number = id.Value
	}
	if err := p.sayEvent(); err != nil {
		return err
	}
	rule := p.rule()
	if rule == nil {
		p.outcome.NoRule = typeOf(p.m)
		p.warnf("no rule for %.16q", p.outcome.NoRule)
		return nil // and who its PID names may be what it says to be wrong
	}
	if err := p.tooMuch(); err != nil {
		return err
	}
	p.sayOffset()
	p.lookThrough()
	return rule(ctx)
}

// rule is what is done with a message of this type; nil: nothing is known of it.
// MSH-9 decides; EVN-1 is known to disagree at times.
func (p *mapping) rule() func(context.Context) error {
	kind, trigger := p.m.event()
	if says, is := placeKinds[trigger]; is && kind == "ADT" {
		return func(ctx context.Context) error { return p.placed(ctx, says) }
	}
	if kind == "ADT" && moveNobody[trigger] {
		return p.describePerson
	}
	switch kind + "^" + trigger {
	case "ADT^A28", "ADT^A31", "ADT^A60":
		return p.describePerson
	case "ADT^A18", "ADT^A30", "ADT^A34", "ADT^A36", "ADT^A39", "ADT^A40":
		return p.merge
	case "ADT^A46", "ADT^A47":
		return p.renumber
	case "ADT^A24", "ADT^A37":
		return func(ctx context.Context) error { return p.link(ctx, trigger == "A24") }
	case "ORU^R01":
		return p.report
	}
	return nil
}

// describePerson takes what a message says of the person, and no more.
func (p *mapping) describePerson(ctx context.Context) error {
	_, err := p.person(ctx)
	return err
}
