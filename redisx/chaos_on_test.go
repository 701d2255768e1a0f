//go:build chaos

package redisx_test

// long: the whole matrix, which takes up to an hour (make chaos).
const long = true
