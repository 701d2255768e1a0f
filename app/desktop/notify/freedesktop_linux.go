package notify

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"sync/atomic"
	"time"

	"github.com/godbus/dbus/v5"

	"github.com/wardlight/wardlight/app/desktop/sessionbus"
)

// The service of the Desktop Notifications Specification 1.2.
const (
	service            = "org.freedesktop.Notifications"
	path               = dbus.ObjectPath("/org/freedesktop/Notifications")
	actionInvoked      = service + ".ActionInvoked"
	notificationClosed = service + ".NotificationClosed"
	errNameHasNoOwner  = "org.freedesktop.DBus.Error.NameHasNoOwner"
	bus                = "org.freedesktop.DBus."
	actionsBuffer      = 16
	farewell           = time.Second // for closing notes when the sink stops
)

// freedesktop shows notes through the session bus.
//
// One operation at a time has the turn, on a goroutine of its own, because a
// note's replacement needs the number that the service gave its predecessor. A
// caller whose time is up leaves; the operation keeps the turn until the service
// answers, so that a popup that appears late is known and can be replaced. A
// service that never answers thus costs one goroutine.
type freedesktop struct {
	app, entry string
	actions    chan Invoked
	life       context.Context // ends every operation and the connection
	end        context.CancelFunc
	busy       chan struct{} // holds one value while an operation has the turn
	listening  sync.WaitGroup

	// Of the operation that has the turn.
	conn   *dbus.Conn
	server server

	mu      sync.Mutex // guards stopped and the sending on actions
	stopped bool
}

// server is what is known of the service that owns the name now. Its numbers
// mean nothing to its successor.
type server struct {
	owner         string // unique bus name
	name, version string
	capabilities  []string
	ids           map[string]uint32
	keys          map[uint32]string
}

func newFreedesktop(app, entry string) *freedesktop {
	// The sink has no parent: it lives until Stop.
	life, end := context.WithCancel(context.Background())
	return &freedesktop{
		app: app, entry: entry, life: life, end: end,
		actions: make(chan Invoked, actionsBuffer), busy: make(chan struct{}, 1),
	}
}

func (f *freedesktop) Show(ctx context.Context, n Note) error {
	n, err := n.plain()
	if err != nil {
		return err
	}
	return f.do(ctx, func(wanted func() bool) error {
		if err := f.reach(); err != nil {
			return err
		}
		if !wanted() {
			return ErrHanging
		}
		m := message(n, f.entry, f.server.capabilities)
		var id uint32
		err := f.call("Notify", f.app, f.server.ids[n.Key], m.icon, m.summary, m.body, m.actions, m.hints,
			m.expire).Store(&id)
		if err != nil {
			return explain(err)
		}
		if old, ok := f.server.ids[n.Key]; ok {
			delete(f.server.keys, old)
		}
		f.server.ids[n.Key], f.server.keys[id] = id, n.Key
		return nil
	})
}

func (f *freedesktop) Close(ctx context.Context, key string) error {
	return f.do(ctx, func(func() bool) error {
		id, ok := f.server.ids[key]
		if !ok || f.conn == nil || !f.conn.Connected() {
			return nil // gone with its service
		}
		f.forget(id)
		err := f.call("CloseNotification", id).Err
		// The service answers an error when its user was faster; whatever went
		// wrong, the number is of no use any more.
		var reply dbus.Error
		if errors.As(err, &reply) {
			return nil
		}
		return explain(err)
	})
}

func (f *freedesktop) State(ctx context.Context) State {
	var s State
	err := f.do(ctx, func(func() bool) error {
		if err := f.reach(); err != nil {
			return err
		}
		// reach is answered by the bus; this asks the service itself.
		if err := f.call("GetServerInformation").Err; err != nil {
			return explain(err)
		}
		s = State{Kind: OK, Server: f.server.name, Version: f.server.version, Capabilities: f.server.capabilities}
		if f.inhibited() {
			s.Kind, s.Reason = DoNotDisturb, "the desktop holds notifications back"
		}
		return nil
	})
	if err != nil {
		return stateOf(err)
	}
	return s
}

// holders are the properties by which services say that they hold notes back:
// KDE's, which others have taken over, and dunst's. GNOME has none on the bus.
var holders = [][2]string{{service, "Inhibited"}, {"org.dunstproject.cmd0", "paused"}}

// inhibited reports whether the service says that it shows nothing now. A
// service that has no such property says nothing.
func (f *freedesktop) inhibited() bool {
	for _, h := range holders {
		var v dbus.Variant
		err := f.conn.Object(f.server.owner, path).CallWithContext(f.life, "org.freedesktop.DBus.Properties.Get", 0,
			h[0], h[1]).Store(&v)
		if held, is := v.Value().(bool); err == nil && is && held {
			return true
		}
	}
	return false
}

func (f *freedesktop) Actions() <-chan Invoked { return f.actions }

func (f *freedesktop) Stop() error {
	f.mu.Lock()
	if f.stopped {
		f.mu.Unlock()
		return nil
	}
	f.stopped = true
	f.mu.Unlock()

	// A popup must not outlive the station that would update it.
	ctx, cancel := context.WithTimeout(f.life, farewell)
	defer cancel()
	err := f.operate(ctx, func(func() bool) error {
		if f.conn == nil || !f.conn.Connected() {
			return nil
		}
		for _, id := range f.server.ids {
			if err := f.call("CloseNotification", id).Err; err != nil {
				return explain(err)
			}
		}
		return nil
	})
	f.end()
	f.busy <- struct{}{} // an operation given up ends with the connection
	if f.conn != nil {
		_ = f.conn.Close()
	}
	<-f.busy
	f.listening.Wait()
	close(f.actions)
	return err
}

