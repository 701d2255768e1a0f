package widgets

import (
	"fmt"

	"github.com/wardlight/wardlight/app/board"
	"github.com/wardlight/wardlight/ui/theme"
)

// chipPlace is a chip as it is drawn: its words, its slot and its width.
type chipPlace struct {
	kind board.ChipKind
	text string
	slot int
	w    float32
}

// packed chooses what stands in slots of these widths, each chip in the first slot that has room. chips are
// in their order, what protects most first: each that may not be counted stands there, in few words where there is no
// room for all; then as many words as fit, then the others, and the rest is counted. lacks means that the
// slots are too few even for that: see [chipLines].
func packed(chips []board.Chip, room []float32) (put []chipPlace, lacks bool) {
	p := packing{room: room, chips: chips, words: make([]int, len(chips)), out: make([]bool, len(chips))}
	for i, c := range chips {
		p.forms = append(p.forms, forms(c))
		p.words[i], p.out[i] = len(p.forms[i])-1, c.Counts()
	}
	put, ok := p.try()
	if !ok {
		return put, true
	}
	better := func(change, back func()) {
		change()
		if next, ok := p.try(); ok {
			put = next
			return
		}
		back()
	}
	longer := func(i int) {
		for n := range p.words[i] {
			was := p.words[i]
			better(func() { p.words[i] = n }, func() { p.words[i] = was })
			if p.words[i] == n {
				return
			}
		}
	}
	for i := range chips {
		if !p.out[i] {
			longer(i)
		}
	}
	for i := range chips {
		if p.out[i] {
			better(func() { p.out[i] = false }, func() { p.out[i] = true })
		}
		if !p.out[i] {
			longer(i)
		}
	}
	return put, false
}

// chipLines is how many lines of a width chips need beside the slots that they have already.
func chipLines(chips []board.Chip, width float32, have ...float32) int {
	for n := 0; ; n++ {
		if _, lacks := packed(chips, have); !lacks || n > len(chips) {
			return n
		}
		have = append(have, width)
	}
}

// packing is one attempt after another to place chips.
type packing struct {
	room  []float32
	chips []board.Chip
	forms [][]form
	words []int // which form of each chip
	out   []bool
}

// form is a chip in certain words.
type form struct {
	text string
	w    float32
}

// forms are the words that a chip can be shown in, longest first. Where it has no short ones, it is shortened at
// its end.
func forms(c board.Chip) (out []form) {
	add := func(text string) {
		if n := len(out); n == 0 || out[n-1].text != text {
			out = append(out, form{text, chipWidth(c.Kind, text)})
		}
	}
	add(c.Text)
	rs := []rune(c.Text[:len(c.Text)-len(c.Tail)])
	// "No known drug all…" would read as none of any kind, and half of a decision as another.
	shortens := c.Kind == board.ChipAllergy || c.Short == "" && !c.IsWhole()
	for _, n := range []int{36, 24, 16, 12} {
		if shortens && n < len(rs) {
			add(string(rs[:n-1]) + "…" + c.Tail)
		}
	}
	if c.Short != "" {
		add(c.Short)
	}
	return out
}

func chipWidth(k board.ChipKind, text string) float32 {
	t := newTag(chipLook(k, chipPt))
	t.style(text)
	return t.size().Width
}

// try places the chips that are not out, and how many are. Where something has no room it reports false, with
// what has some.
func (p *packing) try() (put []chipPlace, ok bool) {
	used := make([]float32, len(p.room))
	ok = true
	add := func(kind board.ChipKind, f form, squeeze bool) {
		for i, room := range p.room {
			if used[i]+f.w <= room+0.5 {
				put = append(put, chipPlace{kind, f.text, i, f.w})
				used[i] += f.w + chipGap
				return
			}
		}
		ok = false
		if widest := widestOf(p.room); squeeze && f.w > widest {
			for i, room := range p.room { // wider than any line can be: a line of its own
				if used[i] == 0 && room == widest {
					put = append(put, chipPlace{kind, f.text, i, room})
					used[i], ok = room, true
					return
				}
			}
		}
	}
	hidden := 0
	for i, c := range p.chips {
		switch {
		case !p.out[i]:
			add(c.Kind, p.forms[i][p.words[i]], p.words[i] == len(p.forms[i])-1)
		case c.Kind != board.ChipNext: // when the next set is due is said below the beds, too
			hidden++
		}
	}
	if hidden > 0 {
		text := fmt.Sprintf("+%d", hidden)
		add(board.ChipNeutral, form{text, max(chipWidth(board.ChipNeutral, text), theme.Sp(20))}, false)
	}
	return put, ok
}

func widestOf(room []float32) (w float32) {
	for _, r := range room {
		w = max(w, r)
	}
	return w
}
