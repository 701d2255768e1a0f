package hl7

import (
	"context"
	"slices"
)

// pairEvents are the admission events whose PIDs speak of each other: merges, changes
// of number, links.
var pairEvents = map[string]bool{
	"A18": true, "A30": true, "A34": true, "A36": true, "A39": true, "A40": true,
	"A46": true, "A47": true, "A24": true, "A37": true,
}

// orders are the segments that begin an order group, or stand for one.
var orders = []string{"ORC", "OBR", "OBX"}

// groups parts a message by its patients: each is the header and one PID with what
// follows it. A message whose PIDs speak of each other is one group.
//
// The standard lets results come without their patient. Orders before the first PID are
// not those of whoever is named next: they are a group without a PID, the last one.
func (m *Message) groups() []*Message {
	kind, trigger := m.event()
	begins := m.beginsGroups(m.ofOne())
	if len(begins) == 0 || kind == "ADT" && pairEvents[trigger] {
		return []*Message{m}
	}
	head := m.Segments[:begins[0]:begins[0]]
	var nobodys []Segment
	n := slices.IndexFunc(head, func(s Segment) bool { return slices.Contains(orders, s.Name) })
	if kind == "ORU" && n >= 0 {
		head, nobodys = head[:n:n], head[n:]
	}
	if len(begins) == 1 && nobodys == nil {
		return []*Message{m}
	}
	var out []*Message
	for n, from := range begins {
		to := len(m.Segments)
		if n+1 < len(begins) {
			to = begins[n+1]
		}
		own := head
		if m.Segments[from].Name == "EVN" { // a group may have an event of its own
			own = slices.DeleteFunc(slices.Clone(head), func(s Segment) bool { return s.Name == "EVN" })
		}
		out = append(out, m.group(own, m.Segments[from:to]))
	}
	if nobodys != nil {
		out = append(out, m.group(head, nobodys))
	}
	return out
}

// group is a message of its own of some segments.
func (m *Message) group(head, rest []Segment) *Message {
	return &Message{d: m.d, Segments: append(slices.Clone(head), rest...)}
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
	kind, trigger := m.event()
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

// about is the segment by which a group is named: its PID, or its first order if it has
// none.
func (m *Message) about() Segment {
	for _, name := range append([]string{"PID"}, orders...) {
		if m.Has(name) {
			return m.First(name)
		}
	}
	return m.First("PID")
}
