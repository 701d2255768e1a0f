// Package notify shows the operating system's own notifications. They are a
// courtesy beside the station's banner and tone, which never depend on them.
//
// A notification leaves the station: it may lie on a lock screen or in a
// system's history. Callers give it a bed and a priority, never a name or a free
// text. Whatever they give is treated as hostile: [Plain] takes out what could
// act on a terminal, a reader's eye or a parser, each sink hands it over as data
// and none puts it into a command line, a script or a file.
package notify

import (
	"context"
	"errors"
	"fmt"
	"time"
)

// Urgency is how loudly the desktop should show a note.
type Urgency byte

// The urgencies; the values are the freedesktop specification's.
const (
	Low Urgency = iota
	Normal
	Critical // stays until closed, also over full screens where the desktop allows
)

// Action is a button of a note. Key comes back in [Invoked]; the key "default"
// is a click on the note itself.
type Action struct {
	Key, Label string
}

// Note is one notification.
type Note struct {
	// Key names the popup: a later note of the same key replaces it.
	Key         string
	Title, Body string
	Urgency     Urgency
	Actions     []Action
}

// Invoked says that a person chose an action of the note shown under Key.
type Invoked struct {
	Key, Action string
}

// Sink shows notes on one desktop. Its methods may be called from any goroutine
// and block at most until their context ends or [Limit] has passed.
type Sink interface {
	// Show shows the note or replaces the one of its key. After [ErrHanging] it
	// may still appear; a later Show or Close of the key acts on it.
	Show(ctx context.Context, n Note) error
	// Close takes the note away. A note that is not shown is no error.
	// errors.ErrUnsupported means that this desktop cannot.
	Close(ctx context.Context, key string) error
	// State asks the desktop whether notes can be shown now.
	State(ctx context.Context) State
	// Actions delivers what people choose. Clicks are dropped while nobody
	// receives and its small buffer is full. It is closed by Stop.
	Actions() <-chan Invoked
	// Stop takes this sink's notes away as far as it can and ends it.
	Stop() error
}

// Limit is the longest that a sink waits for its desktop.
const Limit = 2 * time.Second

// Errors of every Sink; test with errors.Is.
var (
	ErrAbsent  = errors.New("no notification service")
	ErrHanging = errors.New("notification service does not answer")
	ErrOff     = errors.New("notifications are off")
	ErrStopped = errors.New("notification sink is stopped")
	ErrKey     = errors.New("not a key for a note")
)

// Kind sums up a State.
type Kind string

// The kinds.
const (
	OK      Kind = "ok"
	Absent  Kind = "absent"  // nothing on this desktop shows notifications
	Hanging Kind = "hanging" // something should, and does not answer
	// DoNotDisturb means that the desktop takes notes and holds them back, as
	// its user wants.
	DoNotDisturb Kind = "do-not-disturb"
	Off          Kind = "off" // this sink shows nothing; Reason says why
)

// State is what the screen tells about notifications.
type State struct {
	Kind Kind
	// Server and Version name the desktop's service, as it calls itself.
	Server, Version string
	// Capabilities are the service's own words, sorted.
	Capabilities []string
	Reason       string
}

// stateOf turns an error of a sink into a State.
func stateOf(err error) State {
	switch {
	case err == nil:
		return State{Kind: OK}
	case errors.Is(err, ErrHanging), errors.Is(err, context.DeadlineExceeded):
		return State{Kind: Hanging, Reason: ErrHanging.Error()}
	case errors.Is(err, ErrOff), errors.Is(err, ErrStopped):
		return State{Kind: Off, Reason: err.Error()}
	default:
		return State{Kind: Absent, Reason: ErrAbsent.Error()}
	}
}

// maxKey bounds keys and action keys, in bytes.
const maxKey = 100

// checkKey accepts printable ASCII: keys are the program's own.
func checkKey(key string) error {
	if key == "" || len(key) > maxKey {
		return fmt.Errorf("%w: %d bytes", ErrKey, len(key))
	}
	for i := range len(key) {
		if key[i] < ' ' || key[i] > '~' {
			return fmt.Errorf("%w: byte %d", ErrKey, i)
		}
	}
	return nil
}

// plain returns the note as every sink shows it.
func (n Note) plain() (Note, error) {
	if err := checkKey(n.Key); err != nil {
		return Note{}, err
	}
	n.Title = Plain(n.Title, maxTitle)
	n.Body = Plain(n.Body, maxBody)
	n.Urgency = min(n.Urgency, Critical)
	actions := n.Actions
	n.Actions = nil
	for _, a := range actions[:min(len(actions), maxActions)] {
		if err := checkKey(a.Key); err != nil {
			return Note{}, err
		}
		n.Actions = append(n.Actions, Action{a.Key, Plain(a.Label, maxLabel)})
	}
	return n, nil
}
