//go:build race

package live

// raceOn: the race detector multiplies time and memory.
const raceOn = true
