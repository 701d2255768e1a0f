//go:build !unix

package redistest

import (
	"errors"
	"os"
	"os/exec"
)

func detach(*exec.Cmd) {}

func terminate(p *os.Process) error { return p.Kill() }

func setFrozen(*os.Process, bool) error {
	return errors.New("redistest: processes cannot be frozen on this system")
}
