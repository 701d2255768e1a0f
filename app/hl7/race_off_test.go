//go:build !race

package hl7_test

// raceOn: the race detector multiplies the time of a test.
const raceOn = false
