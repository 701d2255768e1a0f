package hl7

import (
	"context"

	"github.com/wardlight/wardlight/app/patient"
	"github.com/wardlight/wardlight/app/result"
)

// report is ORU^R01: every OBX that has a value becomes a result; those that
// are vital signs also make up sets of observations. It does not move the
// patient: where somebody was when a sample was taken says nothing about now.
func (p *mapping) report(ctx context.Context) error {
	if id, ok := p.im.identify(p.m.First("PID"), 3); ok {
		p.number = id.Value
	}
	s, err := p.person(ctx)
	if err != nil {
		return err
	}
	r := reporter{mapping: p, patient: s.Patient.ID, about: map[string]Segment{}}
	for _, seg := range p.m.Segments {
		switch seg.Name {
		case "OBR":
			r.endOrder()
			r.order(seg)
		case "OBX":
			r.value(seg)
		case "NTE":
			r.note(seg)
		case "MSH", "PRT": // a participant may stand before a note
		default:
			r.noted = nobody
		}
	}
	r.endOrder()
	r.finish()
	r.countSigns()
	findings, err := r.Chart(
		ctx,
		result.Charting{Patient: r.patient, Scale2: s.Has(patient.FlagScale2), Results: r.results},
	)
	if err != nil {
		return err
	}
	r.found(findings)
	for _, v := range r.results {
		if v.Sign == "" && v.Effect != result.Live {
			p.outcome.Results = counted(p.outcome.Results, map[string]int{firstOf(v.Code, v.Name): 1})
		}
	}
	return nil
}

// countSigns counts which values were read as vital signs, and which of them could not
// be.
func (r *reporter) countSigns() {
	for _, v := range r.results {
		switch {
		case v.Sign == "" || v.Value == "" || v.Effect == result.Withdrawn || v.Effect == result.NotObtained:
		case v.Number != nil || v.Word != "":
			r.outcome.Signs++
		case !v.Zero:
			r.outcome.Unread++
		}
	}
}

// found warns of what the record found of the values.
func (r *reporter) found(findings []result.Finding) {
	for _, f := range findings {
		at := r.about[f.Result]
		switch f.Kind {
		case result.CorrectsNothing:
			r.warnAt(at, "nothing is known that this corrects")
		case result.CorrectsSeveral:
			r.warnAt(at, "it is not clear which of several values this means: none was changed")
		case result.NotObtainedHere:
			r.warnAt(at, "no value was obtained")
		case result.PersonKept:
			r.warnAt(at, "a person changed the charted value before: theirs is kept")
		case result.OfBefore:
			r.warnAt(at, "what this corrects was charted by an older program, whose set stays: check the chart")
		case result.Regrouped:
			r.warnAt(at, "with it, a correction that came before counts for a value of another time: check the chart")
		case result.WithdrawsOther:
			r.warnAt(at, "it withdraws the one value of its order, which was taken at another time than it says")
		case result.DiastolicAbove:
			r.warnf("diastolic pressure is above systolic")
		}
	}
}
