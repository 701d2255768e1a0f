package window

import (
	"context"
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
)

// An alert of a nurse's patient sounds and pops up where she is signed in and
// nowhere else, until she locks her station: then it is heard here, too. It stands
// in every list all the while, and among hers it is "yours".
//
// Seen red with called always true (both stations sounded), always false (nobody
// heard it once she had locked), and with notes.picture left out (no popup then).
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
	at := map[bool]func() (string, staff.Role){true: func() (string, staff.Role) { return "diaz", staff.Nurse }, false: func() (string, staff.Role) { return "", "" }}
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
	o.happens("silence here", func() bool { return ears.hears() == "" })
	quiet := o.raise("b", "p1", "01", alert.Low)
	o.happens("the second", func() bool { return len(o.shown().Cards) == 2 })
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
	o.happens("a tone", func() bool { return ears.hears() == "low" })
	o.happens("a popup", func() bool { return len(eyes.texts()) > 0 })
	for _, one := range []alert.Alert{a, quiet} {
		if _, ok := o.find(one.ID); !ok {
			t.Errorf("%s is not in the list", one.ID)
		}
	}
	o.lock()
	o.happens("everyone", func() bool { return o.call("a").Everyone })
	o.happens("the tone goes on", func() bool { return ears.hears() == "low" })
}
