package sound

import (
	"context"
	"errors"
	"slices"
	"testing"
	"time"

	"go.uber.org/goleak"

	"github.com/wardlight/wardlight/app/desktop/sound/soundtest"
)

// What a real sound service played, recorded from its sink, keeps to the table
// of each signal. Red once: without the lead the first pulse rose within 6 % of
// its length, its beginning cut off.
func TestRecordedSignalsKeepToTheirTables(t *testing.T) {
	server := soundtest.Start(t)
	server.Use(t)
	for _, want := range tables {
		r := server.Record()
		if err := (pulse{}).Play(t.Context(), Burst(want.signal)); err != nil {
			t.Fatal(err)
		}
		p := soundtest.Measure(r.Samples(t), soundtest.Rate)
		for _, c := range want.complaints(p) {
			t.Error(c)
		}
		t.Log("recorded\n" + soundtest.Table(want.signal.String(), p))
	}
}

// Every way in which nobody would hear a tone is told. Row 51 of the failure
// catalogue. Red once: with noSink "" a computer without a loudspeaker was fine.
func TestStateTellsWhyNobodyHears(t *testing.T) {
	server := soundtest.Start(t)
	server.Use(t)
	is := func(want Kind) {
		t.Helper()
		if got := (pulse{}).State(t.Context()); got.Kind != want {
			t.Errorf("state %+v, want %s", got, want)
		}
	}
	is(OK)
	server.Pactl("set-sink-mute", "test", "1")
	is(Muted)
	server.Pactl("set-sink-mute", "test", "0")
	server.Pactl("set-sink-volume", "test", "5%")
	is(Silent)
	server.Pactl("set-sink-volume", "test", "60%")
	if got := (pulse{}).State(t.Context()); got.Kind != OK || got.Volume != 60 || got.Device == "" {
		t.Errorf("%+v", got)
	}
	server.Stop()
	is(Absent)
	if err := (pulse{}).Play(t.Context(), Burst(Low)); !errors.Is(err, ErrAbsent) {
		t.Errorf("without a service: %v", err)
	}
	server.Launch("module-always-sink") // a computer without a sound card
	is(Absent)
	server.Stop()
	server.Launch("module-null-sink sink_name=test rate=48000 channels=1")
	is(OK)
	server.Record()
	if err := (pulse{}).Play(t.Context(), Burst(Low)); err != nil {
		t.Errorf("after a restart: %v", err)
	}
}

// The service hangs before it is called, and while it plays. Red once: with the
// limits of with and of a request taken out, until the test's deadline.
func TestServiceThatHangs(t *testing.T) {
	before := goleak.IgnoreCurrent()
	server := soundtest.Start(t)
	server.Use(t)
	server.Freeze()
	w := Burst(Low)
	for _, call := range []struct {
		limit time.Duration
		do    func() Kind
	}{
		{Limit, func() Kind { return pulse{}.State(t.Context()).Kind }},
		{Limit + w.Length(), func() Kind { return stateOf(pulse{}.Play(t.Context(), w)).Kind }},
	} {
		start := time.Now()
		if got := call.do(); got != Hanging {
			t.Errorf("%s", got)
		}
		if took := time.Since(start); took > call.limit+500*ms {
			t.Errorf("took %v", took)
		}
	}
	server.Thaw()
	r := server.Record()
	start := time.Now()
	hung := make(chan error, 1)
	go func() { hung <- pulse{}.Play(t.Context(), long()) }()
	soundsIn(t, r)
	server.Freeze()
	if err, took := <-hung, time.Since(start); !errors.Is(err, ErrHanging) || took > long().Length()+Limit+500*ms {
		t.Errorf("%v after %v", err, took)
	}
	server.Thaw()
	if err := (pulse{}).Play(t.Context(), w); err != nil {
		t.Errorf("after it came back: %v", err)
	}
	server.Stop()
	goleak.VerifyNone(t, before)
}

// A burst that is broken off is silent at once. Red once: with the connection
// left open the burst sounded on.
func TestBrokenOffIsSilent(t *testing.T) {
	server := soundtest.Start(t)
	server.Use(t)
	r := server.Record()
	ctx, cancel := context.WithTimeout(t.Context(), 800*ms)
	defer cancel()
	if err := (pulse{}).Play(ctx, Burst(High)); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("%v", err)
	}
	r.Samples(t)
	r.Samples(t)
	if p := soundtest.Measure(r.Samples(t), soundtest.Rate); len(p) == 0 || len(p) > 4 {
		t.Errorf("%d pulses of a burst broken off after 0.8 s", len(p))
	}
}

// The device goes while a burst plays.
func TestDeviceGoesWhilePlaying(t *testing.T) {
	server := soundtest.Start(t)
	server.Use(t)
	r := server.Record()
	failed := make(chan error, 1)
	go func() { failed <- pulse{}.Play(t.Context(), long()) }()
	soundsIn(t, r)
	server.Stop()
	if err := <-failed; !errors.Is(err, ErrAbsent) {
		t.Errorf("%v", err)
	}
}

// long sounds long enough for a loaded machine to look at it while it plays.
func long() Wave { return slices.Repeat(Burst(High), 8) }

// soundsIn waits until a recording is not silent any more.
func soundsIn(t *testing.T, r *soundtest.Recording) {
	t.Helper()
	for end := time.Now().Add(20 * time.Second); ; time.Sleep(10 * time.Millisecond) {
		if slices.ContainsFunc(r.Now(), func(v int16) bool { return v > 2000 }) {
			return
		}
		if time.Now().After(end) {
			t.Fatal("never played")
		}
	}
}
