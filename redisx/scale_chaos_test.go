//go:build chaos

package redisx_test

// scaled chooses the size for the long matrix.
func scaled[T any](_, long T) T { return long }
