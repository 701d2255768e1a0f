package alerts_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"github.com/wardlight/wardlight/app/alert"
	"github.com/wardlight/wardlight/ui/fixture"
	"github.com/wardlight/wardlight/ui/screen/alerts"
	"github.com/wardlight/wardlight/ui/screentest"
	"github.com/wardlight/wardlight/ui/theme"
	"github.com/wardlight/wardlight/ui/widgets"
)

type heard struct{ accepted, rejected, opened, forwarded, back, ended []string }

func show(t *testing.T) (*alerts.Screen, *heard, fyne.Window) {
	t.Helper()
	app := test.NewTempApp(t)
	app.Settings().SetTheme(theme.New(theme.Day, 1))
	h := &heard{}
	s := alerts.New(alerts.Actions{
		Accept:  func(id string) { h.accepted = append(h.accepted, id) },
		Reject:  func(id string) { h.rejected = append(h.rejected, id) },
		Forward: func(id string) { h.forwarded = append(h.forwarded, id) },
		Back:    func(id string) { h.back = append(h.back, id) },
		End:     func(id string) { h.ended = append(h.ended, id) },
		Open:    func(_, p string) { h.opened = append(h.opened, p) },
	})
	w := test.NewTempWindow(t, s.Content())
	w.Resize(fyne.NewSize(392, 900))
	s.Show(fixture.Alerts())
	return s, h, w
}

func high(id string) widgets.Alert {
	a := fixture.Alerts().Open[0]
	a.Alert.ID = id
	return a
}

// A new high alert comes while Accept of another has the focus: the card, and
// the button under the finger, stay where they are. Seen red with holdPlace
// returning what was wanted: the button had moved down by a whole card.
func TestNewAlertDoesNotMoveTheFocusedButton(t *testing.T) {
	s, h, w := show(t)
	third := s.Card("a3")
	accept, _, _ := third.Buttons()
	w.Canvas().Focus(accept)
	place := func() fyne.Position { return fyne.CurrentApp().Driver().AbsolutePositionForObject(accept) }
	before := place()
	v := fixture.Alerts()
	v.Open = append([]widgets.Alert{high("new")}, v.Open...)
	v.Now = v.Now.Add(time.Second)
	s.Show(v)
	if got := place(); got != before {
		t.Errorf("the button went from %v to %v", before, got)
	}
	if i := slices.Index(s.Order(), "a3"); i != 2 {
		t.Errorf("the card went to place %d: %v", i, s.Order())
	}
	w.Canvas().Focused().TypedKey(&fyne.KeyEvent{Name: fyne.KeyA})
	if !slices.Equal(h.accepted, []string{"a3"}) {
		t.Errorf("accepted %v", h.accepted)
	}
	w.Canvas().Unfocus()
	s.Show(v)
	if s.Order()[0] != "new" {
		t.Errorf("with the focus gone the most urgent comes first: %v", s.Order())
	}
}

// A double tap, or a tap and the key, is one accept; a refused one can be asked
// again. Seen red with asked turned off: two accepts and a reject.
func TestAcceptIsAskedForOnce(t *testing.T) {
	s, h, w := show(t)
	accept, reject, _ := s.Card("a1").Buttons()
	test.Tap(accept)
	test.Tap(accept)
	test.Tap(reject)
	_, _, open := s.Card("a1").Buttons()
	w.Canvas().Focus(open)
	open.TypedKey(&fyne.KeyEvent{Name: fyne.KeyA})
	if !slices.Equal(h.accepted, []string{"a1"}) || len(h.rejected) > 0 {
		t.Fatalf("accepted %v, rejected %v", h.accepted, h.rejected)
	}
	s.Answered("a1")
	test.Tap(accept)
	if len(h.accepted) != 2 {
		t.Errorf("after a failure it cannot be asked again: %v", h.accepted)
	}
}

// What is accepted, ended or not to be accepted by this nurse offers no Accept.
func TestAcceptIsOfferedOnlyWhereItMeansSomething(t *testing.T) {
	s, h, _ := show(t)
	for id, want := range map[string]bool{"a1": true, "a2": false, "a3": true, "a4": false, "a5": false} {
		accept, _, _ := s.Card(id).Buttons()
		if accept.Visible() != want {
			t.Errorf("%s: accept offered %v, want %v", id, accept.Visible(), want)
		}
	}
	accept, _, _ := s.Card("a2").Buttons()
	accept.OnTap()
	if len(h.accepted) > 0 {
		t.Errorf("accepted %v", h.accepted)
	}
}

// What a nurse has in hand can be ended, given back and forwarded, by keyboard and
// by mouse; what another has, not. Seen red with key not asking whose it is: B
// gave back an open alert.
func TestWhatIsMineCanBeGivenBack(t *testing.T) {
	s, h, w := show(t)
	press := func(id string, keys ...fyne.KeyName) {
		t.Helper()
		_, _, open := s.Card(id).Buttons()
		w.Canvas().Focus(open)
		for _, k := range keys {
			w.Canvas().Focused().TypedKey(&fyne.KeyEvent{Name: k})
		}
	}
	press("a1", fyne.KeyF, fyne.KeyB, fyne.KeyE)
	if !slices.Equal(h.forwarded, []string{"a1"}) || len(h.back)+len(h.ended) > 0 {
		t.Fatalf("an open alert: %+v", *h)
	}
	press("a2", fyne.KeyF, fyne.KeyB, fyne.KeyE) // in another's hands
	if len(h.forwarded) != 1 || len(h.back)+len(h.ended) > 0 {
		t.Fatalf("another's alert: %+v", *h)
	}
	s.ShowTab(alerts.Mine)
	press("a2", fyne.KeyF, fyne.KeyB, fyne.KeyE)
	end, back, forward := s.Card("a2").Own()
	for _, b := range []*widgets.Button{end, back, forward} {
		if !b.Visible() {
			t.Fatal("a button is missing")
		}
		test.Tap(b)
	}
	if len(h.forwarded) != 3 || len(h.back) != 2 || len(h.ended) != 2 {
		t.Errorf("mine: %+v", *h)
	}
}

