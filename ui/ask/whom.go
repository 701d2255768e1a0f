package ask

import (
	"cmp"
	"time"

	"github.com/wardlight/wardlight/app/alert"
	"github.com/wardlight/wardlight/app/board"
	"github.com/wardlight/wardlight/app/patient"
	"github.com/wardlight/wardlight/app/tongue"
	"github.com/wardlight/wardlight/ui/shell"
)

// OfSummary heads a question with the patient of a chart, and where they are by now.
func OfSummary(s patient.Summary) shell.Whom {
	p := s.Patient
	w := whom(p.Name(), p.Born, p.BornIn, p.GroupedMRN())
	switch {
	case s.Ward == "":
		w.Place = tongue.T("on no ward")
	case s.Bed == "":
		w.Place = s.Ward + ", " + board.Row{Room: s.Room}.Place()
	default:
		w.Place = tongue.Tf("%s, bed %s", s.Ward, s.Bed)
	}
	return w
}

// OfRow heads a question with the patient of a bed of the board.
func OfRow(r board.Row) shell.Whom {
	w := whom(patient.Patient{Surname: r.Surname, Given: r.Given}.Name(), r.Born, r.BornIn, r.MRN)
	w.Place = r.Place()
	return w
}

// OfCard heads a question with the patient of an alert. An alert of no known patient says
// what it was sent with, and one of a device alone acts on nobody.
func OfCard(c alert.Card) shell.Whom {
	switch {
	case c.Unidentified:
		return shell.Whom{Name: tongue.T("Identify the patient before you act."), Place: cmp.Or(c.Place(), noBed())}
	case c.Alert.Patient == "" && c.Alert.Priority == alert.Technical && !c.Nameless():
		return shell.Whom{}
	case c.Alert.Patient == "":
		w := shell.Whom{Name: tongue.T("Patient not known"), Place: noBed()}
		if c.Alert.Bed != "" {
			w.Place = tongue.Tf("Bed sent: %s.", c.Alert.Bed)
		}
		return w
	}
	w := whom(nameOf(c), c.Born, c.BornIn, patient.GroupDigits(c.MRN))
	w.Place = cmp.Or(c.Place(), noBed())
	return w
}

// noBed says that no bed is known: a bed that is left out would look like one forgotten.
func noBed() string { return board.Row{}.Place() }

// whom is a patient without their place.
func whom(name string, born time.Time, in patient.BornIn, mrn string) shell.Whom {
	w := shell.Whom{Name: name, Born: tongue.T("DOB not recorded"), MRN: tongue.Tf("MRN %s", mrn)}
	if text := patient.BornText(born, in); text != "" {
		w.Born = tongue.Tf("DOB %s", text)
	}
	return w
}
