package hl7

import (
	"errors"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/wardlight/wardlight/app/patient"
)

func zone(t testing.TB, name string) *time.Location {
	t.Helper()
	loc, err := time.LoadLocation(name)
	if err != nil {
		t.Fatal(err)
	}
	return loc
}

func TestFormsOfTime(t *testing.T) {
	london := zone(t, "Europe/London")
	for s, want := range map[string]string{
		"2026":                          "2026-01-01T00:00:00Z",
		"202607":                        "2026-06-30T23:00:00Z",
		"20260310":                      "2026-03-10T00:00:00Z",
		"2026031008":                    "2026-03-10T08:00:00Z",
		"202603100859":                  "2026-03-10T08:59:00Z",
		"20260310085900":                "2026-03-10T08:59:00Z",
		"20260710085900":                "2026-07-10T07:59:00Z",
		"20260310085900.5":              "2026-03-10T08:59:00.5Z",
		"20260310085900.123456789123":   "2026-03-10T08:59:00.123456789Z",
		"20260310085900000+0000":        "2026-03-10T08:59:00Z",
		"20260310085900250":             "2026-03-10T08:59:00.25Z",
		"20260310085900-0500":           "2026-03-10T13:59:00Z",
		"20260310085900+0530":           "2026-03-10T03:29:00Z",
		"20260310085900+05:30":          "2026-03-10T03:29:00Z",
		"20260310085900Z":               "2026-03-10T08:59:00Z",
		"202603100859+01":               "2026-03-10T07:59:00Z",
		"20260310085900^S":              "2026-03-10T08:59:00Z",
		"2026-03-09T21:00:00":           "2026-03-09T21:00:00Z",
		"2026-03-09 21:00":              "2026-03-09T21:00:00Z",
		"2026-03-09T21:00:00.250Z":      "2026-03-09T21:00:00.25Z",
		"2026-03-09T21:00:00,250+01:00": "2026-03-09T20:00:00.25Z",
		"2026-03-09":                    "2026-03-09T00:00:00Z",
		"2026-03":                       "2026-03-01T00:00:00Z",
		"20260310T085900":               "2026-03-10T08:59:00Z",
		"20260310 0859":                 "2026-03-10T08:59:00Z",
		"2026-0500":                     "2026-01-01T05:00:00Z",
	} {
		got, err := readTime(s, london)
		if err != nil || got.at.Format(time.RFC3339Nano) != want || got.doubled || got.skipped {
			t.Errorf("%q is %v (%v), want %s", s, got, err, want)
		}
	}
	for _, s := range []string{"", "now", "202", "20261", "20260230", "19410229", "00000000", "20260310240000",
		"20260310086000",
		"202603100859001-", "2026031008590", "20260310085900+2500", "20260310085900+05300", "10/03/2026", "2026-3-9",
		"2026-02-30T01:00",
		"20260310 08:59 AM", "12345678901234567890", "20260310085900..5", "20260310085900.x", "2026\x0003", "２０２６０３１０",
		"+0000"} {
		if got, err := readTime(s, london); !errors.Is(err, ErrTime) {
			t.Errorf("%q is %v", s, got)
		}
	}
}

// The clocks of London, Santiago (changed at midnight), Lord Howe (by half an
// hour), and of Apia, where 2011-12-30 never was.
func TestHoursThatTheClockChanges(t *testing.T) {
	for _, c := range []struct{ zone, s, want, how string }{
		{"Europe/London", "20261025013000", "2026-10-25T00:30:00Z", "doubled"},
		{"Europe/London", "20261025003000", "2026-10-24T23:30:00Z", ""},
		{"Europe/London", "20261025020000", "2026-10-25T02:00:00Z", ""},
		{"Europe/London", "20260329013000", "2026-03-29T01:30:00Z", "skipped"},
		{"Europe/London", "20260329020000", "2026-03-29T01:00:00Z", ""},
		{"Europe/London", "20261025013000+0000", "2026-10-25T01:30:00Z", ""},
		{"America/Santiago", "20260906003000", "2026-09-06T04:30:00Z", "skipped"},
		{"America/Santiago", "20260404233000", "2026-04-05T02:30:00Z", "doubled"},
		{"Australia/Lord_Howe", "20260405014500", "2026-04-04T14:45:00Z", "doubled"},
		{"Pacific/Apia", "20111230120000", "2011-12-30T22:00:00Z", "skipped"},
		{"Asia/Tokyo", "20261025013000", "2026-10-24T16:30:00Z", ""},
	} {
		got, err := readTime(c.s, zone(t, c.zone))
		how := ""
		if got.doubled {
			how = "doubled"
		} else if got.skipped {
			how = "skipped"
		}
		if err != nil || got.at.Format(time.RFC3339) != c.want || how != c.how {
			t.Errorf("%s in %s is %v (%v) %q, want %s %q", c.s, c.zone, got.at, err, how, c.want, c.how)
		}
	}
}

