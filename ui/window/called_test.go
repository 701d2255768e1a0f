package window

import (
	"context"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/wardlight/wardlight/app/alert"
	"github.com/wardlight/wardlight/app/desktop/notify"
	"github.com/wardlight/wardlight/app/desktop/sound"
	"github.com/wardlight/wardlight/app/live"
	"github.com/wardlight/wardlight/app/staff"
	"github.com/wardlight/wardlight/app/station"
	"github.com/wardlight/wardlight/redisx"
	"github.com/wardlight/wardlight/redisx/redistest"
	"github.com/wardlight/wardlight/ui/screentest"
)

// An alert of a nurse's patient sounds and pops up where she is signed in and
// nowhere else, until she locks her station: then it is heard here, too. It stands
// in every list all the while, and among hers it is "yours".
// Whom each level calls is seen red in the alert package.
func TestAnAlertSoundsWhereItsNurseIs(t *testing.T) {
	redis := redistest.Start(t, redistest.Options{})
	client, err := redisx.Open(redisx.Config{Addrs: []string{redis.Addr()}})
	must(t, err)
	t.Cleanup(func() { client.Close() })
	ears := &room{state: sound.State{Kind: sound.OK, Volume: 100}}
	eyes := &corkboard{notes: map[string]notify.Note{}, click: make(chan notify.Invoked, 1)}
	player, err := sound.NewPlayer(ears, sound.Options{Look: 20 * time.Millisecond})
	must(t, err)
	o := openAt(t, client, func(opt *Options) {
		opt.Sound, opt.Notify = player, notify.NewQueue(eyes, notify.QueueOptions{Every: time.Millisecond, Most: 100})
	})
	// The other station, at which Diaz sits.
	at := map[bool]func() (string, staff.Role){true: func() (string, staff.Role) { return "diaz", staff.Nurse },
		false: func() (string, staff.Role) { return "", "" }}
	other := station.New(station.Options{Name: "WS-2", Record: o.store, Client: client})
	lw := other.Ward("4B")
	signed := make(chan bool, 1)
	signed <- true
	lw.OnPicture = func(live.Picture) {}
	lw.Here = func() (string, staff.Role) {
		is := <-signed
		signed <- is
		return at[is]()
	}
	ctx, cancel := context.WithCancel(context.WithoutCancel(t.Context()))
	var beside sync.WaitGroup
	beside.Go(func() { o.opt.Station.Run(ctx) }) // relays, and sends the beats
	beside.Go(func() { lw.Run(ctx) })
	t.Cleanup(func() { cancel(); beside.Wait() })

	_, err = o.opt.Station.Staff.SignIn(t.Context(), "chen", password)
	must(t, err)
	o.signIn("chen", password)
	o.until("OKOYE")
	diaz, err := o.opt.Station.Staff.SignIn(t.Context(), "diaz", password)
	must(t, err)
	must(t, o.opt.Station.Allocation.Take(t.Context(), diaz, "4B", "p1"))
	a := o.raise("a", "p1", "01", alert.Low) // low alerts do not escalate by themselves
	o.until("For Diaz, M")
	o.wait("silence here", func() bool { return ears.hears() == "" })
	quiet := o.raise("b", "p1", "01", alert.Low)
	o.wait("the second", func() bool { return len(o.shown().Cards) == 2 })
	for range 20 { // pictures come and go
		o.queue.Drain()
		time.Sleep(10 * time.Millisecond)
		if ears.hears() != "" {
			t.Fatal("it sounds at a station that it does not call")
		}
	}
	if n := len(o.cards(o.shown(), o.session()).Mine); n != 0 {
		t.Errorf("%d of Diaz' alerts are Chen's", n)
	}
	mine := o.cards(o.shown(), diaz)
	if len(mine.Open) != 2 || len(mine.Mine) != 2 || !mine.Mine[0].Yours {
		t.Errorf("%+v", mine)
	}
	<-signed
	signed <- false // she locks her station
	lw.Moved()
	o.until("For the charge nurse")
	o.until("Nurse not signed in.")
	o.wait("a tone", func() bool { return ears.hears() == "low" })
	o.wait("a popup", func() bool { return len(eyes.texts()) > 0 })
	for _, one := range []alert.Alert{a, quiet} {
		if _, ok := o.find(one.ID); !ok {
			t.Errorf("%s is not in the list", one.ID)
		}
	}
	o.lock()
	o.wait("everyone", func() bool { return o.call("a").Everyone })
	o.wait("the tone goes on", func() bool { return ears.hears() == "low" })
}

