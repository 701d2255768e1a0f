//go:build !chaos

package station_test

// full runs the long forms.
const full = false

const matrixRuns = 1
