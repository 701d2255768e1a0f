//go:build !chaos

package live

// full runs the long forms.
const full = false
