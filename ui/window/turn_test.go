package window

import (
	"testing"

	"github.com/wardlight/wardlight/app/ward"
	"github.com/wardlight/wardlight/ui/shell"
)

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
