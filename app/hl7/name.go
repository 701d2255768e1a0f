package hl7

import (
	"slices"
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

// besideNames are the types of HL7 table 0200 of names that stand beside the one a
// person has now: alias, birth, maiden, partner's, nickname, pseudonym, a bad, hidden or
// former one, and those of a tribe, a religion or a licence.
var besideNames = strings.Fields(`A B M P N S BAD MSK NAV NOUSE I T REL K F ALIAS MAIDEN NICKNAME BIRTH`)

// legalName is which repetition of PID-5 to show: the legal or current name if
// one says so, else the first that is no maiden name, alias or nickname.
func legalName(pid Segment) int {
	best, rank := 0, 3
	for n := range pid.Repeats(5) {
		is := 1
		switch kind := strings.ToUpper(pid.Rep(5, n, 7)); {
		case fullName(pid, n) == patient.FullName{}:
			is = 3
		case kind == "L" || kind == "LEGAL" || kind == "CURRENT":
			is = 0
		case slices.Contains(besideNames, kind):
			is = 2
		}
		if is < rank {
			best, rank = n, is
		}
	}
	return best
}

// oneLine is a text without line breaks.
func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }

// sexWords are the words of HL7 table 0001 in use beside its letters.
var sexWords = map[string]patient.Sex{
	"female": patient.Female, "woman": patient.Female, "w": patient.Female, "weiblich": patient.Female,
	"frau": patient.Female,
	"male": patient.Male, "man": patient.Male, "männlich": patient.Male, "maennlich": patient.Male,
	"mann": patient.Male,
	"1":    patient.Male, "2": patient.Female, "0": patient.Unknown, "9": patient.Unknown, // ISO 5218
	"other": patient.Other, "divers": patient.Other, "unknown": patient.Unknown, "unbekannt": patient.Unknown,
}

// sexLetters are those of HL7 table 0001.
var sexLetters = strings.Fields("F M O U A N C X")

// sexSent is PID-8. What is none of the table and of its words counts as not known.
func (p *mapping) sexSent(pid Segment) patient.Sex {
	sent := pid.Text(8, 1)
	if sex, is := sexWords[strings.ToLower(sent)]; is {
		return sex
	}
	if letter := strings.ToUpper(sent); sent == "" || slices.Contains(sexLetters, letter) {
		return patient.Sex(letter)
	}
	p.warnAt(pid, "PID-8 %.8q is no sex that is known: it counts as not known", sent)
	return patient.Unknown
}
