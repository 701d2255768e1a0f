package widgets_test

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"

	"github.com/wardlight/wardlight/ui/widgets"
)

// What is typed into a field that the program filled, such as with a draft, stands behind what is there, in every line
// of a note that is wrapped only once it is on the screen; Ctrl Home and Ctrl End go to its ends.
//
// Seen red with the cursor left where the toolkit leaves it, when the field gets the keyboard (a draft of 2 and a 4 were
// 42), and when it has it already.
func TestTypingGoesOnBehindWhatWasFilledIn(t *testing.T) {
	long := strings.TrimSpace(strings.Repeat("Mr Haile is settled now. ", 20))
	for name, c := range map[string]struct {
		multi      bool
		text, want string
	}{"a value": {false, "2", "24"}, "a note": {true, long, long + "4"}} {
		f := widgets.NewField("", c.multi)
		w := test.NewTempWindow(t, f)
		f.SetText(c.text)
		w.Resize(fyne.NewSize(220, 160))
		w.Canvas().Focus(f.Entry)
		if f.Entry.TypedRune('4'); f.Text() != c.want {
			t.Errorf("%s: %q", name, f.Text())
		}
		ctrl := func(k fyne.KeyName) {
			f.Entry.TypedShortcut(&desktop.CustomShortcut{KeyName: k, Modifier: fyne.KeyModifierShortcutDefault})
		}
		ctrl(fyne.KeyHome)
		f.Entry.TypedRune('<')
		ctrl(fyne.KeyEnd)
		if f.Entry.TypedRune('>'); f.Text() != "<"+c.want+">" {
			t.Errorf("%s: %q", name, f.Text())
		}
		w.Canvas().Unfocus()
		f.SetText(c.text + " again")
		w.Canvas().Focus(f.Entry)
		if f.Entry.TypedRune('4'); f.Text() != c.text+" again4" {
			t.Errorf("%s, filled again: %q", name, f.Text())
		}
		f.SetText(c.text + " under the cursor")
		if f.Entry.TypedRune('4'); f.Text() != c.text+" under the cursor4" {
			t.Errorf("%s, filled while it has the keyboard: %q", name, f.Text())
		}
	}
}
