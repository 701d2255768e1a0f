package records

import (
	"context"

	"github.com/wardlight/wardlight/app/audit"
	"github.com/wardlight/wardlight/app/chart"
	"github.com/wardlight/wardlight/app/patient"
	"github.com/wardlight/wardlight/app/staff"
	"github.com/wardlight/wardlight/app/vitals"
	"github.com/wardlight/wardlight/app/ward"
)

// Batch is one running transaction for those who bring much at once: imports
// and seeding. It must not be used after its function has returned, nor
// concurrently. Its methods do what those of [Store] of the same name do.
type Batch struct{ t *tx }

// Batch runs f in one transaction: all of it is kept, or nothing. While it runs
// nobody else can write, so it should be short.
func (s *Store) Batch(ctx context.Context, f func(context.Context, *Batch) error) error {
	return s.write(ctx, func(t *tx) error { return f(ctx, &Batch{t}) })
}

// PutWard adds a ward or renames it.
func (b *Batch) PutWard(ctx context.Context, w ward.Ward) error { return b.t.putWard(ctx, w) }

// PutBed adds a bed or changes its state.
func (b *Batch) PutBed(ctx context.Context, bed ward.Bed) error { return b.t.putBed(ctx, bed) }

// PutPatient is as [Store.PutPatient].
func (b *Batch) PutPatient(ctx context.Context, p patient.Summary) error {
	return b.t.putPatient(ctx, p)
}

// AddObservation is as [Store.AddObservation].
func (b *Batch) AddObservation(ctx context.Context, o vitals.Observation) (revision int64, err error) {
	return b.t.addObservation(ctx, o)
}

// AddNote adds a note that was written elsewhere or in the past, without a
// section version. Use [Store.Save] for what a person writes now.
func (b *Batch) AddNote(ctx context.Context, n chart.Note) error {
	if err := b.t.insertNote(ctx, n); err != nil {
		return err
	}
	_, err := b.t.touch(ctx, n.Patient)
	return err
}

// PutStaff is as [Store.PutStaff].
func (b *Batch) PutStaff(ctx context.Context, p staff.Staff, hash string) error {
	return b.t.putStaff(ctx, p, hash)
}

// Audit is as [Store.Audit].
func (b *Batch) Audit(ctx context.Context, e audit.Event) error { return b.t.audit(ctx, e) }

// SetMeta is as [Store.SetMeta].
func (b *Batch) SetMeta(ctx context.Context, key, value string) error {
	return b.t.setMeta(ctx, key, value)
}
