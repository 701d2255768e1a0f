package window

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"github.com/wardlight/wardlight/app/alert"
	"github.com/wardlight/wardlight/app/audit"
	"github.com/wardlight/wardlight/app/live"
	"github.com/wardlight/wardlight/app/records"
	"github.com/wardlight/wardlight/app/staff"
	"github.com/wardlight/wardlight/app/station"
	"github.com/wardlight/wardlight/redisx"
	"github.com/wardlight/wardlight/redisx/redistest"
	"github.com/wardlight/wardlight/ui/screentest"
	"github.com/wardlight/wardlight/ui/widgets"
)

// withAnother is a window with another station of the ward, at which somebody sits: what
// an alert calls is then known. seen is the other station's picture.
func withAnother(t *testing.T, id string, role staff.Role) (o *opened, seen func() live.Picture) {
	t.Helper()
	redis := redistest.Start(t, redistest.Options{})
	client, err := redisx.Open(redisx.Config{Addrs: []string{redis.Addr()}})
	must(t, err)
	t.Cleanup(func() { client.Close() })
	o = openAt(t, client, func(*Options) {})
	o.colleagues()
	other := station.New(station.Options{Name: "WS-2", Record: o.store, Client: client})
	lw := other.Ward("4B")
	var mu sync.Mutex
	var last live.Picture
	lw.OnPicture = func(p live.Picture) { mu.Lock(); last = p; mu.Unlock() }
	lw.Here = func() (string, staff.Role) { return id, role }
	ctx, cancel := context.WithCancel(context.WithoutCancel(t.Context()))
	var group sync.WaitGroup
	group.Go(func() { o.opt.Station.Run(ctx) }) // relays, and sends the beats
	group.Go(func() { lw.Run(ctx) })
	t.Cleanup(func() { cancel(); group.Wait() })
	return o, func() live.Picture { mu.Lock(); defer mu.Unlock(); return last }
}

// press types a key on a card's first button.
func (o *opened) press(alertID string, k fyne.KeyName) {
	o.t.Helper()
	o.happens("the card", func() bool { return o.alerts.Card(alertID) != nil && o.alerts.Card(alertID).First() != nil })
	o.win.Canvas().Focus(o.alerts.Card(alertID).First())
	o.win.Canvas().Focused().TypedKey(&fyne.KeyEvent{Name: k})
}

// offers waits until a card offers just that.
func (o *opened) offers(alertID string, want alert.Rights) {
	o.t.Helper()
	o.happens(fmt.Sprintf("%s offers %+v", alertID, want), func() bool {
		c := o.alerts.Card(alertID)
		return c != nil && c.Offers() == want
	})
}

// question is all that the open dialog says, wherever its lines break.
func (o *opened) question() string {
	return strings.Join(strings.Fields(screentest.Texts(o.win.Canvas().Overlays().Top())), " ")
}

func (o *opened) life(alertID string) alert.Life {
	o.t.Helper()
	l, err := o.store.AlertLife(o.t.Context(), alertID)
	must(o.t, err)
	return l
}

var (
	answers = alert.Rights{Accept: true, Reject: true, Forward: true}
	onlyWay = alert.Rights{OnMyWay: true}
)

// The nurse of the patient accepts what calls her, by its key and by a click, and so
// does whoever it was forwarded to. What calls others she cannot accept: the key says
// whom it calls, and she can say that she is on her way.
//
// Seen red with the permission of a charge nurse asked for, as it was: the card
// offered Open alone, and A did nothing.
func TestTheNurseWhoIsCalledAccepts(t *testing.T) {
	o, _ := withAnother(t, "chen", staff.ChargeNurse)
	diaz := o.enters("diaz")
	must(t, o.opt.Station.Allocation.Take(t.Context(), diaz, "4B", "p1"))
	o.raise("a", "p1", "01", alert.Low) // low alerts do not escalate by themselves
	o.raise("b", "p1", "01", alert.Low)
	o.until("For Diaz, M (yours)")
	o.offers("a", answers)
	o.press("a", fyne.KeyA)
	o.happens("hers", func() bool { l := o.life("a"); return l.Stage == alert.InHand && l.Accepted.By == "diaz" })
	o.offers("a", alert.Rights{Forward: true, End: true, GiveBack: true})
	accept, _, _ := o.alerts.Card("b").Buttons()
	test.Tap(accept)
	o.happens("hers by a click", func() bool { l := o.life("b"); return l.Stage == alert.InHand })

	must(t, o.opt.Station.Allocation.Release(t.Context(), diaz, "4B", "p1", "diaz"))
	o.raise("c", "p1", "01", alert.Low)
	o.until("For the charge nurse")
	o.offers("c", onlyWay)
	o.press("c", fyne.KeyA)
	o.until("This alert calls the charge nurse just now.")
	o.press("c", fyne.KeyW)
	o.until("Diaz, M is on the way since")
	if l := o.life("c"); !l.Stage.Open() || len(l.OnWay) != 1 {
		t.Errorf("%+v", l)
	}
	chen, err := o.opt.Station.Staff.SignIn(t.Context(), "chen", password)
	must(t, err)
	c, _ := o.find("c")
	_, err = o.opt.Station.Line.Forward(t.Context(), chen, alert.Read{Alert: c}, alert.Person("diaz"), "Diaz, M", "next door")
	must(t, err)
	called := answers
	called.NotComing = true // she said before that she is on the way
	o.offers("c", called)
	o.press("c", fyne.KeyA)
	o.happens("what was forwarded", func() bool { return o.life("c").Stage == alert.InHand })
}

