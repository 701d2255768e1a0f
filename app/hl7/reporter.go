package hl7

import (
	"strings"
	"time"

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
	if id := strings.TrimRight(r.obr.Whole(3, 0), "^& "); id != "" {
		return id
	}
	if id := strings.TrimRight(r.obr.Whole(2, 0), "^& "); id != "" {
		return result.Placer + id
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
