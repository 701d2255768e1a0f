package sound

import (
	"context"
	"encoding/binary"
	"errors"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/wardlight/wardlight/app/desktop/sound/soundtest"
)

// The program beside the service gets a whole WAV file on its input; one that
// fails or hangs is an error in time.
func TestProgramGetsTheWave(t *testing.T) {
	out := filepath.Join(t.TempDir(), "out.wav")
	t.Setenv("OUT", out)
	if err := (command{"sh", []string{"-c", `exec cat >"$OUT"`}}).Play(t.Context(), Burst(Medium)); err != nil {
		t.Fatal(err)
	}
	file, err := os.ReadFile(out)
	if err != nil {
		t.Fatal(err)
	}
	const header = 44
	if string(file[:4]) != "RIFF" || string(file[8:16]) != "WAVEfmt " ||
		binary.LittleEndian.Uint32(file[24:]) != Rate ||
		int(binary.LittleEndian.Uint32(file[40:])) != len(file)-header ||
		int(binary.LittleEndian.Uint32(file[4:])) != len(file)-8 {
		t.Fatalf("% x", file[:header])
	}
	w := make([]int16, (len(file)-header)/2)
	for i := range w {
		w[i] = int16(binary.LittleEndian.Uint16(file[header+2*i:]))
	}
	for _, c := range tables[1].complaints(soundtest.Measure(w, Rate)) {
		t.Error(c)
	}
	if err := (command{"false", nil}).Play(t.Context(), Burst(Low)); !errors.Is(err, ErrAbsent) {
		t.Errorf("%v", err)
	}
	if err := (command{"/nonexistent", nil}).Play(t.Context(), Burst(Low)); !errors.Is(err, ErrAbsent) {
		t.Errorf("%v", err)
	}
	start := time.Now()
	if err := (command{"sleep", []string{"60"}}).Play(t.Context(), Burst(Low)); !errors.Is(err, ErrHanging) ||
		time.Since(start) > 4*time.Second {
		t.Errorf("%v after %v", err, time.Since(start))
	}
	short, cancel := context.WithTimeout(t.Context(), 100*ms)
	defer cancel()
	if err := (command{"sleep", []string{"60"}}).Play(short, Burst(Low)); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("%v", err)
	}
}

// The second sink stands in for a service that is not there, not for one that
// hangs or is muted.
func TestSecondSinkStandsIn(t *testing.T) {
	for _, c := range []struct {
		one  *paper
		want Kind
		err  error
	}{
		{&paper{err: ErrAbsent}, OK, nil},
		{&paper{err: ErrHanging}, Hanging, ErrHanging},
		{&paper{state: heard("x", 100, true)}, Muted, nil},
	} {
		f := first{c.one, &paper{state: State{Kind: OK}}}
		if got := f.State(t.Context()); got.Kind != c.want {
			t.Errorf("%+v, want %s", got, c.want)
		}
		if err := f.Play(t.Context(), Burst(Low)[:Rate/100]); !errors.Is(err, c.err) {
			t.Errorf("%v, want %v", err, c.err)
		}
	}
}
