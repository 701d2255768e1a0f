//go:build !race

package screentest

const slower = 1
