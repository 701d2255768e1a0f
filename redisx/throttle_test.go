package redisx_test

import (
	"fmt"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/wardlight/wardlight/redisx"
)

// Of 200 guesses sent at once no more go through than cost nothing, and one. Red
// with Wait before and Fail after in place of Try: 199.
func TestGuessesAtOnceAreCounted(t *testing.T) {
	t.Parallel()
	s, c := fixture(t)
	other := open(t, s.Addr())
	var through atomic.Int32
	var wg sync.WaitGroup
	for i := range 200 {
		client := c
		if i%2 == 0 {
			client = other
		}
		th := redisx.NewThrottle(client, "signin", redisx.ThrottleOptions{Free: 3, First: time.Minute})
		wg.Go(func() {
			wait, err := th.Try(t.Context(), "N1")
			if err != nil {
				t.Error(err)
			}
			if wait == 0 {
				through.Add(1)
			}
		})
	}
	wg.Wait()
	if n := through.Load(); n != 4 {
		t.Errorf("%d guesses went through, want 4", n)
	}
}

// One password tried on many people is stopped by the station, one person's
// guessed from many stations by the person; success does not wash the station.
func TestThrottleByPersonAndByStation(t *testing.T) {
	t.Parallel()
	_, c := fixture(t)
	people := redisx.NewThrottle(c, "person", redisx.ThrottleOptions{Free: 2, First: time.Minute})
	stations := redisx.NewThrottle(c, "station", redisx.ThrottleOptions{Free: 5, First: time.Minute})
	try := func(person, station string) bool {
		t.Helper()
		wait, err := redisx.Attempts{{people, person}, {stations, station}}.Try(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		return wait == 0
	}
	passed := 0
	for i := range 20 {
		if try(fmt.Sprint("N", i), "icu-1") {
			passed++
			if i == 0 {
				if err := (redisx.Attempts{{people, "N0"}, {stations, "icu-1"}}).Clear(t.Context()); err != nil {
					t.Fatal(err)
				}
			}
		}
	}
	if passed != 6 {
		t.Errorf("%d people tried from one station, want 6", passed)
	}
	passed = 0
	for i := range 20 {
		if try("M1", fmt.Sprint("er-", i)) {
			passed++
		}
	}
	if passed != 3 {
		t.Errorf("one person tried from %d stations, want 3", passed)
	}
	longest, err := redisx.Attempts{{people, "M1"}, {stations, "er-19"}}.Wait(t.Context())
	if err != nil || longest < 50*time.Second {
		t.Errorf("%v %v", longest, err)
	}
	if w, err := (redisx.Attempts{{people, "X"}, {stations, "Y"}}).Fail(t.Context()); w != 0 || err != nil {
		t.Errorf("%v %v", w, err)
	}
	if w, err := (redisx.Attempts{}).Try(t.Context()); w != 0 || err != nil {
		t.Errorf("%v %v", w, err)
	}
	if err := (redisx.Attempts{}).Clear(t.Context()); err != nil {
		t.Error(err)
	}
}
