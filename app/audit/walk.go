package audit

// reach is how many lines put in or taken out at one place, with the others
// renumbered, are still told as such; more are found all the same, as edited.
const reach = 16

// bad is a line that does not follow the one before it.
type bad struct {
	Line
	prev string // the hash that stands before it
}

// walk follows the chain and tells what happened where it does not hold. It
// compares hashes only, so that what it calls moved or inserted is proven; what
// it cannot explain is called edited.
type walk struct {
	report *Report
	lines  int64
	last   int64
	prev   string
	lost   bool     // the line before is missing: prev is not known
	before []string // the newest hashes, newest last
	shift  int64    // numbers here are this much off those that were written
	guess  int64    // a shift that one line has shown and the next must confirm
	guided bool
	bads   []bad
	named  map[string]string // keys in the chain, and their writers
}

// off reports whether the place is already known to be out of order.
func (w *walk) off() bool {
	return w.shift != 0 || w.guided || len(w.bads) > 0 && w.bads[len(w.bads)-1].Seq == w.last
}

func (w *walk) step(l Line) {
	w.lines++
	if l.Action == NewSealKey {
		w.named[l.Object] = l.Writer
	}
	lost := w.lost
	if l.Seq != w.last+1 {
		w.report.add(Finding{Fault: Missing, From: w.last + 1, To: l.Seq - 1})
		lost = true
	}
	w.last, w.lost = l.Seq, false
	if !lost {
		w.follow(l)
	}
	w.prev = l.Hash
	if len(w.before) == reach+1 {
		copy(w.before, w.before[1:])
		w.before = w.before[:reach]
	}
	w.before = append(w.before, l.Hash)
}

func (w *walk) follow(l Line) {
	as := func(prev string, seq int64) bool {
		e := l.Event
		e.Seq = seq
		return Link(prev, e) == l.Hash
	}
	if w.guided { // does this line confirm what the last one showed?
		w.guided = false
		if as(w.prev, l.Seq+w.guess) {
			w.accept(l)
			return
		}
	}
	if as(w.prev, l.Seq+w.shift) {
		return
	}
	for d := int64(1); d <= reach; d++ { // lines taken out before the last one
		if len(w.bads) > 0 && as(w.prev, l.Seq+w.shift+d) {
			w.guess, w.guided = w.shift+d, true
		}
		if i := len(w.before) - 1 - int(d); !w.guided && i >= -1 { // lines put in before this one
			prev := ""
			if i >= 0 {
				prev = w.before[i]
			}
			if as(prev, l.Seq+w.shift-d) {
				w.guess, w.guided = w.shift-d, true
			}
		}
	}
	if len(w.bads) < MaxFindings {
		w.bads = append(w.bads, bad{l, w.prev})
	} else {
		w.report.More = true
	}
}

// accept takes the guess as proven by two lines. The bad lines next to it are
// what it explains.
func (w *walk) accept(l Line) {
	d := w.guess - w.shift
	w.shift = w.guess
	first := l.Seq - 1 // the line that showed it
	for len(w.bads) > 0 && w.bads[len(w.bads)-1].Seq >= first-max(1, -d) {
		w.bads = w.bads[:len(w.bads)-1]
	}
	if d < 0 {
		w.report.add(Finding{Fault: Inserted, From: first + d, To: first - 1})
		return
	}
	w.report.add(Finding{Fault: Missing, From: first - 1, To: first - 1 + d - 1})
}

// end names the lines that do not follow.
func (w *walk) end() {
	told := map[int64]bool{}
	for i, b := range w.bads {
		// Its hash replaced: what it should be leads on to the next line.
		if i+1 < len(w.bads) && w.bads[i+1].Seq == b.Seq+1 {
			next := w.bads[i+1]
			if Link(Link(b.prev, b.Event), next.Event) == next.Hash {
				w.report.add(Finding{Fault: Replaced, From: b.Seq, To: b.Seq})
				told[b.Seq], told[next.Seq] = true, true
			}
		}
	}
	for _, b := range w.bads {
		if told[b.Seq] {
			continue
		}
		if from := w.origin(b); from != 0 {
			w.report.add(Finding{Fault: Moved, From: b.Seq, To: b.Seq, Origin: from})
			told[b.Seq] = true
		}
	}
	for i, b := range w.bads {
		// A line after a moved one is not at fault: its forerunner is.
		if told[b.Seq] || i > 0 && w.bads[i-1].Seq == b.Seq-1 && told[b.Seq-1] {
			continue
		}
		w.report.add(Finding{Fault: Edited, From: b.Seq, To: b.Seq})
	}
}

// origin is where the line stood, if it fits another place that does not hold
// now: with the hash that it carries, or with the one that stayed there.
func (w *walk) origin(b bad) int64 {
	if len(w.bads) > 2*reach { // every pair is tried
		return 0
	}
	for _, to := range w.bads {
		if to.Seq == b.Seq {
			continue
		}
		e := b.Event
		e.Seq = to.Seq
		if h := Link(to.prev, e); h == b.Hash || h == to.Hash {
			return to.Seq
		}
		for _, other := range w.bads {
			if Link(other.Hash, e) == b.Hash {
				return to.Seq
			}
		}
	}
	return 0
}
