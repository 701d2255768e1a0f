package records_test

import (
	"context"
	"fmt"
	"testing"
	"time"

	"github.com/wardlight/wardlight/app/records"
	"github.com/wardlight/wardlight/app/ward"
)

// BenchmarkAtRest holds an encrypted record against a plain one: a save with its
// flush to the disk, a board of 40 beds, and a cold start with that board.
func BenchmarkAtRest(b *testing.B) {
	for _, encrypted := range []bool{false, true} {
		r := secured(b, encrypted)
		r.Options.Seal = nil
		s := r.Open(b)
		var ids []string
		ok(b, s.Batch(b.Context(), func(ctx context.Context, t *records.Batch) error {
			if err := t.PutWard(ctx, ward.Ward{ID: "4B"}); err != nil {
				return err
			}
			for p := range 40 {
				id, bed := fmt.Sprintf("p%d", p), fmt.Sprintf("%02d", p+1)
				ids = append(ids, id)
				if err := t.PutBed(ctx, ward.Bed{Ward: "4B", Name: bed}); err != nil {
					return err
				}
				if err := t.PutPatient(ctx, person(id, bed)); err != nil {
					return err
				}
				for h := range 30 * 24 {
					if _,
						err := t.AddObservation(ctx,
						set(fmt.Sprintf("%s-%d", id, h), id, noon.Add(time.Duration(-h)*time.Hour))); err != nil {
						return err
					}
				}
			}
			return nil
		}))
		name := map[bool]string{false: "plain", true: "encrypted"}[encrypted]
		version := int64(0)
		b.Run("save/"+name, func(b *testing.B) {
			for b.Loop() {
				ok(b, second(s.Save(b.Context(), noteSave(fmt.Sprint(name, version), version, 1))))
				version++
			}
		})
		b.Run("board/"+name, func(b *testing.B) {
			for b.Loop() {
				ok(b, second(s.Summaries(b.Context(), ids)))
			}
		})
		b.Run("cold/"+name, func(b *testing.B) {
			for b.Loop() {
				again, err := records.Open(b.Context(), r.Options)
				ok(b, err)
				ok(b, second(again.Summaries(b.Context(), ids)))
				ok(b, again.Close())
			}
		})
	}
}
