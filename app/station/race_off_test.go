//go:build !race

package station_test

// raceOn: the race detector multiplies time and memory.
const raceOn = false
