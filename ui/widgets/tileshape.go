package widgets

import (
	"sync"
	"unicode/utf8"

	"fyne.io/fyne/v2"

	"github.com/wardlight/wardlight/app/board"
	"github.com/wardlight/wardlight/ui/theme"
)

// TileShape is what the tiles of a board have room for. It is one for all of them, so that they stand in
// rows and nothing on them is elsewhere than on the next: where one patient needs a line more, all get it.
// The zero value is that of a ward with short names and few marks.
type TileShape struct {
	Monitors bool // a line for a bedside monitor
	Bed      bool // a line for the bed, which is too long to stand beside the name
	Name     int  // lines of the name beyond the first
	Chips    int  // lines of chips beyond the first
}

// Height is that of every tile of the shape, at the text scale.
func (s TileShape) Height() float32 {
	h := 15 + theme.Sp(110) + s.nameRoom() - theme.Sp(30) + float32(s.Chips)*(chipHeight()+chipLead)
	if s.Monitors {
		h += theme.Sp(22)
	}
	if s.Bed {
		h += theme.Sp(27)
	}
	return h
}

// Head is how much of a tile may be seen where the window ends within it: down to whose it is. With its values it
// would look whole, and what it hides are the allergies.
func (s TileShape) Head() float32 {
	y := tileTop + s.nameRoom() + Runs(12.5, Run{Text: "0"}).MinSize().Height
	if s.Bed {
		y += theme.Sp(27)
	}
	return y + theme.Sp(3)
}

// nameRoom is the height of the line with name and score, or of the name's lines.
func (s TileShape) nameRoom() float32 {
	if s.Name == 0 {
		return theme.Sp(30)
	}
	return theme.Sp(20) + float32(s.Name)*theme.Sp(17)
}

const (
	tileLeft, tileRight, tileTop = 15, 10, 9
	// longBed is the widest bed, before the text scale, that stands beside a name.
	longBed = 92
	// mostName is how many lines a name gets, beyond which the given name ends in an ellipsis; mostSurname is
	// for a surname that alone needs more.
	mostName    = 4
	mostSurname = 8
)

// Fit is the shape grown so far that a row has its room in a tile of a width. UI goroutine only.
func (s TileShape) Fit(r board.Row, mine bool, width float32) TileShape {
	s.Monitors = s.Monitors || len(r.Monitor) > 0
	if r.Patient == "" || plainRow(r, width) {
		return s
	}
	t := tileRuler()
	t.row, t.mine = r, mine
	t.styleTag(&t.bed)
	t.badge.style(r.Badge)
	bed := t.bed.size().Width
	s.Bed = s.Bed || bed > theme.Sp(longBed)
	t.name.SetRuns(t.nameRuns(theme.Ink)...)
	if t.shape = s; t.nameFolds(width) {
		t.name.Pt, t.name.Cut, t.name.Wrap = nameLeast, false, true
		s.Name = max(s.Name, nameLines(t.name, t.nameWidth(width))-1)
	}
	s.Chips = max(s.Chips, chipLines(r.Chips, width-tileLeft-tileRight)-1)
	return s
}

// nameLines is how many lines of a width a name needs: two people of one surname are told apart by what stands
// last, so that only a very long given name is cut.
func nameLines(name *Label, width float32) int {
	n := len(name.lines(width))
	if n <= mostName {
		return n
	}
	whole := name.runs
	defer func() { name.runs = whole }()
	name.runs = whole[:1]
	return max(mostName, min(len(name.lines(width))+1, mostSurname))
}

// tileRuler is a tile that is never shown: rows are measured with it. UI goroutine only.
var tileRuler = sync.OnceValue(NewTile)

// plainRow reports whether a row surely needs no more than a line of each: to measure texts costs time, and
// most rows of a ward of a thousand beds are so.
func plainRow(r board.Row, width float32) bool {
	name := utf8.RuneCountInString(r.Surname) + utf8.RuneCountInString(r.Given)
	letters := 0
	for _, c := range r.Chips {
		if !c.Counts() {
			letters += utf8.RuneCountInString(c.Text) + 3
		}
	}
	room := (width - tileLeft - tileRight) / theme.Sp(1)
	return utf8.RuneCountInString(r.Bed) <= 4 && float32(name)*12 < room-130 && float32(letters)*8+40 < room
}

// nameSmall is the size of a name that has no room in the usual one, nameLeast of one that needs several lines.
const (
	nameSmall = 13.5
	nameLeast = 12.5
)

// nameWidth is the room of a name in a tile of a width.
func (t *Tile) nameWidth(width float32) float32 {
	if t.shape.Bed {
		return width - tileLeft - tileRight
	}
	return width - tileRight - t.badge.size().Width - 8 - (tileLeft + t.bed.size().Width + 8)
}

// nameFolds sets the size of the name, and reports whether it needs more than one line all the same.
func (t *Tile) nameFolds(width float32) bool {
	room := t.nameWidth(width)
	t.name.Cut, t.name.Wrap = true, false
	for _, t.name.Pt = range []float32{16, nameSmall} {
		if t.name.fullWidth() <= room {
			return false
		}
	}
	return true
}

// placeHead places bed, name and score, and returns where the next line begins.
func (t *Tile) placeHead(s fyne.Size) (y float32) {
	bed, bg := t.bed.size(), t.badge.size()
	room := min(bed.Width, s.Width-tileLeft-tileRight-bg.Width-8)
	t.bed.place(tileLeft, tileTop+(bg.Height-bed.Height)/2-theme.Sp(2), room, bed.Height)
	t.badge.place(s.Width-tileRight-bg.Width, tileTop, bg.Width, bg.Height)
	x, y, w, first := tileLeft+bed.Width+8, float32(tileTop), t.nameWidth(s.Width), bg.Height-theme.Sp(4)
	if t.shape.Bed {
		x, y, first = tileLeft, tileTop+theme.Sp(27), theme.Sp(26)
	}
	fold := t.nameFolds(s.Width) && t.shape.Name > 0
	if fold {
		t.name.Pt, t.name.Cut, t.name.Wrap, t.name.Most = nameLeast, false, true, t.shape.Name+1
		t.name.cache.w = 0
		y -= theme.Sp(2)
		place(t.name, x, y, w, t.name.HeightFor(w))
	} else {
		h := t.name.MinSize().Height
		place(t.name, x, y+(first-h)/2, w, h)
	}
	t.name.Refresh()
	if fold {
		y += theme.Sp(2)
	}
	return y + t.shape.nameRoom()
}
