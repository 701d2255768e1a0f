package hl7

import (
	"errors"
	"strconv"
	"strings"
	"time"

	"github.com/google/uuid"

	"github.com/wardlight/wardlight/app/foreign"
	"github.com/wardlight/wardlight/app/result"
	"github.com/wardlight/wardlight/app/vitals"
)

// reporter walks the OBX segments of one patient, one OBR after another.
type reporter struct {
	*mapping
	patient string

	obr       Segment
	part      int // OBR segments so far
	values    int // OBX segments of this OBR
	orderNote string
	noted     whom
	spoken    []int          // results of the OBX in hand, which a note is of
	empty     *result.Result // the OBX in hand, if it has no value
	texts     map[lineKey]*openText
	lastText  *openText
	results   []result.Result
	about     map[string]Segment // the OBX of each result
}

// whom a NTE speaks of.
type whom int

const (
	nobody   whom = iota // of the patient, or of what is not read
	theOrder             // after an OBR
	theValue             // after an OBX that is kept
	noValue              // after an OBX that is not, or not yet
)

func (r *reporter) order(obr Segment) {
	r.obr, r.values, r.orderNote, r.noted = obr, 0, "", theOrder
	r.texts, r.lastText = map[lineKey]*openText{}, nil
	r.part++
}

func (r *reporter) endOrder() {
	switch {
	case r.part == 0 || r.values > 0:
	case r.obr.Text(25, 1) == "X":
		r.warnAt(r.obr, "OBR-25 says that the order was cancelled and no value is named: what was charted of it stays")
	case r.orderNote != "":
		r.warnAt(r.obr, "a note on an order without values is not kept")
	}
}

// note keeps a comment whole with what it stands behind.
func (r *reporter) note(nte Segment) {
	text := nte.lines(3)
	if text == "" {
		return
	}
	switch r.noted {
	case theOrder:
		r.orderNote = strings.TrimPrefix(r.orderNote+"\n"+text, "\n")
	case theValue:
		for _, i := range r.spoken {
			r.results[i].Note = strings.TrimPrefix(r.results[i].Note+"\n"+text, "\n")
		}
	case noValue:
		if r.empty == nil {
			r.warnAt(nte, "a note on a value that is not kept is not kept either")
			return
		}
		r.empty.Note, r.noted = text, theValue // the report is in the note
		r.keep(*r.empty)
	default:
		r.warnAt(nte, "a note that is on no value and no order is not kept")
	}
}

// orderNumber tells this order from all others of its source: the filler's number,
// else the placer's.
func (r *reporter) orderNumber() string {
	for _, field := range []int{3, 2} {
		if id := strings.TrimRight(r.obr.Whole(field, 0), "^& "); id != "" {
			return id
		}
	}
	return ""
}

// statusAt is when the source gave the order's values their status: OBR-22, else
// MSH-7. A status of the future would stand against all that comes later: it is
// one of now.
func (r *reporter) statusAt(sent time.Time) time.Time {
	at := sent
	switch t, is := r.when(r.obr, 22); is {
	case timeGiven:
		at = t
	case dayOnly:
		r.warnAt(r.obr, "OBR-22 names a day and no time of it: MSH-7 is followed")
	}
	if at.Sub(r.im.received) > vitals.AheadMost {
		return r.im.received
	}
	return at
}

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
		r.warnAt(obx, "OBX %q: its codes name two vital signs: it is read as neither", obx.Text(1, 1))
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
	if text == "" && (effect == result.Preliminary || effect == result.Final || effect == result.Corrected || effect == result.Live) {
		effect = result.None
	}
	v = r.facts(obx)
	v.Value, v.Raw, v.Effect = text, raw, effect
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
		StatusAt: r.statusAt(sent), SentAt: sent, Taken: at, TakenFrom: from, Received: r.im.received,
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

// read reads what a version says of its sign.
func (r *reporter) read(v *result.Result, obx Segment, where string) {
	switch v.Sign {
	case vitals.ConsciousLevel:
		v.Word = string(r.consciousness(obx, where))
		return
	case vitals.OxygenDevice:
		v.Word = r.device(obx, v.Value, where)
		return
	}
	digits, units := digitsOf(obx, v.Value)
	n, err := v.Sign.Read(digits, vitals.FromDevice, units...)
	switch {
	case err == nil:
		v.Number = &n
	case errors.Is(err, vitals.ErrZero):
		v.Zero = true
		r.warnAt(obx, "%s: 0 sent for %s, check the patient", where, v.Sign)
	case errors.Is(err, vitals.ErrUnit):
		r.warnAt(obx, "%s: %s in unit %.24q is not read as a vital sign", where, v.Sign, v.Unit)
	case errors.Is(err, vitals.ErrImpossible):
		r.warnAt(obx, "%s: %s is not possible", where, v.Sign)
	default:
		r.warnAt(obx, "%s: %s is no number", where, v.Sign)
	}
}

// device is what an OBX says of an oxygen device: its words, or its code where only that
// is known.
func (r *reporter) device(obx Segment, words, where string) string {
	for _, said := range []string{words, obx.Text(5, 1), obx.Text(5, 4)} {
		if _, known := vitals.OnOxygen(said); known {
			return said
		}
	}
	r.warnAt(obx, "%s: neither air nor a device that gives oxygen: whether there is some is left open", where)
	return words
}

// monitor hands on a monitor's live value: it is shown as such and never charted.
func (r *reporter) monitor(v result.Result, obx Segment) {
	sign := map[vitals.Quantity]vitals.Sign{vitals.PulseRate: vitals.HeartRate, vitals.OxygenSaturation: vitals.Saturation}[v.Sign]
	if sign == "" || v.Number == nil || v.TakenFrom == result.NoTime {
		return
	}
	pv1 := r.m.First("PV1")
	r.shown = append(r.shown, vitals.Reading{Monitor: firstOf(obx.Text(18, 1), strings.Trim(pv1.Text(3, 1)+" "+pv1.Text(3, 3), " "), v.Source),
		Patient: r.patient, Sign: sign, Value: *v.Number, Unit: sign.Unit(), At: v.Taken})
}
