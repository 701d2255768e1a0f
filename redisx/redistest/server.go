package redistest

import (
	"bufio"
	"bytes"
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"net"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"sync"
	"time"
)

// ErrNoServer means that there is no redis-server to run.
var ErrNoServer = errors.New("redistest: no redis-server found")

// ServerConfig says how [Run] starts a server.
type ServerConfig struct {
	Dir        string   // working directory, for data files; required
	Port       int      // loopback port; 0 takes a free one
	AppendOnly bool     // keep data in an append-only file, fsync each second
	Config     []string // further lines of redis.conf, such as "requirepass …"
	Sentinel   bool     // run as a Sentinel; Config holds its "sentinel …" lines
	// TLS, when set, is how to ask a server that speaks TLS only whether it is
	// ready. Config must hold its tls-… files.
	TLS *tls.Config
}

// Server is a running redis-server. Its methods are safe for concurrent use.
type Server struct {
	addr string
	port int
	cfg  ServerConfig

	mu     sync.Mutex
	cmd    *exec.Cmd
	exited chan struct{} // closed when cmd has been waited for
	output *tail
	frozen bool
}

// Run starts a redis-server on 127.0.0.1 and returns when it answers, or when
// ctx ends. The configuration goes through the server's standard input: no
// password stands in an argument, an environment variable or a file. (A
// Sentinel is the exception: it insists on a file, which it rewrites.)
//
// The server outlives ctx; Close ends it.
func Run(ctx context.Context, cfg ServerConfig) (*Server, error) {
	if cfg.Dir == "" {
		return nil, errors.New("redistest: ServerConfig.Dir is required")
	}
	for tries := 0; ; tries++ {
		port := cfg.Port
		if port == 0 {
			var err error
			if port, err = freePort(); err != nil {
				return nil, err
			}
		}
		s := &Server{cfg: cfg, port: port, addr: net.JoinHostPort("127.0.0.1", strconv.Itoa(port))}
		err := s.start(ctx)
		if err == nil {
			return s, nil
		}
		// Another process may have taken the free port in between.
		if cfg.Port != 0 || tries == 4 || ctx.Err() != nil || !errors.Is(err, errPortTaken) {
			return nil, err
		}
	}
}

var errPortTaken = errors.New("the port is taken")

// Addr is the server's host:port.
func (s *Server) Addr() string { return s.addr }

// Port is the server's port on 127.0.0.1.
func (s *Server) Port() int { return s.port }

// PID is the process ID of the server, or 0 when it is not running.
func (s *Server) PID() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.cmd == nil {
		return 0
	}
	return s.cmd.Process.Pid
}

// Dir is the folder with the server's data.
func (s *Server) Dir() string { return s.cfg.Dir }

// Output is the last part of what the server logged.
func (s *Server) Output() string { return s.output.String() }

func (s *Server) start(ctx context.Context) error {
	binary := os.Getenv("REDIS_SERVER")
	if binary == "" {
		binary = "redis-server"
	}
	path, err := exec.LookPath(binary)
	if err != nil {
		return ErrNoServer
	}
	if s.output == nil {
		s.output = &tail{limit: 16 << 10}
	}
	args, input, err := s.configuration()
	if err != nil {
		return err
	}
	cmd := exec.Command(path, args...)
	cmd.Dir = s.cfg.Dir
	cmd.Stdin = strings.NewReader(input)
	cmd.Stdout, cmd.Stderr = s.output, s.output
	detach(cmd)
	if err := cmd.Start(); err != nil {
		return fmt.Errorf("redistest: start: %w", err)
	}
	exited := make(chan struct{})
	go func() {
		_ = cmd.Wait() // how it ended is in its output
		close(exited)
	}()
	if err := s.waitReady(ctx, exited); err != nil {
		_ = cmd.Process.Kill()
		<-exited
		return err
	}
	s.mu.Lock()
	s.cmd, s.exited, s.frozen = cmd, exited, false
	s.mu.Unlock()
	return nil
}

// configuration returns the arguments and what goes to standard input.
func (s *Server) configuration() ([]string, string, error) {
	port := "port " + strconv.Itoa(s.port)
	if s.cfg.TLS != nil {
		port = "port 0\ntls-port " + strconv.Itoa(s.port)
	}
	lines := []string{
		port,
		"bind 127.0.0.1",
		"dir " + strconv.Quote(s.cfg.Dir),
		"daemonize no",
		"pidfile \"\"",
		"logfile \"\"",
	}
	if !s.cfg.Sentinel {
		lines = append(lines, `save ""`)
		if s.cfg.AppendOnly {
			lines = append(lines, "appendonly yes", "appendfsync everysec")
		}
	}
	lines = append(lines, s.cfg.Config...)
	text := strings.Join(lines, "\n") + "\n"
	if !s.cfg.Sentinel {
		return []string{"-"}, text, nil
	}
	file := s.cfg.Dir + string(os.PathSeparator) + "sentinel-" + strconv.Itoa(s.port) + ".conf"
	if _, err := os.Stat(file); err == nil {
		return []string{file, "--sentinel"}, "", nil // a restart keeps what it learned
	}
	if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
		return nil, "", err
	}
	return []string{file, "--sentinel"}, "", nil
}

