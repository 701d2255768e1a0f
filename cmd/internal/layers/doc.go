// Package layers holds no code: its test keeps the house in order, floor by
// floor, from what the Go tool says is imported.
package layers
