package sound

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"unsafe"

	"golang.org/x/sys/windows"
)

// waveOut plays through winmm, which is part of every Windows. Each wave opens
// the default device anew, so that a change of device is met by the next burst.
type waveOut struct{}

var (
	winmm           = windows.NewLazySystemDLL("winmm.dll")
	waveOutOpen     = winmm.NewProc("waveOutOpen")
	waveOutClose    = winmm.NewProc("waveOutClose")
	waveOutPrepare  = winmm.NewProc("waveOutPrepareHeader")
	waveOutRelease  = winmm.NewProc("waveOutUnprepareHeader")
	waveOutWrite    = winmm.NewProc("waveOutWrite")
	waveOutReset    = winmm.NewProc("waveOutReset")
	waveOutNumDevs  = winmm.NewProc("waveOutGetNumDevs")
	waveMapper      = uintptr(0xFFFFFFFF) // WAVE_MAPPER: the default device
	waveDone        = uint32(1)           // WHDR_DONE
	callbackEvent   = uintptr(0x50000)    // CALLBACK_EVENT
	pollMillisecond = uint32(50)
)

// waveFormat is WAVEFORMATEX, which is packed: 18 bytes are read.
type waveFormat struct {
	tag, channels    uint16
	rate, bytesASec  uint32
	align, bits, ext uint16
}

// waveHeader is WAVEHDR.
type waveHeader struct {
	data     *byte
	length   uint32
	recorded uint32
	user     uintptr
	flags    uint32
	loops    uint32
	next     uintptr
	reserved uintptr
}

func (waveOut) Play(ctx context.Context, w Wave) error {
	return bounded(ctx, w.Length()+Limit, func(ctx context.Context) error { return playWave(ctx, w) })
}

// playWave hands the wave to Windows and waits for its end, on one thread.
func playWave(ctx context.Context, w Wave) error {
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	event, err := windows.CreateEvent(nil, 0, 0, nil)
	if err != nil {
		return fmt.Errorf("%w: %w", ErrAbsent, err)
	}
	defer windows.CloseHandle(event)
	format := waveFormat{tag: 1, channels: 1, rate: Rate, bytesASec: 2 * Rate, align: 2, bits: 16}
	var device uintptr
	if r, _, _ := waveOutOpen.Call(uintptr(unsafe.Pointer(&device)), waveMapper, uintptr(unsafe.Pointer(&format)),
		uintptr(event), 0, callbackEvent); r != 0 {
		return fmt.Errorf("%w: waveOutOpen answers %d", ErrAbsent, r)
	}
	defer waveOutClose.Call(device)
	data := w.led()
	// The header and the data belong to Windows until the wave was reset or
	// played.
	var pin runtime.Pinner
	defer pin.Unpin()
	header := &waveHeader{data: &data[0], length: uint32(len(data))}
	pin.Pin(header)
	pin.Pin(header.data)
	at, size := uintptr(unsafe.Pointer(header)), unsafe.Sizeof(*header)
	if r, _, _ := waveOutPrepare.Call(device, at, size); r != 0 {
		return fmt.Errorf("%w: waveOutPrepareHeader answers %d", ErrAbsent, r)
	}
	defer waveOutRelease.Call(device, at, size)
	defer waveOutReset.Call(device) // silence at once; nothing after the end
	if r, _, _ := waveOutWrite.Call(device, at, size); r != 0 {
		return fmt.Errorf("%w: waveOutWrite answers %d", ErrAbsent, r)
	}
	for ctx.Err() == nil {
		_, _ = windows.WaitForSingleObject(event, pollMillisecond)
		if header.flags&waveDone != 0 {
			return nil
		}
	}
	return ctx.Err()
}

// State asks for a device and the mixer's mute and volume.
func (waveOut) State(ctx context.Context) (s State) {
	err := bounded(ctx, Limit, func(context.Context) error {
		if n, _, _ := waveOutNumDevs.Call(); n == 0 {
			return ErrAbsent
		}
		volume, muted, err := endpoint()
		if err != nil {
			return err
		}
		s = heard("Windows", volume, muted)
		return nil
	})
	if err != nil && !errors.Is(err, errMixer) {
		return stateOf(err)
	}
	if err != nil {
		return State{Kind: OK, Device: "Windows", Volume: -1}
	}
	return s
}
