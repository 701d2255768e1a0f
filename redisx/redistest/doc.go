// Package redistest starts real redis-server processes on the loopback
// interface and breaks the way to them on purpose.
//
// Tests use [Start]: a server in the test's own directory, on a free port,
// ended with the test, which can be killed, frozen and started again. Programs
// that need a private server of their own use [Run]. [StartSentinels] and
// [StartCluster] run whole deployments, [NewAuthority] makes the certificates of
// a server that speaks TLS only. [NewProxy] stands between a client and a server
// and cuts, delays, throttles or silences the connections.
//
// Servers are independent of each other, so tests may run in parallel. The
// package needs redis-server in PATH, or in the variable REDIS_SERVER.
package redistest
