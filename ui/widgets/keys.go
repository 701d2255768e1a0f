package widgets

import (
	"fyne.io/fyne/v2"
)

// A focused widget gets every plain key, and a focused entry every shortcut.
// What a widget does not use itself it hands to the window's canvas, where the
// shell listens; so shortcuts work wherever the cursor stands, without the
// toolkit's menu bar.

// window is the one window; UI goroutine only.
var window struct {
	canvas fyne.Canvas
	hear   func(fyne.Shortcut)
}

// SetWindow names the window's canvas, and who hears the shortcuts that a focused
// entry does not use.
func SetWindow(c fyne.Canvas, hear func(fyne.Shortcut)) {
	window.canvas, window.hear = c, hear
}

// canvasFor is the canvas of an object. The toolkit knows it only once the
// object was painted; what has just been shown is on the window's.
func canvasFor(o fyne.CanvasObject) fyne.Canvas {
	if c := fyne.CurrentApp().Driver().CanvasForObject(o); c != nil {
		return c
	}
	return window.canvas
}

// active hears that a person did something here; UI goroutine only.
var active = func() {}

// OnActivity says who hears that a person did something: pressed a key, moved the
// pointer over a bed or a button. UI goroutine only.
func OnActivity(f func()) { active = f }

// TypeShortcut hands a shortcut to whoever hears those of the window.
func TypeShortcut(s fyne.Shortcut) {
	active()
	if window.hear != nil {
		window.hear(s)
	}
}

// ForwardKey hands a plain key that a control does not use to whoever hears those of
// the window.
func ForwardKey(o fyne.CanvasObject, ev *fyne.KeyEvent) { forwardKey(o, ev) }

func forwardKey(o fyne.CanvasObject, ev *fyne.KeyEvent) {
	active()
	if c := canvasFor(o); c != nil {
		if f := c.OnTypedKey(); f != nil {
			f(ev)
		}
	}
}

func forwardRune(o fyne.CanvasObject, r rune) {
	if c := canvasFor(o); c != nil {
		if f := c.OnTypedRune(); f != nil {
			f(r)
		}
	}
}

// Focus moves the keyboard to an object of the window.
func Focus(o fyne.Focusable) {
	co, ok := o.(fyne.CanvasObject)
	if !ok {
		return
	}
	if c := canvasFor(co); c != nil {
		if c.Focused() == o {
			follow(co) // a hand may have scrolled away from it
		}
		c.Focus(o)
	}
}

// CanvasOf is the canvas that shows an object, or nil.
func CanvasOf(o fyne.CanvasObject) fyne.Canvas { return canvasFor(o) }

// Focused is what has the keyboard on the canvas of o, or nil.
func Focused(o fyne.CanvasObject) fyne.Focusable {
	if c := canvasFor(o); c != nil {
		return c.Focused()
	}
	return nil
}
