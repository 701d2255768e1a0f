package recordtest

import (
	"os"
	"os/exec"
	"syscall"
)

// nobody is the user that the server runs as where the tests run as root:
// PostgreSQL refuses root.
const nobody = 65534

func handOver(dir string) error {
	if os.Geteuid() != 0 {
		return nil
	}
	return os.Chown(dir, nobody, nobody)
}

func unprivileged(cmd *exec.Cmd, dir string) {
	// A test that is cut short must leave no server behind.
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true, Pdeathsig: syscall.SIGQUIT}
	if os.Geteuid() == 0 {
		cmd.SysProcAttr.Credential = &syscall.Credential{Uid: nobody, Gid: nobody}
		cmd.Dir = dir
	}
}

// immediate is PostgreSQL's "immediate shutdown": its processes end where they
// are, and the next start recovers as after a crash.
func immediate(p *os.Process) error { return p.Signal(syscall.SIGQUIT) }
