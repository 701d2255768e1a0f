package sandbox

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"time"
)

// Geometry is the design size of the station's window, with 24-bit colour.
const Geometry = "1600x1000x24"

var geometry = regexp.MustCompile(`^[1-9][0-9]{2,3}x[1-9][0-9]{2,3}x24$`)

// XServer is a private X display without a screen. Any user of this machine may
// connect to it: it is for simulated patients.
type XServer struct {
	// Name is for DISPLAY, like ":3".
	Name string

	dir     string // holds the frame buffer's file
	x       *part
	manager *part
}

// Display starts Xvfb on a free display number, and openbox in it if that is
// installed. ctx bounds the start only. geometry is "WIDTHxHEIGHTx24" or empty
// for [Geometry].
func Display(ctx context.Context, size string) (_ *XServer, err error) {
	if size == "" {
		size = Geometry
	}
	if !geometry.MatchString(size) {
		return nil, fmt.Errorf("sandbox: %q is not WIDTHxHEIGHTx24", size)
	}
	dir, err := os.MkdirTemp("", "wardlight-x")
	if err != nil {
		return nil, fmt.Errorf("sandbox: %w", err)
	}
	s := &XServer{dir: dir}
	defer func() {
		if err != nil {
			err = errors.Join(err, s.Close())
		}
	}()
	read, write, err := os.Pipe()
	if err != nil {
		return nil, fmt.Errorf("sandbox: %w", err)
	}
	defer read.Close()
	s.x, err = start("Xvfb", nil, func(c *exec.Cmd) { c.ExtraFiles = []*os.File{write} },
		"-displayfd", "3", "-screen", "0", size, "-nolisten", "tcp", "-noreset", "-fbdir", dir)
	_ = write.Close()
	if err != nil {
		return nil, err
	}
	number := make(chan string, 1)
	go func() {
		line, _ := bufio.NewReader(read).ReadString('\n') // empty if Xvfb ended
		number <- strings.TrimSpace(line)
	}()
	err = s.x.await(ctx, func() bool {
		select {
		case n := <-number:
			s.Name = ":" + n
			return n != ""
		default:
			return false
		}
	})
	if err != nil {
		return nil, err
	}
	s.manager, err = start("openbox", append(s.Env(), "HOME="+dir), nil, "--sm-disable")
	if errors.Is(err, ErrMissing) {
		err = nil // a window fills the screen as well without one
	}
	return s, err
}

// Env is the environment for programs on this display.
func (s *XServer) Env() []string {
	return append(Locale(), "DISPLAY="+s.Name, "WAYLAND_DISPLAY=", "XAUTHORITY=", "LIBGL_ALWAYS_SOFTWARE=1")
}

// Close ends the display; its programs lose their windows.
func (s *XServer) Close() error {
	s.manager.close()
	s.x.close()
	return os.RemoveAll(s.dir)
}

// HasDisplay reports whether the environment names a display that accepts
// connections.
func HasDisplay(ctx context.Context) bool {
	dial := net.Dialer{Timeout: time.Second}
	try := func(network, address string) bool {
		conn, err := dial.DialContext(ctx, network, address)
		if err == nil {
			_ = conn.Close()
		}
		return err == nil
	}
	if w := os.Getenv("WAYLAND_DISPLAY"); w != "" {
		if !filepath.IsAbs(w) {
			w = filepath.Join(os.Getenv("XDG_RUNTIME_DIR"), w)
		}
		if try("unix", w) {
			return true
		}
	}
	host, number, ok := strings.Cut(os.Getenv("DISPLAY"), ":")
	if !ok {
		return false
	}
	number, _, _ = strings.Cut(number, ".")
	if host == "" || host == "unix" {
		return try("unix", "/tmp/.X11-unix/X"+number) || try("unix", "@/tmp/.X11-unix/X"+number)
	}
	var n int
	if _, err := fmt.Sscan(number, &n); err != nil {
		return false
	}
	return try("tcp", net.JoinHostPort(host, fmt.Sprint(6000+n)))
}
