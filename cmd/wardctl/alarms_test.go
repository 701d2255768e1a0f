package main

import (
	"encoding/csv"
	"encoding/json"
	"strings"
	"testing"
	"time"

	"github.com/wardlight/wardlight/app/alarmload"
)

func TestAlarmsReport(t *testing.T) {
	t.Parallel()
	data := t.TempDir()
	ctl(t, data, "seed", "demo")
	for range 3 {
		ctl(t, data, "raise", "--ward", "4B", "--bed", "07", "--priority", "high", "=HYPERLINK(\"http://x\")")
	}
	var r alarmload.Report
	if err := json.Unmarshal([]byte(ctl(t, data, "alarms", "report", "--ward", "4B", "--json", "--since", "1h")),
		&r); err != nil || r.Total.Alerts < 3 || r.Ward != "4B" {
		t.Fatalf("%+v %v", r, err)
	}
	rows, err := csv.NewReader(strings.NewReader(ctl(t, data, "alarms", "report", "--ward", "4B", "--csv", "--since",
		"1d"))).ReadAll()
	if err != nil || len(rows) < 6 || rows[0][0] != "ward" {
		t.Fatalf("%v %v", rows, err)
	}
	if out := ctl(t, data, "alarms", "report", "--ward", "4B"); !strings.Contains(out, "per patient and 120 min") ||
		!strings.Contains(out, "wardctl") {
		t.Error(out)
	}
	if out := ctl(t, data, "audit", "export"); !strings.Contains(out, "alarm-load:4B") {
		t.Error("the report is not in the audit trail")
	}
	for _, bad := range [][]string{{"--since", "soon"}, {"--since", "-3h"}, {"--csv", "--json"}, {"--ward", "nowhere"},
		{"--since", "1h", "--until", "2h"}} {
		if _, err := try(t, data, append([]string{"alarms", "report", "--ward", "4B"}, bad...)...); err == nil {
			t.Errorf("%v passes", bad)
		}
	}
}

func TestMoments(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)
	for text, want := range map[string]time.Time{
		"12h": now.Add(-12 * time.Hour), "7d": now.AddDate(0, 0, -7),
		"2026-11-20T07:00:00Z": time.Date(2026, 11, 20, 7, 0, 0, 0, time.UTC),
		"2026-11-20":           time.Date(2026, 11, 20, 0, 0, 0, 0, time.Local),
	} {
		if got, err := moment(text, now); err != nil || !got.Equal(want) {
			t.Errorf("%s: %v %v", text, got, err)
		}
	}
	for _, text := range []string{"", "7", "7d3", "-1d", "99999d", "=1"} {
		if got, err := moment(text, now); err == nil {
			t.Errorf("%q is %v", text, got)
		}
	}
}
