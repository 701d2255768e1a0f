package window

import (
	"context"
	"sync"
	"testing"

	"github.com/wardlight/wardlight/app/chart"
	"github.com/wardlight/wardlight/app/station"
	"github.com/wardlight/wardlight/app/ward"
	"github.com/wardlight/wardlight/redisx"
)

// halting is a record that a test lets hang at one call, and go on.
type halting struct {
	station.Record
	// deaf: what hangs does not heed that its caller went.
	deaf bool
	mu   sync.Mutex
	at   map[string]func(ctx context.Context, of any) error
}

// openHalting is open, with Redis or without, over a record that can be made to hang.
func openHalting(t *testing.T, client *redisx.Client) (*opened, *halting) {
	h := &halting{at: map[string]func(context.Context, any) error{}}
	o := openOver(t, client, func(r station.Record) station.Record { h.Record = r; return h }, func(*Options) {})
	return o, h
}

// next has the next call of a kind, of whatever fits, hang. come is closed when it does; release lets it
// go on, or end with an error.
func (h *halting) next(call string, fits func(of any) bool) (come chan struct{}, release func(error)) {
	come, ends := make(chan struct{}), make(chan error, 1)
	h.mu.Lock()
	defer h.mu.Unlock()
	h.at[call] = func(ctx context.Context, of any) error {
		h.mu.Lock()
		hangs := h.at[call] != nil && fits(of)
		if hangs {
			h.at[call] = nil
		}
		h.mu.Unlock()
		if !hangs {
			return nil
		}
		close(come)
		if h.deaf {
			return <-ends
		}
		select {
		case err := <-ends:
			return err
		case <-ctx.Done():
			return ctx.Err()
		}
	}
	return come, func(err error) {
		select {
		case ends <- err:
		default: // it was released already
		}
	}
}

func (h *halting) halt(ctx context.Context, call string, of any) error {
	h.mu.Lock()
	f := h.at[call]
	h.mu.Unlock()
	if f == nil {
		return nil
	}
	return f(ctx, of)
}

// anything fits all calls.
func anything(any) bool { return true }

func (h *halting) SaveDraft(ctx context.Context, d chart.Draft) error {
	if err := h.halt(ctx, "SaveDraft", d); err != nil {
		return err
	}
	return h.Record.SaveDraft(ctx, d)
}

func (h *halting) Save(ctx context.Context, s chart.Save) (chart.Saved, error) {
	if err := h.halt(ctx, "Save", s); err != nil {
		return chart.Saved{}, err
	}
	return h.Record.Save(ctx, s)
}

// TakeDraft hangs behind what it has taken.
func (h *halting) TakeDraft(ctx context.Context, to chart.Draft, of string) (chart.Draft, bool, []chart.Draft, error) {
	d, have, others, err := h.Record.TakeDraft(ctx, to, of)
	if halted := h.halt(ctx, "TakeDraft", to); halted != nil {
		err = halted
	}
	return d, have, others, err
}

func (h *halting) History(ctx context.Context, patientID string, limit int) ([]chart.Change, error) {
	if err := h.halt(ctx, "History", patientID); err != nil {
		return nil, err
	}
	return h.Record.History(ctx, patientID, limit)
}

func (h *halting) Wards(ctx context.Context) ([]ward.Ward, error) {
	if err := h.halt(ctx, "Wards", nil); err != nil {
		return nil, err
	}
	return h.Record.Wards(ctx)
}

// comes draws until a call hangs.
func (o *opened) comes(what string, come chan struct{}) {
	o.t.Helper()
	o.wait(what, func() bool {
		select {
		case <-come:
			return true
		default:
			return false
		}
	})
}
