package hl7

import (
	"cmp"
	"context"
	"errors"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/wardlight/wardlight/app/place"
	"github.com/wardlight/wardlight/app/vitals"
)

// placeKinds are the events that say where a patient is, by trigger.
var placeKinds = map[string]place.Kind{
	"A01": place.Admit, "A04": place.Register, "A06": place.ToInpatient, "A07": place.ToOutpatient,
	"A02": place.Transfer, "A17": place.Transfer, "A03": place.Discharge,
	"A08": place.Update, "A54": place.Update, "A55": place.Update,
	"A21": place.Leave, "A22": place.Return, "A23": place.Delete, "A42": place.Renumber, "A50": place.Renumber,
	"A05": place.PlanAdmission, "A14": place.PlanAdmission, "A15": place.PlanTransfer, "A16": place.PlanDischarge,
	"A11": place.CancelAdmit, "A12": place.CancelTransfer, "A13": place.CancelDischarge,
	"A52": place.CancelLeave, "A53": place.CancelReturn,
	"A27": place.CancelPlanAdmission, "A38": place.CancelPlanAdmission, "A26": place.CancelPlanTransfer, "A25": place.CancelPlanDischarge,
}

// moveNobody are events that tell of a person and not of a place: a patient on the
// way to an examination (A09, A10) keeps the bed.
var moveNobody = map[string]bool{"A09": true, "A10": true, "A32": true, "A33": true}

// placed takes an event that says where the patient is. Of a swap (A17) each of the
// two has a part of the message.
func (p *mapping) placed(ctx context.Context, kind place.Kind) error {
	s, err := p.person(ctx)
	if err != nil {
		return err
	}
	pv1 := p.m.First("PV1")
	e := place.Event{ID: p.key + "#" + strconv.Itoa(p.group), Kind: kind, Control: p.m.First("MSH").Text(10, 1), Class: pv1.Text(2, 1),
		Visit: number(pv1, 19), Prior: number(p.m.First("MRG"), 5)}
	if kind == place.Renumber && (e.Visit.Value == "" || e.Prior.Value == "") {
		p.warnf("a visit's number changes, and PV1-19 or MRG-5 does not say which: nothing is changed")
		return nil
	}
	p.times(&e, pv1)
	p.words(&e, pv1)
	if err := p.wheres(ctx, &e, pv1); err != nil {
		return err
	}
	got, err := p.AddPlaceEvent(ctx, s.Patient.ID, e)
	if err != nil {
		return err
	}
	for _, note := range got.Notes {
		p.say(pv1, string(note), string(note))
	}
	if got.Shared {
		p.warnAt(pv1, "bed %q of ward %q has another patient too: both are shown in it", got.Here.Bed, got.Here.Ward)
	}
	return nil
}

func number(s Segment, field int) place.Number {
	n := place.Number{Value: s.Text(field, 1), Authority: s.Text(field, 4)}
	if n.Authority == "" {
		n.Authority = s.Sub(field, 0, 4, 2)
	}
	return n
}

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
	if at, is := p.when(evn, 6); is == timeGiven {
		if strings.HasPrefix(string(e.Kind), "cancel") {
			e.Occurred = at
		} else {
			e.At = at
		}
	}
	// What is dated in the future counts as of now: it must not outrank all that
	// really happens until then. MSH-7 keeps such events in their order.
	now := p.im.received
	if e.At.Sub(now) > vitals.AheadMost {
		p.warnAt(evn, "the event is dated in the future: it counts as of now")
		e.At = now
	}
	if e.Recorded.Sub(now) > vitals.AheadMost {
		e.Recorded = now
	}
	for _, f := range []struct {
		field int
		to    *time.Time
	}{{44, &e.Admitted}, {45, &e.Discharged}} {
		if at, is := p.when(pv1, f.field); is == timeGiven || is == dayOnly {
			*f.to = at
		}
	}
	e.NoAdmitted, e.NoDischarged = pv1.Null(44), pv1.Null(45)
	if e.Discharged.Sub(now) > vitals.AheadMost {
		p.warnAt(pv1, "PV1-45 is dated in the future: it counts as of now")
		e.Discharged = now
	}
	pv2 := p.m.First("PV2")
	for _, f := range []struct {
		seg   Segment
		field int
		of    place.Kind
	}{{evn, 3, e.Kind}, {pv2, 8, place.PlanAdmission}, {pv2, 9, place.PlanDischarge}} {
		if f.of != e.Kind || !e.Planned.IsZero() || !strings.HasPrefix(string(e.Kind), "plan") {
			continue
		}
		if at, is := p.when(f.seg, f.field); is == timeGiven || is == dayOnly {
			e.Planned = at
		}
	}
}

