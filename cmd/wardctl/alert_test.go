package main

import (
	"strings"
	"testing"
)

// A ward's policy is shown, changed in parts, refused when it could lose an alert,
// and each change stands in its history and in the audit trail: who, what was,
// what is.
func TestAlertPolicy(t *testing.T) {
	t.Parallel()
	data := t.TempDir()
	ctl(t, data, "seed", "demo")
	policy := func(args ...string) (string, error) {
		return try(t, data, append([]string{"alert", "policy", args[0], "--ward", "4B"}, args[1:]...)...)
	}
	says := func(want string, args ...string) {
		t.Helper()
		got, err := policy(args...)
		if flat := strings.Join(strings.Fields(got), " "); err != nil || !strings.Contains(flat, want) {
			t.Errorf("%v: %q, %v; want %q", args, flat, err, want)
		}
	}
	says("Ward 4B, the default", "show")
	says("high 20 s nurse,charge,everyone false", "show")
	says("nobody changed it", "history")
	says("medium: after 60 s, now 90 s", "set", "--priority", "medium", "--after", "90s")
	says("high: path nurse,charge,everyone, now charge,everyone", "set", "--priority", "high", "--path",
		"charge, everyone", "--latching")
	says("as it was", "set", "--priority", "high", "--path", "charge,everyone")
	says("medium 90 s nurse,charge,everyone false", "show")
	says("high 20 s charge,everyone true", "show")
	says(`"version":2`, "show", "--json")
	says("wardctl:", "history")
	says("high: latching false, now true", "history")
	for _, bad := range [][]string{
		{"--priority", "high", "--after", "5m"}, {"--priority", "high", "--after", "0s"},
		{"--priority", "medium", "--after", "1s"},
		{"--priority", "low", "--path", "nurse,charge"}, {"--priority", "low", "--path", "doctor,everyone"},
		{"--priority", "low", "--path", "everyone"},
		{"--priority", "urgent", "--after", "20s"}, {"--after", "20s"}, {"--priority", "high"},
		{"--unshown", "10m"}, {},
	} {
		if out, err := policy(append([]string{"set"}, bad...)...); err == nil {
			t.Errorf("%v was taken: %s", bad, out)
		} else if len(err.Error()) < 20 {
			t.Errorf("%v: %v helps nobody", bad, err)
		}
	}
	says(`"version":2`, "show", "--json")
	trail := ctl(t, data, "audit", "export")
	if n := strings.Count(trail, "4B/alerts"); n != 2 || !strings.Contains(trail, "wardctl:") {
		t.Errorf("%d changes in the audit trail", n)
	}
	if _, err := try(t, data, "alert", "policy", "show", "--ward", "nowhere"); err == nil {
		t.Error("a ward that does not exist has a policy")
	}
}
