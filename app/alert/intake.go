package alert

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/wardlight/wardlight/app/foreign"
)

// Request is an alert as another system sends it on the ward's intake channel:
// one JSON object; see README.md beside this file.
type Request struct {
	// ID makes a repeat of the same alert harmless. Optional.
	ID string
	// MRN is the patient's number as it was sent; Bed is where, and finds the
	// patient where MRN does not.
	MRN, Bed string
	// Priority is high, medium, low or technical; anything else counts as high.
	Priority Priority
	// Text is what the nurse reads; [NoText] if none was sent.
	Text   string
	Source string
	// At is the source's time, UTC; zero if none was sent that can be read.
	At time.Time
	// Doubtful: MRN held something between its characters that is not to be seen, so
	// that it may be two halves of one number, or no number; or several numbers were
	// sent, or one that may be another's. It is shown, and leads to nobody.
	Doubtful bool
	// Flaws names the fields that were not as they should be, for the log: no
	// value is in it.
	Flaws []string
}

// Limits of a request: longer text is cut and marked, a larger message refused.
const (
	MaxRequest = 64 << 10
	MaxText    = 400
	maxWord    = 64
)

// NoText is the text of an alert whose source sent none.
const NoText = "An alert came without a text. Look at the patient, and tell IT."

// ErrBadRequest means a message on the intake channel is not an alert.
var ErrBadRequest = errors.New("alert: message is not an alert")

// ParseRequest reads one intake message. A flawed field costs only itself: the
// priority is never lowered by one, nor the alert lost. A time without a zone is
// in the computer's. [ErrBadRequest] where nothing in it can be read.
func ParseRequest(payload []byte) (Request, error) { return ParseRequestIn(payload, time.Local) }

// ParseRequestIn is [ParseRequest] with times without a zone in zone.
func ParseRequestIn(payload []byte, zone *time.Location) (Request, error) {
	if len(payload) > MaxRequest {
		return Request{}, fmt.Errorf("%w: %d bytes, limit %d", ErrBadRequest, len(payload), MaxRequest)
	}
	fields, err := readObject(payload)
	if err != nil {
		return Request{}, err
	}
	r := Request{Source: "intake"}
	var said bool // any field that has something to say beside the text
	flaw := func(name string) {
		if len(r.Flaws) == 0 || r.Flaws[len(r.Flaws)-1] != name {
			r.Flaws = append(r.Flaws, name)
		}
	}
	if fields.broken {
		flaw("JSON")
	}
	words := map[string]*string{"mrn": &r.MRN, "bed": &r.Bed, "source": &r.Source}
	twice := map[string]bool{}
	// also is what two fields of one name say: both, where they differ.
	also := func(name, had, v string, most int) string {
		switch {
		case !twice[name] || had == v:
			twice[name] = true
			return v
		case name == "mrn":
			r.Doubtful = true
		}
		flaw(name)
		return Clean(had+" · "+v, most)
	}
	var text, other string
	for _, f := range fields.list {
		v, kind := f.scalar()
		name := strings.ToLower(strings.TrimSpace(f.name))
		to := words[name]
		if kind != isString && kind != isNull && (to != nil || name == "id" || name == "text") {
			flaw(name)
		}
		switch {
		case name == "priority":
			p, known := priority(v)
			if said = true; !known {
				flaw(name)
			}
			if r.Priority != "" && p != r.Priority {
				flaw(name)
			}
			if r.Priority == "" || p.Rank() < r.Priority.Rank() {
				r.Priority = p // of two the more urgent one
			}
		case v == "": // nothing said; what an earlier one said stays
		case to != nil:
			if w := word(v); w != "" {
				*to, said = also(name, *to, w, maxWord), true
				if name == "mrn" && hides(v) {
					r.Doubtful = true
					flaw(name)
				}
			}
		case name == "id":
			if id := ownID(v, kind); id != "" {
				r.ID, said = also(name, r.ID, id, maxWord*2), true
			} else {
				flaw(name)
			}
		case name == "text":
			if t := Clean(v, MaxText); t != "" {
				text = also(name, text, t, MaxText)
			}
		case name == "at":
			at, readable := moment(v, zone)
			if said = true; readable {
				if !r.At.IsZero() && !r.At.Equal(at) {
					flaw(name)
				}
				r.At = at
			} else {
				flaw(name)
			}
		case otherText[name] && kind == isString:
			if t := Clean(v, MaxText); t != "" {
				if other != "" {
					other += " · "
				}
				other += t
			}
		}
	}
	nested, doubtful, patients := fields.nested()
	if r.MRN == "" && nested != "" {
		r.MRN, r.Doubtful, said = nested, doubtful, true
		flaw("mrn")
	} else if r.MRN != "" {
		for _, w := range patients {
			if !SameNumber(w, r.MRN) {
				r.MRN = also("mrn", r.MRN, w, maxWord)
			}
		}
	}
	switch {
	case text != "":
		r.Text = text
	case other != "":
		r.Text = Clean(other, MaxText)
		flaw("text")
	case said:
		r.Text = NoText
		flaw("text")
	default:
		return Request{}, fmt.Errorf("%w: no text", ErrBadRequest)
	}
	if r.Priority == "" {
		r.Priority = High
	}
	return r, nil
}

