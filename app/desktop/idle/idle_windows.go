package idle

import (
	"context"
	"time"
	"unsafe"

	"golang.org/x/sys/windows"
)

var (
	lastInput = windows.NewLazySystemDLL("user32.dll").NewProc("GetLastInputInfo")
	tickCount = windows.NewLazySystemDLL("kernel32.dll").NewProc("GetTickCount")
)

// lastInputInfo is Windows' LASTINPUTINFO.
type lastInputInfo struct {
	size uint32
	tick uint32 // milliseconds since the start, as GetTickCount has them
}

// System is the desktop's own probe: of this login's session.
func System() Probe {
	return func(context.Context) (time.Duration, error) {
		info := lastInputInfo{size: uint32(unsafe.Sizeof(lastInputInfo{}))}
		if ok, _, _ := lastInput.Call(uintptr(unsafe.Pointer(&info))); ok == 0 {
			return 0, ErrUnknown
		}
		now, _, _ := tickCount.Call()
		// Both run over after 49 days; their difference does not.
		return time.Duration(uint32(now)-info.tick) * time.Millisecond, nil
	}
}