// The charge nurse reads in the menu how the ward's alerts escalate, as it is set
// now; a nurse is not offered it.
func TestTheChargeNurseReadsThePolicy(t *testing.T) {
	o := open(t)
	p, err := o.store.AlertPolicy(t.Context(), "4B")
	must(t, err)
	p.Medium.After, p.Low.Latching = alert.Seconds(90*time.Second), true
	must(t, o.store.SetAlertPolicy(t.Context(), "4B", p, "wardctl", "WS-1"))
	o.signIn("chen", password)
	o.until("OKOYE")
	o.user()
	o.choose("How alerts escalate here")
	says := func(want string) {
		o.wait(want, func() bool {
			top := o.win.Canvas().Overlays().Top() // lines break where they must
			return top != nil && strings.Contains(strings.Join(strings.Fields(screentest.Texts(top)), " "), want)
		})
	}
	says("MEDIUM: the nurse of the patient, the charge nurse after 90 s, everyone after 180 s.")
	says("but not by time; stays until a person ends it.")
	o.shell.CloseDialog()
	o.switchUser()
	o.signIn("diaz", password)
	o.until("OKOYE")
	o.user()
	o.asks("Lock")
	if text := screentest.Texts(o.win.Canvas().Overlays().Top()); strings.Contains(text, "escalate") {
		t.Error("a nurse is offered it")
	}
}

// A muted loudspeaker makes the alert column flash, at most at 2 Hz, and one that
// is heard does not.
func TestAMutedStationFlashes(t *testing.T) {
	o, ears, _ := withEars(t, false)
	o.signIn("chen", password)
	o.until("OKOYE")
	ears.set(func() { ears.state = sound.State{Kind: sound.Muted, Reason: "the sound is muted"} })
	o.until("Nobody can hear this station")
	if o.alerts.Edge().Shines() {
		t.Error("it flashes for no alert")
	}
	o.raise("h2", "p1", "01", alert.High)
	o.wait("a light", func() bool { return o.alerts.Edge().Shines() })
	began, changes, was := time.Now(), 0, true
	for time.Since(began) < 3*time.Second {
		o.queue.Drain()
		if is := o.alerts.Edge().Shines(); is != was {
			changes, was = changes+1, is
		}
		time.Sleep(5 * time.Millisecond)
	}
	if changes < 4 || changes > 13 { // 2 Hz is 12 changes in 3 s; a busy machine leaves some out
		t.Errorf("%d changes in 3 s", changes)
	}
}

// Nobody is called by a tone to a station that has no sound by its settings: the path goes on to
// the others at once, and every station says why.
//
// Seen red with mute saying nothing of it: the charge nurse alone was called.
func TestAStationWithoutSoundCallsNobodyAlone(t *testing.T) {
	redis := redistest.Start(t, redistest.Options{})
	client, err := redisx.Open(redisx.Config{Addrs: []string{redis.Addr()}})
	must(t, err)
	t.Cleanup(func() { client.Close() })
	o := openAt(t, client, func(opt *Options) { opt.Sound = nil })
	ctx, cancel := context.WithCancel(context.WithoutCancel(t.Context()))
	var beside sync.WaitGroup
	beside.Go(func() { o.opt.Station.Run(ctx) })
	t.Cleanup(func() { cancel(); beside.Wait() })
	o.enters("chen")
	o.raise("a", "p1", "01", alert.Low)
	o.until("For everyone")
	o.wait("why", func() bool {
		return o.call("a").Why == "no nurse assigned; charge nurse at a station without sound"
	})
}
