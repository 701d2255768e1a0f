package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

const parkedFile = "MSH|^~\\&|ADT|OAK|||20260310070000+0000||ADT^A01|1|P|2.5\rPID|1||K100^^^OAK^MR||Marsh^Ann||19480203|F\rPV1|1|I|6N^^01^OAK\r" +
	"\rMSH|^~\\&|LAB|OAK|||20260310081200+0000||ORU^R01|2|P|2.5\rPID|1||K300^^^OAK^MR||Nemo^Cap\x1b[31mtain||19300101\rPV1|1|I|6N^^09^OAK\r" +
	"OBR|1||F1|V\rOBX|1|NM|59408-5^SpO2^LN||83|%|||||F|||20260310080000+0000\r"

// From a message that is nobody's to its end: listed, shown, assigned by two
// identifiers and no less, taken back, assigned again, discarded.
//
// Seen red: with Fits left out of the record the number alone was taken.
func TestParkedFromImportToItsEnd(t *testing.T) {
	t.Parallel()
	data := t.TempDir()
	ctl(t, data, "staff", "add", "achen", "--surname", "Chen")
	file := filepath.Join(t.TempDir(), "in.hl7")
	if err := os.WriteFile(file, []byte(parkedFile), 0o600); err != nil {
		t.Fatal(err)
	}
	out, err := try(t, data, "import", "hl7", "--json", file)
	var counts map[string]int
	if json.Unmarshal([]byte(out), &counts) != nil || counts["parked"] != 1 || counts["messages"] != 2 || err == nil {
		t.Fatalf("import: %q, %v", out, err)
	}
	wards := ctl(t, data, "wards")
	var list []waits
	if err := json.Unmarshal([]byte(ctl(t, data, "parked", "list", "--json")), &list); err != nil {
		t.Fatal(err)
	}
	if len(list) != 1 || list[0].Numbers[0].Value != "K300" || list[0].Source != "LAB OAK" || list[0].HasItNow != "" ||
		list[0].Ward == "" || !strings.Contains(wards, list[0].Ward) {
		t.Fatalf("list: %+v", list)
	}
	if out := ctl(t, data, "parked", "list"); !strings.Contains(out, "K300") || strings.Contains(out, "Nemo") {
		t.Fatalf("list names who it cannot be: %q", out)
	}
	shown := ctl(t, data, "parked", "show", "1")
	if !strings.Contains(shown, "Nemo") || !strings.Contains(shown, "59408-5") || strings.Contains(shown, "\x1b") {
		t.Fatalf("show: %q", shown)
	}
	if _, err := try(t, data, "parked", "show", "7"); err == nil {
		t.Fatal("showed what is not there")
	}

	for _, bad := range [][]string{
		{"--mrn", "K100"}, {"--born", "1948-02-03"}, {"--mrn", "K100", "--born", "1948-03-02"},
		{"--mrn", "K300", "--born", "1930-01-01"},
		{"--mrn", "K100", "--name", "Nemo, Captain"}, {"--mrn", "K100", "--born", "3.2.1948"},
	} {
		if out, err := try(t, data, append([]string{"parked", "assign", "1", "--by", "achen"}, bad...)...); err == nil {
			t.Fatalf("%v was taken: %q", bad, out)
		}
	}
	spo2 := func() string {
		t.Helper()
		var rows []row
		for line := range strings.SplitSeq(strings.TrimSpace(ctl(t, data, "show", "--ward", list[0].Ward, "--json")),
			"\n") {
			var one row
			var many []row
			if json.Unmarshal([]byte(line), &many) == nil {
				rows = append(rows, many...)
			} else if json.Unmarshal([]byte(line), &one) == nil {
				rows = append(rows, one)
			}
		}
		for _, r := range rows {
			if r.MRN == "K100" && r.SpO2 != nil {
				b, _ := json.Marshal(r.SpO2)
				return string(b)
			}
		}
		return ""
	}
	if got := spo2(); got != "" {
		t.Fatalf("charted before it was assigned: %s", got)
	}
	// The message names somebody else: that is refused, and so is a decision of nobody.
	to := []string{"parked", "assign", "1", "--mrn", "K100", "--born", "1948-02-03"}
	if _, err := try(t, data, append(to, "--by", "achen")...); err == nil ||
		!strings.Contains(err.Error(), "--although-named-otherwise") {
		t.Fatalf("assigned to another than it names: %v", err)
	}
	although := append(to, "--although-named-otherwise")
	if _, err := try(t, data, append(although, "--by", "achen")...); err == nil ||
		!strings.Contains(err.Error(), "say why") {
		t.Fatalf("without a reason: %v", err)
	}
	if _, err := try(t, data, append(although, "--by", "nobody", "--reason", "x")...); err == nil {
		t.Fatal("decided by nobody")
	}
	if out := ctl(t, data, append(although, "--by", "achen", "--reason", "the old sticker")...); !strings.Contains(out,
		"is assigned to K100 (MARSH, Ann, born 1948-02-03): 1 value kept, 1 of them as vital signs") {
		t.Fatalf("assign: %q", out)
	}
	if out := ctl(t, data, "parked", "list", "--all"); !strings.Contains(out,
		"assigned to K100 by achen: the old sticker") {
		t.Fatalf("list --all: %q", out)
	}
	if got := spo2(); got != "83" {
		t.Fatalf("SpO2 %q after the assignment", got)
	}
	if out := ctl(t, data, "parked", "list"); !strings.Contains(out, "nothing waits") {
		t.Fatalf("list: %q", out)
	}
	if _, err := try(t, data, "parked", "take-back", "1", "--by", "achen"); err == nil {
		t.Fatal("taken back without a reason")
	}
	back := []string{"parked", "take-back", "1", "--by", "achen", "--reason", "the wrong patient"}
	ctl(t, data, back...)
	if got := spo2(); got != "" {
		t.Fatalf("SpO2 %q after it was taken back", got)
	}
	ctl(t, data, "parked", "assign", "1", "--mrn", "K100", "--name", "marsh ann", "--by", "achen",
		"--although-named-otherwise", "--reason", "x")
	if got := spo2(); got != "83" {
		t.Fatalf("SpO2 %q after the second assignment", got)
	}
	ctl(t, data, back...)
	if _, err := try(t, data, "parked", "discard", "1", "--by", "achen"); err == nil {
		t.Fatal("discarded without a reason")
	}
	ctl(t, data, "parked", "discard", "1", "--by", "achen", "--reason", "a phantom of the monitor")
	if out := ctl(t, data, "parked", "list", "--all"); !strings.Contains(out,
		"discarded by achen: a phantom of the monitor") {
		t.Fatalf("list --all: %q", out)
	}
	trail := ctl(t, data, "audit", "export")
	for _, did := range []string{"list-parked", "view-parked", "assign-parked", "take-back-parked", "discard-parked"} {
		if !strings.Contains(trail, did) {
			t.Errorf("the trail lacks %s", did)
		}
	}
	if strings.Contains(trail, "Nemo") || strings.Contains(trail, "phantom") || strings.Contains(trail, "sticker") {
		t.Error("the trail holds what was typed or who it is")
	}
}

