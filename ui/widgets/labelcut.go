package widgets

import (
	"strings"

	"github.com/wardlight/wardlight/ui/theme"
)

// least is the size to which the label may shrink; 0: it may not.
func (l *Label) least() float32 {
	if l.Least <= 0 {
		return 0
	}
	return max(l.Least, theme.Smallest)
}

// cut shortens a line to width and ends it with an ellipsis: where the next part has no room for one, within the part
// before. Text that ends without a mark reads as if it were all.
func cut(ln line, width float32) line {
	n, room := 0, width // the parts that fit, and what is left beside them
	for n < len(ln.parts) && ln.parts[n].size.Width <= room {
		room -= ln.parts[n].size.Width
		n++
	}
	if n == len(ln.parts) {
		return ln
	}
	for n > 0 {
		if p, is := ln.parts[n].shortened(room); is {
			return joined(ln.parts[:n], p)
		}
		n--
		room += ln.parts[n].size.Width
	}
	p, _ := ln.parts[0].shortened(room)
	return joined(nil, p)
}

func joined(parts []fragment, last fragment) (ln line) {
	for _, p := range parts {
		ln.add(p)
	}
	ln.add(last)
	return ln
}

// shortened is as much of a part as there is room for, with an ellipsis. false: not one letter; then it is the
// ellipsis alone, or nothing where not even that has room.
func (f fragment) shortened(room float32) (fragment, bool) {
	rs := []rune(f.run.Text)
	with := func(n int) string { return strings.TrimRight(string(rs[:n]), " ,") + "…" }
	lo, hi := 0, len(rs)
	for lo < hi {
		mid := (lo + hi + 1) / 2
		if s, _ := measure(with(mid), f.run.Size, f.run.Style); s.Width <= room {
			lo = mid
		} else {
			hi = mid - 1
		}
	}
	for lo > 0 && lo < len(rs) && inNumber(rs[lo-1]) && inNumber(rs[lo]) {
		lo-- // what is left of a number is another one
	}
	f.run.Text = with(lo)
	if s, _ := measure(f.run.Text, f.run.Size, f.run.Style); s.Width > room {
		f.run.Text = ""
	}
	f.size, f.base = measure(f.run.Text, f.run.Size, f.run.Style)
	return f, lo > 0
}

func inNumber(r rune) bool {
	return r >= '0' && r <= '9' || r == '.' || r == ',' || r == '/' || r == ':'
}
