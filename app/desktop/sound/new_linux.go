package sound

// New returns this desktop's sink: PulseAudio, or PipeWire in its place, and
// where neither runs the ALSA device by way of aplay. Nothing is connected
// before the first use.
func New() Sink {
	return first{pulse{}, command{name: "aplay", args: []string{"-q", "-t", "wav", "-"}}}
}
