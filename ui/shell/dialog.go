package shell

import (
	"time"

	"github.com/wardlight/wardlight/ui/widgets"
)

// Choice is one of several answers.
type Choice struct {
	// Head stands over the button, and is wrapped where a button would be cut: whom the
	// choice is about. "" is none.
	Head string
	Text string
	// Is reports whether a text that is typed into the filter means this choice alone, as the name of a bed does
	// that is also a part of others' numbers; nil: none does.
	Is func(text string) bool
	Do func()
}

// DialogField is one line of a dialog to be filled in.
type DialogField struct {
	Name, Label, Text string // Text stands there at first
}

// Dialog is one question. While it is open nothing else hears the mouse or the
// keyboard: Tab stays within, Esc is Cancel, Enter presses the button that has
// the focus.
type Dialog struct {
	Title string
	// Whom is the patient it acts on; the zero value: it acts on none.
	Whom  Whom
	Text  string
	Pairs []widgets.Pair // a two-column list under the text
	// Reason asks for a reason in words before Confirm can be pressed.
	Reason string
	// Fields are asked for in lines of their own. OnFields is given what stands in
	// them, by name, and says what is wrong with it; "" closes the dialog.
	Fields   []DialogField
	OnFields func(map[string]string) (wrong string)
	// Choices are offered as a list of buttons, in place of Confirm.
	Choices []Choice
	// Filter offers a field that keeps the choices with a text in them; it is the
	// field's placeholder. Unmatched says of a text that no choice has it, and what was looked at;
	// nil says nothing. Nobody says of a text that it means what is no choice, though choices have it
	// in them, "" of any other; nil is never asked.
	Filter            string
	Unmatched, Nobody func(typed string) string
	Confirm           string // names what is done and to whom
	Cancel            string // "" leaves only Confirm
	Danger            bool
	// OnConfirm is given the reason, or "".
	OnConfirm func(reason string)
	OnCancel  func()
	// Stays: it waits for an answer also when the station is locked or covered, or the screen
	// turns: it is asked again as soon as the same person can read it. One that tells by Stands
	// whom it asks stays by itself once something was typed into it: see pack.
	Stays bool
	// Stands is asked before it is opened after a wait; nil: it does. One that does not is
	// cancelled, or, if it stays, goes on waiting. It says nothing: it may be asked often.
	Stands func() bool
	// Unasked is told of a dialog that is cancelled because it does not stand; may be nil.
	Unasked func()
	// Anew is asked for the words when it is opened after a wait, and given the time by then: what
	// was due in an hour is due, and the patient may lie elsewhere. Title, Whom, Text, Pairs and
	// Confirm are taken of what it gives; nil: the first words hold.
	Anew func(now time.Time) Dialog

	typed string // into Reason, while it waits
}
