package tongue_test

import (
	"testing"
	"time"
	_ "time/tzdata"

	"github.com/wardlight/wardlight/app/tongue"
)

// A clock time is the next moment, or the last one, at which the ward's clock shows it, also on the
// nights on which the clocks are changed.
//
// Seen red with time.Date and the next day in place of shown: in the hour that comes twice the next
// 01:30 was a day later.
func TestAClockTimeOnTheNightsOfTheChange(t *testing.T) {
	t.Cleanup(func() { tongue.KeepTime(nil) })
	for _, c := range []struct{ zone, now, face, next, last string }{
		{"Europe/Berlin", "2026-10-25T01:50:00+02:00", "02:30", "2026-10-25T02:30:00+02:00",
			"2026-10-24T02:30:00+02:00"},
		{"Europe/Berlin", "2026-10-25T02:40:00+02:00", "02:30", "2026-10-25T02:30:00+01:00",
			"2026-10-25T02:30:00+02:00"},
		{"Europe/Berlin", "2026-10-25T02:10:00+01:00", "02:30", "2026-10-25T02:30:00+01:00",
			"2026-10-25T02:30:00+02:00"},
		{"Europe/Berlin", "2026-10-25T02:40:00+01:00", "02:30", "2026-10-26T02:30:00+01:00",
			"2026-10-25T02:30:00+01:00"},
		{"Europe/Berlin", "2026-10-25T02:40:00+02:00", "03:00", "2026-10-25T03:00:00+01:00",
			"2026-10-24T03:00:00+02:00"},
		{"Europe/Berlin", "2026-10-24T23:50:00+02:00", "00:10", "2026-10-25T00:10:00+02:00",
			"2026-10-24T00:10:00+02:00"},
		{"Europe/Berlin", "2027-03-28T01:40:00+01:00", "02:30", "2027-03-28T03:30:00+02:00",
			"2027-03-27T02:30:00+01:00"},
		{"Europe/Berlin", "2027-03-28T03:45:00+02:00", "02:30", "2027-03-29T02:30:00+02:00",
			"2027-03-28T03:30:00+02:00"},
		{"Europe/Berlin", "2027-03-28T01:40:00+01:00", "03:15", "2027-03-28T03:15:00+02:00",
			"2027-03-27T03:15:00+01:00"},
		{"America/New_York", "2026-11-01T01:40:00-04:00", "01:30", "2026-11-01T01:30:00-05:00",
			"2026-11-01T01:30:00-04:00"},
		{"America/New_York", "2026-11-01T01:20:00-05:00", "01:30", "2026-11-01T01:30:00-05:00",
			"2026-11-01T01:30:00-04:00"},
		{"America/New_York", "2027-03-14T01:40:00-05:00", "02:30", "2027-03-14T03:30:00-04:00",
			"2027-03-13T02:30:00-05:00"},
		{"America/New_York", "2027-03-14T12:00:00-04:00", "12:00", "2027-03-14T12:00:00-04:00",
			"2027-03-14T12:00:00-04:00"},
	} {
		loc, err := time.LoadLocation(c.zone)
		if err != nil {
			t.Fatal(err)
		}
		tongue.KeepTime(loc)
		at := func(s string) time.Time {
			parsed, err := time.Parse(time.RFC3339, s)
			if err != nil {
				t.Fatal(err)
			}
			return parsed.UTC()
		}
		face, err := time.Parse("15:04", c.face)
		if err != nil {
			t.Fatal(err)
		}
		if got := tongue.Next(at(c.now), face.Hour(), face.Minute()); !got.Equal(at(c.next)) {
			t.Errorf("%s: the next %s is %v", c.now, c.face, got)
		}
		if got := tongue.Last(at(c.now), face.Hour(), face.Minute()); !got.Equal(at(c.last)) {
			t.Errorf("%s: the last %s is %v", c.now, c.face, got)
		}
	}
}

// Today is the ward's day, which is 23 or 25 hours long on those nights.
//
// Seen red with SameDay comparing moments that are less than 24 hours apart.
func TestTodayIsTheWardsDayOnTheNightsOfTheChange(t *testing.T) {
	berlin, err := time.LoadLocation("Europe/Berlin")
	if err != nil {
		t.Fatal(err)
	}
	tongue.KeepTime(berlin)
	t.Cleanup(func() { tongue.KeepTime(nil) })
	for _, day := range []time.Time{time.Date(2026, 10, 25, 0, 0, 0, 0, berlin),
		time.Date(2027, 3, 28, 0, 0, 0, 0, berlin)} {
		next := day.AddDate(0, 0, 1)
		if first, last := day.UTC(), next.Add(-time.Minute).UTC(); !tongue.SameDay(first, last) ||
			tongue.SameDay(last, next) || tongue.SameDay(first, first.Add(-time.Minute)) ||
			tongue.Moment(first, last) != "00:00" {
			t.Errorf("%v is not one day", day)
		}
	}
}
