package shell_test

import (
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"github.com/wardlight/wardlight/ui/screentest"
	"github.com/wardlight/wardlight/ui/shell"
	"github.com/wardlight/wardlight/ui/widgets"
)

// A click in a dialog or beside it that hits nothing which takes the keyboard leaves it where it was: the second
// half of the double click that opened the dialog, a click on the dimmed screen, on its words, and one that ended
// elsewhere than it began. What is typed goes into the field, Enter answers with it, and without a field Enter is
// for the button that it was for.
//
// Seen red with the ground giving nothing back, and, for the press that ends elsewhere, without typesOn.
func TestAClickBesideTheFieldLeavesTheKeyboard(t *testing.T) {
	dimmed := fyne.NewPos(6, 400)
	title := func(p *screentest.Person) fyne.Position {
		o := screentest.All[*widgets.Label](p.Canvas.Overlays().Top())[0]
		return fyne.CurrentApp().Driver().AbsolutePositionForObject(o).AddXY(o.Size().Width/2, o.Size().Height/2)
	}
	strays := map[string]func(*screentest.Person, *time.Time){
		"a double click beside it": func(p *screentest.Person, now *time.Time) {
			p.Move(dimmed)
			p.Click()
			*now = now.Add(120 * time.Millisecond)
			p.Click()
		},
		"a click on its words": func(p *screentest.Person, _ *time.Time) {
			p.Move(title(p))
			p.Click()
		},
		"a press that ends elsewhere": func(p *screentest.Person, _ *time.Time) {
			p.Move(dimmed)
			p.Press()
			p.Move(fyne.NewPos(6, 6))
			p.Canvas.Unfocus() // and nothing is tapped
		},
	}
	for name, stray := range strays {
		for _, kind := range []string{"reason", "fields", "none"} {
			s, p, now := clocked(t)
			got := ""
			d := shell.Dialog{Title: "A task for ADELEKE", Confirm: "Add", Cancel: "Cancel",
				OnConfirm: func(reason string) { got += reason + "." }}
			switch kind {
			case "reason":
				d.Reason = "Why"
			case "fields":
				d.Fields = []shell.DialogField{{Name: "text", Label: "Text"}}
				d.OnFields = func(in map[string]string) string { got += in["text"]; return "" }
			}
			s.shell.Ask(d)
			had := p.Canvas.Focused()
			*now = now.Add(200 * time.Millisecond)
			stray(p, now)
			if name != "a press that ends elsewhere" && p.Canvas.Focused() != had {
				t.Errorf("%s, %s: the keyboard is on %T", name, kind, p.Canvas.Focused())
			}
			want := "turn."
			if *now = now.Add(time.Second); kind == "none" {
				want = "."
			} else {
				p.Write("turn")
			}
			*now = now.Add(time.Second)
			if p.Key(fyne.KeyReturn, 0); got != want && (kind != "none" || name != "a press that ends elsewhere") {
				t.Errorf("%s, %s: answered %q, want %q", name, kind, got, want)
			}
		}
	}
}
