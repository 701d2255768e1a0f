package main

import (
	"path/filepath"
	"strings"
	"testing"
)

// Two authorities have given one number. Seen red: each command ended with "several
// patients have the number", and no next step.
func TestTheSameDigitsOfTwoAuthorities(t *testing.T) {
	t.Parallel()
	data, file := t.TempDir(), filepath.Join(t.TempDir(), "a.hl7")
	ctl(t, data, "staff", "add", "achen", "--surname", "Chen", "--ward", "6N")
	write(t, file, strings.ReplaceAll(
		"MSH|^~\\&|A|OAK|||20260310080000||ADT^A01|1|P|2.5\nPID|1||K1001^^^OAK^MR||Marsh^Ada||19600304|F\n"+
			"PV1|1|I|6N^^01\n"+
			"MSH|^~\\&|A|OAK|||20260310080000||ADT^A01|2|P|2.5\nPID|1||K1001^^^ELM^MR||Brook^Tom||19550202|M\n"+
			"PV1|1|I|6N^^02\n"+
			"MSH|^~\\&|A|OAK|||20260310090000||ORU^R01|3|P|2.5\nPID|1||K9^^^OAK^MR\nOBR|1||S1|V|||20260310090000\n"+
			"OBX|1|NM|59408-5^SpO2^LN||91|%|||||F\n", "\n", "\r"))
	if _, err := try(t, data, "import", "hl7", file); err == nil {
		t.Fatal("nothing is parked")
	}
	assign := []string{"parked", "assign", "1", "--by", "achen"}
	for _, refused := range []struct{ mrn, born, says string }{
		{"K1001", "1970-01-01", "--mrn AUTHORITY:K1001"},
		{"ELM:K1001", "1960-03-04", "another date of birth"},
		{"FIR:K1001", "1960-03-04", "not found"},
	} {
		_, err := try(t, data, append(assign, "--mrn", refused.mrn, "--born", refused.born)...)
		if err == nil || !strings.Contains(err.Error(), refused.says) {
			t.Errorf("%+v: %v", refused, err)
		}
	}
	if _, err := try(t, data, append(assign, "--mrn", "ELM:K1001", "--name", "Marsh, Ada")...); err == nil ||
		!strings.Contains(err.Error(), "another name") {
		t.Errorf("%v", err)
	}
	out := ctl(t, data, append(assign, "--mrn", "K1001", "--born", "1960-03-04")...)
	if !strings.Contains(out, "MARSH") {
		t.Error(out)
	}
	if _, err := try(t, data, "raise", "--ward", "6N", "--mrn", "K1001", "look"); err == nil ||
		!strings.Contains(err.Error(), "--mrn AUTHORITY:K1001") {
		t.Errorf("%v", err)
	}
	ctl(t, data, "raise", "--ward", "6N", "--mrn", "ELM:K1001", "look")
	write(t, filepath.Join(data, "site.toml"), "[site]\nauthority = \"OAK\"\n")
	ctl(t, data, "raise", "--ward", "6N", "--mrn", "K1001", "look")
}
