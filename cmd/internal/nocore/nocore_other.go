//go:build !linux && !darwin

package nocore

// Set does nothing: Windows writes dumps only where its administrator has set
// LocalDumps for a program.
func Set() {}
