package doctor

import (
	"context"
	"fmt"

	"github.com/wardlight/wardlight/app/desktop/sound"
)

// sound asks the device whether a tone would be heard. It plays nothing.
func (v *visit) sound(ctx context.Context) {
	state := v.o.Sound
	if state == nil {
		state = sound.New().State
	}
	s := state(ctx)
	if s.OK() {
		text := s.Device
		if s.Volume >= 0 {
			text += fmt.Sprintf(", volume %d %%", s.Volume)
		}
		v.ok("sound", text)
		return
	}
	v.warn("sound", string(s.Kind)+": "+s.Reason, map[sound.Kind]string{
		sound.Absent:  "plug a loudspeaker in, and start this login's sound service (on Linux PipeWire or PulseAudio)",
		sound.Muted:   "turn the sound on in the desktop's mixer",
		sound.Silent:  fmt.Sprintf("raise the volume to %d %% or more", sound.Audible),
		sound.Hanging: "restart this login's sound service",
	}[s.Kind])
}
