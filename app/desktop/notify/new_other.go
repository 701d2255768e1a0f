//go:build !linux && !windows

package notify

// New returns this desktop's sink. macOS shows notifications of signed bundles
// only, through frameworks this program does not link, or by a script: the sink
// is off. A program with a toolkit at hand may use [Fixed] instead.
func New(_, _ string) Sink {
	return Disabled("not supported yet on this system")
}
