package patient

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"github.com/wardlight/wardlight/app/tongue"
	"github.com/wardlight/wardlight/ui/obsform"
	"github.com/wardlight/wardlight/ui/spots"
	"github.com/wardlight/wardlight/ui/theme"
	"github.com/wardlight/wardlight/ui/widgets"
)

// sideRow is one field of a conflict: what was, is and was typed, the choice
// between the last two, and the text that comes of it.
type sideRow struct {
	card   *conflictCard
	side   Side
	choice *widgets.Segmented
	field  *widgets.Field
	box    *fyne.Container
}

func newSideRow(c *conflictCard, f Side) *sideRow {
	r := &sideRow{card: c, side: f}
	name := "conflict." + f.Name
	choices, keys := []string{tongue.T("Theirs"), tongue.T("Mine"), tongue.T("Edit")},
		[]string{"theirs", "mine", "edit"}
	if r.fixed() {
		choices, keys = choices[:merge], keys[:merge]
	}
	r.choice = widgets.NewSegmented(-1, func(i int) {
		r.choose(i)
		if i == merge {
			widgets.Focus(r.field.Entry)
		}
		c.s.changed(c.section)
		c.refresh()
	}, choices...).Compact().Labelled(f.Label).Named(name, keys...)
	r.field = widgets.NewField("", f.Long).Named(name + ".text")
	r.field.Entry.Label = tongue.Tf("%s, to be saved", f.Label)
	if f.Long {
		r.field.Entry.SetMinRowsVisible(5)
	}
	r.field.SetText(f.Result)
	r.field.Entry.OnChanged = func(string) {
		r.mark()
		c.s.changed(c.section)
		c.refresh()
	}
	r.field.Hidden = r.fixed()
	r.mark()
	value := func(raw string, style fyne.TextStyle) *widgets.Label {
		return widgets.Text(Said(f.Name, raw), 14, style, theme.Ink).Wrapped()
	}
	label := widgets.Text(f.Label, 13.5, theme.SemiBold, theme.Ink).Wrapped()
	label.Hidden = f.Long // the only one, and the title says what it is
	is := value(f.Is, theme.SemiBold)
	spots.Mark(name+".is", is)
	r.box = container.New(&sideLayout{c.ruler, f.Long}, label,
		value(f.Was, theme.Regular), is, value(f.Mine, theme.SemiBold), r.choice, r.field)
	return r
}

// fixed reports whether the field has choices and no text of its own.
func (r *sideRow) fixed() bool {
	return r.side.Name == obsform.Oxygen || r.side.Name == obsform.ACVPU || r.side.Name == obsform.NotDone
}

func (r *sideRow) result() string { return r.field.Text() }

// choose takes a side. To edit starts from one's own text, and for a text that
// both changed from both, so that neither is forgotten.
func (r *sideRow) choose(i int) {
	switch i {
	case keepTheirs:
		r.field.SetText(r.side.Is)
	case keepMine:
		r.field.SetText(r.side.Mine)
	case merge:
		if at := r.result(); r.side.Long && r.card.sides.Amends && (at == r.side.Is || at == r.side.Mine) {
			r.field.SetText(r.side.Is + "\n" + r.side.Mine)
		}
	}
	r.choice.Choose(i)
}

// mark shows which choice the text is.
func (r *sideRow) mark() {
	switch at := r.result(); {
	case at == r.side.Mine:
		r.choice.Choose(keepMine)
	case at == r.side.Is:
		r.choice.Choose(keepTheirs)
	default:
		r.choice.Choose(merge)
	}
}

func (r *sideRow) focus() {
	if r.fixed() {
		widgets.Focus(r.choice.Button(keepMine))
		return
	}
	widgets.Focus(r.field.Entry)
}

// sideLayout sets name, was, is, mine, choice and text of a field in one line; in
// two where there is no room, and a long text always below.
type sideLayout struct {
	ruler *widgets.Segmented // as wide as every choice
	long  bool
}

const sideGap = 10

func (l *sideLayout) columns(w float32) (name, each, choice, text float32, one bool) {
	name, choice, text = theme.Sp(120), l.ruler.MinSize().Width, theme.Sp(110)
	if l.long {
		name = 0
	}
	each = (w - name - choice - text - 5*sideGap) / 3
	if one = each >= theme.Sp(88) && !l.long; !one {
		each = (w - name - 3*sideGap) / 3
	}
	return
}

func (l *sideLayout) run(o []fyne.CanvasObject, w float32, put bool) float32 {
	name, each, choice, text, one := l.columns(w)
	set := func(i int, x, y, w, h float32) {
		if put {
			o[i].Move(fyne.NewPos(x, y))
			o[i].Resize(fyne.NewSize(w, h))
		}
	}
	x, high := float32(0), float32(0)
	if name > 0 {
		high = widgets.HeightFor(o[0], name)
		set(0, 0, 0, name, high)
		x = name + sideGap
	}
	for i := 1; i <= 3; i++ {
		h := widgets.HeightFor(o[i], each)
		set(i, x, 0, each, h)
		x += each + sideGap
		high = max(high, h)
	}
	if len(o) < 6 { // the heads of the columns
		return high
	}
	h, own := o[4].MinSize().Height, min(o[4].MinSize().Width, choice)
	if one {
		set(4, x, 0, own, h)
		set(5, x+choice+sideGap, 0, text, max(h, tall(o[5])))
		return max(high, h, tall(o[5]))
	}
	y := high + 8
	from := name
	if name > 0 {
		from += sideGap
	}
	set(4, from, y, min(own, w-from), h)
	if l.long {
		y += h + 8
		set(5, 0, y, w, o[5].MinSize().Height)
		return y + o[5].MinSize().Height
	}
	set(5, from+choice+sideGap, y, max(theme.Sp(60), w-from-choice-sideGap), max(h, tall(o[5])))
	return y + max(h, tall(o[5]))
}

func tall(o fyne.CanvasObject) float32 {
	if !o.Visible() {
		return 0
	}
	return o.MinSize().Height
}

func (l *sideLayout) Layout(o []fyne.CanvasObject, s fyne.Size) { l.run(o, s.Width, true) }

// HeightFor is the height that a field needs.
func (l *sideLayout) HeightFor(o []fyne.CanvasObject, w float32) float32 { return l.run(o, w, false) }

func (l *sideLayout) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.NewSize(200, 20) }
