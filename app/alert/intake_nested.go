package alert

import (
	"slices"
	"strings"
)

// deepest is how far inside of objects a patient's number is looked for.
const deepest = 4

// nested is a number that stands in an object of the message, {"patient":{"mrn":…}}.
// It is doubtful where it may be another's: there are several, or the object is not the
// patient. patients are those of objects that are.
func (o object) nested() (number string, doubtful bool, patients []string) {
	var found []string
	var look func(o object, depth int, patient bool)
	look = func(o object, depth int, patient bool) {
		for _, f := range o.list {
			name := strings.ToLower(strings.TrimSpace(f.name))
			v, kind := f.scalar()
			switch {
			case kind == isOther && strings.HasPrefix(v, "{") && depth < deepest:
				if inner, err := members([]byte(v)); err == nil {
					look(inner, depth+1, name == "patient" || patient && name == "mrn")
				}
			case depth > 0 && kind != isNull && (name == "mrn" || patient && (name == "number" || name == "value")):
				if w := word(v); w != "" && !slices.Contains(found, w) {
					found = append(found, w)
					if patient {
						patients = append(patients, w)
					}
				}
				doubtful = doubtful || !patient || hides(v) || kind == isOther
			}
		}
	}
	look(o, 0, false)
	return Clean(strings.Join(found, " · "), maxWord), doubtful || len(found) > 1, patients
}
