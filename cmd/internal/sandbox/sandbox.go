// Package sandbox starts the private desktop parts that a bare machine lacks: an
// X display, a session bus, a keyring, a notification daemon. The one-machine
// demo and the end-to-end tests run in it. Nothing in it is fit for a hospital's
// station: the demo keyring's password lies beside it.
//
// Everything started ends with its Close, and on Linux also with this process,
// however that ends.
package sandbox

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"sync"
	"syscall"
	"time"
)

// ErrMissing means that a program needed is not installed; the error names it.
var ErrMissing = errors.New("program is not installed")

// grace is how long a part may take to end when asked to.
const grace = 2 * time.Second

// part is one running program.
type part struct {
	name string
	cmd  *exec.Cmd
	out  tail
	quit chan struct{} // closed by close
	done chan struct{} // closed when the program has ended
	once sync.Once
}

// start starts a program. ready, if given, is read until it is closed by the
// program's start-up; see the callers.
func start(name string, env []string, prepare func(*exec.Cmd), args ...string) (*part, error) {
	file, err := exec.LookPath(name)
	if err != nil {
		return nil, fmt.Errorf("sandbox: %s: %w", name, ErrMissing)
	}
	p := &part{name: name, quit: make(chan struct{}), done: make(chan struct{})}
	p.cmd = exec.Command(file, args...)
	p.cmd.Env = append(os.Environ(), env...)
	p.cmd.Stdout, p.cmd.Stderr = &p.out, &p.out
	p.cmd.WaitDelay = grace
	if prepare != nil {
		prepare(p.cmd)
	}
	started := make(chan error)
	go p.live(started)
	if err := <-started; err != nil {
		return nil, fmt.Errorf("sandbox: %s: %w", name, err)
	}
	return p, nil
}

// live starts the program on a thread that lives as long as it: the kernel ends
// the program when the thread that started it is gone.
func (p *part) live(started chan<- error) {
	unlock := tie(p.cmd)
	defer unlock()
	err := p.cmd.Start()
	started <- err
	if err != nil {
		return
	}
	ended := make(chan struct{})
	go func() {
		_ = p.cmd.Wait() // how it ended tells its caller nothing
		close(ended)
	}()
	select {
	case <-ended:
	case <-p.quit:
		_ = p.cmd.Process.Signal(syscall.SIGTERM)
		select {
		case <-ended:
		case <-time.After(grace):
			_ = p.cmd.Process.Kill()
			<-ended
		}
	}
	close(p.done)
}

// close ends the program and waits for it.
func (p *part) close() {
	if p == nil {
		return
	}
	p.once.Do(func() { close(p.quit) })
	<-p.done
}

// await polls until ok, the program's end or ctx.
func (p *part) await(ctx context.Context, ok func() bool) error {
	for tick := time.NewTicker(10 * time.Millisecond); ; {
		if ok() {
			tick.Stop()
			return nil
		}
		select {
		case <-p.done:
			return fmt.Errorf("sandbox: %s ended: %s", p.name, p.out.String())
		case <-ctx.Done():
			return fmt.Errorf("sandbox: %s did not start: %w: %s", p.name, ctx.Err(), p.out.String())
		case <-tick.C:
		}
	}
}

// tail keeps the end of what a program says, for the error when it fails.
type tail struct {
	mu  sync.Mutex
	buf bytes.Buffer
}

const tailBytes = 4096

func (t *tail) Write(p []byte) (int, error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.buf.Write(p)
	if over := t.buf.Len() - tailBytes; over > 0 {
		t.buf.Next(over)
	}
	return len(p), nil
}

func (t *tail) String() string {
	t.mu.Lock()
	defer t.mu.Unlock()
	return string(bytes.TrimSpace(t.buf.Bytes()))
}

// Locale returns the environment for programs of the sandbox. The language is
// one that Fyne knows (it prints errors about "C"); the character set is one
// that every system has, so that typing works where en_US is not generated.
func Locale() []string {
	return []string{"LC_ALL=", "LANGUAGE=", "LC_MESSAGES=", "LANG=en_US.UTF-8", "LC_CTYPE=C.UTF-8"}
}
