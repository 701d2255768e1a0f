package station_test

import (
	"context"
	"fmt"
	"sync"
	"sync/atomic"
	"time"

	"github.com/wardlight/wardlight/app/alert"
)

// raiser raises low alerts on a station, one after the other at a steady pace.
type raiser struct {
	desk    *desk
	name    string
	every   time.Duration
	group   sync.WaitGroup
	refused atomic.Int64

	mu     sync.Mutex
	count  int
	raised []alert.Alert
	asked  map[string]time.Time // when raising began, by the alert's ID
	why    map[string]int       // what refusals said
}

// pace raises until stop is closed; wait for group then.
func (r *raiser) pace(stop <-chan struct{}) {
	r.asked, r.why = map[string]time.Time{}, map[string]int{}
	r.group.Go(func() {
		tick := time.NewTicker(r.every)
		defer tick.Stop()
		for {
			r.one()
			select {
			case <-stop:
				return
			case <-tick.C:
			}
		}
	})
}

func (r *raiser) one() {
	r.mu.Lock()
	r.count++
	id := fmt.Sprint(r.name, "-", r.count)
	r.asked[id] = time.Now()
	r.mu.Unlock()
	r.group.Go(func() {
		ctx, cancel := context.WithTimeout(context.Background(), 12*time.Second) // a test's own root
		defer cancel()
		m, err := r.desk.Line.Raise(ctx, alert.Alert{ID: id, Ward: "4B", Patient: "p1", Priority: alert.Low, Text: id})
		if err != nil {
			r.refused.Add(1)
			r.mu.Lock()
			r.why[err.Error()]++
			r.mu.Unlock()
			return
		}
		r.mu.Lock()
		r.raised = append(r.raised, m.Alert)
		r.mu.Unlock()
	})
}

// all is what was raised and not refused until now.
func (r *raiser) all() []alert.Alert {
	r.mu.Lock()
	defer r.mu.Unlock()
	return append([]alert.Alert(nil), r.raised...)
}

// begun is what was to be raised until now, whatever came of it.
func (r *raiser) begun() (list []alert.Alert) {
	r.mu.Lock()
	defer r.mu.Unlock()
	for id := range r.asked {
		list = append(list, alert.Alert{ID: id, Text: id})
	}
	return list
}

// lateness is the longest time from the raising of an alert to its move on a
// station, over those raised not before from.
func (r *raiser) lateness(d *desk, from time.Time) (longest time.Duration) {
	r.mu.Lock()
	defer r.mu.Unlock()
	d.mu.Lock()
	defer d.mu.Unlock()
	for _, a := range r.raised {
		asked := r.asked[a.ID]
		if at, heard := d.heardAt[a.ID+string(alert.Raised)]; heard && asked.After(from) {
			longest = max(longest, at.Sub(asked))
		}
	}
	return longest
}