// A message of three patients is shown one patient at a time; when an admission makes a
// number known, the list and the import say so, and an import of what was taken before
// says how it stands.
//
// Seen red, but for the parts: "nobody has this number" of one whom the record had.
func TestParkedNumbersThatAreKnownNow(t *testing.T) {
	t.Parallel()
	data := t.TempDir()
	part := func(n, name string) string {
		return "PID|1||" + n + "^^^OAK^MR||" + name +
			"||19480203|F\rOBR|1||F1|V\rOBX|1|NM|8867-4^HR^LN||71|/min|||||F|||20260310080000+0000\r"
	}
	oru := fileOf(t, "MSH|^~\\&|LAB|OAK|||20260310081200+0000||ORU^R01|2|P|2.5\r"+part("K301", "Marsh^Ann")+part("K302",
		"Brook^Tom")+part("K303", "Reed^Ines"))
	adt := fileOf(t, "MSH|^~\\&|ADT|OAK|||20260310070000+0000||ADT^A01|1|P|2.5\rPID|1||K301^^^OAK^MR||Marsh^Ann||19480203|F\rPV1|1|I|6N^^01^OAK\r")
	if _, said, status := importHL7(t, data, oru); status != 3 || strings.Contains(said, "known now") {
		t.Fatalf("%d %s", status, said)
	}
	if shown := ctl(t, data, "parked", "show", "2"); !strings.Contains(shown, "part 2 of 3") ||
		!strings.Contains(shown, "Brook") ||
		strings.Contains(shown, "Marsh") || strings.Contains(shown, "K303") {
		t.Errorf("show: %s", shown)
	}
	if out, _, status := importHL7(t, data, adt); status != 0 ||
		!strings.Contains(out, "1 parked message names a number that is known now: wardctl parked list") {
		t.Errorf("%d %q", status, out)
	}
	if out := ctl(t, data, "parked", "list"); !strings.Contains(out, "nobody has this number; now K301 has it") {
		t.Errorf("list: %s", out)
	}
	out, said, status := importHL7(t, data, oru)
	if status != 3 || !strings.Contains(out, "1 of 1 messages was taken before: nothing of it is changed") ||
		!strings.Contains(said, "parked: since ") || !strings.Contains(said, ", waiting (parked message 1)") ||
		strings.Contains(said, "nobody has") {
		t.Errorf("again: %d %s\n%s", status, out, said)
	}
}
