package hl7

import (
	"strings"

	"github.com/wardlight/wardlight/app/patient"
)

// fullName is one repetition of PID-5, on one line.
func fullName(pid Segment, n int) patient.FullName {
	given := pid.Component(5, n, 2) + " " + pid.Component(5, n, 3)
	return patient.FullName{Surname: surname(pid, n), Given: oneLine(given)}
}

// surname is PID-5.1. Its subcomponents are the family name whole, and its parts: the
// prefix and the name of one's own, and those of the partner. An "&" with a blank
// beside it is text.
func surname(pid Segment, n int) string {
	whole := oneLine(pid.Component(5, n, 1))
	if blankBeside(pid, n) {
		return whole
	}
	if first := oneLine(pid.Sub(5, n, 1, 1)); first != "" {
		return first
	}
	return oneLine(pid.Sub(5, n, 1, 2) + " " + pid.Sub(5, n, 1, 3))
}

// oddSurname reports whether PID-5.1 has subcomponents that are no parts of its
// first: then an "&" may have been text.
func oddSurname(pid Segment, n int) bool {
	first := " " + patient.Fold(pid.Sub(5, n, 1, 1)) + " "
	if blankBeside(pid, n) || first == "  " {
		return false
	}
	for sub := 2; sub <= 5; sub++ {
		part := patient.Fold(pid.Sub(5, n, 1, sub))
		if part != "" && !strings.Contains(first, " "+part+" ") {
			return true
		}
	}
	return false
}

// blankBeside reports whether an "&" of PID-5.1 has a blank at either side.
func blankBeside(pid Segment, n int) bool {
	sent, and := pid.component(5, n, 1), string(pid.d.subcomponent)
	return pid.d.subcomponent != 0 && (strings.Contains(sent, " "+and) || strings.Contains(sent, and+" "))
}

// legalName is which repetition of PID-5 to show: the legal or current name if
// one says so, else the first.
func legalName(pid Segment) int {
	for n := range pid.Repeats(5) {
		if kind := pid.Rep(5, n, 7); kind == "L" || kind == "CURRENT" {
			return n
		}
	}
	return 0
}

// oneLine is a text without line breaks.
func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }

// sexWords are the words of HL7 table 0001 in use beside its letters.
var sexWords = map[string]patient.Sex{
	"female": patient.Female, "woman": patient.Female, "w": patient.Female, "weiblich": patient.Female,
	"frau": patient.Female,
	"male": patient.Male, "man": patient.Male, "männlich": patient.Male, "maennlich": patient.Male,
	"mann":  patient.Male,
	"other": patient.Other, "divers": patient.Other, "unknown": patient.Unknown, "unbekannt": patient.Unknown,
}

// sexSent is PID-8.
func sexSent(pid Segment) patient.Sex {
	sent := pid.Text(8, 1)
	if sex, is := sexWords[strings.ToLower(sent)]; is {
		return sex
	}
	return patient.Sex(strings.ToUpper(sent))
}
