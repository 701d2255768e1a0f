package sound

// New returns this desktop's sink: the wave output of Windows.
func New() Sink { return waveOut{} }
