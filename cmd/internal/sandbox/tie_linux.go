package sandbox

import (
	"os/exec"
	"runtime"
	"syscall"
)

// tie makes the kernel end the program with the calling thread, which is kept
// for this goroutine until unlock: SIGKILL of this process leaves no program
// behind. It is SIGTERM that they get, so that X takes its lock file away. Signals typed at the terminal reach
// this process only; it closes its
// parts in order.
func tie(cmd *exec.Cmd) (unlock func()) {
	runtime.LockOSThread()
	cmd.SysProcAttr = &syscall.SysProcAttr{Pdeathsig: syscall.SIGTERM, Setpgid: true}
	return runtime.UnlockOSThread
}
