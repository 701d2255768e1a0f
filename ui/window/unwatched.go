package window

import "github.com/wardlight/wardlight/app/tongue"

// unwatchedText says of a station that turned back to its own ward by itself that the ward which was
// on its screen is not watched here any more: whoever relied on that looks elsewhere. "" if none was.
func (w *Window) unwatchedText() string {
	title := w.title()
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.glass.unwatched == "" || w.glass.ward.ID != w.opt.Ward.ID {
		return ""
	}
	return tongue.Tf("This station now shows and sounds alerts of %s only, not of %s.", title, w.glass.unwatched)
}

// watched forgets which ward was on the screen before: a person sees which one is.
func (w *Window) watched() {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.glass.unwatched = ""
}
