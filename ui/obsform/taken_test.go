package obsform_test

import (
	"testing"
	"time"

	"github.com/wardlight/wardlight/ui/obsform"
)

// A draft's time is the moment that was meant when it was typed, however much later it
// is read. Seen red with Fixed and Anew returning what was typed: "-20" of 08:10 was
// 09:10 at 09:30, and "08:05" of the day before was today's.
func TestDraftsKeepTheTimeThatWasMeant(t *testing.T) {
	at := func(day, hour, min int) time.Time { return time.Date(2026, 3, day, hour, min, 20, 0, time.UTC) }
	if got := obsform.Fixed("-20", at(4, 8, 10), time.UTC); got != "07:50:20" {
		t.Errorf("-20 at 08:10 is %s", got)
	}
	for _, raw := range []string{"", "08:05", "-", "-99999"} {
		if got := obsform.Fixed(raw, at(4, 8, 10), time.UTC); got != raw {
			t.Errorf("%q became %q", raw, got)
		}
	}
	for _, c := range []struct {
		raw        string
		saved, now time.Time
		want       string
	}{
		{"08:05", at(4, 8, 10), at(4, 9, 30), "08:05"},
		{"08:05", at(3, 8, 10), at(4, 9, 30), "03-03 08:05"},
		{"23:50", at(3, 23, 55), at(4, 0, 10), "23:50"},
		{"23:50", at(3, 23, 55), at(4, 13, 0), "03-03 23:50"},
		{"", at(3, 8, 10), at(4, 9, 30), ""},
		{"8", at(3, 8, 10), at(4, 9, 30), "8"},
	} {
		got := obsform.Anew(c.raw, c.saved, c.now, time.UTC)
		if got != c.want {
			t.Errorf("%q of %v at %v: %q, want %q", c.raw, c.saved, c.now, got, c.want)
		}
		was := obsform.Read(map[string]string{obsform.Taken: c.raw}, false, c.saved, time.UTC)
		now := obsform.Read(map[string]string{obsform.Taken: got}, false, c.now, time.UTC)
		if c.want != "" && len(now.Wrong) == 0 && !was.Observation.Taken.Equal(now.Observation.Taken) {
			t.Errorf("%q was %v and is %v", c.raw, was.Observation.Taken, now.Observation.Taken)
		}
	}
	typed := at(3, 8, 10)
	for now, want := range map[time.Time]string{at(3, 8, 20): "08:10", at(4, 9, 30): "03-03 08:10"} {
		text := obsform.At(typed, now, time.UTC)
		r := obsform.Read(map[string]string{obsform.Taken: text}, false, now, time.UTC)
		if text != want || !r.Observation.Taken.Equal(typed.Truncate(time.Minute)) {
			t.Errorf("at %v: %q, read as %v", now, text, r.Observation.Taken)
		}
	}
	// The last day of a year is still the year before.
	eve := time.Date(2025, 12, 31, 22, 0, 0, 0, time.UTC)
	r := obsform.Read(map[string]string{obsform.Taken: "12-31 22:00"}, false,
		time.Date(2026, 1, 2, 1, 0, 0, 0, time.UTC),
		time.UTC)
	if !r.Observation.Taken.Equal(eve) {
		t.Errorf("the eve of the year is %v", r.Observation.Taken)
	}
}

// Why something was left out is refused where nothing was.
func TestReasonBesideAWholeSet(t *testing.T) {
	full := map[string]string{"rr": "16", "spo2": "97", "oxygen": "air", "bp": "120/80", "pulse": "70", "acvpu": "A",
		"temp": "37", "notdone": "refused"}
	if r := obsform.Read(full, false, time.Now(), time.UTC); r.Wrong[obsform.NotDone] == "" {
		t.Error("a whole set with a reason for what was left out was taken")
	}
	delete(full, "temp")
	if r := obsform.Read(full, false, time.Now(), time.UTC); r.Wrong[obsform.NotDone] != "" {
		t.Errorf("a set without a temperature: %v", r.Wrong)
	}
}

// A day that the year does not have is no time of taking, neither this year nor the one before: 29 February becomes no
// other day. In a year that has it, it is one.
//
// Seen red without the day compared with what was typed: "02-29 08:00" on 1 March 2027 was that morning.
func TestADayThatTheYearDoesNotHaveIsRefused(t *testing.T) {
	for typed, days := range map[string]map[time.Time]bool{
		"02-29 08:00": {time.Date(2027, 3, 1, 9, 0, 0, 0, time.UTC): false,
			time.Date(2028, 1, 10, 9, 0, 0, 0, time.UTC): false, time.Date(2028, 3, 1, 9, 0, 0, 0, time.UTC): true},
		"02-28 08:00": {time.Date(2027, 3, 1, 9, 0, 0, 0, time.UTC): true},
	} {
		for now, want := range days {
			r := takenAt(typed, now, time.UTC)
			if ok := len(r.Wrong) == 0; ok != want {
				t.Errorf("%s at %v is %v, wrong %v", typed, now, r.Observation.Taken, r.Wrong)
			}
			if at := r.Observation.Taken; want && at.Format("01-02 15:04") != typed {
				t.Errorf("%s at %v is %v", typed, now, at)
			}
			if got := obsform.Anew(typed, now, now.Add(24*time.Hour), time.UTC); !want && got != typed {
				t.Errorf("a draft's %s of %v became %s", typed, now, got)
			}
		}
	}
}

// A day to come is in the future, and not last year's; a day that is written the other way round is asked about, for it
// is months ago. Seen red with every day ahead taken for last year's, and with no question however long ago it is.
func TestADayIsTheNearest(t *testing.T) {
	now := time.Date(2026, 12, 3, 9, 0, 0, 0, time.UTC)
	for typed, want := range map[string]struct {
		at             string // "" where it is refused
		future, unsure bool
	}{
		"12-02 22:00":      {at: "2026-12-02 22:00"},
		"12-02 07:00":      {at: "2026-12-02 07:00", unsure: true},
		"02-12 22:00":      {at: "2027-02-12 22:00", future: true},
		"08-12 22:00":      {at: "2026-08-12 22:00", unsure: true},
		"12-04 22:00":      {future: true},
		"2026-02-12 22:00": {at: "2026-02-12 22:00", unsure: true},
		"2025-12-30 22:00": {at: "2025-12-30 22:00", unsure: true},
		"2026-02-29 22:00": {},
		"22:00":            {at: "2026-12-02 22:00"},
	} {
		r := takenAt(typed, now, time.UTC)
		future := r.Wrong[obsform.Taken] == "That is in the future"
		if future != want.future || !future && (len(r.Wrong) == 0) != (want.at != "") {
			t.Errorf("%s: wrong %v", typed, r.Wrong)
		}
		if got := r.Observation.Taken.Format("2006-01-02 15:04"); len(r.Wrong) == 0 && got != want.at {
			t.Errorf("%s is %s", typed, got)
		}
		if (r.Unusual[obsform.Taken] != "") != want.unsure {
			t.Errorf("%s is asked about: %v", typed, r.Unusual)
		}
	}
	if r := takenAt("12-30 22:00", time.Date(2027, 1, 2, 9, 0, 0, 0, time.UTC), time.UTC); len(r.Wrong) > 0 ||
		r.Observation.Taken.Year() != 2026 {
		t.Errorf("in January, of December: %v, %v", r.Observation.Taken, r.Wrong)
	}
}
