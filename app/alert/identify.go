package alert

import "github.com/wardlight/wardlight/app/patient"

// Identified is the card with its patient's identifiers, and where they are by now; ward is what
// their ward is called if that is not the alert's, else "".
func (c Card) Identified(s patient.Summary, ward string) Card {
	p := s.Patient
	c.Surname, c.Given, c.MRN, c.Born, c.BornIn = p.Surname, p.Given, p.MRN, p.Born, p.BornIn
	c.Now = whereabouts(c.Alert, s, ward)
	return c
}

// whereabouts is where a patient is who has an alert.
func whereabouts(a Alert, s patient.Summary, ward string) Whereabouts {
	switch {
	case s.Ward == "":
		return Whereabouts{Moved: true, Off: true}
	case s.Ward != a.Ward, a.Bed != "" && s.Bed != a.Bed:
		return Whereabouts{Moved: true, Ward: ward, Bed: s.Bed}
	}
	return Whereabouts{}
}
