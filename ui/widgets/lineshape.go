package widgets

import (
	"sync"
	"time"

	"github.com/wardlight/wardlight/app/board"
	"github.com/wardlight/wardlight/ui/theme"
)

// LineShape is what the lines of a list have room for: one for all of them, see [TileShape]. The zero value
// is that of a ward with short beds and names and few marks.
type LineShape struct {
	Bed    float32 // width of the widest bed, before the text scale; 0: as wide as a number
	Name   int     // lines of the name beyond the first
	Values int     // lines of the values beyond the first, of a line that folds
	Chips  int     // lines of chips below, of a line that folds; beyond the first, of one that does not
	Ages   bool    // some value is older than its set: the age stands below it
	Narrow bool    // the column of chips is too narrow for somebody's
}

// fold is how a line uses its width.
type fold int

const (
	flat    fold = iota // all in columns
	folded              // who above, the values with their names below
	stacked             // identifiers on a line of their own, too
)

func (s LineShape) fold(width float32) fold {
	_, _, _, _, _, _, _, chips := s.Columns(width)
	switch {
	case width >= chips+theme.Sp(160) && !s.Narrow:
		return flat
	case width >= s.bedWidth()+theme.Sp(430):
		return folded
	}
	return stacked
}

// Folds reports whether a line needs more than one row: then every value carries its name.
func (s LineShape) Folds(width float32) bool { return s.fold(width) != flat }

// bedWidth is the column of the bed.
func (s LineShape) bedWidth() float32 { return theme.Sp(max(52, s.Bed+afterBed)) }

// Columns are the left edges of the columns for a width: bed, name, score, identifiers, the five signs,
// age, next set, chips.
func (s LineShape) Columns(width float32) (bed, name, score, ids float32, signs [5]float32, age, due, chips float32) {
	bed = 14
	name = bed + s.bedWidth()
	score = name + min(max(width*0.2, theme.Sp(150)), theme.Sp(240))
	ids = score + theme.Sp(62)
	x := ids + theme.Sp(148)
	for i, w := range [5]float32{40, 46, 46, 74, 48} {
		signs[i] = x
		x += theme.Sp(w)
	}
	age = x
	due = age + theme.Sp(78)
	chips = due + theme.Sp(48)
	return
}

// The heights of a line's rows.
func (s LineShape) head() float32      { return theme.Sp(25) + float32(s.Name)*theme.Sp(17) }
func (s LineShape) valueRows() float32 { return float32(s.Values+1) * theme.Sp(25) }
func (s LineShape) chipRows() float32  { return float32(s.Chips) * (chipHeight() + chipLead) }

// Height is that of every line of the shape in a list of a width, at the text scale.
func (s LineShape) Height(width float32) float32 {
	switch s.fold(width) {
	case folded:
		return 14 + s.head() + s.valueRows() + s.chipRows()
	case stacked:
		return 14 + s.head() + theme.Sp(20) + s.valueRows() + s.chipRows()
	}
	h := max(10+theme.Sp(24), 8+float32(s.Name+1)*theme.Sp(17), 8+s.chipRows()+chipHeight())
	if s.Ages {
		h = max(h, 6+theme.Sp(31))
	}
	return h
}

// longBedLine is the widest bed of a list; what is longer ends in an ellipsis.
const longBedLine = 190

// Fit is the shape grown so far that a row has its room in a line of a width. UI goroutine only.
func (s LineShape) Fit(r board.Row, mine bool, width float32, now time.Time) LineShape {
	if r.Patient == "" {
		return s
	}
	for _, c := range r.Cells {
		s.Ages = s.Ages || c.Age != ""
	}
	if plainRow(r, theme.Sp(300)) && s.fold(width) != stacked {
		return s
	}
	l := lineRuler()
	l.row, l.mine = r, mine
	l.age, l.brief = ageText(r, now)
	l.styleTag(&l.bed)
	if bed := l.bed.size().Width / theme.Sp(1); bed+afterBed > 52 {
		s.Bed = max(s.Bed, min(bed, longBedLine))
	}
	l.style()
	for { // with each line more there is less, or more, room beside
		l.shape = s
		need := l.needs(width)
		if need == s {
			return s
		}
		s = need
	}
}

// lineRuler is a line that is never shown: rows are measured with it. UI goroutine only.
var lineRuler = sync.OnceValue(func() *Line {
	l := NewLine()
	l.frame.objects()
	return l
})

// needs is the line's shape grown by what it lacks in a width.
func (l *Line) needs(width float32) LineShape {
	s := l.shape
	p := l.plan(width)
	s.Name = max(s.Name, p.nameLines-1)
	s.Values = max(s.Values, p.valueLines-1)
	have := make([]float32, 0, len(p.beside))
	for _, b := range p.beside {
		have = append(have, b.w)
	}
	n := chipLines(l.chips.all, p.chipsW, have...)
	if s.fold(width) == flat {
		if n = max(n-1, 0); n > 1 {
			s.Narrow, n = true, 0 // below, they have the whole width
		}
	}
	s.Chips = max(s.Chips, n)
	return s
}
