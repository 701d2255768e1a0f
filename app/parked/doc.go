// Package parked holds the rules for messages that came in and fit no patient
// beyond doubt: each is kept whole, one entry for each patient that it speaks of,
// until a person says whose it is or that it is nobody's. It is pure: no clock,
// no I/O.
package parked
