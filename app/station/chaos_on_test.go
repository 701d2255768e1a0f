//go:build chaos

package station_test

import "time"

// full runs the long forms.
const full = true

// matrixRuns is how often each fault is played in each mode.
const matrixRuns = 20

// outageMost is how long an outage is played at most.
const outageMost = 10 * time.Minute
