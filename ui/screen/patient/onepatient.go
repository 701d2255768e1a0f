package patient

import "github.com/wardlight/wardlight/app/chart"

// ofOne reports whether everything in a page is of its one patient.
func ofOne(p chart.Page) bool {
	id := p.Summary.Patient.ID
	for _, o := range p.Observations {
		if o.Patient != "" && o.Patient != id {
			return false
		}
	}
	for _, n := range p.Notes {
		if n.Patient != "" && n.Patient != id {
			return false
		}
	}
	for _, t := range p.Tasks {
		if t.Patient != id {
			return false
		}
	}
	for _, x := range p.Problems {
		if x.Patient != id {
			return false
		}
	}
	for _, o := range p.Oxygen {
		if o.Patient != id {
			return false
		}
	}
	for _, e := range p.Encounters {
		if e.Patient != id {
			return false
		}
	}
	for _, c := range p.History {
		if c.Patient != id {
			return false
		}
	}
	return true
}
