package window

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"github.com/wardlight/wardlight/app/alert"
	"github.com/wardlight/wardlight/app/audit"
	"github.com/wardlight/wardlight/app/staff"
	"github.com/wardlight/wardlight/ui/screentest"
	"github.com/wardlight/wardlight/ui/widgets"
)

// All open alerts of a patient are accepted by one question: it names patient, bed,
// number and each alert. What changed since it was read, and what came since, is not
// among them.
//
// Seen red with AcceptAll not handing on what was read: the alert that had become
// more urgent was accepted unread.
func TestAllAlertsOfAPatientAreAcceptedTogether(t *testing.T) {
	o, _ := withAnother(t, "khan", staff.Nurse)
	o.enters("chen")
	ctx := t.Context()
	for _, id := range []string{"a", "b", "c"} {
		o.raise(id, "p1", "01", alert.Low)
	}
	o.wait("the button", func() bool {
		c := o.alerts.Card("a")
		return c != nil && c.Together().Visible() && c.Together().SpotText() == "Accept all 3"
	})
	if o.alerts.Card("b").Together().Visible() {
		t.Error("it stands on each card")
	}
	o.press("a", fyne.KeyG)
	o.wait("the question", o.shell.Modal)
	text := o.question()
	for _, want := range []string{"Accept all 3 alerts of OKOYE, Ada?", "bed 01", "MRN 700 1001", "3 × ● LOW",
		"Okoye, Ada fell", "Accept all 3 for OKOYE, Ada"} {
		if !strings.Contains(text, want) {
			t.Errorf("the question lacks %q:\n%s", want, text)
		}
	}
	_, err := o.opt.Station.Line.Say(ctx, alert.Alert{ID: "b", Ward: "4B", Patient: "p1", Bed: "01",
		Priority: alert.High, Text: "Okoye, Ada fell"}, "worse") // the same alert, more urgent
	must(t, err)
	o.raise("d", "p1", "01", alert.Low)
	o.wait("what came since", func() bool { return o.shown().Open == 4 })
	o.choose("Accept all 3 for OKOYE, Ada")
	o.until("2 of 3 alerts are accepted.")
	for id, want := range map[string]bool{"a": true, "b": false, "c": true, "d": false} {
		if l := o.life(id); (l.Stage == alert.InHand) != want {
			t.Errorf("%s is %s", id, l.Stage)
		}
	}
	moves := 0
	events, err := o.store.AuditTail(ctx, 50)
	must(t, err)
	for _, e := range events {
		if e.Action == audit.AcceptAlert {
			moves++
		}
	}
	if moves != 2 {
		t.Errorf("%d accepts in the trail", moves)
	}
}

// In a storm a charge nurse accepts a group by one question; alerts of no known
// patient are a group that only she is offered.
//
// Seen red with Together not asking who it is.
func TestAGroupIsAcceptedInAStorm(t *testing.T) {
	o := open(t)
	o.colleagues()
	chen := o.enters("chen")
	for n := range alert.StormFrom {
		o.raise(fmt.Sprint("p", n), "p1", "01", alert.Low)
	}
	for n := range 3 {
		o.raise(fmt.Sprint("x", n), "", "09", alert.Medium)
	}
	o.wait("the storm", func() bool { return o.shown().Open == alert.StormFrom+3 && len(o.alerts.Order()) == 2 })
	khan, err := o.opt.Station.Staff.SignIn(t.Context(), "khan", password)
	must(t, err)
	all := func(s staff.Session) (out []int) {
		for _, a := range o.cards(o.shown(), s).Open {
			out = append(out, a.All)
		}
		return out
	}
	if got := fmt.Sprint(all(chen), all(khan)); got != fmt.Sprintf("[3 %d] [0 %d]", alert.StormFrom, alert.StormFrom) {
		t.Errorf("offered together: %s", got)
	}
	order := o.alerts.Order() // the column does not move what is read: either may be first
	o.press(order[slices.IndexFunc(order, func(id string) bool { return strings.HasPrefix(id, "x") })], fyne.KeyG)
	o.wait("the question", o.shell.Modal)
	text := o.question()
	if !strings.Contains(text, "Accept all 3 alerts of no known patient?") || !strings.Contains(text, "Bed sent: 09.") {
		t.Errorf("the question:\n%s", text)
	}
	o.choose("Accept all 3")
	o.wait("they are accepted", func() bool { return o.shown().Open == alert.StormFrom })
	o.press(o.shown().Groups[0].Top.Alert.ID, fyne.KeyG)
	o.wait("the next question", o.shell.Modal)
	var confirm *widgets.Button
	for _, b := range screentest.All[*widgets.Button](o.win.Canvas().Overlays().Top()) {
		if strings.HasPrefix(b.SpotText(), "Accept all") {
			confirm = b
		}
	}
	if confirm == nil || o.win.Canvas().Focused() == fyne.Focusable(confirm) {
		t.Fatal("a stray Enter accepts a storm")
	}
	test.Tap(confirm)
	o.wait("all are accepted", func() bool { return o.shown().Open == 0 })
}
