package result

// Status is what a version says of its value. Its words are stored.
type Status string

// The statuses that count.
const (
	Preliminary Status = "P"
	Final       Status = "F"
	// Confirmed says that what was preliminary is final, mostly without the value.
	Confirmed Status = "U"
	Corrected Status = "C"
	// Withdrawn takes a value back; NotObtained does so too, and is also said of a
	// value that there never was.
	Withdrawn   Status = "W"
	NotObtained Status = "X"
	// Live is a monitor's own value that nobody looked at. It is no version of a
	// charted value.
	Live Status = "R"
	// None is no value at all: not asked for, only ordered, still to come, or empty
	// with a note.
	None Status = ""
)

func (s Status) rank() int {
	switch s {
	case Preliminary:
		return 1
	case Final, Confirmed:
		return 2
	case Corrected:
		return 3
	case Withdrawn, NotObtained:
		return 4
	}
	return 0
}

// Changes reports whether the status says something of a value that is there.
func (s Status) Changes() bool { return s == Corrected || s == Withdrawn || s == Confirmed }

// obx is HL7 table 0085.
var obx = map[string]Status{"P": Preliminary, "S": Preliminary, "F": Final, "V": Final, "U": Confirmed,
	"C": Corrected, "A": Corrected, "B": Corrected, "W": Withdrawn, "D": Withdrawn, "X": NotObtained, "R": Live,
	"N": None, "I": None, "O": None}

// Effective is what OBX-11 and OBR-25 (HL7 tables 0085 and 0123) say together. An
// OBX-11 that is empty or says final leaves it to OBR-25 to say that the whole
// order is corrected, preliminary or cancelled. known is false if either says
// something that has no rule here: the status is then the other's.
func Effective(obx11, obr25 string) (s Status, known bool) {
	known = true
	if obx11 != "" && obx11 != "F" {
		s, known = obx[obx11]
		return s, known
	}
	switch obr25 {
	case "", "F", "A", "N":
		return Final, true
	case "C", "M":
		return Corrected, true
	case "P":
		return Preliminary, true
	case "R": // stored, not yet verified
		if obx11 == "" {
			return Live, true
		}
		return Preliminary, true
	case "X":
		return NotObtained, true
	}
	return Final, false
}
