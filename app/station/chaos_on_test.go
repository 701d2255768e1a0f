//go:build chaos

package station_test

// full runs the long forms.
const full = true

// matrixRuns is how often each fault is played in each mode.
const matrixRuns = 20
