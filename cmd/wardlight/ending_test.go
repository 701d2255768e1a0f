package main

import (
	"errors"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"
)

// A toolkit that hangs at its end does not keep the station: what is held for it is given back,
// and the process ends. Seen red without the goroutine in run (deadlock).
func TestAToolkitThatHangsDoesNotKeepTheStation(t *testing.T) {
	for name, c := range map[string]struct {
		left error
		code int
	}{"given back": {nil, 0}, "not all": {errors.New("full"), 1}} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				asked, gone, exited, left := make(chan struct{}), make(chan struct{}), make(chan int), new(atomic.Int32)
				go ending{asked: asked, exit: func(code int) { exited <- code },
					leave: func() error { left.Add(1); return c.left }}.run(func() { <-gone })
				time.Sleep(24 * time.Hour) // of the bubble's clock: no end without being asked
				synctest.Wait()
				if left.Load() != 0 {
					t.Fatal("left though nobody asked")
				}
				close(asked)
				time.Sleep(endMost - 1)
				synctest.Wait()
				if left.Load() != 0 {
					t.Fatal("left before the toolkit had its time")
				}
				if code := <-exited; left.Load() != 1 || code != c.code {
					t.Errorf("left %d times, exit %d; want once, %d", left.Load(), code, c.code)
				}
				close(gone) // the process would be
			})
		})
	}
}

// A toolkit that ends leaves once, and nothing exits under it.
func TestAToolkitThatEndsLeavesOnce(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		asked, left := make(chan struct{}), 0
		err := ending{asked: asked, exit: func(int) { t.Error("exit") },
			leave: func() error { left++; return nil }}.run(func() { close(asked) })
		time.Sleep(2 * endMost)
		if err != nil || left != 1 {
			t.Errorf("left %d times: %v", left, err)
		}
	})
}
