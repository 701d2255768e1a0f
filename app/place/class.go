package place

import "strings"

// Classes of patients, HL7 table 0004, by what systems send for them: its letters,
// the words, and the codes of version 3 that newer systems know.
var classes = map[string]string{
	"I": "I", "INPATIENT": "I", "IP": "I", "IMP": "I", "ACUTE": "I", "NONAC": "I", "SS": "I", "OBSENC": "I",
	"E": "E", "EMERGENCY": "E", "EMER": "E", "EMERG": "E", "ED": "E",
	"B": "B", "OBSTETRICS": "B",
	"O": "O", "OUTPATIENT": "O", "OP": "O", "OUT": "O", "AMB": "O", "AMBULATORY": "O", "VR": "O", "HH": "O", "FLD": "O",
	"P": "P", "PREADMIT": "P", "PREADMISSION": "P", "PRENC": "P",
	"R": "R", "RECURRING": "R", "RECURRING PATIENT": "R",
	"C": "C", "COMMERCIAL": "C", "COMMERCIAL ACCOUNT": "C",
	"N": "N", "NOT APPLICABLE": "N",
}

// classOf is the class that PV1-2 means, whatever its letters; what nobody knows
// stays itself.
func classOf(sent string) string {
	folded := strings.ToUpper(strings.TrimSpace(sent))
	if class, known := classes[folded]; known {
		return class
	}
	return folded
}

// KnownClass reports whether a class says if its patients stay. None said is no
// class that nobody knows: a patient without one stays.
func KnownClass(class string) bool {
	class = classOf(class)
	return class == "" || classes[class] != ""
}

// Outside reports whether a class is that of people who do not stay: they lie on
// no ward unless a bed is named, and what is said of such a visit takes nobody
// off a ward.
func Outside(class string) bool {
	switch classOf(class) {
	case "O", "P", "R", "C", "N":
		return true
	}
	return false
}

// judge decides of an event whether its patient does not stay. A class that nobody
// knows is that of a stay only if the event names a bed, and while no other stay of
// a known class is open: it never takes anybody off a ward.
func (w *walk) judge(i int) {
	e := &w.ev[i]
	w.out[i] = Outside(e.Class)
	if KnownClass(e.Class) {
		return
	}
	own := w.known[w.number[i]]
	if w.number[i] == "" {
		own = w.alike(e.Class)
	}
	if own != nil && own.stay && own.class == e.Class {
		return
	}
	w.out[i] = e.To.Bed == ""
	for _, v := range w.current {
		w.out[i] = w.out[i] || v != own && v.stay && v.sure
	}
}

// stays reports whether an event's class says that the patient stays; none does not
// say.
func (w *walk) stays(i int) bool { return w.ev[i].Class != "" && !w.out[i] }

// alike is the open visit of a class, the newest of several.
func (w *walk) alike(class string) *visit {
	return w.best(func(v *visit) bool { return v.class == class })
}
