//go:build chaos

package records_test

const full = true
