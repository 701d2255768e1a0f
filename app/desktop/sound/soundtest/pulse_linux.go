package soundtest

import (
	"encoding/binary"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"
)

// Rate is that of the service and its recordings.
const Rate = 48000

// Server is a PulseAudio of the test's own: a private socket, no hardware, one
// sink named "test" that plays into nothing and can be recorded.
type Server struct {
	// Env points a program at the service.
	Env []string

	t       testing.TB
	dir     string
	process *exec.Cmd
	ended   chan struct{}
	current *Recording
}

// Start starts a service, and skips the test where PulseAudio is not installed.
func Start(t testing.TB) *Server {
	t.Helper()
	for _, program := range []string{"pulseaudio", "pactl", "parec"} {
		if _, err := exec.LookPath(program); err != nil {
			t.Skip(program + " is not installed")
		}
	}
	dir, err := os.MkdirTemp("", "wl-pa-") // t.TempDir may be too long for a socket
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.RemoveAll(dir) })
	s := &Server{t: t, dir: dir, Env: []string{"PULSE_SERVER=unix:" + filepath.Join(dir, "native"),
		"XDG_RUNTIME_DIR=" + dir, "PULSE_RUNTIME_PATH=" + dir, "PULSE_COOKIE=" + filepath.Join(dir, "cookie"),
		"HOME=" + dir}}
	s.Launch("module-null-sink sink_name=test rate=48000 channels=1")
	t.Cleanup(s.Stop)
	return s
}

// Use points this process at the service.
func (s *Server) Use(t *testing.T) {
	for _, e := range s.Env {
		if k, v, _ := strings.Cut(e, "="); strings.HasPrefix(k, "PULSE_") {
			t.Setenv(k, v)
		}
	}
}

// Launch starts the service, again after Stop, with these modules.
func (s *Server) Launch(modules ...string) {
	s.t.Helper()
	args := []string{"-n", "--daemonize=no", "--exit-idle-time=-1", "--disallow-exit=0", "--use-pid-file=no",
		"--log-target=stderr", "--log-level=error",
		"-L", "module-native-protocol-unix auth-anonymous=1 socket=" + filepath.Join(s.dir, "native")}
	for _, m := range modules {
		args = append(args, "-L", m)
	}
	s.process = exec.Command("pulseaudio", args...)
	s.process.Env = append(os.Environ(), s.Env...)
	if err := s.process.Start(); err != nil {
		s.t.Fatal(err)
	}
	s.ended = make(chan struct{})
	go func(p *exec.Cmd, ended chan struct{}) { _ = p.Wait(); close(ended) }(s.process, s.ended)
	for end := time.Now().Add(10 * time.Second); ; time.Sleep(10 * time.Millisecond) {
		if _, err := s.pactl("info"); err == nil {
			return
		} else if time.Now().After(end) {
			s.t.Fatal("pulseaudio does not answer: ", err)
		}
	}
}

// Stop ends the service.
func (s *Server) Stop() {
	_ = s.process.Process.Kill()
	<-s.ended
	_ = os.Remove(filepath.Join(s.dir, "native"))
}

// Freeze stops the service from answering, Thaw lets it go on.
func (s *Server) Freeze() { _ = s.process.Process.Signal(syscall.SIGSTOP) }

// Thaw is the end of Freeze.
func (s *Server) Thaw() { _ = s.process.Process.Signal(syscall.SIGCONT) }

func (s *Server) pactl(args ...string) (string, error) {
	cmd := exec.Command("pactl", args...)
	cmd.Env = append(os.Environ(), s.Env...)
	out, err := cmd.CombinedOutput()
	return string(out), err
}

// Pactl sets something, such as "set-sink-mute test 1".
func (s *Server) Pactl(args ...string) string {
	s.t.Helper()
	out, err := s.pactl(args...)
	if err != nil {
		s.t.Fatalf("pactl %v: %v %s", args, err, out)
	}
	return out
}

// Recording is what the sink plays while it runs.
type Recording struct {
	path    string
	process *exec.Cmd
}

// Record begins to record the sink "test". It returns once sound, or silence,
// is coming in, and ends a recording before it. A sink that nobody records begins up to 2 s late, as it has no
// device whose buffer could be called back.
func (s *Server) Record() *Recording {
	s.t.Helper()
	if s.current != nil {
		s.current.end()
	}
	out, err := os.CreateTemp(s.dir, "recording-")
	if err != nil {
		s.t.Fatal(err)
	}
	r := &Recording{path: out.Name()}
	defer out.Close()
	r.process = exec.Command("parec", "--latency-msec=20", "-d", "test.monitor", "--format=s16le", "--rate=48000",
		"--channels=1", "--raw")
	r.process.Env, r.process.Stdout = append(os.Environ(), s.Env...), out
	if err := r.process.Start(); err != nil {
		s.t.Fatal(err)
	}
	s.t.Cleanup(r.end)
	s.current = r
	r.Until(s.t, 1)
	return r
}

func (r *Recording) end() { _ = r.process.Process.Kill(); _ = r.process.Wait() }

// Until waits for at least n samples.
func (r *Recording) Until(t testing.TB, n int) []int16 {
	t.Helper()
	for end := time.Now().Add(30 * time.Second); time.Now().Before(end); time.Sleep(20 * time.Millisecond) {
		if w := r.Now(); len(w) >= n {
			return w
		}
	}
	t.Fatal("the recording does not grow")
	return nil
}

// Now is what was recorded up to now.
func (r *Recording) Now() []int16 {
	raw, err := os.ReadFile(r.path)
	if err != nil {
		return nil
	}
	w := make([]int16, len(raw)/2)
	for i := range w {
		w[i] = int16(binary.LittleEndian.Uint16(raw[2*i:]))
	}
	return w
}

// Samples is what was recorded up to now and for half a second more, in which
// what is under way arrives.
func (r *Recording) Samples(t testing.TB) []int16 {
	t.Helper()
	return r.Until(t, len(r.Now())+Rate/2)
}
