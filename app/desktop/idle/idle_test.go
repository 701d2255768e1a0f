package idle

import (
	"context"
	"errors"
	"testing"
	"time"
)

// The desktop can only shorten the station's own idle time, and one that does not
// answer changes nothing.
func TestTheDesktopOnlyShortens(t *testing.T) {
	says := func(d time.Duration, err error) Probe {
		return func(context.Context) (time.Duration, error) { return d, err }
	}
	for _, c := range []struct {
		probe Probe
		want  time.Duration
	}{
		{nil, time.Minute}, {says(time.Second, nil), time.Second}, {says(time.Hour, nil), time.Minute},
		{says(0, ErrUnknown), time.Minute}, {says(-1, nil), time.Minute},
	} {
		if got := Of(t.Context(), time.Minute, c.probe); got != c.want {
			t.Errorf("%v, want %v", got, c.want)
		}
	}
}

func TestReadHID(t *testing.T) {
	if d, err := readHID("+-o IOHIDSystem\n      \"HIDIdleTime\" = 2500000000\n"); err != nil ||
		d != 2500*time.Millisecond {
		t.Errorf("%v %v", d, err)
	}
	for _, bad := range []string{"", "\"HIDIdleTime\" = x\n", "\"HIDIdleTime\" = -3\n"} {
		if _, err := readHID(bad); !errors.Is(err, ErrUnknown) {
			t.Errorf("%q: %v", bad, err)
		}
	}
}
