// Package nocore keeps a program's memory, in which patients and secrets are, out
// of core files and away from other programs of the same user.
package nocore
