package hl7

import (
	"context"
	"fmt"
	"strconv"
	"strings"

	"github.com/google/uuid"

	"github.com/wardlight/wardlight/app/vitals"
)

// report is ORU^R01: every OBX that has a value becomes a result; those that
// are vital signs also make up sets of observations. It does not move the
// patient: where somebody was when a sample was taken says nothing about now.
func (p *mapping) report(ctx context.Context) error {
	s, err := p.person(ctx)
	if err != nil {
		return err
	}
	r := reporter{mapping: p, patient: s.Patient.ID, scale2: s.Has("spo2-scale-2")}
	for _, seg := range p.m.Segments {
		switch seg.Name {
		case "OBR":
			if err := r.flush(ctx); err != nil {
				return err
			}
			r.order(seg)
		case "OBX":
			if err := r.value(ctx, seg); err != nil {
				return err
			}
		}
	}
	return r.flush(ctx)
}

// reporter walks the OBX segments of one message, one OBR after another.
type reporter struct {
	*mapping
	patient string
	scale2  bool

	obr   Segment
	sets  []*set
	codes map[string]int // how often a code came in this order
	n     int            // OBR segments so far
}

func (r *reporter) order(obr Segment) {
	r.obr, r.sets, r.codes = obr, nil, map[string]int{}
	r.n++
}

// orderID tells this order from all others, for idempotency and corrections:
// the filler's number, else the placer's, else the message's own.
func (r *reporter) orderID() string {
	for _, field := range []int{3, 2} {
		if id := r.obr.Raw(field); id != "" && !r.obr.Null(field) {
			return id
		}
	}
	return fmt.Sprintf("message %s, order %d", r.m.First("MSH").Raw(10), r.n)
}

func (r *reporter) source() string {
	msh := r.m.First("MSH")
	return strings.Trim(msh.Text(3, 1)+" "+msh.Text(4, 1), " ")
}

func (r *reporter) id(parts ...string) string {
	msh := r.m.First("MSH")
	return uuid.NewSHA1(namespace, []byte(strings.Join(append([]string{msh.Raw(3), msh.Raw(4), r.patient, r.orderID()},
		parts...), "\x00"))).String()
}

// value takes one OBX.
func (r *reporter) value(ctx context.Context, obx Segment) error {
	vital := vitalOf(obx)
	where := "OBX " + strconv.Quote(obx.Text(1, 1))
	status := obx.Text(11, 1)
	text := observationValue(obx)
	switch status {
	case "", "F", "P", "C", "R", "U", "S", "B":
	case "X", "D", "W", "N", "O", "I":
		text = "" // not obtained, withdrawn, wrong, not asked, only ordered, pending: no value, and never zero
	default:
		r.warnf("%s: no rule for OBX-11 %.4q", where, status)
		return nil
	}
	withdrawn := status == "X" || status == "D" || status == "W"
	if text == "" && !withdrawn {
		name := vital.String()
		if name == "" {
			name = "a result"
		}
		r.warnf("%s: no value for %s", where, name)
		return nil
	}
	code := obx.Raw(3)
	if r.codes == nil { // an OBX before any OBR
		r.order(Segment{Name: "OBR", d: obx.d})
	}
	nth := strconv.Itoa(r.codes[code])
	r.codes[code]++
	at, from, timed := r.taken(r.obr, obx)
	err := r.AddResult(ctx, Result{
		ID:      r.id("result", code, obx.Raw(4), nth, at.Add(-r.im.options.Shift).String(), status, text),
		Patient: r.patient, Code: obx.Text(3, 1), Name: obx.Text(3, 2), System: obx.Text(3, 3), Value: text,
		Unit: obx.Text(6, 1), Range: obx.Text(7, 1), Flag: obx.Text(8, 1), Status: status,
		Taken: at, TakenFrom: from, Received: r.im.received, Source: r.source(),
	})
	if err != nil {
		return err
	}
	r.outcome.Observations++
	if vital != noVital && timed {
		r.vital(vital, text, where, obx, at, status)
	}
	return nil
}

// observationValue is OBX-5 as text: the repetitions of a text are its lines,
// a coded value is shown by its words.
func observationValue(obx Segment) string {
	var lines []string
	for n := range obx.Repeats(5) {
		text := obx.Rep(5, n, 1)
		switch obx.Text(2, 1) {
		case "CE", "CWE", "CNE":
			if words := obx.Rep(5, n, 2); words != "" {
				text = words
			}
		case "SN": // comparator^number^separator^number
			text = strings.TrimSpace(text + obx.Rep(5, n, 2) + obx.Rep(5, n, 3) + obx.Rep(5, n, 4))
		}
		if text != "" {
			lines = append(lines, text)
		}
	}
	return strings.Join(lines, "\n")
}

// flush writes the sets of the order that ends here.
func (r *reporter) flush(ctx context.Context) error {
	for _, s := range r.sets {
		o := s.observation()
		o.ID = r.id("set", s.first.Add(-r.im.options.Shift).String())
		o.Patient, o.Received, o.Source, o.Scale2 = r.patient, r.im.received, r.source(), r.scale2
		if o.SBP != nil && o.DBP != nil && *o.DBP > *o.SBP {
			r.warnf("diastolic pressure is above systolic")
		}
		if s.corrects {
			old, found, err := r.Observation(ctx, o.ID)
			if err != nil {
				return err
			}
			if found {
				if err := r.CorrectObservation(ctx, s.over(old)); err != nil {
					return err
				}
				continue
			}
		}
		if vitals.NEWS2(o).Any() || o.DBP != nil {
			if _, err := r.AddObservation(ctx, o); err != nil {
				return err
			}
		}
	}
	r.sets = nil
	return nil
}
