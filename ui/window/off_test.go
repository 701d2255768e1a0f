package window

import (
	"context"
	"errors"
	"slices"
	"testing"

	"github.com/wardlight/wardlight/app/audit"
	"github.com/wardlight/wardlight/app/staff"
)

// What was pressed before signing out is done before the session ends, however long it takes; what
// is pressed after it does not wait for that. Seen red with afterOthers as off.
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

// A session ends also where the window does while it waits for what was pressed before.
//
// Seen red with afterOthers under the window's own context: the session lived on, and the trail had no
// sign-out.
func TestTheSessionEndsThoughTheWindowDoes(t *testing.T) {
	o := open(t)
	o.enters("chen")
	chen := o.session()
	o.off(func(ctx context.Context) { <-ctx.Done() })
	o.switchUser()
	o.quits()
	if err := o.opt.Station.Staff.Alive(t.Context(), chen); !errors.Is(err, staff.ErrSessionEnded) {
		t.Errorf("the session lives: %v", err)
	}
	events, err := o.store.AuditTail(context.WithoutCancel(t.Context()), 20)
	must(t, err)
	if !slices.ContainsFunc(events, func(e audit.Event) bool {
		return e.Action == audit.SignOut && e.Session == chen.ID
	}) {
		t.Error("the trail has no sign-out")
	}
}
