package hl7

import (
	"errors"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/google/uuid"

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
	empty     *result.Result // the OBX in hand, if it has no value
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
		last := &r.results[len(r.results)-1]
		last.Note = strings.TrimPrefix(last.Note+"\n"+text, "\n")
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
	r.noted = noValue
	r.empty = nil
	v, ok := r.version(obx)
	v.Part, v.Place, v.Message = r.part, obx.nth, PartKey(r.key, r.group)
	v.ID = uuid.NewSHA1(namespace, []byte(strings.Join([]string{"result", v.Message, r.patient, strconv.Itoa(obx.nth)}, "\x00"))).String()
	r.about[v.ID] = obx
	switch {
	case ok:
		r.noted = theValue
		r.keep(v)
	case v.TakenFrom != "": // empty, and read all the same
		r.empty = &v
	}
}

func (r *reporter) keep(v result.Result) {
	r.results = append(r.results, v)
	r.outcome.Observations++
}

// version reads one OBX. ok is false if nothing of it is kept; that was warned of.
func (r *reporter) version(obx Segment) (v result.Result, ok bool) {
	sign, clear := vitalOf(obx)
	where := "OBX " + strconv.Quote(obx.Text(1, 1))
	if !clear {
		r.warnAt(obx, "%s: its codes name two vital signs: it is read as neither", where)
	}
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
	if effect == result.Live {
		r.monitor(v, obx)
		v.Sign, v.Number, v.Word, v.Zero = "", nil, "", false
	}
	return v, true
}

// flagged is what OBX-8 leaves of an effect. ok is false if the value tells nothing
// of the patient.
func (r *reporter) flagged(obx Segment, effect result.Status, where string) (result.Status, bool) {
	flags := words(obx)
	i := slices.IndexFunc(flags, func(f string) bool { return slices.Contains(unchartable, f) })
	switch {
	case i < 0 && effect == result.Final && slices.ContainsFunc(flags, func(f string) bool { return slices.Contains(unfinished, f) }):
		return result.Preliminary, true
	case i < 0, effect == result.Withdrawn, effect == result.NotObtained:
		return effect, true
	case effect == result.Corrected: // the correction is that it was none
		return result.Withdrawn, true
	}
	r.warnAt(obx, "%s: OBX-8 says %s: not charted", where, flags[i])
	return effect, false
}

// facts is what a version says beside its value.
func (r *reporter) facts(obx Segment) result.Result {
	at, from, timed := r.taken(r.obr, obx)
	if !timed {
		from = result.NoTime
	}
	sent, _ := r.sent()
	v := result.Result{
		Source: source(r.m.First("MSH")), Order: r.orderNumber(), OrderCode: firstOf(r.obr.Text(4, 1), r.obr.Text(4, 4)),
		OrderName: firstOf(r.obr.Text(4, 2), r.obr.Text(4, 5)), OrderNote: r.orderNote,
		Code: obx.Text(3, 1), Name: obx.Text(3, 2), System: obx.Text(3, 3),
		SubID: obx.Whole(4, 0), Sensor: firstOf(obx.Whole(4, 0), obx.Text(18, 1)), Type: obx.Text(2, 1),
		Unit:  firstOf(obx.Text(6, 1), obx.Text(6, 2), obx.Text(6, 4), obx.Text(6, 5)),
		Range: obx.Whole(7, 0), Flag: strings.ReplaceAll(obx.lines(8), "\n", "~"), Status: obx.Text(11, 1),
		StatusAt: r.statusAt(sent), SentAt: sent, Taken: at, TakenFrom: from, Received: r.im.received,
	}
	if ordered, ok := parseTime(r.obr.Raw(7), r.zone()); ok {
		v.OrderAt = r.im.rebase(ordered)
	}
	if v.Code == "" { // only the alternate is given
		v.Code, v.Name, v.System = obx.Text(3, 4), firstOf(v.Name, obx.Text(3, 5)), obx.Text(3, 6)
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
		level, known := consciousnessOf(v.Value)
		if !known {
			r.warnAt(obx, "%s: consciousness is none of A, C, V, P, U", where)
		}
		v.Word = string(level)
		return
	case vitals.OxygenDevice:
		v.Word = v.Value
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

// monitor hands on a monitor's live value: it is shown as such and never charted.
func (r *reporter) monitor(v result.Result, obx Segment) {
	sign := map[vitals.Quantity]vitals.Sign{vitals.PulseRate: vitals.HeartRate, vitals.OxygenSaturation: vitals.Saturation}[v.Sign]
	if sign == "" || v.Number == nil || v.TakenFrom == result.NoTime {
		return
	}
	pv1 := r.m.First("PV1")
	r.shown = append(r.shown, vitals.Reading{Monitor: firstOf(obx.Text(18, 1), strings.Trim(placeName(pv1, 3, 1)+" "+placeName(pv1, 3, 3), " "), v.Source),
		Patient: r.patient, Sign: sign, Value: *v.Number, Unit: sign.Unit(), At: v.Taken})
}
