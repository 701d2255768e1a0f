package hl7

import (
	"strings"
	"time"

	"github.com/wardlight/wardlight/app/patient"
	"github.com/wardlight/wardlight/app/vitals"
)

// told is when the sender knew what the message says of the patient: when the event
// was recorded (EVN-2), or happened where EVN-2 is empty (EVN-6), if that is said to
// the minute at least, else when the message was sent. Nobody knows what will be
// recorded later: a clock that runs ahead must not keep what comes later from counting.
func (p *mapping) told() time.Time {
	sent, evn, field := p.lastSent(), p.m.First("EVN"), 2
	if evn.Raw(field) == "" {
		field = 6
	}
	r, err := readTime(evn.Raw(field), p.zone())
	if err != nil || r.part < toMinute {
		return sent
	}
	p.sayOdd(evn, field, r.at)
	at := p.im.rebase(r.at)
	if at.After(sent) {
		_, trigger := p.m.event()
		_, said := placeKinds[trigger] // [mapping.times] says it of these
		if at.Sub(sent) > vitals.AheadMost && !said {
			p.warnAt(
				evn,
				"EVN-%d is later than the message was sent: what it says of the person counts as of then",
				field,
			)
		}
		return sent
	}
	if r.part == toMinute {
		return withinMinute(at, sent)
	}
	return at
}

// withinMinute is a moment of a minute, by when its message was sent: in that minute,
// or after it. Of two such words the one that was sent later is the newer.
func withinMinute(minute, sent time.Time) time.Time {
	late := sent.Sub(minute.Add(time.Minute))
	if late < 0 {
		return sent
	}
	order := min(late/time.Millisecond, time.Second-1) // a nanosecond for a millisecond
	return minute.Add(59*time.Second + order)
}

// lastSent is the latest moment that MSH-7 can mean, and never one that is to come.
func (p *mapping) lastSent() time.Time {
	at, from := p.sent()
	if r, err := readTime(p.m.First("MSH").Raw(7), p.zone()); err == nil && from == "MSH-7" {
		switch r.part {
		case toHour:
			at = at.Add(time.Hour - time.Second)
		case toMinute:
			at = at.Add(time.Minute - time.Second)
		}
	}
	if at.After(p.im.received) {
		return p.im.received
	}
	return at
}

// keptFrom says what of a message was not taken, since something else is known.
func (p *mapping) keptFrom(pid Segment, w patient.Word, kept []string) {
	switch fields := strings.Join(kept, ", "); {
	case fields == "":
	case w.Fills:
		p.warnAt(pid, "what %s says by a former number is not what is known: not taken", fields)
	default:
		p.warnAt(pid, "what %s says is older than what is known: not taken", fields)
	}
}
