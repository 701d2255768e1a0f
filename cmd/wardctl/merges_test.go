package main

import (
	"path/filepath"
	"strings"
	"testing"

	"github.com/wardlight/wardlight/app/audit"
	"github.com/wardlight/wardlight/cmd/internal/site"
)

// A wrong merge is found by both people's identifiers and undone once, by somebody
// of the staff who says why.
func TestMergesAreListedAndUndone(t *testing.T) {
	t.Parallel()
	data, file := t.TempDir(), filepath.Join(t.TempDir(), "a.hl7")
	ctl(t, data, "staff", "add", "achen", "--surname", "Chen", "--ward", "6N")
	write(t, file, strings.ReplaceAll(
		"MSH|^~\\&|A|OAK|||20260310080000||ADT^A28|1|P|2.5\nPID|1||K100^^^OAK^MR||Marsh^Ada||19600304|F\n"+
			"MSH|^~\\&|A|OAK|||20260310080000||ADT^A28|2|P|2.5\nPID|1||K200^^^OAK^MR||Brook^Tom||19550202|M\n"+
			"MSH|^~\\&|A|OAK|||20260310090000||ADT^A40|3|P|2.5\nPID|1||K100^^^OAK^MR\nMRG|K200^^^OAK^MR\n", "\n", "\r"))
	if _, err := try(t, data, "import", "hl7", file); err != nil {
		t.Fatal(err)
	}
	line := ctl(t, data, "merges", "list")
	if !strings.Contains(line, "K200 (BROOK, Tom, born 1955-02-02) into K100 (MARSH, Ada, born 1960-03-04)\tholds") {
		t.Fatal(line)
	}
	id, _, _ := strings.Cut(line, "\t")
	if _, err := try(t, data, "merges", "undo", id, "--survivor", "K200", "--merged", "K100", "--by", "achen",
		"--reason", "x"); err == nil {
		t.Error("undone under other numbers")
	}
	if _, err := try(t, data, "merges", "undo", id, "--survivor", "K100", "--merged", "K200", "--by", "nobody",
		"--reason", "x"); err == nil {
		t.Error("undone by nobody")
	}
	ctl(t, data, "staff", "add", "gone", "--surname", "Gone")
	ctl(t, data, "staff", "disable", "gone")
	if _, err := try(t, data, "merges", "undo", id, "--survivor", "K100", "--merged", "K200", "--by", "gone",
		"--reason", "x"); err == nil || !strings.Contains(err.Error(), "not active") {
		t.Errorf("undone by somebody who works here no more: %v", err) // seen red
	}
	out := ctl(t, data, "merges", "undo", id, "--survivor", "K100", "--merged", "K200", "--by", "achen",
		"--reason", "two people")
	if !strings.Contains(out, "check the allergies of both") {
		t.Error(out)
	}
	if out := ctl(t, data, "merges", "list"); out != "" {
		t.Error(out)
	}
	if out := ctl(t, data, "merges", "list", "--all"); !strings.Contains(out, "by achen: two people") {
		t.Error(out)
	}
	redo := []string{"merges", "redo", id, "--survivor", "K100", "--merged", "K200", "--reason", "one after all",
		"--by"}
	if _, err := try(t, data, append(redo, "gone")...); err == nil {
		t.Error("joined by somebody who works here no more")
	}
	if out := ctl(t, data, append(redo, "achen")...); !strings.Contains(out, "joined into K100") {
		t.Error(out)
	}
	if out := ctl(t, data, "merges", "list"); !strings.Contains(out, "joined again by achen: one after all") {
		t.Error(out)
	}
	s, err := site.Open(t.Context(), site.Options{Data: data})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	tail, err := s.Record.AuditTail(t.Context(), 20)
	if err != nil {
		t.Fatal(err)
	}
	undone := 0
	for _, e := range tail {
		if e.Action == audit.Unmerge && e.Actor == "achen" && e.Reason == id {
			undone++
		}
	}
	if undone != 1 {
		t.Errorf("%+v", tail)
	}
}
