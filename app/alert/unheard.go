package alert

import (
	"cmp"
	"maps"
	"slices"

	"github.com/wardlight/wardlight/app/staff"
	"github.com/wardlight/wardlight/app/tongue"
)

// Unheard is why somebody would not notice an alert now.
type Unheard int

// The reasons; of several stations at which somebody sits, the last of these says most.
const (
	NotSignedIn Unheard = iota
	Unanswering         // signed in at a station that does not answer
	Locked              // signed in at a station that is locked
	Behind              // signed in at a station that shows alerts late
	Soundless           // signed in at a station whose tones nobody hears
)

// Away is somebody of the ward who would not notice an alert now, though they are signed in.
type Away struct {
	Role staff.Role
	Why  Unheard
}

// SignedOut reports whether it is known that a person, by staff ID, is signed in at no station of the
// ward. It is false where sign-ins are not known.
func (s Shift) SignedOut(id string) bool {
	_, here := s.Here[id]
	_, away := s.Away[id]
	return s.Known && id != "" && !here && !away
}

// why says of a step that reaches nobody what keeps its people from noticing, each reason once.
func (s Shift) why(a Alert, t Target) []string {
	switch {
	case t == Everyone, t == PatientsNurse && a.Patient == "": // a device's
		return nil
	case t == ChargeNurse:
		return []string{chargeText(s.chargeAway())}
	case t == PatientsNurse && len(s.Nurses[a.Patient]) == 0:
		return []string{tongue.T("no nurse assigned")}
	case t == PatientsNurse:
		var out []string
		for _, n := range s.Nurses[a.Patient] {
			if text := s.nurseAway(n.ID); !slices.Contains(out, text) {
				out = append(out, text)
			}
		}
		return out
	}
	return []string{tongue.T("not signed in")}
}

// chargeAway is why no charge nurse would notice.
func (s Shift) chargeAway() Unheard {
	var why Unheard
	for _, id := range slices.Sorted(maps.Keys(s.Away)) {
		if a := s.Away[id]; a.Role == staff.ChargeNurse {
			why = max(why, a.Why)
		}
	}
	return why
}

func chargeText(why Unheard) string {
	switch why {
	case Soundless:
		return tongue.T("charge nurse at a station without sound")
	case Behind:
		return tongue.T("charge nurse at a station that shows alerts late")
	case Locked:
		return tongue.T("charge nurse's station is locked")
	case Unanswering:
		return tongue.T("charge nurse at a station that does not answer")
	}
	return tongue.T("no charge nurse signed in")
}

// nurseAway is why a nurse of the patient is passed over.
func (s Shift) nurseAway(id string) string {
	if role := cmp.Or(s.Here[id], s.Away[id].Role); role != "" && !RightsTo(role, ForwardedTo, ToNurse).Accept {
		return tongue.T("the assigned care assistant cannot accept alerts")
	}
	switch s.Away[id].Why {
	case Soundless:
		return tongue.T("nurse at a station without sound")
	case Behind:
		return tongue.T("nurse at a station that shows alerts late")
	case Locked:
		return tongue.T("nurse's station is locked")
	case Unanswering:
		return tongue.T("nurse at a station that does not answer")
	}
	return tongue.T("nurse not signed in")
}

// personAway is why a person whom a forward asks is passed over.
func (s Shift) personAway(id, name string) string {
	switch s.Away[id].Why {
	case Soundless:
		return tongue.Tf("%s at a station without sound", name)
	case Behind:
		return tongue.Tf("%s at a station that shows alerts late", name)
	case Locked:
		return tongue.Tf("%s's station is locked", name)
	case Unanswering:
		return tongue.Tf("%s at a station that does not answer", name)
	}
	if _, here := s.Here[id]; here {
		return tongue.Tf("%s cannot accept alerts", name)
	}
	return tongue.Tf("%s not signed in", name)
}
