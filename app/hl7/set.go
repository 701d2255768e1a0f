package hl7

import (
	"slices"
	"strconv"
	"strings"

	"github.com/google/uuid"

	"github.com/wardlight/wardlight/app/foreign"
	"github.com/wardlight/wardlight/app/result"
	"github.com/wardlight/wardlight/app/vitals"
)

// value takes one OBX.
func (r *reporter) value(obx Segment) {
	if r.part == 0 { // an OBX before any OBR
		r.order(Segment{Name: "OBR", d: obx.d})
	}
	r.values++
	r.noted, r.empty, r.spoken = noValue, nil, nil
	if r.blankLine(obx) {
		r.noted = theValue
		return
	}
	sign, clear := vitalOf(obx)
	if !clear {
		r.warnAt(obx, "its codes name two vital signs: it is read as neither")
	}
	if both, is := r.pressures(obx); is {
		for _, half := range both {
			r.take(half)
		}
		return
	}
	r.take(half{obx: obx, sign: sign})
}

// take keeps what an OBX says of a sign.
func (r *reporter) take(h half) {
	obx := h.obx
	v, ok := r.version(obx, h.sign)
	v.Part, v.Place, v.Message = r.part, obx.nth, PartKey(r.key, r.group)
	of := []string{"result", v.Message, r.patient, strconv.Itoa(obx.nth)}
	if h.of != nil {
		of = append(of, string(h.sign))
		v.Raw, v.Sensor = foreign.Text(h.of.Raw(5)), firstOf(h.of.Whole(4, 0), obx.Text(18, 1))
	}
	v.ID = uuid.NewSHA1(namespace, []byte(strings.Join(of, "\x00"))).String()
	r.about[v.ID] = obx
	switch {
	case ok && r.addLine(v):
		r.noted = theValue
	case ok:
		r.noted = theValue
		r.keep(v)
	case v.TakenFrom != "": // empty, and read all the same
		r.empty = &v
	}
}

func (r *reporter) keep(v result.Result) {
	r.spoken = append(r.spoken, len(r.results))
	r.results = append(r.results, v)
	r.outcome.Observations++
}

// version reads one OBX. ok is false if nothing of it is kept; that was warned of.
func (r *reporter) version(obx Segment, sign vitals.Quantity) (v result.Result, ok bool) {
	where := "OBX " + strconv.Quote(obx.Text(1, 1))
	name := sign.String()
	if name == "" {
		name = "a result"
	}
	text, raw, kept := content(obx)
	if !kept {
		r.warnAt(obx, "%s: a value of type %.4s is not kept", where, obx.Text(2, 1))
		return v, false
	}
	effect, ok := r.effect(obx, where)
	if !ok {
		return v, false
	}
	if effect == result.NotObtained {
		text = "" // what stands there is no value, and never zero
	}
	effect, ok = r.flagged(obx, effect, where)
	if !ok {
		return v, false
	}
	needs := []result.Status{result.Preliminary, result.Final, result.Corrected, result.Live}
	if text == "" && slices.Contains(needs, effect) {
		effect = result.None
	}
	v = r.facts(obx)
	v.Value, v.Raw, v.Effect = text, raw, effect
	// these find their value's time
	if v.TakenFrom == "MSH-7" && effect != result.Corrected && effect != result.Withdrawn {
		r.warnAt(r.obr, "neither OBR-7 nor OBX-14 says when it was measured: it counts as of MSH-7")
	}
	if effect == result.None {
		v.Value, v.Raw = "", ""
		r.warnAt(obx, "%s: no value for %s", where, name)
		return v, false
	}
	if v.Sign = sign; sign != "" && text != "" && effect != result.Withdrawn {
		r.read(&v, obx, where)
	}
	if sign == "" && text != "" && effect != result.Withdrawn && related(obx) {
		r.warnAt(obx, "%s: the code of a vital sign that is not read as one: it is kept as a result alone", where)
	}
	if effect == result.Live {
		r.monitor(v, obx)
		v.Sign, v.Number, v.Word, v.Zero = "", nil, "", false
	}
	return v, true
}

// facts is what a version says beside its value.
func (r *reporter) facts(obx Segment) result.Result {
	at, from, timed := r.taken(r.obr, obx)
	if !timed {
		from = result.NoTime
	}
	sent, _ := r.sent()
	v := result.Result{
		Source: source(r.m.First("MSH")), Order: r.orderNumber(), OrderNote: r.orderNote,
		OrderCode: firstOf(r.obr.Component(4, 0, 1), r.obr.Component(4, 0, 4)),
		OrderName: firstOf(r.obr.Component(4, 0, 2), r.obr.Component(4, 0, 5)),
		Code:      obx.Component(3, 0, 1), Name: obx.Component(3, 0, 2), System: obx.Text(3, 3),
		SubID: obx.Whole(4, 0), Sensor: firstOf(obx.Whole(4, 0), obx.Text(18, 1)), Type: obx.Text(2, 1),
		Unit:  firstOf(obx.Text(6, 1), obx.Text(6, 2), obx.Text(6, 4), obx.Text(6, 5)),
		Range: obx.Whole(7, 0), Flag: strings.ReplaceAll(obx.lines(8), "\n", "~"), Status: obx.Text(11, 1),
		For: r.cameFor, StatusAt: r.statusAt(sent), SentAt: sent, Taken: at, TakenFrom: from, Received: r.im.received,
	}
	if ordered, ok := parseTime(r.obr.Raw(7), r.zone()); ok {
		v.OrderAt = r.im.rebase(ordered)
	}
	if v.Code == "" { // only the alternate is given
		v.Code, v.Name, v.System = obx.Component(3, 0, 4), firstOf(v.Name, obx.Component(3, 0, 5)), obx.Text(3, 6)
	}
	return v
}

// effect is what the version does to its value.
func (r *reporter) effect(obx Segment, where string) (result.Status, bool) {
	status, order := obx.Text(11, 1), r.obr.Text(25, 1)
	s, known := result.Effective(status, order)
	switch {
	case !known && status != "" && status != "F":
		r.warnAt(obx, "%s: no rule for OBX-11 %.4q", where, status)
		return s, false
	case !known:
		r.warnAt(r.obr, "no rule for OBR-25 %.4q: OBX-11 is followed", order)
	}
	if obx.Null(5) { // delete what you have
		switch s {
		case result.Final, result.Preliminary, result.Corrected, result.Confirmed:
			s = result.Withdrawn
		}
	}
	return s, true
}
