//go:build !chaos

package records_test

// full runs the long form of the fault tests: build with the tag "chaos".
const full = false
