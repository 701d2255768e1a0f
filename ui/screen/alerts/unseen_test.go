package alerts_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/test"

	"github.com/wardlight/wardlight/app/alert"
	"github.com/wardlight/wardlight/ui/fixture"
	"github.com/wardlight/wardlight/ui/screen/alerts"
	"github.com/wardlight/wardlight/ui/screentest"
	"github.com/wardlight/wardlight/ui/theme"
	"github.com/wardlight/wardlight/ui/widgets"
)

// stormOf is a storm of so many patients, a high alert each, the oldest first.
func stormOf(patients int) alerts.View {
	v := alerts.View{Now: fixture.Now, Waiting: alert.StormFrom + patients}
	for n := range patients {
		a := high(fmt.Sprint("s", n))
		a.Alert.Patient, a.Alert.Text = fmt.Sprint("p", n), fmt.Sprint("Storm call ", n)
		a.Alert.Received = fixture.Now.Add(time.Duration(n-900) * time.Second)
		a.Alert.Raised = a.Alert.Received
		v.Open = append(v.Open, a)
	}
	return v
}

// arrives is the view after a high alert of a patient came, five seconds ago.
func arrives(v alerts.View, patient int, text string) alerts.View {
	v.Open = slices.Clone(v.Open)
	at := v.Now.Add(-5 * time.Second)
	is := alert.Alert{ID: "new", Patient: fmt.Sprint("p", patient), Bed: "23", Priority: alert.High, Text: text,
		Raised: at, Received: at}
	if patient < len(v.Open) {
		v.Open[patient].Also, v.Open[patient].More = []alert.Alert{is}, 1
		return v
	}
	a := high("new")
	a.Alert = is
	v.Open = append(v.Open, a)
	return v
}

// withHeld is the view with an alert more, the last, which somebody has in hand.
func withHeld(v alerts.View) alerts.View {
	held := high("held")
	held.State, held.May = alert.TakenInHand, alert.Rights{End: true}
	v.Open = append(v.Open, held)
	return v
}

// begins reports whether the whole head of a card is on the screen.
func begins(s *alerts.Screen, w fyne.Window, id string) bool {
	at, seen := screentest.Visible(s.Content(), s.Card(id), w.Canvas().Size())
	return seen.H > 0 && seen.Y == at.Y
}

// What has just come is said in view, wherever its card stands in a storm: folded into another or last of all. A click
// leads there.
//
// Seen red with look taking what is on a card for what is on the screen, and with lead turned off.
func TestTheNewestAlertIsSaidWhereItIsNotInView(t *testing.T) {
	for _, scale := range []float32{1, 2} {
		for _, patient := range []int{9, 14} {
			s, _, w := show(t)
			fyne.CurrentApp().Settings().SetTheme(theme.New(theme.Day, scale))
			v := stormOf(14)
			s.Show(v)
			before := fyne.CurrentApp().Driver().AbsolutePositionForObject(s.Card("s0"))
			_, b := s.Unseen()
			room := b.Size()
			v = arrives(v, patient, "Cardiac arrest call button")
			s.Show(v)
			if got := fyne.CurrentApp().Driver().AbsolutePositionForObject(s.Card("s0")); got != before || b.Size() != room {
				t.Errorf("it pushes: the first card from %v to %v, the line from %v to %v", before, got, room, b.Size())
			}
			text, _ := s.Unseen()
			for _, want := range []string{"Newest: ▲ HIGH", "bed 23", "5 s", "Cardiac arrest call button"} {
				if !b.Visible() || !strings.Contains(text, want) {
					t.Errorf("at %.0f %%, of patient %d: %q, want %q", 100*scale, patient, text, want)
				}
			}
			test.Tap(b)
			c := s.Card("new")
			if c == nil {
				c = s.Card("s9")
			}
			if !c.Holds(w.Canvas().Focused()) {
				t.Errorf("of patient %d the click leads to %v", patient, w.Canvas().Focused())
			}
			if text, _ = s.Unseen(); scale == 1 && strings.Contains(text, "Newest") {
				t.Errorf("it is in view, and said: %q", text)
			}
		}
	}
}

// A card says what is folded into it, with its age, on as many lines as that takes.
//
// Seen red with the number alone.
func TestACardSaysWhatIsFoldedIntoIt(t *testing.T) {
	s, _, _ := show(t)
	long := "Cardiac arrest call button was pressed twice in the bathroom beside bed 03"
	v := arrives(stormOf(14), 3, long)
	v.Open[3].More = 4
	for _, scale := range []float32{1, 2} {
		fyne.CurrentApp().Settings().SetTheme(theme.New(theme.Day, scale))
		s.Show(v)
		drawn := strings.Join(strings.Fields(strings.ReplaceAll(screentest.Texts(s.Card("s3")), "\u00a0", " ")), " ")
		for _, want := range []string{"Also: " + long + " · 5 s", "And 3 more of this patient."} {
			if !strings.Contains(drawn, want) {
				t.Errorf("at %.0f %% the card lacks %q: %s", 100*scale, want, drawn)
			}
		}
	}
}

