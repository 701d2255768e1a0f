package redisx

import (
	"strings"
	"testing"
)

// The INFO is made up, the versions are real: the first and the last affected
// one of each branch, and the ones beside them.
func TestVersionWarnings(t *testing.T) {
	t.Parallel()
	for version, want := range map[string]string{
		"6.2.19": "older,49844", "6.2.20": "older", "7.0.15": "31449,46981,21605,49844",
		"7.2.10": "49844,23479", "7.2.11": "23479", "7.4.5": "49844,23479", "7.4.6": "23479",
		"8.0.3": "49844,23479", "8.0.4": "23479", "8.2.1": "49844,23479", "8.2.2": "23479",
		"8.6.2": "23479", "8.6.3": "", "9.0.0": "", "8.8.0-rc1": "",
		"": "does not tell", "seven": "does not tell",
	} {
		h := readInfo("# Server\r\nredis_version:" + version + "\r\nrole:master\r\n")
		var marks []string
		if want != "" {
			marks = strings.Split(want, ",")
		}
		if len(h.Warnings) != len(marks) {
			t.Errorf("%s: %q, want %q", version, h.Warnings, marks)
			continue
		}
		for i, m := range marks {
			if !strings.Contains(h.Warnings[i], m) {
				t.Errorf("%s: %q, want %q", version, h.Warnings[i], m)
			}
		}
	}
}

func TestInfoIsRead(t *testing.T) {
	t.Parallel()
	for info, want := range map[string]error{
		"role:master\r\nloading:1": ErrLoading,
		"role:slave\r\nloading:0":  ErrReadOnly,
		"role:master\r\nused_memory:10\r\nmaxmemory:10\r\nmaxmemory_policy:noeviction":       ErrOutOfMemory,
		"role:master\r\nused_memory:10\r\nmaxmemory:10\r\nmaxmemory_policy:volatile-lru":     nil,
		"role:master\r\nused_memory:10\r\nmaxmemory:0\r\nmaxmemory_policy:noeviction\r\nxx:": nil,
	} {
		if got := readInfo(info).State; got != want {
			t.Errorf("%q: %v, want %v", info, got, want)
		}
	}
}
