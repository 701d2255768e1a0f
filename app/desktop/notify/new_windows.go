package notify

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"sync"

	"git.sr.ht/~jackmordaunt/go-toast/wintoast"
)

// New returns this desktop's sink: toasts through the Windows Runtime. appName
// registers the program under the user's registry key and is shown as sender.
// The library keeps one activation callback: one sink a process.
func New(appName, _ string) Sink {
	s := &toasts{
		jobs: make(chan job), actions: make(chan Invoked, 16), quit: make(chan struct{}), app: appName,
	}
	wintoast.SetActivationCallback(func(_, arguments string, _ []wintoast.UserData) {
		if i, ok := toastInvoked(arguments); ok {
			s.invoked(i)
		}
	})
	go s.work()
	return s
}

// toasts hands XML documents to Windows. Its options that would run PowerShell,
// with the document inside a script, are never given.
type toasts struct {
	app  string
	jobs chan job
	quit chan struct{}

	mu      sync.Mutex
	stopped bool
	last    error // of the last toast, for State
	actions chan Invoked
}

type job struct {
	document string
	done     chan error
}

// work owns the thread that entered the Windows Runtime.
func (s *toasts) work() {
	runtime.LockOSThread()
	registered := wintoast.SetAppData(wintoast.AppData{AppID: s.app, GUID: "{9E1C3F34-6F0B-4C64-9D3B-3C6E0C8B5A11}"})
	for {
		select {
		case <-s.quit:
			return
		case j := <-s.jobs:
			err := registered
			if err == nil {
				err = wintoast.Push(j.document)
			}
			if err != nil {
				err = fmt.Errorf("%w: %w", ErrAbsent, err)
			}
			s.mu.Lock()
			s.last = err
			s.mu.Unlock()
			j.done <- err
		}
	}
}

func (s *toasts) Show(ctx context.Context, n Note) error {
	document, err := Toast(n)
	if err != nil {
		return err
	}
	ctx, cancel := context.WithTimeout(ctx, Limit)
	defer cancel()
	j := job{document, make(chan error, 1)}
	select {
	case <-s.quit:
		return ErrStopped
	case <-ctx.Done():
		return errors.Join(ErrHanging, ctx.Err())
	case s.jobs <- j:
	}
	select {
	case err := <-j.done:
		return err
	case <-ctx.Done():
		return errors.Join(ErrHanging, ctx.Err())
	}
}

// Close cannot take a toast away: the library gives it no tag.
func (s *toasts) Close(context.Context, string) error { return errors.ErrUnsupported }

func (s *toasts) State(context.Context) State {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.stopped {
		return stateOf(ErrStopped)
	}
	state := stateOf(s.last)
	state.Server = "Windows"
	return state
}

func (s *toasts) Actions() <-chan Invoked { return s.actions }

func (s *toasts) invoked(i Invoked) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.stopped {
		return
	}
	select {
	case s.actions <- i:
	default:
	}
}

func (s *toasts) Stop() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if !s.stopped {
		s.stopped = true
		close(s.quit)
		close(s.actions)
	}
	return nil
}
