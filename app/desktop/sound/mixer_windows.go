package sound

import (
	"errors"
	"fmt"
	"math"
	"runtime"
	"syscall"
	"unsafe"

	"github.com/go-ole/go-ole"
)

// errMixer means that the mixer does not tell, which says nothing of the sound.
var errMixer = errors.New("the mixer does not answer")

// The interfaces of mmdeviceapi.h and endpointvolume.h.
var (
	classEnumerator = ole.NewGUID("{BCDE0395-E52F-467C-8E3D-C4579291692E}")
	idEnumerator    = ole.NewGUID("{A95664D2-9614-4F35-A746-DE8DB63617E6}")
	idVolume        = ole.NewGUID("{5CDF2C82-841E-4546-9722-0CF74078229A}")
)

// Places in the interfaces' tables, after the three of IUnknown.
const (
	getDefaultEndpoint = 4  // IMMDeviceEnumerator
	activate           = 3  // IMMDevice
	getVolumeScalar    = 9  // IAudioEndpointVolume
	getMute            = 15 // IAudioEndpointVolume
)

// endpoint is the default loudspeaker's volume in percent, and whether it is
// muted.
func endpoint() (volume int, muted bool, err error) {
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	// A thread that has another apartment already serves as well.
	if ole.CoInitializeEx(0, ole.COINIT_MULTITHREADED) == nil {
		defer ole.CoUninitialize()
	}
	enumerator, err := ole.CreateInstance(classEnumerator, idEnumerator)
	if err != nil {
		return 0, false, fmt.Errorf("%w: %w", errMixer, err)
	}
	defer enumerator.Release()
	var device, control *ole.IUnknown
	const render, multimedia = 0, 1
	if r := method(enumerator, getDefaultEndpoint, render, multimedia, uintptr(unsafe.Pointer(&device))); r != 0 {
		return 0, false, fmt.Errorf("%w: no default device (%#x)", ErrAbsent, r)
	}
	defer device.Release()
	const all = 23 // CLSCTX_ALL
	if r := method(device, activate, uintptr(unsafe.Pointer(idVolume)), all, 0,
		uintptr(unsafe.Pointer(&control))); r != 0 {
		return 0, false, fmt.Errorf("%w (%#x)", errMixer, r)
	}
	defer control.Release()
	var scalar float32
	var mute int32
	if r := method(control, getVolumeScalar, uintptr(unsafe.Pointer(&scalar))); r != 0 {
		return 0, false, fmt.Errorf("%w (%#x)", errMixer, r)
	}
	if r := method(control, getMute, uintptr(unsafe.Pointer(&mute))); r != 0 {
		return 0, false, fmt.Errorf("%w (%#x)", errMixer, r)
	}
	return int(math.Round(float64(scalar) * 100)), mute != 0, nil
}

// method calls a method by its place in the object's table.
func method(object *ole.IUnknown, place int, args ...uintptr) uintptr {
	table := unsafe.Slice((*uintptr)(unsafe.Pointer(object.RawVTable)), place+1)
	r, _, _ := syscall.SyscallN(table[place], append([]uintptr{uintptr(unsafe.Pointer(object))}, args...)...)
	return r & 0xFFFFFFFF
}
