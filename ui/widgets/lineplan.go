package widgets

import (
	"fyne.io/fyne/v2"

	"github.com/wardlight/wardlight/app/tongue"
	"github.com/wardlight/wardlight/ui/theme"
)

// afterBed is the gap between a bed and the name beside it, however wide the bed is.
const afterBed = 8

// linePlan is where everything of a line stands in a width.
type linePlan struct {
	nameX, nameW  float32
	nameLines     int
	scoreX        float32
	idsX, idsW    float32
	idsY          float32 // of stacked: the row of the identifiers; else that of the name
	valueY        float32
	valueX        [5]float32
	valueRow      [5]int
	valueLines    int
	ageX, ageW    float32
	ageRow        int
	dueX, dueW    float32 // 0 wide: not said
	liveX         float32
	live          bool
	beside        []slot // slots for chips beside other things
	chipsX        float32
	chipsW, chipY float32 // the lines of chips below, or the column of chips
}

const lineEdge, lineGap = 10, 14

// plan arranges the line for a width. It places nothing.
func (l *Line) plan(width float32) linePlan {
	l.sayDue(l.shape.fold(width))
	if l.shape.fold(width) == flat {
		return l.planFlat(width)
	}
	s, stack := l.shape, l.shape.fold(width) == stacked
	p := linePlan{nameX: 14 + s.bedWidth(), idsY: 4}
	p.scoreX = width - lineEdge - l.badge.size().Width
	room := p.scoreX - 8 - p.nameX
	p.idsW = l.detail.fullWidth()
	if stack {
		p.idsX, p.idsY = 14, 4+s.head()
	} else {
		room -= p.idsW + lineGap
	}
	p.nameW, p.nameLines = l.nameRoom(room)
	if !stack {
		p.idsX = p.nameX + p.nameW + lineGap
		if x := p.idsX + p.idsW + lineGap; p.scoreX-8-x >= theme.Sp(70) {
			p.beside = append(p.beside, slot{x: x, y: 4 + (s.head()-chipHeight())/2, w: p.scoreX - 8 - x})
		}
	}
	l.planValues(&p, width, stack)
	p.chipsX = p.nameX
	if stack {
		p.chipsX = 14
	}
	p.chipsW, p.chipY = width-lineEdge-p.chipsX, p.valueY+s.valueRows()+2
	return p
}

// sayDue says when the next set is due, and that it is that where no column does.
func (l *Line) sayDue(how fold) {
	r := Run{Role: theme.Muted}
	if !l.row.Due.IsZero() {
		r.Text = tongue.Clock(l.row.Due)
		if how != flat {
			r.Text = tongue.Tf("next %s", r.Text)
		}
	}
	if l.row.Overdue > 0 {
		r.Style, r.Role = theme.SemiBold, theme.Ink
	}
	l.due.SetRuns(r)
}

// nameRoom is the width of the name where it may take room, and in how many lines.
func (l *Line) nameRoom(room float32) (w float32, lines int) {
	l.name.Cut, l.name.Wrap, l.name.Pt = true, false, 15
	if w := l.name.fullWidth() + 1; w <= room {
		return w, 1
	}
	l.name.Pt, l.name.Cut, l.name.Wrap = nameSmall, false, true
	return room, nameLines(l.name, room)
}

// planValues sets the values with their names in a row, or in more, and behind them how old they are and
// when the next are due.
func (l *Line) planValues(p *linePlan, width float32, stack bool) {
	s := l.shape
	first := p.nameX
	p.valueY = 4 + s.head()
	if stack {
		first, p.valueY = 14, p.valueY+theme.Sp(20)
	}
	x, row, end := first, 0, width-lineEdge
	next := func(w float32) float32 {
		if x > first && x+w > end {
			x, row = first, row+1
		}
		at := x
		x += w + theme.Sp(12)
		return at
	}
	for i := range l.values {
		p.valueX[i] = next(l.labels[i].MinSize().Width + theme.Sp(4) + l.values[i].MinSize().Width)
		p.valueRow[i] = row
	}
	p.ageW = l.age1.fullWidth() + 1
	p.ageX = next(p.ageW)
	p.ageRow, p.valueLines = row, row+1
	if w := l.due.fullWidth() + 1; !l.row.Due.IsZero() && x+w <= end {
		p.dueX, p.dueW = next(w), w
	}
	if w := l.live.fullWidth() + 1; len(l.row.Monitor) > 0 && x+w <= end {
		p.liveX, p.live = next(w), true
	}
	if room := end - x; room >= theme.Sp(70) {
		y := p.valueY + float32(row)*theme.Sp(25)
		p.beside = append(p.beside, slot{x: x, y: y + (theme.Sp(25)-chipHeight())/2, w: room})
	}
}

