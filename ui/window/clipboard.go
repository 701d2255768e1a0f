package window

import (
	"fyne.io/fyne/v2"

	"github.com/wardlight/wardlight/app/tongue"
	"github.com/wardlight/wardlight/ui/words"
)

// copy puts a nurse's own text on the clipboard, until the station is locked or
// she leaves.
func (w *Window) copy(text string) {
	w.copied = text
	fyne.CurrentApp().Clipboard().SetContent(text)
	w.sayHere(words.Message{What: tongue.T("Your text is on the clipboard."),
		Next: tongue.T("It is taken away when the station is locked.")}, saidFor)
}

// uncopy takes what this window put on the clipboard away again. UI goroutine only.
func (w *Window) uncopy() {
	if w.copied == "" {
		return
	}
	if c := fyne.CurrentApp().Clipboard(); c.Content() == w.copied {
		c.SetContent("")
	}
	w.copied = ""
}
