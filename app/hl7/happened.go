package hl7

import (
	"strings"
	"time"

	"github.com/wardlight/wardlight/app/place"
	"github.com/wardlight/wardlight/app/vitals"
)

// times are when the event happened: EVN-6, else when it was recorded, EVN-2, else
// when it was told, MSH-7. The EVN-6 of a cancel is of what it cancels.
func (p *mapping) times(e *place.Event, pv1 Segment) {
	var field string
	if e.Sent, field = p.sent(); field != "MSH-7" {
		p.warnAt(p.m.First("MSH"), "MSH-7 does not say when the message was sent: it counts as received")
	}
	evn := p.m.First("EVN")
	e.Recorded = e.Sent
	if at, is := p.when(evn, 2); is == timeGiven {
		e.Recorded = at
	}
	e.At = e.Recorded
	happened, said := p.when(evn, 6)
	if at := happened; said == timeGiven {
		if strings.HasPrefix(string(e.Kind), "cancel") {
			e.Occurred = at
		} else {
			e.At = at
		}
	}
	if p.ahead(e.At) {
		p.warnAt(evn, "the event is dated in the future: it counts as of when the message was sent")
		e.At, e.Dated = p.sentBy(e.Sent), e.At
	}
	if p.ahead(e.Recorded) {
		e.Recorded = p.sentBy(e.Sent)
	}
	p.stayed(e, pv1, said)
	p.planned(e)
}

// ahead reports whether a time lies after the message was sent, by more than clocks
// differ. Nothing happened then that the message could tell of: such a time would
// outrank all that really happens until then.
func (p *mapping) ahead(at time.Time) bool { return at.Sub(p.lastSent()) > vitals.AheadMost }

// sentBy is when a message counts as sent: never later than it was received.
func (p *mapping) sentBy(sent time.Time) time.Time {
	if sent.After(p.im.received) {
		return p.im.received
	}
	return sent
}

// stayed are when the visit is said to have begun and ended, PV1-44 and PV1-45. said is
// what EVN-6 says.
func (p *mapping) stayed(e *place.Event, pv1 Segment, said given) {
	for _, f := range []struct {
		field int
		to    *time.Time
	}{{44, &e.Admitted}, {45, &e.Discharged}} {
		at, is := p.when(pv1, f.field)
		if is == timeGiven || is == dayOnly {
			*f.to = at
		}
		if admits := e.Kind == place.Admit || e.Kind == place.Register; f.field == 44 && admits && is == timeGiven &&
			said != timeGiven && at.Before(e.At) {
			e.Began = at
		}
	}
	e.NoAdmitted, e.NoDischarged = pv1.Null(44), pv1.Null(45)
	if p.ahead(e.Admitted) && !tellsApart(e) {
		p.warnAt(pv1, "PV1-44 is dated in the future: it is not taken for when the visit began")
		e.Admitted = time.Time{}
	}
	if p.ahead(e.Discharged) {
		p.warnAt(pv1, "PV1-45 is dated in the future: it counts as of when the message was sent")
		e.Discharged = p.sentBy(e.Sent)
	}
}

// tellsApart reports whether PV1-44 does not say when a visit of now began, but which
// visit is meant: one that is announced or taken back, or another than that of today.
func tellsApart(e *place.Event) bool {
	switch e.Kind {
	case place.Admit, place.Register, place.ToInpatient:
		return false
	case place.Delete:
		return true
	}
	return strings.HasPrefix(string(e.Kind), "plan") || strings.HasPrefix(string(e.Kind), "cancel") ||
		e.Visit.Value == "" && e.Admitted.Sub(e.At) > 24*time.Hour
}

// planned is when what is announced is to happen: EVN-3, else what PV2 says of it.
func (p *mapping) planned(e *place.Event) {
	pv2 := p.m.First("PV2")
	for _, f := range []struct {
		seg   Segment
		field int
		of    place.Kind
	}{{p.m.First("EVN"), 3, e.Kind}, {pv2, 8, place.PlanAdmission}, {pv2, 9, place.PlanDischarge}} {
		if f.of != e.Kind || !e.Planned.IsZero() || !strings.HasPrefix(string(e.Kind), "plan") {
			continue
		}
		if at, is := p.when(f.seg, f.field); is == timeGiven || is == dayOnly {
			e.Planned = at
		}
	}
}

func (im *Importer) rebase(t time.Time) time.Time { return t.Add(im.options.Shift) }
