package station_test

import (
	"context"
	"fmt"
	"sync/atomic"
	"testing"
	"time"

	"github.com/wardlight/wardlight/app/alert"
	"github.com/wardlight/wardlight/app/outbox"
	"github.com/wardlight/wardlight/app/patient"
	"github.com/wardlight/wardlight/app/records"
	"github.com/wardlight/wardlight/app/staff"
	"github.com/wardlight/wardlight/app/ward"
)

// faulty is one station's way to the real record, which can be cut or made to
// hang.
type faulty struct {
	*records.Store
	away, hangs atomic.Bool
}

// pass waits, or fails, as the fault says.
func (f *faulty) pass(ctx context.Context) error {
	for f.hangs.Load() {
		select {
		case <-ctx.Done():
			return records.ErrAway
		case <-time.After(5 * time.Millisecond):
		}
	}
	if f.away.Load() {
		return records.ErrAway
	}
	return ctx.Err()
}

func through[T any](ctx context.Context, f *faulty, do func() (T, error)) (T, error) {
	if err := f.pass(ctx); err != nil {
		var none T
		return none, err
	}
	return do()
}

func (f *faulty) AppendMoves(ctx context.Context, m []alert.Move) ([]alert.Move, []error) {
	if err := f.pass(ctx); err != nil {
		errs := make([]error, len(m))
		for n := range errs {
			errs[n] = err
		}
		return make([]alert.Move, len(m)), errs
	}
	return f.Store.AppendMoves(ctx, m)
}

func (f *faulty) AppendMove(ctx context.Context, m alert.Move) (alert.Move, error) {
	out, errs := f.AppendMoves(ctx, []alert.Move{m})
	return out[0], errs[0]
}

func (f *faulty) ChangesAfter(ctx context.Context, seq int64, limit int) ([]outbox.Change, error) {
	return through(ctx, f, func() ([]outbox.Change, error) { return f.Store.ChangesAfter(ctx, seq, limit) })
}

func (f *faulty) LastSeq(ctx context.Context) (int64, error) {
	return through(ctx, f, func() (int64, error) { return f.Store.LastSeq(ctx) })
}

func (f *faulty) Relayed(ctx context.Context) (int64, error) {
	return through(ctx, f, func() (int64, error) { return f.Store.Relayed(ctx) })
}

func (f *faulty) MarkRelayed(ctx context.Context, seq int64) error {
	if err := f.pass(ctx); err != nil {
		return err
	}
	return f.Store.MarkRelayed(ctx, seq)
}

func (f *faulty) OpenMoves(ctx context.Context, w string) ([]alert.Move, error) {
	return through(ctx, f, func() ([]alert.Move, error) { return f.Store.OpenMoves(ctx, w) })
}

func (f *faulty) DueWithin(ctx context.Context, within time.Duration, n int) ([]alert.DueStep, error) {
	return through(ctx, f, func() ([]alert.DueStep, error) { return f.Store.DueWithin(ctx, within, n) })
}

func (f *faulty) DueOf(ctx context.Context, ids []string) ([]alert.DueStep, error) {
	return through(ctx, f, func() ([]alert.DueStep, error) { return f.Store.DueOf(ctx, ids) })
}

func (f *faulty) AlertPolicy(ctx context.Context, w string) (alert.Policy, error) {
	return through(ctx, f, func() (alert.Policy, error) { return f.Store.AlertPolicy(ctx, w) })
}

func (f *faulty) PutSightings(ctx context.Context, list []alert.Sighting) error {
	if err := f.pass(ctx); err != nil {
		return err
	}
	return f.Store.PutSightings(ctx, list)
}

func (f *faulty) Beds(ctx context.Context, w string) ([]ward.Bed, error) {
	return through(ctx, f, func() ([]ward.Bed, error) { return f.Store.Beds(ctx, w) })
}

func (f *faulty) Summaries(ctx context.Context, ids []string) (map[string]patient.Summary, error) {
	return through(ctx, f, func() (map[string]patient.Summary, error) { return f.Store.Summaries(ctx, ids) })
}

func (f *faulty) Readable(ctx context.Context) error {
	if err := f.pass(ctx); err != nil {
		return err
	}
	return f.Store.Readable(ctx)
}

// anyone lets everybody do everything: who may is tested elsewhere, and a session
// cannot be asked for while Redis is away.
type anyone struct{}

func (anyone) Require(context.Context, staff.Session, staff.Permission, string) error { return nil }

func (anyone) Alive(context.Context, staff.Session) error { return nil }

func (anyone) ByEmergency(context.Context, staff.Session, staff.Permission, string) bool {
	return false
}

// rival is the charge nurse "n3" of 4B: who accepts is told from the others by
// nothing else.
func rival(n int) staff.Staff {
	id := fmt.Sprint("n", n)
	return staff.Staff{ID: id, Surname: id, Role: staff.ChargeNurse, Wards: []string{"4B"}, Active: true}
}

// enrol puts so many rivals on record.
func enrol(t *testing.T, s *records.Store, many int) {
	t.Helper()
	must(t, s.PutWard(t.Context(), ward.Ward{ID: "4B", Name: "4B Medicine"}))
	for n := range many {
		must(t, s.PutStaff(t.Context(), rival(n), ""))
	}
}
