package hl7

import (
	"bytes"
	"slices"
)

// logged takes away the lines of a log that stand behind the last segment. Behind a
// text of people they may be its lines ("09:15:00 adrenaline given"): there they are
// kept, unless it is plain that a program wrote them.
func (m *draft) logged(segments *[][]byte) (taken int) {
	all := *segments
	end := len(all)
	for end > 1 && !beginsSegment(all[end-1], m.raw) {
		end--
	}
	if end < len(all) && logLine(all[end]) && !slices.ContainsFunc(all[end:], embedded.Match) {
		kept := m.keep(all[:end], all[end:], true)
		taken = len(all) - end - kept
		all = all[:end]
	}
	// Between messages that stand one on a line, with their segments parted by
	// CR, such lines follow an LF.
	if m.last == endLF && m.mode != endLF && !m.framed {
		lines := bytes.Split(all[len(all)-1], []byte{'\n'})
		from := len(lines)
		for from > 1 && logLine(lines[from-1]) {
			from--
		}
		all[len(all)-1] = bytes.Join(lines[:from], []byte{'\n'})
		taken += len(lines) - from - m.keep(all, lines[from:], false)
	}
	*segments = all
	return taken
}

// keep adds lines to the text of the last segment, if it has one, up to the first that a
// program wrote. It returns how many. moved means that they did not stand in the segment.
func (m *draft) keep(segments, lines [][]byte, moved bool) int {
	last := &segments[len(segments)-1]
	fields := bytes.Split(*last, []byte{m.separator()})
	at := textField(fields)
	if n := slices.IndexFunc(lines, machine.Match); n >= 0 {
		lines = lines[:n]
	}
	if at == 0 || len(lines) == 0 {
		return 0
	}
	text := bytes.Join(lines, []byte{'\n'})
	if at < len(fields)-1 && bytes.IndexByte(text, m.separator()) >= 0 {
		return 0 // it has fields of its own
	}
	moved = moved || at < len(fields)-1
	fields[at] = slices.Concat(fields[at], []byte{'\n'}, text)
	*last = bytes.Join(fields, []byte{m.separator()})
	if moved {
		m.warn(
			spotOf(segments, len(segments)-1, 0).segment,
			"lines behind it that begin no segment are kept as its text",
		)
	}
	return len(lines)
}

// textField is the field of a segment that holds a text of people; 0 if none does.
func textField(fields [][]byte) int {
	switch name := string(fields[0]); {
	case name == "NTE" && len(fields) > 3:
		return 3
	case name == "OBX" && len(fields) > 5 &&
		slices.Contains([]string{"TX", "FT", "ST"}, string(bytes.ToUpper(fields[2]))):
		return 5
	}
	return 0
}
