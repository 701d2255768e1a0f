//go:build !chaos

package station_test

import "time"

// full runs the long forms.
const full = false

const matrixRuns = 1

// outageMost is how long an outage is played at most.
const outageMost = time.Second
