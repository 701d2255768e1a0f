package alert

import (
	"slices"
	"strings"

	"github.com/wardlight/wardlight/app/staff"
	"github.com/wardlight/wardlight/app/tongue"
)

// Nurse is somebody who looks after a patient this shift.
type Nurse struct{ ID, Name string }

// Shift is who could be called now, as one station knows it. It is never changed
// after it was made.
type Shift struct {
	// Known is false where this station cannot tell who is where. Everyone is
	// called then: a tone too many is better than one too few.
	Known bool
	// Nurses are who looks after each patient, by record ID.
	Nurses map[string][]Nurse
	// Here are those who would notice an alert now: signed in, by staff ID, at a
	// station of the ward that hears the ward and whose tones are heard.
	Here map[string]staff.Role
	// Away are those who are signed in and would not notice an alert all the same, by
	// staff ID; nobody is in both.
	Away map[string]Away
}

// Call is whom one alert calls: at whose stations it sounds and pops up. No call
// takes an alert out of anybody's list.
type Call struct {
	// Everyone: every station, also one at which nobody is signed in.
	Everyone bool
	// Charge: the charge nurses.
	Charge bool
	// Nurses are people called by name: the nurses of the patient, and the one
	// whom a forward asks.
	Nurses []Nurse
	// Newest are those called last, in words; Why, in a few words, is why others
	// than the path names are called: of each step that was passed over. Next is who
	// would be called next.
	Newest, Why, Next string
}

// Calls reports whether a person is called: an empty ID is a station at which
// nobody is signed in.
func (c Call) Calls(id string, r staff.Role) bool {
	return c.Everyone || id != "" && (c.Charge && r == staff.ChargeNurse || c.Names(id))
}

// Names reports whether a person is called by name.
func (c Call) Names(id string) bool {
	return slices.ContainsFunc(c.Nurses, func(n Nurse) bool { return n.ID == id })
}

// Call is whom an alert calls that has come to a level of its path. A step at
// which nobody can be reached is passed over at once, and so the path moves up by
// it: the clock does not wait for those who are not there. Whoever was called stays
// called. forward is the last forward, nil if none.
func (s Shift) Call(a Alert, r Rule, level int, forward *Move) Call {
	switch {
	case !s.Known:
		return Call{Everyone: true, Newest: Everyone.Words(), Why: tongue.T("sign-ins not known"), Next: again()}
	case a.Patient == "" && a.Priority != Technical:
		return Call{Everyone: true, Newest: Everyone.Words(), Why: tongue.T("patient not known"), Next: again()}
	}
	var c Call
	s.walk(&c, a, r.Path, level)
	if forward != nil && forward.To != "" {
		asked := c
		asked.Why = ""
		s.walk(&asked, a, []Target{forward.To, ChargeNurse, Everyone}, 0)
		asked.Next = c.Next
		if level == 0 {
			c = asked
		} else {
			c.Everyone, c.Charge, c.Nurses = asked.Everyone, asked.Charge, asked.Nurses
		}
		if p := forward.To.Staff(); p != "" && level == 0 && forward.ToName != "" {
			if c.Newest == p {
				c.Newest = forward.ToName
			} else {
				c.Why = s.personAway(p, forward.ToName)
			}
		}
	}
	if level >= len(r.Path)-1 {
		c.Why = "" // the path itself calls everyone
	}
	if c.Everyone {
		c.Next = again()
	}
	return c
}

// again is the next of an alert that calls everyone already.
func again() string { return tongue.T("everyone, again") }

// walk adds those whom the steps of a path up to a level call.
func (s Shift) walk(c *Call, a Alert, path []Target, level int) {
	reached := 0
	var passed []string
	for _, t := range path {
		all := s.nurses(a, t)
		able := slices.DeleteFunc(slices.Clone(all), func(n Nurse) bool { return !s.answers(n.ID) })
		if reached <= level {
			c.name(all) // a care assistant hears it, and does not keep it from others
		}
		switch {
		case reached > level && (t == Everyone || t == ChargeNurse && s.charge() || len(able) > 0):
			c.Next = t.Words()
			return
		case t == Everyone:
			c.Everyone, c.Newest = true, t.Words()
			return
		case t == ChargeNurse && s.charge(), len(able) > 0:
			reached++
			c.Charge = c.Charge || t == ChargeNurse
			if c.Newest = t.Words(); len(able) > 0 {
				c.Newest = names(able)
			}
		case reached <= level: // the path has come past it
			for _, why := range s.why(a, t) {
				if !slices.Contains(passed, why) {
					passed = append(passed, why)
				}
			}
			c.Why = strings.Join(passed, "; ")
		}
	}
	// A path that does not end with everyone is none that a ward can set.
	c.Everyone, c.Newest = true, Everyone.Words()
}

// name adds people who are called by name.
func (c *Call) name(who []Nurse) {
	for _, nurse := range who {
		if !c.Names(nurse.ID) {
			c.Nurses = append(slices.Clip(c.Nurses), nurse)
		}
	}
}

// answers reports whether somebody who is here can answer what calls them by name.
func (s Shift) answers(id string) bool { return RightsTo(s.Here[id], ForwardedTo, ToNurse).Accept }

// nurses are the people whom a step calls by name and who are here.
func (s Shift) nurses(a Alert, t Target) (out []Nurse) {
	if id := t.Staff(); id != "" {
		if _, here := s.Here[id]; here {
			out = []Nurse{{ID: id, Name: id}}
		}
		return out
	}
	if t != PatientsNurse || a.Patient == "" {
		return nil
	}
	for _, n := range s.Nurses[a.Patient] {
		if _, here := s.Here[n.ID]; here {
			out = append(out, n)
		}
	}
	return out
}

// charge reports whether a charge nurse is here.
func (s Shift) charge() bool {
	for _, r := range s.Here {
		if r == staff.ChargeNurse {
			return true
		}
	}
	return false
}

func names(who []Nurse) string {
	out := make([]string, len(who))
	for n, w := range who {
		out[n] = w.Name
	}
	return strings.Join(out, " "+tongue.T("and")+" ")
}

// Route says whom an alert calls, as its card does: "For Diaz, M".
func (c Call) Route(level int, forwarded bool) string {
	switch {
	case level > 0:
		return tongue.Tf("Escalated to %s", c.Newest)
	case forwarded:
		return tongue.Tf("Forwarded to %s", c.Newest)
	}
	return tongue.Tf("For %s", c.Newest)
}
