package main

import (
	"strings"
	"testing"
)

// Seen red: the report did not say that somebody stands on no board.
func TestAnImportCountsWhoIsOnNoBoard(t *testing.T) {
	t.Parallel()
	out, _, status := importHL7(t, t.TempDir(), "--authority", "OAK",
		fileOf(t, strings.TrimSuffix(inBedOf("K1", ""), "PV1|1|I|6N^^")+"PV1|1|I"))
	if !strings.Contains(out, "1 admission to no ward") || status != 0 {
		t.Errorf("%d %q", status, out)
	}
}
