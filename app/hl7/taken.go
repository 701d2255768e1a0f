package hl7

import (
	"fmt"
	"time"

	"github.com/wardlight/wardlight/app/vitals"
)

// given says what a field said of a time.
type given int

const (
	notGiven   given = iota // the field is empty
	unreadable              // it warned
	dayOnly                 // it warned; the time is the start of that day
	timeGiven
)

// when reads a time of a segment, moved as the import moves times, and warns of
// what cannot be read or is doubtful. A day alone is the start of the day: it never
// becomes the present.
func (p *mapping) when(seg Segment, field int) (time.Time, given) {
	raw := seg.Raw(field)
	if raw == "" || seg.Null(field) {
		return time.Time{}, notGiven
	}
	r, err := readTime(raw, p.zone())
	switch {
	case err != nil:
		p.warnAt(seg, "%s-%d is no time that can be read", seg.Name, field)
		return time.Time{}, unreadable
	case r.doubled:
		p.warnAt(
			seg,
			"%s-%d lies in the hour that the change of the clock doubles: the earlier one is taken",
			seg.Name,
			field,
		)
	case r.skipped:
		p.warnAt(seg, "%s-%d lies in the hour that the change of the clock skips: it is taken as %s, as if the clock had not been changed yet",
			seg.Name, field, r.at.In(p.zone()).Format("15:04"))
	}
	p.sayOdd(seg, field, r.at)
	if r.part < toHour {
		p.warnAt(seg, "%s-%d names a day and no time of it", seg.Name, field)
		return p.im.rebase(r.at), dayOnly
	}
	return p.im.rebase(r.at), timeGiven
}

// sayOdd warns of a time at which nothing can have happened: a day that programs write
// where they know none, or one before the patient was born.
func (p *mapping) sayOdd(seg Segment, field int, at time.Time) {
	day := at.In(p.zone()).Format(time.DateOnly)
	born, _, err := readBirth(p.m.First("PID").Raw(7), p.im.received)
	switch {
	case day < "1901" || day == "1970-01-01":
		p.warnAt(seg, "%s-%d is a day that programs write where they know none: it is taken as it was sent",
			seg.Name, field)
	case err == nil && !born.IsZero() && day < born.Format(time.DateOnly):
		p.warnAt(seg, "%s-%d lies before the date of birth in PID-7: it is taken as it was sent", seg.Name, field)
	}
}

// zone is where times without an offset were taken: in the offset of MSH-7, else at
// the site.
func (p *mapping) zone() *time.Location {
	if _, _, zone, err := partsOfTime(p.m.First("MSH").Raw(7)); err == nil && zone != "" {
		if offset, err := offsetOf(zone); err == nil {
			return time.FixedZone(zone, int(offset/time.Second))
		}
	}
	return p.im.options.Location
}

// sayOffset warns where MSH-7 means to say in which zone its times are, and does not.
func (p *mapping) sayOffset() {
	msh := p.m.First("MSH")
	_, _, zone, err := partsOfTime(msh.Raw(7))
	if err != nil || zone == "" {
		return
	}
	if _, err := offsetOf(zone); err != nil {
		p.warnAt(msh, "MSH-7 has an offset that cannot be read: times without one are read in the site's zone")
	}
}

// sent is when the message says it was sent, MSH-7, and whether it says so. Else
// it is when the message was received.
func (p *mapping) sent() (at time.Time, field string) {
	if r, err := readTime(p.m.First("MSH").Raw(7), p.zone()); err == nil && r.part >= toHour {
		return p.im.rebase(r.at), "MSH-7"
	}
	return p.im.received, "received"
}

// taken is when the value of an OBX was measured: OBX-14, else OBR-7, else, if
// neither says anything, MSH-7. ok is false if one of them says something that
// cannot be read and no other helps: such a value has no time, and must not be
// charted as one of now. Where only a day is given it is the start of that day. What
// is dated in the future keeps its time, and is said: the record marks it.
func (p *mapping) taken(obr, obx Segment) (at time.Time, from string, ok bool) {
	at, from, ok = p.takenBy(obr, obx)
	if ok && at.Sub(p.im.received) > vitals.AheadMost {
		p.warnAt(obx, "dated in the future: it is kept, marked, and is never the newest")
	}
	return at, from, ok
}

func (p *mapping) takenBy(obr, obx Segment) (at time.Time, from string, ok bool) {
	var day time.Time
	var dayFrom string
	failed := false
	for _, f := range []struct {
		seg   Segment
		field int
	}{{obx, 14}, {obr, 7}} {
		name := fmt.Sprintf("%s-%d", f.seg.Name, f.field)
		switch t, is := p.when(f.seg, f.field); is {
		case timeGiven:
			if day.IsZero() || sameDay(t, day) {
				return t, name, true
			}
		case dayOnly:
			if day.IsZero() {
				day, dayFrom = t, name
			}
		case unreadable:
			failed = true
		}
	}
	if !day.IsZero() {
		return day, dayFrom + " (day)", true
	}
	at, from = p.sent()
	if failed {
		return at, "unknown", false
	}
	if from != "MSH-7" {
		p.warnAt(obx, "no time says when it was measured")
		return at, "unknown", false
	}
	return at, from, true
}

// sameDay reports whether t lies in the day that begins at day; a day may have an
// hour more.
func sameDay(t, day time.Time) bool { return !t.Before(day) && t.Sub(day) < 25*time.Hour }
