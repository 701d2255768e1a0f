package widgets

import (
	"fyne.io/fyne/v2"
)

// A focused widget gets every plain key, and a focused entry every shortcut.
// What a widget does not use itself it hands to the window's canvas, where the
// shell listens; so shortcuts work wherever the cursor stands, without the
// toolkit's menu bar.

func forwardKey(o fyne.CanvasObject, ev *fyne.KeyEvent) {
	if c := fyne.CurrentApp().Driver().CanvasForObject(o); c != nil {
		if f := c.OnTypedKey(); f != nil {
			f(ev)
		}
	}
}

func forwardRune(o fyne.CanvasObject, r rune) {
	if c := fyne.CurrentApp().Driver().CanvasForObject(o); c != nil {
		if f := c.OnTypedRune(); f != nil {
			f(r)
		}
	}
}

// shortcuts is what the shell of each window hears; UI goroutine only.
var shortcuts = map[fyne.Canvas]func(fyne.Shortcut){}

// OnShortcut sets who hears the shortcuts that a focused entry does not use. A
// canvas gives away what it has registered, but not every canvas lets others
// trigger it; nil forgets the window.
func OnShortcut(c fyne.Canvas, f func(fyne.Shortcut)) {
	if f == nil {
		delete(shortcuts, c)
		return
	}
	shortcuts[c] = f
}

// TypeShortcut hands a shortcut to whoever hears those of a window.
func TypeShortcut(c fyne.Canvas, s fyne.Shortcut) {
	if f := shortcuts[c]; f != nil {
		f(s)
	}
}

func forwardShortcut(o fyne.CanvasObject, s fyne.Shortcut) {
	TypeShortcut(fyne.CurrentApp().Driver().CanvasForObject(o), s)
}

// Focus moves the keyboard to an object of the window.
func Focus(o fyne.Focusable) {
	co, ok := o.(fyne.CanvasObject)
	if !ok {
		return
	}
	if c := fyne.CurrentApp().Driver().CanvasForObject(co); c != nil {
		c.Focus(o)
	}
}

// Focused is what has the keyboard on the canvas of o, or nil.
func Focused(o fyne.CanvasObject) fyne.Focusable {
	if c := fyne.CurrentApp().Driver().CanvasForObject(o); c != nil {
		return c.Focused()
	}
	return nil
}
