package window

import (
	"context"
	"testing"
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
