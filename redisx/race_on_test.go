//go:build race

package redisx_test

// raceEnabled: figures of time are checked without the race detector only.
const raceEnabled = true
