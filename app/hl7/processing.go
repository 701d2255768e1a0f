package hl7

import (
	"slices"
	"strings"
)

// production are the words of MSH-11 that say that a message is about patients; a message
// that says nothing is one too.
var production = []string{"", "P", "PROD", "PRODUCTION"}

// forTraining are the codes of MSH-11 (HL7 table 0103: debugging, training, non-production
// testing), and the words that senders write for them.
var (
	forTraining   = []string{"D", "T", "N"}
	trainingWords = []string{"TEST", "TRAIN", "DEBUG", "DEMO"}
)

// live reports whether the message is to be taken: it is about patients, or the record is
// one for training. It warns if it is not. What MSH-11 says and nobody knows is not taken
// for a word about patients: a test that discharges one is worse than a message that has
// to be sent again.
func (p *mapping) live() bool {
	msh := p.m.First("MSH")
	said := strings.ToUpper(strings.TrimSpace(msh.Text(11, 1)))
	if slices.Contains(production, said) || p.im.options.Training {
		return true
	}
	word := slices.ContainsFunc(trainingWords, func(w string) bool { return strings.Contains(said, w) })
	if word || slices.Contains(forTraining, said) {
		p.warnAt(msh, "MSH-11 says that it is for training, testing or debugging: nothing of it is taken")
		return false
	}
	p.warnAt(msh, "MSH-11 is none of P, T, D and N: nothing of it is taken. If it is about patients, have it sent with P")
	return false
}
