package sandbox

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"

	"github.com/wardlight/wardlight/app/desktop/sessionbus"
)

// busConfig is a session bus without service directories: it starts none of the
// host's services.
const busConfig = `<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>session</type>
  <listen>unix:path=%s</listen>
  <auth>EXTERNAL</auth>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
  </policy>
</busconfig>
`

// Bus is a private session bus with the services started on it.
type Bus struct {
	// Address is for DBUS_SESSION_BUS_ADDRESS.
	Address string
	// Dir is private to this user and fit to be XDG_RUNTIME_DIR.
	Dir string

	daemon *part

	mu       sync.Mutex
	services []*part
}

// NewBus starts a dbus-daemon. ctx bounds the start only.
func NewBus(ctx context.Context) (_ *Bus, err error) {
	dir, err := os.MkdirTemp("", "wardlight-bus") // 0700
	if err != nil {
		return nil, fmt.Errorf("sandbox: %w", err)
	}
	socket, conf := filepath.Join(dir, "bus"), filepath.Join(dir, "bus.conf")
	b := &Bus{Dir: dir, Address: "unix:path=" + socket}
	defer func() {
		if err != nil {
			err = errors.Join(err, b.Close())
		}
	}()
	if err := os.WriteFile(conf, fmt.Appendf(nil, busConfig, socket), 0o600); err != nil {
		return nil, fmt.Errorf("sandbox: %w", err)
	}
	read, write, err := os.Pipe()
	if err != nil {
		return nil, fmt.Errorf("sandbox: %w", err)
	}
	defer read.Close()
	b.daemon, err = start("dbus-daemon", Locale(), func(c *exec.Cmd) { c.ExtraFiles = []*os.File{write} },
		"--config-file="+conf, "--nofork", "--print-address=3")
	_ = write.Close()
	if err != nil {
		return nil, err
	}
	ready := make(chan error, 1)
	go func() {
		_, err := bufio.NewReader(read).ReadString('\n')
		ready <- err
	}()
	err = b.daemon.await(ctx, func() bool {
		select {
		case err := <-ready:
			return err == nil
		default:
			return false
		}
	})
	return b, err
}

// Env is the environment for programs on this bus.
func (b *Bus) Env() []string {
	return []string{sessionbus.EnvAddress + "=" + b.Address, "XDG_RUNTIME_DIR=" + b.Dir}
}

// Close ends the bus and the services started on it.
func (b *Bus) Close() error {
	b.mu.Lock()
	defer b.mu.Unlock()
	for i := len(b.services) - 1; i >= 0; i-- {
		b.services[i].close()
	}
	b.services = nil
	b.daemon.close()
	return os.RemoveAll(b.Dir)
}

// serve starts a program and waits until it owns name on the bus.
func (b *Bus) serve(ctx context.Context, name, program string, env []string, prepare func(*exec.Cmd),
	args ...string) error {
	conn, err := sessionbus.ConnectTo(ctx, b.Address)
	if err != nil {
		return fmt.Errorf("sandbox: %w", err)
	}
	defer conn.Close()
	p, err := start(program, append(append(Locale(), b.Env()...), env...), prepare, args...)
	if err != nil {
		return err
	}
	err = p.await(ctx, func() bool {
		owned, err := sessionbus.Owned(ctx, conn, name, false)
		return err == nil && owned
	})
	if err != nil {
		p.close()
		return err
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	b.services = append(b.services, p)
	return nil
}

// HasSecretService reports whether this login's session bus has, or would start,
// a keyring. It starts neither.
func HasSecretService(ctx context.Context) bool { return has(ctx, secretService) }

// HasNotifications is [HasSecretService] for the notification service.
func HasNotifications(ctx context.Context) bool { return has(ctx, notificationService) }

const (
	secretService       = "org.freedesktop.secrets"
	notificationService = "org.freedesktop.Notifications"
)

func has(ctx context.Context, name string) bool {
	conn, err := sessionbus.Connect(ctx)
	if err != nil {
		return false
	}
	defer conn.Close()
	ok, err := sessionbus.Owned(ctx, conn, name, true)
	return err == nil && ok
}

// NotificationDaemon starts dunst on the bus, showing on display.
func NotificationDaemon(ctx context.Context, b *Bus, display *XServer) error {
	conf := filepath.Join(b.Dir, "dunstrc")
	if err := os.WriteFile(conf, []byte(dunstrc), 0o600); err != nil {
		return fmt.Errorf("sandbox: %w", err)
	}
	return b.serve(ctx, notificationService, "dunst", display.Env(), nil, "-conf", conf)
}

// dunstrc puts popups where they cover no control of the station.
var dunstrc = strings.TrimSpace(`
[global]
    origin = bottom-right
    offset = 16x16
    width = 360
    notification_limit = 4
    mouse_left_click = do_action, close_current
`) + "\n"
