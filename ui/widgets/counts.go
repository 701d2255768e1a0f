package widgets

// MostCount is the widest count that room is kept for: all digits are equally wide, and no ward has a thousand
// beds. A count that gains a digit must move nothing: a hand may be on its way to what stands beside it.
const MostCount = 888

// Keep gives the button room for a text that it may come to have, beside the one it has. UI goroutine only.
func (b *Button) Keep(text string) *Button {
	if b.most != text {
		b.most = text
		b.Refresh()
	}
	return b
}

// Keep gives a choice room for a text that it may come to have, such as its name with [MostCount]: most of the
// time that is room around it, and less of its own is needed. UI goroutine only.
func (s *Segmented) Keep(i int, text string) {
	s.buttons[i].Tight = true
	s.buttons[i].Keep(text)
}
