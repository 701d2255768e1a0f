package window

import (
	"context"
	"testing"

	"github.com/wardlight/wardlight/app/ward"
	"github.com/wardlight/wardlight/ui/shell"
)

// What was pressed before signing out is done before the session ends, however long it takes; what
// is pressed after it does not wait for that. Seen red with last as off.
func TestWhatWasPressedIsDoneBeforeTheSessionEnds(t *testing.T) {
	o := open(t)
	o.enters("chen")
	chen := o.session()
	going := make(chan struct{})
	alive := make(chan error, 1)
	o.off(func(ctx context.Context) {
		<-going
		alive <- o.opt.Station.Staff.Alive(ctx, chen)
	})
	o.switchUser()
	after := make(chan struct{})
	o.off(func(context.Context) { close(after) })
	<-after
	close(going)
	if err := <-alive; err != nil {
		t.Errorf("the session had ended: %v", err)
	}
	o.wait("signed out", func() bool { return o.opt.Station.Staff.Alive(t.Context(), chen) != nil })
}

// A turn to another ward that comes late is for nobody but who asked for it: another person stays
// on the ward of the station, and a locked station calls for its own. Seen red with turnTo asking
// only whether somebody is signed in.
func TestALateTurnIsOfWhoAsked(t *testing.T) {
	five := ward.Ward{ID: "5A", Name: "5A Surgery"}
	for name, meanwhile := range map[string]func(*opened){
		"another": func(o *opened) { o.switchUser(); o.enters("diaz") },
		"locked":  func(o *opened) { o.lock() },
		"nobody":  func(o *opened) { o.switchUser() },
	} {
		o := open(t)
		o.enters("chen")
		a := o.actOf(o.session(), "", "")
		meanwhile(o)
		o.settle()
		o.turnTo(a, five)
		o.settle()
		if o.place().ID != "4B" {
			t.Errorf("%s: the station is on %s", name, o.place().ID)
		}
	}
	o := open(t)
	o.enters("chen")
	o.turnTo(o.actOf(o.session(), "", ""), five)
	o.settle()
	if o.place().ID != "5A" || o.shell.Place() != shell.Board {
		t.Errorf("whoever asked is on %s", o.place().ID)
	}
}
