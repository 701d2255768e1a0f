//go:build chaos

package outbox_test

const full = true
