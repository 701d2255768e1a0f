package widgets

import (
	"cmp"
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"

	"github.com/wardlight/wardlight/ui/theme"
)

// Run is a stretch of text in one style.
type Run struct {
	Text  string
	Size  float32 // before the text scale; 0 is the label's
	Style fyne.TextStyle
	Role  theme.Role // None is Ink
}

// Label is text in the station's roles: one or more runs, on one line, wrapped,
// or cut with an ellipsis.
type Label struct {
	widget.BaseWidget

	Pt    float32 // text size before the text scale
	Align fyne.TextAlign
	// Wrap breaks lines between words, and words that are wider than a line; Cut ends the one line
	// with an ellipsis.
	Wrap, Cut bool
	// Least is the size to which a text that is cut, or has more lines than Most, shrinks before it is: a number
	// that was cut is another number. It shrinks to no less than [theme.Smallest]. 0: it keeps its size.
	Least float32
	// Most bounds the lines of wrapped text, the last of which then ends with an ellipsis; 0: no bound.
	Most int

	runs  []Run
	texts []*canvas.Text
	view  *view
	cache struct{ w, h float32 }
}

// Text makes a label of one run.
func Text(s string, size float32, style fyne.TextStyle, role theme.Role) *Label {
	return Runs(size, Run{Text: s, Style: style, Role: role})
}

// Runs makes a label of several runs.
func Runs(size float32, runs ...Run) *Label {
	l := &Label{Pt: size, runs: runs}
	l.ExtendBaseWidget(l)
	return l
}

// Wrapped sets Wrap and returns the label.
func (l *Label) Wrapped() *Label { l.Wrap = true; return l }

// Ellipsis sets Cut and returns the label.
func (l *Label) Ellipsis() *Label { l.Cut = true; return l }

// Trailing aligns right and returns the label.
func (l *Label) Trailing() *Label { l.Align = fyne.TextAlignTrailing; return l }

// Centred aligns in the middle and returns the label.
func (l *Label) Centred() *Label { l.Align = fyne.TextAlignCenter; return l }

// SpotText is the text without its styles.
func (l *Label) SpotText() string {
	var b strings.Builder
	for _, r := range l.runs {
		b.WriteString(r.Text)
	}
	return strings.ReplaceAll(b.String(), "\u00a0", " ")
}

// Set replaces the text of the first run and drops the others.
func (l *Label) Set(s string) {
	r := Run{Text: s}
	if len(l.runs) > 0 {
		r = l.runs[0]
		r.Text = s
	}
	l.SetRuns(r)
}

// SetRole changes the colour of every run.
func (l *Label) SetRole(role theme.Role) {
	rs := slices.Clone(l.runs)
	for i := range rs {
		rs[i].Role = role
	}
	l.SetRuns(rs...)
}

// SetRuns replaces the text. Nothing is redrawn if nothing changed.
func (l *Label) SetRuns(runs ...Run) {
	if slices.Equal(runs, l.runs) {
		return
	}
	l.runs = runs
	l.cache.w = 0
	l.Refresh()
}

// Refresh forgets measures: the text scale may have changed.
func (l *Label) Refresh() {
	l.cache.w = 0
	l.BaseWidget.Refresh()
}

func measure(s string, size float32, style fyne.TextStyle) (fyne.Size, float32) {
	return fyne.CurrentApp().Driver().RenderedTextSize(s, size, style, nil)
}

type fragment struct {
	run  Run
	size fyne.Size
	base float32
}

type line struct {
	parts         []fragment
	width, height float32
	base          float32
}

func (ln *line) add(f fragment) {
	if n := len(ln.parts); n > 0 && ln.parts[n-1].run.Style == f.run.Style &&
		ln.parts[n-1].run.Role == f.run.Role && ln.parts[n-1].run.Size == f.run.Size {
		p := &ln.parts[n-1]
		ln.width -= p.size.Width
		p.run.Text += f.run.Text
		p.size, p.base = measure(p.run.Text, p.run.Size, p.run.Style)
		ln.width += p.size.Width
		return
	}
	ln.parts = append(ln.parts, f)
	ln.width += f.size.Width
	ln.base = max(ln.base, f.base)
	ln.height = max(ln.height, f.size.Height)
}

func (l *Label) fragment(r Run, text string) fragment {
	if r.Size == 0 {
		r.Size = l.Pt
	}
	r.Size = theme.Sp(r.Size)
	r.Text = text
	s, b := measure(text, r.Size, r.Style)
	return fragment{run: r, size: s, base: b}
}

func (l *Label) lines(width float32) []line {
	if !l.Wrap {
		ln := l.whole(1)
		if l.Cut && ln.width > width+0.5 {
			if least := l.least(); least > 0 && width > 0 {
				ln = l.whole(max(0.95*width/ln.width, least/l.Pt))
			}
			if ln.width > width+0.5 {
				ln = cut(ln, width)
			}
		}
		return []line{ln}
	}
	lines := l.wrapped(width, 1)
	least := l.least()
	for times := float32(0.94); l.Most > 0 && len(lines) > l.Most && least > 0 && times*l.Pt >= least; times -= 0.06 {
		lines = l.wrapped(width, times)
	}
	if l.Most > 0 && len(lines) > l.Most {
		last := &lines[l.Most-1]
		for _, ln := range lines[l.Most:] {
			for _, p := range ln.parts {
				last.parts = append(last.parts, p)
				last.width += p.size.Width
			}
		}
		if last.width > width {
			*last = cut(*last, width)
		}
		lines = lines[:l.Most]
	}
	return lines
}