// After an accept from another list the column turns to the open alerts, shows them from the top, and stays there,
// wherever the card went.
//
// Seen red without letGo: the list went to the accepted card at its end.
func TestAfterAnAcceptTheOpenAlertsAreShown(t *testing.T) {
	s, _, w := show(t)
	v := stormOf(14)
	own := high("own")
	v.Mine = []widgets.Alert{own}
	s.Show(v)
	s.ShowTab(alerts.Mine)
	s.FocusFirst()
	own.State, own.TakenBy, own.Mine, own.May = alert.TakenInHand, "Diaz, M", true, alert.Rights{End: true, GiveBack: true}
	v.Mine = []widgets.Alert{own}
	v = arrives(v, 14, "Found on the floor")
	v.Open = append(v.Open, own)
	for n := range 3 {
		v.Now = v.Now.Add(time.Second)
		s.Show(v)
		w.Canvas().Focused().FocusGained() // the window comes to the front again
		if s.Tab() != alerts.Open || !begins(s, w, "s0") {
			t.Fatalf("picture %d: tab %v, the first open alert is out of view", n, s.Tab())
		}
	}
}

// A card that somebody scrolled away from keeps no place in the list, though the keyboard is on it: what is new stands
// above what is accepted.
//
// Seen red with the card that has the keyboard keeping its place wherever it is.
func TestACardOutOfViewKeepsNoPlace(t *testing.T) {
	s, _, w := show(t)
	v := withHeld(stormOf(14))
	s.Show(v)
	_, _, open := s.Card("held").Buttons()
	w.Canvas().Focus(open)
	test.Scroll(w.Canvas(), fyne.NewPos(200, 400), 0, 9000)
	if !begins(s, w, "s0") || w.Canvas().Focused() != fyne.Focusable(open) {
		t.Fatal("it was not scrolled away")
	}
	v.Open = slices.Insert(v.Open, len(v.Open)-1, high("later"))
	s.Show(v)
	if got := s.Order(); got[len(got)-1] != "held" {
		t.Errorf("what nobody has accepted stands below what somebody has: %v", got)
	}
}

// As long as open alerts are scrolled out of view the column says how many, above and below; what is accepted is not
// counted.
//
// Seen red with none said after a scroll, and with accepted ones counted.
func TestTheColumnCountsWhatIsOutOfView(t *testing.T) {
	s, _, w := show(t)
	v := withHeld(stormOf(10))
	v.Now = v.Now.Add(time.Hour)
	s.Show(v)
	text, _ := s.Unseen()
	hidden := func() (n int) {
		words := screentest.Seen(s.Content(), w.Canvas().Size())
		for i := range 10 {
			if !begins(s, w, fmt.Sprint("s", i)) || !slices.ContainsFunc(words, func(o screentest.Word) bool {
				return o.Text == fmt.Sprint("Storm call ", i) && o.Whole()
			}) {
				n++
			}
		}
		return n
	}
	if want := fmt.Sprintf("↓%d · Newest", hidden()); !strings.HasPrefix(text, want) {
		t.Errorf("at the top: %q, want %q", text, want)
	}
	_, _, open := s.Card("held").Buttons()
	widgets.Focus(open)
	if text, _ = s.Unseen(); text != fmt.Sprintf("Open, out of view: %d above", hidden()) {
		t.Errorf("at the end: %q, %d are hidden", text, hidden())
	}
}

// The newest alert is said in letters of the usual size, on as many whole lines as there is room for; where it is
// longer than that, an ellipsis says so.
//
// Seen red with a text that shrinks to the room (Least 7): half as large, and cut without a mark at the end of a
// stretch of words.
func TestTheNewestAlertIsNeitherSmallNorCutUnmarked(t *testing.T) {
	long := strings.Fields("Haemoglobin 48 g/l phoned by the laboratory at 00:57, two units cross-matched and ready in" +
		" the blood bank, call the surgical registrar on bleep 4321 at once, do not give the evening apixaban dose")
	for _, scale := range []float32{1, 1.5, 2} {
		s, _, w := show(t)
		fyne.CurrentApp().Settings().SetTheme(theme.New(theme.Day, scale))
		w.Resize(fyne.NewSize(392, 620))
		for n := range long {
			text := strings.Join(long[:n+1], " ")
			s.Show(arrives(stormOf(14), 14, text))
			_, press := s.Unseen()
			foot := fyne.CurrentApp().Driver().AbsolutePositionForObject(press).Y
			var drawn string
			lines := map[float32]bool{}
			for _, o := range screentest.Seen(s.Content(), w.Canvas().Size()) {
				if o.At.Y < foot {
					continue
				}
				drawn += o.Text + " "
				lines[o.At.Y] = true
				if at := o.Of[len(o.Of)-1].(*canvas.Text); !o.Whole() || at.TextSize < theme.Sp(13) {
					t.Fatalf("at %.0f %%: %q, %v large, of which %v is seen", 100*scale, o.Text, at.TextSize, o.Seen)
				}
			}
			drawn = strings.Join(strings.Fields(drawn), " ")
			if !strings.HasSuffix(drawn, text) && !strings.HasSuffix(drawn, "…") {
				t.Errorf("at %.0f %%, %d words: %q", 100*scale, n+1, drawn)
			}
			if want := map[float32]int{1: 3, 1.5: 2, 2: 2}[scale]; n == len(long)-1 && len(lines) != want {
				t.Errorf("at %.0f %%: %d lines, want %d: %q", 100*scale, len(lines), want, drawn)
			}
		}
	}
}
