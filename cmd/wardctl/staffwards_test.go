package main

import (
	"path/filepath"
	"strings"
	"testing"
)

// Nobody is taken to a ward that is not there. A new nurse would see no
// patient, and nothing would say why.
func TestStaffOfUnknownWards(t *testing.T) {
	t.Parallel()
	data, dir := t.TempDir(), t.TempDir()
	if _, said, status := importHL7(t, data, fileOf(t, admission(1, "P"))); status != 0 {
		t.Fatal(said)
	}
	list := filepath.Join(dir, "a.csv")
	write(t, list, "n01,Holm,Eva,nurse,6N\nn02,Berg,Ole,nurse,6M\n")
	_, err := try(t, data, "staff", "import", list, "--passwords", filepath.Join(dir, "p"))
	if err == nil || !strings.Contains(err.Error(), `n02: no ward "6M": there are 6N`) {
		t.Error(err)
	}
	if out := ctl(t, data, "staff", "list"); out != "" {
		t.Error(out)
	}
	write(t, list, "n01,Holm,Eva,nurse,6N\n")
	ctl(t, data, "staff", "import", list, "--passwords", filepath.Join(dir, "p"))
}
