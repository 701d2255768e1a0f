package obsform_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/wardlight/wardlight/ui/obsform"
)

func berlin(t *testing.T) *time.Location {
	t.Helper()
	loc, err := time.LoadLocation("Europe/Berlin")
	if err != nil {
		t.Fatal(err)
	}
	return loc
}

func takenAt(raw string, now time.Time, loc *time.Location) obsform.Reading {
	return obsform.Read(map[string]string{obsform.Taken: raw}, false, now, loc)
}

// Minutes ago, written down as a time, are read as the moment that was meant, whatever the
// hour and on both sides of a change of the clocks.
//
// Seen red with the time written without its day ("-1440" at noon was taken now, "-730"
// was refused as still to come), and without the offset: an hour that comes again was
// an hour off.
func TestMinutesAgoAreWrittenAsTheyWereMeant(t *testing.T) {
	loc := berlin(t)
	for _, day := range []time.Time{
		time.Date(2026, 6, 10, 0, 0, 20, 0, loc), time.Date(2026, 1, 1, 0, 0, 0, 0, loc),
		time.Date(2026, 3, 29, 0, 0, 0, 0, loc), time.Date(2026, 3, 30, 0, 0, 20, 0, loc),
		time.Date(2026, 10, 25, 0, 0, 20, 0, loc), time.Date(2026, 10, 26, 0, 0, 0, 0, loc),
	} {
		for hour := range 25 {
			typed := day.Add(time.Duration(hour) * time.Hour)
			for x := range 24*60 + 1 {
				raw := fmt.Sprint("-", x)
				want, fixed := takenAt(raw, typed, loc), obsform.Fixed(raw, typed, loc)
				got := takenAt(fixed, typed, loc)
				if len(want.Wrong) > 0 || len(got.Wrong) > 0 || !got.Observation.Taken.Equal(want.Observation.Taken) {
					t.Fatalf("%s at %v is written %q, read as %v %v, not as %v", raw, typed, fixed,
						got.Observation.Taken, got.Wrong, want.Observation.Taken)
				}
			}
		}
	}
	for raw, want := range map[string]string{"-20": "11:40", "-1440": "11-29 12:00", "-730": "11-29 23:50"} {
		if got := obsform.Fixed(raw, time.Date(2026, 11, 30, 12, 0, 0, 0, loc), loc); got != want {
			t.Errorf("%s at noon is %q, not %q", raw, got, want)
		}
	}
}

// When the clocks go back, a time that was offered stays the moment it was, with the face
// that was offered, for as long as it is a draft.
//
// Seen red without the offset: 02:30 of the first hour was 02:30 of the second.
func TestTimesOfTheHourThatComesTwiceStayApart(t *testing.T) {
	loc := berlin(t)
	start := time.Date(2026, 10, 24, 22, 0, 0, 0, time.UTC)
	for minute := range 6 * 60 {
		at := start.Add(time.Duration(minute) * time.Minute)
		for later := time.Duration(0); later <= 48*time.Hour; later += 95 * time.Minute {
			now := at.Add(later)
			text := obsform.At(at, now, loc)
			face := at.In(loc).Format("15:04")
			if got := obsform.Face(text); got != face && got != at.In(loc).Format("01-02 15:04") {
				t.Fatalf("%v at %v shows %q", at, now, got)
			}
			for _, after := range []time.Duration{0, 40 * time.Minute, 10 * time.Hour} {
				read := now.Add(after)
				text := obsform.Anew(text, now, read, loc)
				if r := takenAt(text, read, loc); len(r.Wrong) > 0 || !r.Observation.Taken.Equal(at) {
					t.Fatalf("%v is %q at %v, read as %v %v", at, text, read, r.Observation.Taken, r.Wrong)
				}
			}
		}
	}
	noon := time.Date(2026, 10, 25, 11, 0, 0, 0, time.UTC)
	if got := obsform.At(time.Date(2026, 10, 25, 0, 30, 0, 0, time.UTC), noon, loc); obsform.Face(got) != "02:30" {
		t.Errorf("shown as %q", got)
	}
}

// A clock time that is typed within the hour that comes twice is the one that just was,
// also once the second of them has begun.
//
// Seen red with the newer of the two taken whatever the time: at 02:40 of the first hour
// 02:30 was in the future.
func TestAClockTimeIsTheOneThatJustWas(t *testing.T) {
	loc := berlin(t)
	first := time.Date(2026, 10, 25, 0, 30, 0, 0, time.UTC)
	for typed, want := range map[time.Time]time.Time{
		first.Add(10 * time.Minute): first,
		first.Add(45 * time.Minute): first,
		first.Add(70 * time.Minute): first.Add(time.Hour),
		first.Add(9 * time.Hour):    first.Add(time.Hour),
	} {
		fixed := obsform.Fixed("02:30", typed, loc)
		for _, later := range []time.Duration{0, 20 * time.Minute, 2 * time.Hour} {
			r := takenAt(fixed, typed.Add(later), loc)
			if len(r.Wrong) > 0 || !r.Observation.Taken.Equal(want) {
				t.Errorf("typed at %v, written %q: %v %v", typed, fixed, r.Observation.Taken, r.Wrong)
			}
		}
	}
}
