package main

import (
	"sync"
	"time"
)

// endMost is how long the toolkit may take to end once it was asked to.
const endMost = 5 * time.Second

// ending ends a station with its window, or without it.
//
// The toolkit's loop may never return: a hook that it queues for its last moment can be dropped
// by the queue that it is closing, and the loop then waits for it (fyne 2.8.1,
// internal/driver/glfw: runGL, WaitForEvents). The ward would go on counting a station that
// nobody sees as one that hears alerts.
type ending struct {
	asked <-chan struct{}
	leave func() error   // gives back what is held for the station; called once
	exit  func(code int) // ends the process under a loop that hangs
}

// run runs the toolkit's loop, on the calling goroutine, and then leaves. If the loop has not
// ended in endMost since it was asked to, run leaves without it and exits.
func (e ending) run(loop func()) error {
	ended, leave := make(chan struct{}), sync.OnceValue(e.leave)
	go func() {
		<-e.asked
		select {
		case <-ended:
			return
		case <-time.After(endMost):
		}
		code := 0
		if err := leave(); err != nil {
			code = 1
		}
		e.exit(code)
	}()
	loop()
	close(ended)
	return leave()
}
