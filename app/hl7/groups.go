package hl7

import "context"

// pairEvents are the admission events whose PIDs speak of each other: merges, changes
// of number, links.
var pairEvents = map[string]bool{
	"A18": true, "A30": true, "A34": true, "A36": true, "A39": true, "A40": true,
	"A46": true, "A47": true, "A24": true, "A37": true,
}

// groups parts a message by its patients: each is the header and one PID with what
// follows it. A message whose PIDs speak of each other is one group.
func (m *Message) groups() []*Message {
	kind, trigger := m.First("MSH").Text(9, 1), m.First("MSH").Text(9, 2)
	if kind == "ADT" && pairEvents[trigger] {
		return []*Message{m}
	}
	begins := m.beginsGroups(m.ofOne())
	if len(begins) < 2 {
		return []*Message{m}
	}
	first := begins[0]
	var out []*Message
	for n, from := range begins {
		to := len(m.Segments)
		if n+1 < len(begins) {
			to = begins[n+1]
		}
		g := &Message{d: m.d}
		for _, s := range m.Segments[:first] {
			if s.Name != "EVN" || m.Segments[from].Name != "EVN" { // a group may have an event of its own
				g.Segments = append(g.Segments, s)
			}
		}
		g.Segments = append(g.Segments, m.Segments[from:to]...)
		out = append(out, g)
	}
	return out
}

// beginsGroups is where the groups of a message begin: at each PID, and with events
// also at each EVN behind the first PID, to which the next PID then belongs.
func (m *Message) beginsGroups(events bool) (at []int) {
	open := false // an EVN has begun a group that has no PID yet
	for n, s := range m.Segments {
		switch {
		case s.Name == "PID" && !open, s.Name == "EVN" && events && len(at) > 0:
			at = append(at, n)
			open = s.Name == "EVN"
		case s.Name == "PID":
			open = false
		}
	}
	return at
}

// ofOne reports whether a message tells of one patient: any ADT but a swap of beds and
// the pairEvents.
func (m *Message) ofOne() bool {
	kind, trigger := m.First("MSH").Text(9, 1), m.First("MSH").Text(9, 2)
	return kind == "ADT" && trigger != "A17" && !pairEvents[trigger]
}

// takeGroup takes one group of a message. An event of one patient is that of the first
// PID: what else it holds is nobody's until a person has looked at it.
func (p *mapping) takeGroup(ctx context.Context) error {
	if p.group == 0 || !p.m.ofOne() {
		return p.take(ctx)
	}
	pid := p.m.First("PID")
	return &ParkError{
		Reason:  "the message is an event of one patient, and this is a second part of it: have it sent by itself",
		Numbers: p.im.identifiers(pid, 3),
	}
}
