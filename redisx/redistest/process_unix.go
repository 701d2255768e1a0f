//go:build unix

package redistest

import (
	"os"
	"os/exec"
	"syscall"
)

// detach keeps a Ctrl-C at the terminal from reaching the server before the
// program that owns it has closed its work.
func detach(cmd *exec.Cmd) { cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true} }

func terminate(p *os.Process) error { return p.Signal(syscall.SIGTERM) }

func setFrozen(p *os.Process, freeze bool) error {
	if freeze {
		return p.Signal(syscall.SIGSTOP)
	}
	return p.Signal(syscall.SIGCONT)
}