// otherText are the fields in which other systems send what a nurse reads. They
// are used where there is no text.
var otherText = map[string]bool{"message": true, "msg": true, "body": true, "description": true, "summary": true,
	"title": true, "subject": true}

// priority reads a priority; what is none of the four counts as high.
func priority(v string) (p Priority, known bool) {
	if p = Priority(strings.ToLower(word(v))); p.Known() {
		return p, true
	}
	return High, false
}

// hides reports whether a number holds, between its ends, what is not to be seen.
func hides(number string) bool {
	return foreign.Held(strings.TrimFunc(number,
		func(r rune) bool { return !unicode.IsGraphic(r) || unicode.IsSpace(r) }))
}

// noIDs are the words that programs write for want of an ID.
var noIDs = []string{"undefined", "null", "nil", "nan", "none", "n/a", "na", "unknown", "false", "true",
	"[object object]"}

// NoID reports whether a word is what a program writes for want of an ID: it would make
// one alert of all. Zero is one, and a UUID of zeros.
func NoID(id string) bool {
	id = strings.ToLower(word(id))
	return strings.Trim(id, "0-+.{} ") == "" || slices.Contains(noIDs, id)
}

// ownID is an ID that one alert can be known by, or "": a list, an object and true are
// none either.
func ownID(v string, kind valueKind) string {
	if kind == isOther || NoID(v) {
		return ""
	}
	id := word(v)
	if utf8.RuneCountInString(v) > maxWord {
		// The end that is cut off may be all that tells two alerts apart.
		sum := sha256.Sum256([]byte(v))
		id = Clean(v, maxWord/2) + hex.EncodeToString(sum[:8])
	}
	return id
}

func word(s string) string { return Clean(s, maxWord) }

// Digest names an intake message by its content.
func Digest(ward string, payload []byte) string {
	h := sha256.New()
	fmt.Fprintf(h, "%d:%s", len(ward), ward)
	h.Write(payload)
	return hex.EncodeToString(h.Sum(nil)[:16])
}

// digest names a request by what it says. Its time is not part of that: a repeat
// has another.
func (r Request) digest() string {
	h := sha256.New()
	for _, s := range []string{r.ID, string(r.Priority), r.Text, r.MRN, r.Bed} {
		fmt.Fprintf(h, "%d:%s", len(s), s)
	}
	return hex.EncodeToString(h.Sum(nil)[:8])
}

// IntakeID is the ID of an alert to which its source gave one.
func IntakeID(ward, own string) string { return "intake:" + ward + ":" + own }

// oldest is how long before it was heard an alert can have been raised.
const oldest = 24 * time.Hour

// RaisedAt is when an alert was raised whose source said at and that was heard at
// heard: a source's clock that is wrong breaks no age.
func RaisedAt(at, heard time.Time) time.Time {
	if at.IsZero() || at.After(heard) || heard.Sub(at) > oldest {
		return heard
	}
	return at
}
