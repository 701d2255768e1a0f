package main

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/wardlight/wardlight/app/audit"
)

func TestAuditCommands(t *testing.T) {
	t.Parallel()
	data := t.TempDir()
	ctl(t, data, "seed", "demo")
	ctl(t, data, "staff", "add", "mdiaz2", "--surname", "Canary-Diaz")
	var report audit.Report
	if err := json.Unmarshal([]byte(ctl(t, data, "audit", "verify", "--json")), &report); err != nil || !report.OK() ||
		report.Lines == 0 {
		t.Fatalf("%+v %v", report, err)
	}
	for format, want := range map[string]string{"json": `"action":"change-staff"`,
		"fhir": `"resourceType":"AuditEvent"`} {
		out := ctl(t, data, "audit", "export", "--format", format)
		if !strings.Contains(out, want) || strings.Contains(out, "Canary-Diaz") {
			t.Errorf("%s: %s", format, out)
		}
		for line := range strings.Lines(out) {
			if !json.Valid([]byte(line)) {
				t.Fatalf("%s: %q", format, line)
			}
		}
		if !strings.Contains(out, "export-"+format) {
			t.Errorf("%s: the export is not in the trail", format)
		}
	}
	if _, err := try(t, data, "audit", "export", "--format", "csv"); err == nil {
		t.Error("an unknown format")
	}
	if out := ctl(t, data, "audit", "verify"); !strings.Contains(out, "0 findings") ||
		!strings.Contains(out, "lines/s") {
		t.Error(out)
	}
}
