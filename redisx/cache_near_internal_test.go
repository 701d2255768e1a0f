package redisx

import (
	"testing"
	"time"
)

// A proof holds for its time by both clocks, whatever becomes of the link. Red
// with the comparison with until, or with untilWall, removed.
func TestNearProofRunsOut(t *testing.T) {
	t.Parallel()
	n := newNear[int](10, time.Hour, time.Hour)
	read := func() {
		began := n.begin()
		n.keep([]seen[int]{{"a", &nearCopy[int]{value: 1, found: true, raw: "x"}, began.at, began.at}}, began)
	}
	fresh := func() bool { _, ok := n.fresh("a"); return ok }
	read()
	if fresh() {
		t.Error("fresh without a subscription")
	}
	n.subscribed()
	read()
	if fresh() {
		t.Error("fresh without a proof")
	}
	n.proved(time.Now(), time.Hour)
	if !fresh() {
		t.Error("not fresh with a proof")
	}
	n.proved(time.Now().Add(-2*time.Second), time.Second)
	if fresh() {
		t.Error("fresh with an old proof")
	}
	// A computer that slept: the monotonic clock says that no time has passed.
	n.proved(time.Now(), time.Hour)
	n.untilWall.Store(time.Now().Add(-time.Minute).UnixNano())
	if fresh() {
		t.Error("fresh after a sleep")
	}
	n.proved(time.Now(), time.Hour)
	n.subscribed()
	n.proved(time.Now(), time.Hour)
	if fresh() {
		t.Error("fresh from an earlier subscription")
	}
	// A change heard while the value was on its way.
	began := n.begin()
	n.change("a")
	n.keep([]seen[int]{{"a", &nearCopy[int]{value: 1, found: true, raw: "x"}, began.at, began.at}}, began)
	if fresh() {
		t.Error("fresh though it changed on its way")
	}
	n.lost()
	read()
	if fresh() {
		t.Error("fresh without a link")
	}
}