// words are what the message says of the visit other than where and when.
func (p *mapping) words(e *place.Event, pv1 Segment) {
	if text, says := reason(p.m); says {
		e.Reason = &text
	}
	if pv1.Raw(15) == "" {
		return
	}
	pregnant := false
	for n := range pv1.Repeats(15) {
		switch code := pv1.Rep(15, n, 1); code { // HL7 table 0009
		case "B6":
			pregnant = true
		case "", "A0": // none, no functional limitations
		default:
			p.warnAt(pv1, "PV1-15 %.8q is not kept", code)
		}
	}
	e.Pregnant = &pregnant
}

// reason is why the patient is here, and whether the message says so: PV2-3, and
// the diagnoses.
func reason(m *Message) (text string, says bool) {
	var parts []string
	add := func(s string) {
		if s != "" && !slices.Contains(parts, s) {
			parts = append(parts, s)
		}
	}
	for _, s := range m.Segments {
		switch s.Name {
		case "PV2":
			says = says || s.Raw(3) != ""
			add(cmp.Or(s.Text(3, 2), s.Text(3, 1)))
		case "DG1":
			says = says || s.Raw(3) != "" || s.Raw(4) != ""
			coded := cmp.Or(s.Text(3, 2), s.Text(3, 1))
			words := s.Text(4, 1)
			switch {
			case words == "" || words == coded:
				add(coded)
			case coded == "":
				add(words)
			default:
				add(words + " (" + coded + ")")
			}
		}
	}
	return strings.Join(parts, "; "), says
}

// wheres are the places that the message names: ward^room^bed^facility. A ward and
// a bed that somebody may be in are made if they are not there.
func (p *mapping) wheres(ctx context.Context, e *place.Event, pv1 Segment) error {
	bed := pv1.Text(3, 3) != ""
	var makes bool
	switch e.Kind {
	case place.Transfer, place.ToInpatient, place.Return:
		makes = true
	case place.Admit, place.Register, place.Update, place.ToOutpatient, place.Leave, place.CancelTransfer, place.CancelDischarge:
		makes = bed || !place.Outside(e.Class) && e.Kind != place.ToOutpatient
	}
	var err error
	if e.To, err = p.where(ctx, pv1, 3, makes); err != nil {
		return err
	}
	if e.To.Ward == "" && pv1.Text(3, 1) != "" && e.Kind != place.CancelTransfer && e.Kind != place.CancelDischarge {
		e.To.Ward = place.Elsewhere // a clinic, of which the record need not know
	}
	if e.From, err = p.where(ctx, pv1, 6, false); err != nil {
		return err
	}
	if pv1.Text(6, 1) != "" && e.From.Ward == "" {
		e.From.Ward = place.Elsewhere // a place that nobody can be in, as far as is known
	}
	if strings.HasPrefix(string(e.Kind), "plan") || e.Kind == place.CancelPlanAdmission {
		e.PlannedTo, err = p.announced(ctx, pv1)
	}
	return err
}

// announced is the place where a patient is to go, as it is shown: PV1-42, else
// PV1-3. A ward that the record does not have is named with its site.
func (p *mapping) announced(ctx context.Context, pv1 Segment) (string, error) {
	field := 42
	if pv1.Text(field, 1) == "" {
		field = 3
	}
	code, site := pv1.Text(field, 1), cmp.Or(pv1.Text(field, 4), pv1.Sub(field, 0, 4, 2))
	bed := pv1.Text(field, 2)
	if pv1.Text(field, 3) != "" {
		bed, _ = place.BedName(nil, bed, pv1.Text(field, 3))
	}
	w, found, err := p.FindWard(ctx, code, site)
	switch {
	case err != nil && !errors.Is(err, ErrRefused):
		return "", err
	case found:
		code, site = w.Name, ""
	}
	return strings.Join(strings.Fields(code+" "+bed+" "+site), " "), nil
}

// where is a place that a field names.
func (p *mapping) where(ctx context.Context, pv1 Segment, field int, makes bool) (at place.Where, err error) {
	code, room, bed := pv1.Text(field, 1), pv1.Text(field, 2), pv1.Text(field, 3)
	site := cmp.Or(pv1.Text(field, 4), pv1.Sub(field, 0, 4, 2))
	if code == "" {
		return at, nil
	}
	if makes {
		w, err := p.EnsureWard(ctx, code, site)
		if err != nil {
			return at, err
		}
		at.Ward = w.ID
	} else {
		w, found, err := p.FindWard(ctx, code, site)
		if errors.Is(err, ErrRefused) && field != 3 {
			return at, nil // where somebody was is no reason to refuse where they are
		}
		if err != nil || !found {
			return at, err
		}
		at.Ward = w.ID
	}
	switch {
	case bed == "":
		at.Room = room
	case makes:
		at.Bed, err = p.EnsureBed(ctx, at.Ward, room, bed)
	default:
		at.Bed, err = p.FindBed(ctx, at.Ward, room, bed)
	}
	return at, err
}

func (im *Importer) rebase(t time.Time) time.Time { return t.Add(im.options.Shift) }
