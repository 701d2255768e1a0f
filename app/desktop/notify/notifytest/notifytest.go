// Package notifytest gives tests a notification service: a real service on a real
// bus that shows nothing, records every call as it came, and can be made to hang.
package notifytest

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"sync"
	"testing"

	"github.com/godbus/dbus/v5"
)

const (
	name = "org.freedesktop.Notifications"
	path = dbus.ObjectPath("/org/freedesktop/Notifications")
)

// Call is one call of the service. Method says which; the other fields are the
// arguments of Notify, ID those of CloseNotification.
type Call struct {
	Method        string
	App           string
	Replaces      uint32
	Icon          string
	Summary, Body string
	Actions       []string
	Hints         map[string]dbus.Variant
	Expire        int32
	// ID is the number given back, or the one to be closed.
	ID uint32
}

// Recorder is the running service. Its methods may be called from any goroutine.
type Recorder struct {
	conn *dbus.Conn
	caps []string

	mu     sync.Mutex
	calls  []Call
	open   map[uint32]Call
	last   uint32
	change chan struct{} // closed and replaced at every call
	hang   chan struct{} // non-nil: calls wait for it to be closed
	held   bool          // do-not-disturb
}

// Option changes the service before it starts.
type Option func(*Recorder)

// Capabilities replaces what the service says it can do: body, body-markup and
// actions.
func Capabilities(c ...string) Option { return func(r *Recorder) { r.caps = c } }

// Hang makes every call wait until Resume.
func Hang() Option { return func(r *Recorder) { r.hang = make(chan struct{}) } }

// Serve starts a notification service on the bus at address and ends it with
// the test.
func Serve(tb testing.TB, address string, options ...Option) *Recorder {
	tb.Helper()
	r := &Recorder{
		caps: []string{"body", "body-markup", "actions"},
		open: make(map[uint32]Call), change: make(chan struct{}),
	}
	for _, o := range options {
		o(r)
	}
	conn, err := dbus.Connect(address)
	if err != nil {
		tb.Fatalf("notifytest: %v", err)
	}
	r.conn = conn
	tb.Cleanup(r.Stop)
	if err := conn.Export(&methods{r}, path, name); err != nil {
		tb.Fatalf("notifytest: %v", err)
	}
	if err := conn.Export(&properties{r}, path, "org.freedesktop.DBus.Properties"); err != nil {
		tb.Fatalf("notifytest: %v", err)
	}
	reply, err := conn.RequestName(name, dbus.NameFlagDoNotQueue)
	if err != nil || reply != dbus.RequestNameReplyPrimaryOwner {
		tb.Fatalf("notifytest: the bus has a notification service already (%v, %v)", reply, err)
	}
	return r
}

// Stop ends the service as a crash would: without a word about its popups.
func (r *Recorder) Stop() {
	r.Resume()
	_ = r.conn.Close()
}

// Pause makes calls wait until Resume.
func (r *Recorder) Pause() {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.hang == nil {
		r.hang = make(chan struct{})
	}
}

// Resume lets waiting calls go on.
func (r *Recorder) Resume() {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.hang != nil {
		close(r.hang)
		r.hang = nil
	}
}

// Inhibit turns do-not-disturb on or off: calls are answered as before, and the
// property Inhibited says so.
func (r *Recorder) Inhibit(on bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.held = on
}

// properties are what the service tells of itself.
type properties struct{ r *Recorder }

func (p *properties) Get(of, property string) (dbus.Variant, *dbus.Error) {
	p.r.wait()
	if of != name || property != "Inhibited" {
		return dbus.Variant{}, dbus.NewError("org.freedesktop.DBus.Error.UnknownProperty", nil)
	}
	p.r.mu.Lock()
	defer p.r.mu.Unlock()
	return dbus.MakeVariant(p.r.held), nil
}

// Calls returns the Notify and CloseNotification calls so far, oldest first.
func (r *Recorder) Calls() []Call {
	r.mu.Lock()
	defer r.mu.Unlock()
	return slices.Clone(r.calls)
}

// Open returns the popups shown now, oldest first.
func (r *Recorder) Open() []Call {
	r.mu.Lock()
	defer r.mu.Unlock()
	var out []Call
	for _, id := range slices.Sorted(maps.Keys(r.open)) {
		out = append(out, r.open[id])
	}
	return out
}

// Wait returns the first call, past ones included, that match accepts.
func (r *Recorder) Wait(ctx context.Context, match func(Call) bool) (Call, error) {
	for next := 0; ; {
		r.mu.Lock()
		for ; next < len(r.calls); next++ {
			if c := r.calls[next]; match(c) {
				r.mu.Unlock()
				return c, nil
			}
		}
		change := r.change
		r.mu.Unlock()
		select {
		case <-change:
		case <-ctx.Done():
			return Call{}, fmt.Errorf("notifytest: no such call among %d: %w", next, ctx.Err())
		}
	}
}

// Invoke is a person who chooses an action of the popup.
func (r *Recorder) Invoke(id uint32, action string) error {
	return r.conn.Emit(path, name+".ActionInvoked", id, action)
}

// Dismiss is a person who closes the popup.
func (r *Recorder) Dismiss(id uint32) error {
	r.mu.Lock()
	delete(r.open, id)
	r.mu.Unlock()
	return r.conn.Emit(path, name+".NotificationClosed", id, uint32(2))
}

func (r *Recorder) wait() {
	r.mu.Lock()
	hang := r.hang
	r.mu.Unlock()
	if hang != nil {
		<-hang
	}
}

// record adds a call; r.mu is held.
func (r *Recorder) record(c Call) {
	r.calls = append(r.calls, c)
	close(r.change)
	r.change = make(chan struct{})
}

// methods is what the bus sees.
type methods struct{ r *Recorder }

func (m *methods) Notify(app string, replaces uint32, icon, summary, body string, actions []string,
	hints map[string]dbus.Variant, expire int32) (uint32, *dbus.Error) {
	m.r.wait()
	m.r.mu.Lock()
	defer m.r.mu.Unlock()
	id := replaces
	if id == 0 {
		m.r.last++
		id = m.r.last
	}
	c := Call{"Notify", app, replaces, icon, summary, body, actions, hints, expire, id}
	m.r.open[id] = c
	m.r.record(c)
	return id, nil
}

func (m *methods) CloseNotification(id uint32) *dbus.Error {
	m.r.wait()
	m.r.mu.Lock()
	_, open := m.r.open[id]
	delete(m.r.open, id)
	m.r.record(Call{Method: "CloseNotification", ID: id})
	m.r.mu.Unlock()
	if !open {
		return dbus.NewError(name+".Error.InvalidId", nil)
	}
	_ = m.r.conn.Emit(path, name+".NotificationClosed", id, uint32(3))
	return nil
}

func (m *methods) GetCapabilities() ([]string, *dbus.Error) {
	m.r.wait()
	return m.r.caps, nil
}

func (m *methods) GetServerInformation() (server, vendor, version, spec string, err *dbus.Error) {
	m.r.wait()
	return "recorder", "wardlight", "1", "1.2", nil
}
