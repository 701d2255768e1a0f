//go:build !chaos

package redisx_test

// scaled chooses between a size for every day and one for the long matrix
// (-tags chaos).
func scaled[T any](short, _ T) T { return short }