// enters signs somebody in and waits for the board.
func (o *opened) enters(id string) staff.Session {
	o.t.Helper()
	o.signIn(id, password)
	o.until("OKOYE")
	return o.session()
}

// A care assistant says that they are on the way: every station shows who and since
// when, it is in the trail, and the alert stays open and due. Every key that would
// answer it says that a nurse must.
//
// Seen red with the care assistant let in among those who answer, and with what the keys said standing on after W.
func TestACareAssistantIsOnTheWay(t *testing.T) {
	o, seen := withAnother(t, "chen", staff.ChargeNurse)
	o.enters("park")
	o.raise("a", "p1", "01", alert.Medium)
	o.offers("a", onlyWay)
	for _, k := range []fyne.KeyName{fyne.KeyA, fyne.KeyR, fyne.KeyF} {
		o.unsay()
		o.press("a", k)
		o.until("A care assistant cannot answer an alert.")
	}
	var before []records.DueStep
	o.happens("the record knows that a screen shows it", func() bool { // until then it is due sooner
		var err error
		before, err = o.store.DueOf(t.Context(), []string{"a"})
		must(t, err)
		return len(before) == 1 && before[0].Reason != alert.NotShown
	})
	o.press("a", fyne.KeyW)
	o.until("Park, J is on the way since")
	if text := o.text(); strings.Contains(text, "cannot answer an alert") {
		t.Errorf("told to press what was pressed:\n%s", text)
	}
	o.happens("at the other station", func() bool {
		p := seen()
		return len(p.Cards) == 1 && p.Cards[0].State == alert.Open && len(p.Cards[0].OnWay) == 1 &&
			p.Cards[0].OnWay[0].By == "Park, J" && !p.Cards[0].OnWay[0].Since.IsZero()
	})
	after, err := o.store.DueOf(t.Context(), []string{"a"})
	must(t, err)
	if len(before) != 1 || len(after) != 1 || after[0].In > before[0].In || after[0].Level != before[0].Level {
		t.Errorf("due %+v before, %+v after", before, after)
	}
	trail, err := o.store.AuditTail(t.Context(), 1)
	must(t, err)
	if e := trail[0]; e.Action != audit.OnWayToAlert || e.Actor != "park" || e.Patient != "p1" || e.Object != "a" {
		t.Errorf("in the trail: %+v", e)
	}
	o.offers("a", alert.Rights{NotComing: true}) // said, and not offered again
	o.press("a", fyne.KeyN)
	o.happens("not coming, at the other station too", func() bool {
		p := seen()
		return len(p.Cards) == 1 && p.Cards[0].State == alert.Open && len(p.Cards[0].OnWay) == 0
	})
	o.offers("a", onlyWay) // and may be said again
	o.press("a", fyne.KeyW)
	o.happens("on the way again", func() bool { return len(o.life("a").OnWay) == 1 })
}

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
	o.happens("the button", func() bool {
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
	o.happens("what came since", func() bool { return o.shown().Open == 4 })
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
	o.happens("the storm", func() bool { return o.shown().Open == alert.StormFrom+3 && len(o.alerts.Order()) == 2 })
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
	o.happens("they are accepted", func() bool { return o.shown().Open == alert.StormFrom })
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
	o.happens("all are accepted", func() bool { return o.shown().Open == 0 })
}

// A question about one alert names its patient, bed and number, and a charge nurse
// takes back what another has with a reason.
func TestQuestionsAboutAnAlertNameThePatient(t *testing.T) {
	o := open(t)
	o.colleagues()
	o.enters("chen")
	khan, err := o.opt.Station.Staff.SignIn(t.Context(), "khan", password)
	must(t, err)
	a := o.raise("a", "p1", "01", alert.Low)
	named := func(press fyne.KeyName) {
		t.Helper()
		o.press("a", press)
		o.wait("a question", o.shell.Modal)
		if text := o.question(); !strings.Contains(text, "OKOYE, Ada · DOB 02 Jan 1960 · MRN 700 1001 · bed 01") {
			t.Errorf("the question:\n%s", text)
		}
	}
	for _, k := range []fyne.KeyName{fyne.KeyR, fyne.KeyF} {
		named(k)
		o.shell.CloseDialog()
	}
	_, err = o.opt.Station.Line.Accept(t.Context(), khan, alert.Read{Alert: a})
	must(t, err)
	o.offers("a", alert.Rights{End: true, GiveBack: true})
	named(fyne.KeyE)
	o.shell.CloseDialog()
	named(fyne.KeyB)
	o.give("gone home", "Take back for OKOYE, Ada")
	o.happens("open again", func() bool { l := o.life("a"); return l.Stage.Open() && l.Back.Reason == "gone home" })
}