// do runs one operation in its turn, unless the sink is stopped.
func (f *freedesktop) do(ctx context.Context, operation func(wanted func() bool) error) error {
	f.mu.Lock()
	stopped := f.stopped
	f.mu.Unlock()
	if stopped {
		return ErrStopped
	}
	ctx, cancel := context.WithTimeout(ctx, Limit)
	defer cancel()
	return f.operate(ctx, operation)
}

// operate is do without the check. wanted tells the operation whether its
// caller still waits.
func (f *freedesktop) operate(ctx context.Context, operation func(wanted func() bool) error) error {
	select {
	case f.busy <- struct{}{}:
	case <-ctx.Done():
		return errors.Join(ErrHanging, ctx.Err())
	}
	var gone atomic.Bool
	done := make(chan error, 1)
	go func() {
		defer func() { <-f.busy }()
		done <- operation(func() bool { return !gone.Load() })
	}()
	select {
	case err := <-done:
		return err
	case <-ctx.Done():
		gone.Store(true)
		return errors.Join(ErrHanging, ctx.Err())
	}
}

// call calls the service that reach found.
func (f *freedesktop) call(method string, args ...any) *dbus.Call {
	return f.conn.Object(f.server.owner, path).CallWithContext(f.life, service+"."+method, 0, args...)
}

// reach makes sure that there is a connection and a known service, started by
// the bus if need be.
func (f *freedesktop) reach() error {
	if f.conn == nil || !f.conn.Connected() {
		if err := f.connect(); err != nil {
			return err
		}
	}
	owner, err := f.owner()
	if err != nil {
		return explain(err)
	}
	if owner == f.server.owner {
		return nil
	}
	next := server{owner: owner, ids: make(map[string]uint32), keys: make(map[uint32]string)}
	f.server = next
	var vendor, spec string
	if err := f.call("GetServerInformation").Store(&next.name, &vendor, &next.version, &spec); err != nil {
		f.server = server{}
		return explain(err)
	}
	if err := f.call("GetCapabilities").Store(&next.capabilities); err != nil {
		f.server = server{}
		return explain(err)
	}
	next.name, next.version = Plain(next.name, maxLabel), Plain(next.version, maxLabel)
	next.capabilities = tidy(next.capabilities)
	f.server = next
	return nil
}

// owner asks the bus who owns the service's name, and starts it if nobody does.
func (f *freedesktop) owner() (owner string, err error) {
	for range 2 {
		err = f.conn.BusObject().CallWithContext(f.life, bus+"GetNameOwner", 0, service).Store(&owner)
		var reply dbus.Error
		if !errors.As(err, &reply) || reply.Name != errNameHasNoOwner {
			return owner, err
		}
		started := f.conn.BusObject().CallWithContext(f.life, bus+"StartServiceByName", 0, service, uint32(0))
		if started.Err != nil {
			return "", started.Err
		}
	}
	return owner, err
}

// connect opens the connection and listens on it.
func (f *freedesktop) connect() error {
	f.server = server{}
	conn, err := sessionbus.Connect(f.life)
	if err != nil {
		return explain(err)
	}
	signals := make(chan *dbus.Signal, actionsBuffer)
	conn.Signal(signals)
	err = conn.AddMatchSignalContext(f.life, dbus.WithMatchInterface(service), dbus.WithMatchObjectPath(path))
	if err != nil {
		_ = conn.Close()
		return explain(err)
	}
	f.conn = conn
	f.listening.Go(func() { f.listen(conn, signals) })
	return nil
}

// listen hears the service until the connection ends.
func (f *freedesktop) listen(conn *dbus.Conn, signals <-chan *dbus.Signal) {
	for s := range signals {
		// The turn: a click on a popup whose number is still on its way waits.
		select {
		case f.busy <- struct{}{}:
		case <-f.life.Done():
			continue // drain until the connection closes the channel
		}
		if f.conn == conn && s.Sender == f.server.owner {
			f.heard(s)
		}
		<-f.busy
	}
}

// heard handles one signal of the service; it has the turn.
func (f *freedesktop) heard(s *dbus.Signal) {
	if len(s.Body) != 2 {
		return
	}
	id, ok := s.Body[0].(uint32)
	if !ok {
		return
	}
	key, ours := f.server.keys[id]
	if !ours {
		return
	}
	switch s.Name {
	case actionInvoked:
		if action, ok := s.Body[1].(string); ok && checkKey(action) == nil {
			select {
			case f.actions <- Invoked{key, action}:
			default:
			}
		}
	case notificationClosed:
		f.forget(id)
	}
}

func (f *freedesktop) forget(id uint32) {
	if key, ok := f.server.keys[id]; ok {
		delete(f.server.keys, id)
		delete(f.server.ids, key)
	}
}

// explain names what an error of the bus means.
func explain(err error) error {
	switch {
	case err == nil:
		return nil
	case errors.Is(err, context.Canceled):
		return ErrStopped
	default:
		return fmt.Errorf("%w: %w", ErrAbsent, err)
	}
}
