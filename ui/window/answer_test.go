package window

import (
	"context"
	"fmt"
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
	o.wait("the card", func() bool { return o.alerts.Card(alertID) != nil && o.alerts.Card(alertID).First() != nil })
	o.win.Canvas().Focus(o.alerts.Card(alertID).First())
	o.win.Canvas().Focused().TypedKey(&fyne.KeyEvent{Name: k})
}

// offers waits until a card offers just that.
func (o *opened) offers(alertID string, want alert.Rights) {
	o.t.Helper()
	o.wait(fmt.Sprintf("%s offers %+v", alertID, want), func() bool {
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
	o.wait("hers", func() bool { l := o.life("a"); return l.Stage == alert.InHand && l.Accepted.By == "diaz" })
	o.offers("a", alert.Rights{Forward: true, End: true, GiveBack: true})
	accept, _, _ := o.alerts.Card("b").Buttons()
	test.Tap(accept)
	o.wait("hers by a click", func() bool { l := o.life("b"); return l.Stage == alert.InHand })

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
	o.wait("what was forwarded", func() bool { return o.life("c").Stage == alert.InHand })
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
	o.wait("the record knows that a screen shows it", func() bool { // until then it is due sooner
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
	o.wait("at the other station", func() bool {
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
	o.wait("not coming, at the other station too", func() bool {
		p := seen()
		return len(p.Cards) == 1 && p.Cards[0].State == alert.Open && len(p.Cards[0].OnWay) == 0
	})
	o.offers("a", onlyWay) // and may be said again
	o.press("a", fyne.KeyW)
	o.wait("on the way again", func() bool { return len(o.life("a").OnWay) == 1 })
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
	o.wait("open again", func() bool { l := o.life("a"); return l.Stage.Open() && l.Back.Reason == "gone home" })
}
