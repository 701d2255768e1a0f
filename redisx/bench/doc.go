// Command bench measures redisx beside the libraries it replaces, in one run,
// against a redis-server of its own.
//
// Every row is measured in short rounds that take turns with all other rows of
// its section, so that a disturbance of the computer meets all of them. A figure
// is the median of the rounds' medians; its ratio is to the section's first
// row, a hand-written client on a bare socket.
//
// Client and server share one CPU (taskset), where the system allows it: left to
// the kernel, the same round trip takes 10 or 75 us by turns, as the two land on
// one core or on two, and ratios are noise.
//
// It is a module of its own so that the libraries it measures are no
// dependencies of the module it belongs to.
package main
