package hl7

import (
	"regexp"
	"strings"
)

// structure is a type and an event in one word, as MSH-9.3 has them: "ADT_A01".
var structure = regexp.MustCompile(`^([A-Z]{3})_([A-Z]\d\d)$`)

// event is what kind of message it is and of which event. MSH-9 decides. Where it names no
// event, EVN-1 does, else the structure in MSH-9.3 or in place of the kind. Results have
// one event here.
func (m *Message) event() (kind, trigger string) {
	msh := m.First("MSH")
	kind, trigger = msh.Text(9, 1), msh.Text(9, 2)
	if trigger != "" {
		return kind, trigger
	}
	named := structure.FindStringSubmatch(msh.Text(9, 3))
	if whole := structure.FindStringSubmatch(kind); whole != nil {
		named, kind = whole, whole[1]
	}
	switch evn := m.First("EVN").Text(1, 1); {
	case kind == "ORU":
		trigger = "R01"
	case evn != "":
		trigger = evn
	case named != nil && named[1] == kind:
		trigger = named[2]
	}
	return kind, trigger
}

// typeOf is the type of a message with its event: "ADT^A01".
func typeOf(m *Message) string {
	kind, trigger := m.event()
	return kind + "^" + trigger
}

// sayEvent warns where MSH-9 and EVN-1 do not say one thing, and refuses a message of a
// patient that names no event at all.
func (p *mapping) sayEvent() error {
	msh := p.m.First("MSH")
	sent, evn := msh.Text(9, 2), p.m.First("EVN").Text(1, 1)
	kind, trigger := p.m.event()
	switch {
	case trigger == "" && (kind == "ADT" || kind == ""):
		return refusef("MSH-9 names no event that is known, and neither does EVN-1: have it sent with MSH-9.2")
	case sent != "" && evn != "" && evn != sent:
		p.warnf("EVN-1 says %.8q, MSH-9 %.8q: MSH-9 is followed", evn, sent)
	case sent == "" && kind == "ADT":
		p.warnAt(msh, "MSH-9.2 names no event: it is read as %.16q", strings.TrimSpace(trigger))
	}
	return nil
}