// planFlat sets all in columns.
func (l *Line) planFlat(width float32) linePlan {
	s := l.shape
	_, name, score, ids, signs, age, due, chips := s.Columns(width)
	p := linePlan{nameX: name, scoreX: score, idsX: ids, idsW: signs[0] - ids - 8, valueX: signs, valueLines: 1, ageX: age,
		ageW: due - age - 8, dueX: due, dueW: chips - due - 8, chipsX: chips, chipsW: width - lineEdge - chips}
	p.nameW, p.nameLines = l.nameRoom(score - name - 8)
	if l.row.Stale {
		p.ageW, p.dueW = chips-age-8, 0 // what stands there says more than when the next is due
	}
	w := l.live.fullWidth() + 1
	if len(l.row.Monitor) > 0 && p.chipsW-w-12 >= theme.Sp(150) &&
		chipLines(l.chips.all, p.chipsW-w-12) <= s.Chips+1 { // chips come first
		p.liveX, p.live = width-lineEdge-w, true
		p.chipsW -= w + 12
	}
	return p
}

func (l *Line) layout(s fyne.Size) {
	l.frame.layout(0, 0, s)
	p, how := l.plan(s.Width), l.shape.fold(s.Width)
	top, head := float32(4), l.shape.head()
	if how == flat {
		top, head = 0, s.Height
	}
	mid := func(h, top, of float32) float32 { return top + (of-h)/2 }
	b, g := l.bed.size(), l.badge.size()
	l.bed.place(14, mid(b.Height, top, head), min(b.Width, l.shape.bedWidth()-afterBed), b.Height)
	l.badge.place(p.scoreX, mid(g.Height, top, head), g.Width, g.Height)
	l.name.Most = l.shape.Name + 1
	if l.name.Wrap && l.name.Most == 1 {
		l.name.Wrap, l.name.Cut = false, true
	}
	nh := l.name.HeightFor(p.nameW)
	place(l.name, p.nameX, mid(nh, top, head), p.nameW, nh)
	l.name.Refresh()
	dh := l.detail.MinSize().Height
	ids := mid(dh, top, head)
	if how == stacked {
		ids = mid(dh, p.idsY, theme.Sp(20))
	}
	place(l.detail, p.idsX, ids, p.idsW, dh)
	l.placeValues(p, how, s)
	l.placeChips(p, how, s)
}

func (l *Line) placeValues(p linePlan, how fold, s fyne.Size) {
	rowH := theme.Sp(25)
	mid := func(h float32, row int) float32 { return p.valueY + float32(row)*rowH + (rowH-h)/2 }
	if how == flat {
		mid = func(h float32, _ int) float32 { return (s.Height - h) / 2 }
	}
	for i, v := range l.values {
		n, m, x := l.labels[i].MinSize(), v.MinSize(), p.valueX[i]
		l.labels[i].Hidden = v.Hidden || how == flat && l.row.Cells[i].Age == ""
		switch {
		case how != flat:
			base := mid(m.Height, p.valueRow[i])
			place(l.labels[i], x, base+(m.Height-n.Height)*0.8, n.Width, n.Height)
			place(v, x+n.Width+theme.Sp(4), base, m.Width, m.Height)
		case l.labels[i].Hidden:
			place(v, x, mid(m.Height, 0), m.Width, m.Height)
		default: // how old it is stands below it
			y := (s.Height - m.Height - n.Height) / 2
			place(v, x, y, m.Width, m.Height)
			place(l.labels[i], x, y+m.Height, n.Width, n.Height)
		}
	}
	h := l.age1.MinSize().Height
	used := l.row.Patient != ""
	l.age1.Hidden, l.due.Hidden, l.live.Hidden = !used, !used || p.dueW <= 0, !p.live
	place(l.age1, p.ageX, mid(h, p.ageRow), p.ageW, h)
	last := p.valueLines - 1
	place(l.due, p.dueX, mid(h, last), p.dueW, h)
	lh := l.live.MinSize().Height
	place(l.live, p.liveX, mid(lh, last), l.live.fullWidth()+1, lh)
}

func (l *Line) placeChips(p linePlan, how fold, s fyne.Size) {
	step := chipHeight() + chipLead
	l.slots = append(l.slots[:0], p.beside...)
	n, y := l.shape.Chips, p.chipY
	if how == flat {
		room := make([]float32, n+1)
		for i := range room {
			room[i] = p.chipsW
		}
		n = 1
		put, _ := packed(l.chips.all, room)
		for _, c := range put {
			n = max(n, c.slot+1) // the lines in use stand in the middle
		}
		y = (s.Height - float32(n)*step + chipLead) / 2
	}
	for i := range n {
		l.slots = append(l.slots, slot{x: p.chipsX, y: y + float32(i)*step, w: p.chipsW})
	}
	place(l.chips, 0, 0, s.Width, s.Height)
	l.chips.Refresh()
}
