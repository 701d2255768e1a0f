package widgets

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"
)

// Entry is the toolkit's entry with read-only mode, and with what it does not
// use itself handed on to the window.
type Entry struct {
	widget.Entry

	// Waits is asked before a letter or Enter is taken; true means that it was for something else.
	Waits func() bool
	// OnKey is asked first for plain keys; true means the key is used.
	OnKey func(*fyne.KeyEvent) bool
	// Accept says which runes may be typed; nil takes all.
	Accept  func(rune) bool
	OnFocus func(bool)
	// Label is what a screen reader calls the field; "" is its placeholder.
	Label string

	readOnly, focused bool
	filled            bool // by the program, since it had the keyboard
	changed           func()
}

// AccessibilityLabel implements fyne.Accessible.
func (e *Entry) AccessibilityLabel() string {
	if e.Label != "" {
		return e.Label
	}
	return e.PlaceHolder
}

// AccessibilityRole implements fyne.Accessible.
func (e *Entry) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleText }

func newEntry(multi bool) *Entry {
	e := &Entry{}
	e.MultiLine = multi
	e.Wrapping = fyne.TextWrap(fyne.TextTruncateClip)
	if multi {
		e.Wrapping = fyne.TextWrapWord
	}
	e.ExtendBaseWidget(e)
	return e
}

// FocusGained implements fyne.Focusable.
func (e *Entry) FocusGained() {
	e.focused = true
	hand.Focused(e)
	e.Entry.FocusGained()
	if e.filled { // its lines may be others by now
		e.filled = false
		e.toEnd()
	}
	e.tell(true)
	follow(e)
}

// FocusLost implements fyne.Focusable.
func (e *Entry) FocusLost() {
	e.focused = false
	unfollow(e)
	e.Entry.FocusLost()
	e.tell(false)
}

func (e *Entry) tell(on bool) {
	if e.changed != nil {
		e.changed()
	}
	if e.OnFocus != nil {
		e.OnFocus(on)
	}
}

// Aim implements press.Thing.
func (e *Entry) Aim() string { return "" }

// KeyDown implements desktop.Keyable.
func (e *Entry) KeyDown(ev *fyne.KeyEvent) {
	hand.KeyDown(keyOf(ev))
	e.Entry.KeyDown(ev)
}

// KeyUp implements desktop.Keyable.
func (e *Entry) KeyUp(ev *fyne.KeyEvent) {
	hand.KeyUp(keyOf(ev))
	e.Entry.KeyUp(ev)
}

// TypedRune implements fyne.Focusable.
func (e *Entry) TypedRune(r rune) {
	active()
	// A key that opened this field, or a dialog with it, is no text for it.
	if hand.Spent() || e.readOnly || e.Accept != nil && !e.Accept(r) || e.Waits != nil && e.Waits() {
		return
	}
	hand.Typed()
	e.Entry.TypedRune(r)
}

// TypedKey implements fyne.Focusable.
func (e *Entry) TypedKey(ev *fyne.KeyEvent) {
	active()
	if e.OnKey != nil && e.OnKey(ev) {
		return
	}
	switch ev.Name {
	case fyne.KeyLeft, fyne.KeyRight, fyne.KeyHome, fyne.KeyEnd, fyne.KeyTab:
		e.Entry.TypedKey(ev)
	case fyne.KeyUp, fyne.KeyDown, fyne.KeyPageUp, fyne.KeyPageDown:
		if e.MultiLine {
			e.Entry.TypedKey(ev)
			return
		}
		forwardKey(e, ev)
	case fyne.KeyReturn, fyne.KeyEnter:
		switch {
		case e.readOnly, e.Waits != nil && e.Waits():
		case e.MultiLine:
			e.Entry.TypedKey(ev)
		default:
			hand.Press(e, keyOf(ev), func() { e.Entry.TypedKey(ev) })
		}
	case fyne.KeyBackspace, fyne.KeyDelete:
		if !e.readOnly {
			e.Entry.TypedKey(ev)
		}
	case fyne.KeyEscape, fyne.KeyF1, fyne.KeyF2, fyne.KeyF3, fyne.KeyF4, fyne.KeyF5, fyne.KeyF6, fyne.KeyF7,
		fyne.KeyF8, fyne.KeyF9, fyne.KeyF10, fyne.KeyF11, fyne.KeyF12:
		forwardKey(e, ev)
	}
}

// TypedShortcut implements fyne.Shortcutable: editing stays here, all else is
// the window's.
func (e *Entry) TypedShortcut(s fyne.Shortcut) {
	switch s := s.(type) {
	case *fyne.ShortcutCopy:
		if !e.Password {
			e.Entry.TypedShortcut(s)
		}
	case *fyne.ShortcutSelectAll:
		e.Entry.TypedShortcut(s)
	case *fyne.ShortcutCut:
		if !e.readOnly && !e.Password {
			e.Entry.TypedShortcut(s)
		}
	case *fyne.ShortcutPaste, *fyne.ShortcutUndo, *fyne.ShortcutRedo:
		if !e.readOnly {
			e.Entry.TypedShortcut(s)
		}
	case *desktop.CustomShortcut:
		switch s.KeyName {
		case fyne.KeyLeft, fyne.KeyRight:
			e.Entry.TypedShortcut(s)
		case fyne.KeyHome:
			e.toStart()
		case fyne.KeyEnd:
			e.toEnd()
		case fyne.KeyBackspace, fyne.KeyDelete:
			if !e.readOnly {
				e.Entry.TypedShortcut(s)
			}
		default:
			TypeShortcut(s)
		}
	default:
		TypeShortcut(s)
	}
}

// TappedSecondary implements fyne.SecondaryTappable: the toolkit's menu would
// paste into a read-only field and show what a password is.
func (e *Entry) TappedSecondary(ev *fyne.PointEvent) {
	if !e.readOnly && !e.Password {
		e.Entry.TappedSecondary(ev)
	}
}