// wrapped is the text on as many lines as a width needs for it, so many times as large as usual.
func (l *Label) wrapped(width, times float32) []line {
	lines := []line{{}}
	for _, r := range l.runs {
		if times < 1 {
			r.Size = cmp.Or(r.Size, l.Pt) * times
		}
		for i, para := range strings.Split(r.Text, "\n") {
			if i > 0 {
				lines = append(lines, line{})
			}
			for _, word := range words(para) {
				cur := &lines[len(lines)-1]
				f := l.fragment(r, word)
				bare, _ := measure(strings.TrimRight(word, " "), f.run.Size, f.run.Style)
				if len(cur.parts) > 0 && cur.width+bare.Width > width {
					lines = append(lines, line{})
					cur = &lines[len(lines)-1]
				}
				for bare.Width > width && width >= leastBroken*f.run.Size {
					head, rest := broken(word, f.run, width)
					if rest == "" {
						break
					}
					cur.add(l.fragment(r, head))
					lines = append(lines, line{})
					cur = &lines[len(lines)-1]
					word, f = rest, l.fragment(r, rest)
					bare, _ = measure(strings.TrimRight(word, " "), f.run.Size, f.run.Style)
				}
				cur.add(f)
			}
			if len(lines[len(lines)-1].parts) == 0 {
				lines[len(lines)-1].add(l.fragment(r, ""))
			}
		}
	}
	return lines
}

// whole is the text on one line, so many times as large as usual.
func (l *Label) whole(times float32) (ln line) {
	for _, r := range l.runs {
		if times < 1 {
			r.Size = cmp.Or(r.Size, l.Pt) * times
		}
		ln.add(l.fragment(r, oneLine(r.Text)))
	}
	return ln
}

// leastBroken is how many times its height a line must be wide for a word to be broken: a label that is
// not laid out yet has no width, and breaks nothing.
const leastBroken = 3

// broken cuts a word that is wider than a line: what fits, and the rest. A word with a hyphen is cut there.
func broken(word string, r Run, width float32) (head, rest string) {
	rs := []rune(word)
	n := len(rs) - 1
	for ; n > 1; n-- {
		if s, _ := measure(string(rs[:n]), r.Size, r.Style); s.Width <= width {
			break
		}
	}
	n = max(n, 1)
	for at := n - 1; at > 0; at-- {
		if rs[at] == '-' {
			n = at + 1
			break
		}
	}
	return string(rs[:n]), string(rs[n:])
}

// oneLine shows line breaks and control characters of foreign text as spaces.
func oneLine(s string) string {
	return strings.Map(func(r rune) rune {
		if r < ' ' {
			return ' '
		}
		return r
	}, s)
}

// words splits after spaces, and breaks what has none at 24 characters so that
// no foreign text can push a card apart.
func words(s string) []string {
	var out []string
	for _, w := range strings.SplitAfter(s, " ") {
		rs := []rune(w)
		for len(rs) > 24 {
			out = append(out, string(rs[:24]))
			rs = rs[24:]
		}
		if len(rs) > 0 {
			out = append(out, string(rs))
		}
	}
	return out
}

const leading = 1.1 // of the typeface's own line height, between wrapped lines

// HeightFor is the height of the text at a width.
func (l *Label) HeightFor(width float32) float32 {
	if l.cache.w == width && width > 0 {
		return l.cache.h
	}
	h := float32(0)
	for _, ln := range l.lines(width) {
		h += ln.height
		if l.Wrap {
			h += ln.height * (leading - 1)
		}
	}
	l.cache.w, l.cache.h = width, h
	return h
}

// CreateRenderer implements fyne.Widget.
func (l *Label) CreateRenderer() fyne.WidgetRenderer {
	l.view = &view{self: l, layout: l.layout, min: l.min}
	l.layout(l.Size())
	return l.view
}

func (l *Label) min() fyne.Size {
	switch {
	case l.Wrap:
		return fyne.NewSize(theme.Sp(40), l.HeightFor(max(l.Size().Width, theme.Sp(40))))
	case l.Cut:
		return fyne.NewSize(theme.Sp(24), l.lines(1e6)[0].height)
	}
	ln := l.lines(1e6)[0]
	return fyne.NewSize(ln.width, ln.height)
}

// LineWidth is the room that the text needs on one line.
func (l *Label) LineWidth() float32 { return l.fullWidth() }

// fullWidth is the width of the one line without cutting it.
func (l *Label) fullWidth() float32 {
	w := float32(0)
	for _, ln := range l.lines(1e6) {
		w = max(w, ln.width)
	}
	return w
}

func (l *Label) layout(s fyne.Size) {
	used := 0
	y := float32(0)
	lines := l.lines(s.Width)
	if !l.Wrap && len(lines) == 1 {
		y = (s.Height - lines[0].height) / 2
	}
	for _, ln := range lines {
		x := float32(0)
		switch l.Align {
		case fyne.TextAlignTrailing:
			x = s.Width - ln.width
		case fyne.TextAlignCenter:
			x = (s.Width - ln.width) / 2
		}
		if l.Wrap {
			x = max(x, 0) // a space at the end of a line has no room of its own
		}
		for _, p := range ln.parts {
			if used == len(l.texts) {
				l.texts = append(l.texts, &canvas.Text{})
			}
			t := l.texts[used]
			used++
			role := p.run.Role
			if role == theme.None {
				role = theme.Ink
			}
			t.Text, t.TextSize, t.TextStyle, t.Color = p.run.Text, p.run.Size, p.run.Style, theme.Of(role)
			place(t, x, y+ln.base-p.base, p.size.Width, p.size.Height)
			x += p.size.Width
		}
		y += ln.height
		if l.Wrap {
			y += ln.height * (leading - 1)
		}
	}
	l.view.objects = l.view.objects[:0]
	for _, t := range l.texts[:used] {
		l.view.objects = append(l.view.objects, t)
	}
}
