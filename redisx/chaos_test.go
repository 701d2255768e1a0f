//go:build chaos

package redisx_test

import "testing"

// The fault run of the near copies, for minutes.
func TestNothingOldIsServedAsFreshForLong(t *testing.T) {
	t.Parallel()
	staleUnderFaults(t, 20)
}