// The buttons of a card stand in one line in the column's width, and at 200 % each
// is whole, in as many lines as that takes.
func TestButtonsStandInOneLine(t *testing.T) {
	s, _, w := show(t)
	for _, scale := range []float32{1, 2} {
		fyne.CurrentApp().Settings().SetTheme(theme.New(theme.Day, scale))
		w.Resize(fyne.NewSize(392+(scale-1)*96, 900))
		s.Show(fixture.Alerts())
		for _, id := range []string{"a1", "a2"} {
			card := s.Card(id)
			lines := map[float32]bool{}
			for _, b := range screentest.All[*widgets.Button](card) {
				if !b.Visible() {
					continue
				}
				lines[b.Position().Y] = true
				if b.Size().Width < b.MinSize().Width || b.Position().X+b.Size().Width > card.Size().Width-12 {
					t.Errorf("%s at %.0f %%: %s is cut", id, 100*scale, b.SpotText())
				}
			}
			if scale == 1 && len(lines) != 1 {
				t.Errorf("%s: the buttons stand on %d lines", id, len(lines))
			}
		}
	}
}

// Where nobody can hear the tones the edge flashes for the most urgent alert that
// waits, and is dark while none does.
func TestTheEdgeFlashesWhereNothingIsHeard(t *testing.T) {
	s, _, _ := show(t)
	shines := func() (n int) {
		for at := time.Duration(0); at < 2*time.Second; at += widgets.EdgeTick {
			if s.Flash(at); s.Edge().Shines() {
				n++
			}
		}
		return n
	}
	v := fixture.Alerts()
	if n := shines(); n != 0 {
		t.Errorf("a station that is heard flashes %d times", n)
	}
	v.Silent = true
	s.Show(v)
	if n := shines(); n != 4 { // of 8 looks: half of the time
		t.Errorf("high: lit %d of 8", n)
	}
	v.Open = v.Open[1:3] // the high one is in somebody's hands, a medium one waits
	s.Show(v)
	s.Flash(500 * time.Millisecond)
	if !s.Edge().Shines() {
		t.Error("medium is dark in its first second")
	}
	v.Open = v.Open[:1]
	s.Show(v)
	if n := shines(); n != 0 {
		t.Errorf("nothing waits, and it is lit %d times", n)
	}
}

// Name and a second identifier stand on every card one can act on; while the
// patient is being looked up the card says so and shows no bed in their place.
func TestTwoIdentifiers(t *testing.T) {
	s, _, _ := show(t)
	if got := s.Card("a1").SpotText(); got == "" {
		t.Error("an empty card")
	}
	v := fixture.Alerts()
	a := v.Open[0]
	a.Unidentified, a.Surname, a.Given, a.MRN = true, "", "", ""
	v.Open = []widgets.Alert{a}
	s.Show(v)
	if got := s.Card("a1").SpotText(); got != "▲ HIGH Looking up the patient… SpO₂ 86 % for 30 s, limit 88 The nurse of the patient" {
		t.Errorf("%q", got)
	}
}

// An unknown priority is shown as high: an alert must not hide.
func TestUnknownPriorityIsHigh(t *testing.T) {
	if text, _, _ := widgets.PriorityMark(alert.Priority("purple")); text != "▲ HIGH" {
		t.Errorf("%q", text)
	}
}

// A card shows the number that was sent, and who has it: law 4, an alert that
// names nobody must not look as if it named somebody.
//
// Seen red: the card of an unknown patient had no line for who it is.
func TestTheNumberThatWasSent(t *testing.T) {
	s, _, _ := show(t)
	for name, c := range map[string]struct {
		change func(*widgets.Alert)
		want   string
	}{
		"nobody has it": {func(a *widgets.Alert) {
			a.Alert.Patient, a.Surname, a.Given, a.Alert.Bed, a.Alert.Sent, a.Alert.Holders = "", "", "", "", "99999",
				alert.Nobody
		}, "Patient not known Number sent: 99999. Nobody has it."},
		"several have it": {func(a *widgets.Alert) {
			a.Alert.Patient, a.Alert.Bed, a.Alert.Sent, a.Alert.Holders = "", "12", "99999", alert.Several
		}, "Patient not known Number sent: 99999. Several patients have it. Bed sent: 12."},
		"found by the bed": {func(a *widgets.Alert) { a.Alert.Sent, a.Alert.Holders = "99999", alert.Nobody },
			"Number sent: 99999. Nobody has it. The patient was found by the bed."},
		"more urgent": {func(a *widgets.Alert) {
			a.Change = &alert.Change{Was: alert.Said{Priority: alert.Low, Text: "HR 120"},
				Is: alert.Said{Priority: alert.High, Text: "HR 150"}}
			a.Changed = fixture.Now
		}, "it was ● LOW. It said before: HR 120."},
	} {
		a := fixture.Alerts().Open[0]
		c.change(&a)
		s.Show(alerts.View{Open: []widgets.Alert{a}, Now: fixture.Now})
		if got := strings.ReplaceAll(s.Card(a.Alert.ID).Says(), "\n", " "); !strings.Contains(got, c.want) {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
}