// A moment written by a clock is read back as that moment, or as the earlier one
// of a doubled hour, whatever the zone.
func TestClockReadsBack(t *testing.T) {
	zones := []string{"Europe/London", "America/New_York", "America/Santiago", "Australia/Lord_Howe", "Asia/Tokyo",
		"Africa/Casablanca", "Asia/Tehran"}
	rapid.Check(t, func(r *rapid.T) {
		loc := zone(t, rapid.SampledFrom(zones).Draw(r, "zone"))
		at := time.Unix(rapid.Int64Range(0, 2_500_000_000).Draw(r, "at"), 0).UTC()
		got, err := readTime(at.In(loc).Format("20060102150405"), loc)
		switch {
		case err != nil || got.skipped:
			r.Fatalf("%v: %v %+v", at, err, got)
		case got.at.Equal(at) && !got.doubled:
		case got.doubled && (got.at.Equal(at) || got.at.Before(at) && at.Sub(got.at) <= 2*time.Hour):
		default:
			r.Fatalf("%v in %v was read as %v, doubled %v", at, loc, got.at, got.doubled)
		}
	})
}

func TestBirths(t *testing.T) {
	now := time.Date(2026, 3, 10, 12, 0, 0, 0, time.UTC)
	for s, want := range map[string]struct {
		day string
		in  patient.BornIn
	}{
		"19410301": {"1941-03-01", ""}, "1941-03-01": {"1941-03-01", ""}, "1941": {"1941-01-01", patient.YearOnly},
		"194103": {"1941-03-01", patient.YearMonth}, "19480229000000-0800": {"1948-02-29", ""},
		"2026-03-10T23:30:00-08:00": {"2026-03-10", ""}, "20260311": {"2026-03-11", ""}, "19000101": {"1900-01-01", ""},
	} {
		born, in, err := readBirth(s, now)
		if err != nil || born.Format(time.DateOnly) != want.day || in != want.in {
			t.Errorf("%q is %v %q %v", s, born, in, err)
		}
	}
	for _, s := range []string{"20690101", "00000000", "19410229", "1941-02-29", "20260313", "18950101", "18000101",
		"0", "unknown", "410301"} {
		if born, _, err := readBirth(s, now); err == nil {
			t.Errorf("%q is %v", s, born)
		}
	}
}

func FuzzTime(f *testing.F) {
	for _, s := range []string{"20260310085900", "2026-03-09T21:00:00.5+01:00", "20260310085900000+0000",
		"1941", "2026-0500"} {
		f.Add(s)
	}
	loc := zone(f, "Europe/London")
	f.Fuzz(func(t *testing.T, s string) {
		r, err := readTime(s, loc)
		if err == nil &&
			(r.at.Year() < firstYear-1 || r.at.Year() > lastYear+1 || r.part < toYear || r.part > toSecond) {
			t.Errorf("%q is %+v", s, r)
		}
		if born, _, err := readBirth(s, time.Now()); err == nil && born.After(time.Now().Add(48*time.Hour)) {
			t.Errorf("%q is born %v", s, born)
		}
	})
}

// The offset of MSH-7 holds for all times of a message, whatever stands behind it. Seen red:
// with a second component in MSH-7 all times were read in the site's zone.
func TestTheOffsetOfMSH7Counts(t *testing.T) {
	zone, err := time.LoadLocation("America/New_York")
	if err != nil {
		t.Fatal(err)
	}
	for sent, want := range map[string]struct {
		hour int
		said bool
	}{"20260310090000+0000": {9, false}, "20260310090000+0000^S": {9, false}, "20260310090000^S": {13, false},
		"20260310090000+0100^S": {8, false}, "20260310090000+00x0": {13, true}} {
		m, err := Parse([]byte(strings.Replace(oru, "20260310080000", sent, 1)))
		if err != nil {
			t.Fatal(err)
		}
		p := &mapping{m: m, im: NewImporter(nil, ImportOptions{Location: zone})}
		p.sayOffset()
		r, err := readTime("20260310090000", p.zone())
		if err != nil || r.at.Hour() != want.hour || want.said != (len(p.outcome.Warnings) == 1) {
			t.Errorf("MSH-7 %s: %v %v %v", sent, r.at, err, p.outcome.Warnings)
		}
	}
}
