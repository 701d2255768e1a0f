package alert

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/wardlight/wardlight/app/tongue"
)

// Target is who is called: a role of the ward, a person, or everyone.
type Target string

// The targets that a path is made of.
const (
	PatientsNurse Target = "patients-nurse"
	ChargeNurse   Target = "charge-nurse"
	Everyone      Target = "everyone"
)

const person = "staff:"

// Person is one member of staff as a target.
func Person(staffID string) Target { return Target(person + staffID) }

// Staff is the staff ID of a person, or "".
func (t Target) Staff() string {
	if id, is := strings.CutPrefix(string(t), person); is {
		return id
	}
	return ""
}

// Words is the target as a screen says it: "the charge nurse".
func (t Target) Words() string {
	switch t {
	case PatientsNurse:
		return tongue.T("the nurse of the patient")
	case ChargeNurse:
		return tongue.T("the charge nurse")
	case Everyone:
		return tongue.T("everyone")
	}
	return t.Staff()
}

// Seconds is a time that is written as a number of seconds.
type Seconds time.Duration

// D is the time.
func (s Seconds) D() time.Duration { return time.Duration(s) }

// MarshalJSON writes seconds.
func (s Seconds) MarshalJSON() ([]byte, error) { return json.Marshal(s.D().Seconds()) }

// UnmarshalJSON reads seconds.
func (s *Seconds) UnmarshalJSON(b []byte) error {
	var f float64
	if err := json.Unmarshal(b, &f); err != nil {
		return err
	}
	*s = Seconds(f * float64(time.Second))
	return nil
}

// Rule is how alerts of one priority are treated.
type Rule struct {
	// After is how long those of one level are waited for; 0: time alone calls
	// nobody further.
	After Seconds `json:"after"`
	// Path names the people who are called, the first at once.
	Path []Target `json:"path"`
	// Latching keeps an alert whose cause ended until a person ends it.
	Latching bool `json:"latching,omitempty"`
}

// At names the people who are called at a level; the last for all beyond it.
func (r Rule) At(level int) Target {
	if len(r.Path) == 0 {
		return Everyone
	}
	return r.Path[min(max(level, 0), len(r.Path)-1)]
}

// Rules are what the rule says to an alert's [Life].
func (r Rule) Rules() Rules { return Rules{Top: max(len(r.Path)-1, 0), Latching: r.Latching} }

// Policy is a ward's setting of how alerts escalate.
type Policy struct {
	// Version counts the ward's changes; 0 is the default that nobody changed.
	Version   int64 `json:"version"`
	High      Rule  `json:"high"`
	Medium    Rule  `json:"medium"`
	Low       Rule  `json:"low"`
	Technical Rule  `json:"technical"`
	// Unshown is after what time an alert that no screen is known to show calls
	// the next level; 0: never.
	Unshown Seconds `json:"unshown"`
}

// DefaultPolicy is that of a ward that set nothing: 20 s for high (the time after
// which published ward systems forward by themselves), 60 s for medium and
// technical, none for low.
func DefaultPolicy() Policy {
	path := func() []Target { return []Target{PatientsNurse, ChargeNurse, Everyone} }
	return Policy{
		High:      Rule{After: Seconds(20 * time.Second), Path: path()},
		Medium:    Rule{After: Seconds(60 * time.Second), Path: path()},
		Technical: Rule{After: Seconds(60 * time.Second), Path: path()},
		Low:       Rule{Path: path()},
		Unshown:   Seconds(5 * time.Second),
	}
}

// For is the rule of a priority; that of high for one that is not known.
func (p Policy) For(pr Priority) Rule {
	switch pr {
	case Medium:
		return p.Medium
	case Low:
		return p.Low
	case Technical:
		return p.Technical
	}
	return p.High
}

// ErrPolicy means a setting under which an alert could be lost sight of.
var ErrPolicy = errors.New("alert: not a safe policy")

// Check refuses settings under which nobody would be called.
func (p Policy) Check() error {
	for _, pr := range []Priority{High, Medium, Low, Technical} {
		r := p.For(pr)
		after := r.After.D()
		switch {
		case pr == High && (after <= 0 || after > 2*time.Minute):
			return fmt.Errorf("%w: high alerts escalate after at most 120 s", ErrPolicy)
		case after < 0 || after > 0 && after < 5*time.Second || after > time.Hour:
			return fmt.Errorf("%w: %s: the time must be 5 s to 1 h, or none", ErrPolicy, pr)
		case len(r.Path) < 2 || len(r.Path) > 6 || r.Path[len(r.Path)-1] != Everyone:
			return fmt.Errorf("%w: %s: the path has 2 to 6 steps and ends with everyone", ErrPolicy, pr)
		}
		for _, t := range r.Path {
			if t != PatientsNurse && t != ChargeNurse && t != Everyone {
				return fmt.Errorf("%w: %s: %q is no role of the ward", ErrPolicy, pr, t)
			}
		}
	}
	if u := p.Unshown.D(); u != 0 && (u < 2*time.Second || u > time.Minute) {
		return fmt.Errorf("%w: alerts shown nowhere escalate after 2 s to 60 s", ErrPolicy)
	}
	return nil
}

// Sighting is what one station reports of one alert; zero times were not
// reported.
type Sighting struct {
	Alert, Station            string
	Delivered, Shown, Sounded time.Time
}

// Proof takes a station's reports. It does not block; At is the moment at which
// it happened.
type Proof interface {
	Delivered(alertID string, at time.Time)
	Shown(alertID string, at time.Time)
	Sounded(alertID string, at time.Time)
}
