package sound

// New returns this desktop's sink: the players that macOS brings.
func New() Sink { return afplay{} }
