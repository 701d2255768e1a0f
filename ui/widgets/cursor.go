package widgets

import "fyne.io/fyne/v2"

// toEnd puts the cursor behind the text: the toolkit leaves it in front of what the program fills in, where the next
// digit would make 42 of 2.
func (e *Entry) toEnd() { e.Entry.TypedKey(&fyne.KeyEvent{Name: fyne.KeyPageDown}) }

// toStart puts it in front.
func (e *Entry) toStart() { e.Entry.TypedKey(&fyne.KeyEvent{Name: fyne.KeyPageUp}) }

// GoOn gives the field the keyboard, with the cursor behind so many letters of its text. There it stays: what the
// program filled in takes it to the end no more. The rows that the toolkit counts are those of the text as it is
// wrapped, and not its lines.
func (f *Field) GoOn(letters int) {
	e := f.Entry
	Focus(e)
	e.filled = false
	e.toEnd()
	for e.CursorColumn = 0; e.CursorRow > 0 && e.CursorTextOffset() > letters; {
		e.CursorRow--
	}
	e.CursorColumn = letters - e.CursorTextOffset()
	e.Refresh()
}
