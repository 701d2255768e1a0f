package hl7

import (
	"context"
	"strconv"
	"strings"

	"github.com/wardlight/wardlight/app/place"
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
	"A27": place.CancelPlanAdmission, "A38": place.CancelPlanAdmission, "A26": place.CancelPlanTransfer,
	"A25": place.CancelPlanDischarge,
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
	e := place.Event{
		ID:      p.key + "#" + strconv.Itoa(p.group),
		Kind:    kind,
		Control: p.m.First("MSH").Text(10, 1),
		Class:   pv1.Text(2, 1),
		Visit:   number(pv1, 19),
		Account: number(p.m.First("PID"), 18),
		Prior:   number(p.m.First("MRG"), 5),
	}
	if !place.KnownClass(e.Class) && kind != place.PlanAdmission {
		p.warnAt(
			pv1,
			"PV1-2 %.8q is no class that is known: it counts as of a stay only in a bed, and where no other stay is open",
			e.Class,
		)
	}
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
	p.lies = got.Here
	return nil
}

// bedOfTwo warns where the patient lies in one bed with another, once all patients of
// the message are moved: of a swap the first comes before the second has gone.
func (p *mapping) bedOfTwo(ctx context.Context) error {
	if p.lies.Bed == "" {
		return nil
	}
	n, err := p.InBed(ctx, p.lies)
	if err == nil && n > 1 {
		p.warnAt(p.m.First("PV1"), "bed %q of ward %q has another patient too: both are shown in it", p.lies.Bed,
			p.lies.Ward)
	}
	return err
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

// wheres are the places that the message names: ward^room^bed^facility. A ward and
// a bed that somebody may be in are made if they are not there.
func (p *mapping) wheres(ctx context.Context, e *place.Event, pv1 Segment) error {
	bed := placeName(pv1, 3, 3) != ""
	var makes bool
	switch e.Kind {
	case place.Transfer, place.ToInpatient, place.Return:
		makes = true
	case place.Admit,
		place.Register,
		place.Update,
		place.ToOutpatient,
		place.Leave,
		place.CancelTransfer,
		place.CancelDischarge:
		makes = bed || !place.Outside(e.Class) && place.KnownClass(e.Class) && e.Kind != place.ToOutpatient
	}
	var err error
	if e.To, err = p.where(ctx, pv1, 3, makes); err != nil {
		return err
	}
	if e.To.Ward == "" && placeName(pv1, 3, 1) != "" && e.Kind != place.CancelTransfer &&
		e.Kind != place.CancelDischarge {
		e.To.Ward = place.Elsewhere // a clinic, of which the record need not know
	}
	if e.From, err = p.where(ctx, pv1, 6, false); err != nil {
		return err
	}
	if placeName(pv1, 6, 1) != "" && e.From.Ward == "" {
		e.From.Ward = place.Elsewhere // a place that nobody can be in, as far as is known
	}
	if strings.HasPrefix(string(e.Kind), "plan") || e.Kind == place.CancelPlanAdmission {
		e.PlannedTo, err = p.announced(ctx, pv1)
	}
	return err
}