// waitReady polls until the server answers a PING with anything but LOADING.
func (s *Server) waitReady(ctx context.Context, exited <-chan struct{}) error {
	ctx, cancel := context.WithTimeout(ctx, 15*time.Second)
	defer cancel()
	for {
		if s.answers(ctx) {
			select {
			case <-exited: // what answered was somebody else
				return fmt.Errorf("redistest: %w", errPortTaken)
			default:
				return nil
			}
		}
		select {
		case <-exited:
			if strings.Contains(s.output.String(), "in use") {
				return fmt.Errorf("redistest: %w", errPortTaken)
			}
			return fmt.Errorf("redistest: redis-server ended at once: %s", s.output)
		case <-ctx.Done():
			return fmt.Errorf("redistest: redis-server does not answer: %w", ctx.Err())
		case <-time.After(5 * time.Millisecond):
		}
	}
}

func (s *Server) answers(ctx context.Context) bool {
	ctx, cancel := context.WithTimeout(ctx, 500*time.Millisecond)
	defer cancel()
	var conn net.Conn
	var err error
	if s.cfg.TLS != nil {
		conn, err = (&tls.Dialer{Config: s.cfg.TLS}).DialContext(ctx, "tcp", s.addr)
	} else {
		conn, err = (&net.Dialer{}).DialContext(ctx, "tcp", s.addr)
	}
	if err != nil {
		return false
	}
	defer conn.Close()
	_ = conn.SetDeadline(time.Now().Add(500 * time.Millisecond))
	if _, err := conn.Write([]byte("PING\r\n")); err != nil {
		return false
	}
	line, err := bufio.NewReader(conn).ReadString('\n')
	return err == nil && !strings.HasPrefix(line, "-LOADING")
}

// Kill ends the server as a power cut does (SIGKILL) and waits for it.
func (s *Server) Kill() {
	s.mu.Lock()
	cmd, exited := s.cmd, s.exited
	s.cmd = nil
	s.mu.Unlock()
	if cmd == nil {
		return
	}
	_ = cmd.Process.Kill() // it may have ended already
	<-exited
}

// Close ends the server as an administrator does (SIGTERM), so that it writes
// what it has to, and waits for it. After five seconds it kills.
func (s *Server) Close() error {
	s.Thaw()
	s.mu.Lock()
	cmd, exited := s.cmd, s.exited
	s.cmd = nil
	s.mu.Unlock()
	if cmd == nil {
		return nil
	}
	if err := terminate(cmd.Process); err != nil {
		_ = cmd.Process.Kill()
	}
	select {
	case <-exited:
	case <-time.After(5 * time.Second):
		_ = cmd.Process.Kill()
		<-exited
	}
	return nil
}

// Freeze stops the process without ending it (SIGSTOP): connections stay open
// and nothing answers. Thaw lets it go on.
func (s *Server) Freeze() { s.signal(true) }

// Thaw ends a Freeze.
func (s *Server) Thaw() { s.signal(false) }

func (s *Server) signal(freeze bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.cmd == nil || s.frozen == freeze {
		return
	}
	if err := setFrozen(s.cmd.Process, freeze); err == nil {
		s.frozen = freeze
	}
}

// Restart kills the server if it runs and starts it again on the same port,
// with its data files or, when empty is set, without them.
func (s *Server) Restart(ctx context.Context, empty bool) error {
	s.Kill()
	if empty {
		if err := s.removeData(); err != nil {
			return err
		}
	}
	return s.start(ctx)
}

func (s *Server) removeData() error {
	return errors.Join(
		os.RemoveAll(s.cfg.Dir+"/appendonlydir"),
		os.RemoveAll(s.cfg.Dir+"/dump.rdb"),
	)
}

func freePort() (int, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return 0, err
	}
	defer l.Close()
	return l.Addr().(*net.TCPAddr).Port, nil
}

// tail keeps the end of what is written to it.
type tail struct {
	mu    sync.Mutex
	buf   []byte
	limit int
}

func (t *tail) Write(p []byte) (int, error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.buf = append(t.buf, p...)
	if over := len(t.buf) - t.limit; over > 0 {
		t.buf = t.buf[over:]
	}
	return len(p), nil
}

func (t *tail) String() string {
	t.mu.Lock()
	defer t.mu.Unlock()
	return string(bytes.TrimSpace(t.buf))
}
