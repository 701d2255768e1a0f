package hl7

import "slices"

// orders are the segments that begin an order group, or stand for one.
var orders = []string{"ORC", "OBR", "OBX"}

// groups parts a message of results, and a swap of beds, by its patients: each is the
// header and one PID with what follows it. Any other message is one group, since its
// PIDs speak of each other.
//
// The standard lets results come without their patient. Orders before the first PID are
// not those of whoever is named next: they are a group without a PID, the last one.
func (m *Message) groups() []*Message {
	var at []int
	for n, s := range m.Segments {
		if s.Name == "PID" {
			at = append(at, n)
		}
	}
	kind, trigger := m.event()
	results := kind == "ORU"
	if len(at) == 0 || !results && (len(at) < 2 || trigger != "A17") {
		return []*Message{m}
	}
	head := m.Segments[:at[0]:at[0]]
	var nobodys []Segment
	if n := slices.IndexFunc(head, func(s Segment) bool { return slices.Contains(orders, s.Name) }); results && n >= 0 {
		head, nobodys = head[:n:n], head[n:]
	}
	if len(at) == 1 && nobodys == nil {
		return []*Message{m}
	}
	var out []*Message
	for n, from := range at {
		to := len(m.Segments)
		if n+1 < len(at) {
			to = at[n+1]
		}
		out = append(out, m.group(head, m.Segments[from:to]))
	}
	if nobodys != nil {
		out = append(out, m.group(head, nobodys))
	}
	return out
}

func (m *Message) group(head, rest []Segment) *Message {
	return &Message{d: m.d, Segments: append(head, rest...)}
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
