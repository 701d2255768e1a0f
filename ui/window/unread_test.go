package window

import (
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"github.com/wardlight/wardlight/app/alert"
	"github.com/wardlight/wardlight/app/desktop/notify"
	"github.com/wardlight/wardlight/app/staff"
)

// drawn waits until an alert's card stands on the screen.
func (o *opened) drawn(alertID string) {
	o.t.Helper()
	o.wait("the card of "+alertID, func() bool { return o.alerts.Card(alertID) != nil })
}

// says has the source say worse of an alert, and waits until the station knows it; draws nothing.
func (o *opened) says(alertID string) {
	o.t.Helper()
	c, _ := o.findCard(alertID)
	worse := c.Alert
	worse.Priority, worse.Text = alert.High, "SpO₂ 74 %"
	_, err := o.opt.Station.Line.Say(o.t.Context(), worse, "worse "+alertID)
	must(o.t, err)
	for end := time.Now().Add(patience); c.Alert.Priority != alert.High; c, _ = o.findCard(alertID) {
		if time.Now().After(end) {
			o.t.Fatal("the station never hears it")
		}
		time.Sleep(2 * time.Millisecond)
	}
}

// A step is of what the card said when it was pressed. The source says worse, the station has it,
// and the screen does not show it yet: nothing is done, and that is said, whichever key it is.
//
// Seen red with the card taken from the newest picture: no step was refused.
func TestAStepIsOfTheCardThatIsDrawn(t *testing.T) {
	for _, c := range []struct {
		key       fyne.KeyName
		who       string
		before    func(a alert.Read, o *opened, s staff.Session) error
		choose    string
		confirm   string
		offers    alert.Rights
		undecided func(alert.Life) bool
	}{
		{key: fyne.KeyA, who: "chen", offers: answers,
			undecided: func(l alert.Life) bool { return l.Accepted == nil }},
		{key: fyne.KeyR, who: "chen", offers: answers, confirm: "Reject for OKOYE, Ada",
			undecided: func(l alert.Life) bool { return len(l.Rejections) == 0 }},
		{key: fyne.KeyF, who: "chen", offers: answers, choose: "Everyone on the ward",
			confirm:   "Forward for OKOYE, Ada",
			undecided: func(l alert.Life) bool { return l.Forward == nil }},
		{key: fyne.KeyE, who: "chen", before: taken, offers: held, confirm: "End it for OKOYE, Ada",
			undecided: func(l alert.Life) bool { return l.Stage == alert.InHand }},
		{key: fyne.KeyB, who: "chen", before: taken, offers: held,
			undecided: func(l alert.Life) bool { return l.Stage == alert.InHand }},
		{key: fyne.KeyW, who: "park", offers: onlyWay,
			undecided: func(l alert.Life) bool { return len(l.OnWay) == 0 }},
		{key: fyne.KeyN, who: "park", before: going, offers: alert.Rights{NotComing: true},
			undecided: func(l alert.Life) bool { return len(l.OnWay) == 1 }},
	} {
		t.Run(string(c.key), func(t *testing.T) {
			o := open(t)
			o.colleagues()
			s := o.enters(c.who)
			o.raise("a", "p1", "01", alert.Low)
			o.drawn("a")
			if c.before != nil {
				read, _ := o.find("a")
				must(t, c.before(alert.Read{Alert: read}, o, s))
			}
			o.offers("a", c.offers)
			o.says("a")
			first := o.alerts.Card("a").First()
			o.win.Canvas().Focus(first)
			first.TypedKey(&fyne.KeyEvent{Name: c.key})
			if c.choose != "" {
				o.wait("a list", o.shell.Modal)
				o.choose(c.choose)
			}
			if c.confirm != "" {
				o.give("as I read it", c.confirm)
			}
			o.until("has changed since you read it")
			o.settle()
			if l := o.life("a"); !c.undecided(l) {
				t.Errorf("it was done to what nobody had read: %+v", l)
			}
		})
	}
}

var held = alert.Rights{End: true, GiveBack: true, Forward: true}

func taken(a alert.Read, o *opened, s staff.Session) error {
	_, err := o.opt.Station.Line.Accept(o.t.Context(), s, a)
	return err
}

func going(a alert.Read, o *opened, s staff.Session) error {
	_, err := o.opt.Station.Line.OnMyWay(o.t.Context(), s, a)
	return err
}

// The Accept of a notification is of what the notification said: pressed while the desktop still
// showed what the alert was before, it accepts nothing, and says so. That of the note in its place
// does.
//
// Seen red with the Accept of a note taken as that of the newest card.
func TestTheAcceptOfANoteIsOfWhatItSaid(t *testing.T) {
	o, _, eyes := withEars(t, false)
	o.enters("chen")
	o.raise("a", "p1", "01", alert.Low)
	o.drawn("a")
	o.wait("a note", func() bool { return eyes.accept() != "" })
	key, first := eyes.popup(), eyes.accept()
	o.says("a")
	o.wait("another note", func() bool { return eyes.accept() != first })
	eyes.click <- notify.Invoked{Key: key, Action: first}
	o.until("has changed since you read it")
	o.settle()
	if l := o.life("a"); l.Accepted != nil {
		t.Fatalf("accepted unread: %+v", l)
	}
	eyes.click <- notify.Invoked{Key: key, Action: eyes.accept()}
	o.wait("accepted", func() bool { c, _ := o.findCard("a"); return c.State == alert.TakenInHand })
}
