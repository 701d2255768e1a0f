package records_test

import (
	"context"
	"fmt"
	"testing"
	"time"

	"github.com/wardlight/wardlight/app/records"
	"github.com/wardlight/wardlight/app/records/recordtest"
	"github.com/wardlight/wardlight/app/ward"
)

// fullWard is 24 patients, each with hourly sets of the given number of days.
func fullWard(b testing.TB, days int) (*records.Store, []string) {
	b.Helper()
	s := recordtest.SQLite(b).Open(b)
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
			for h := range days * 24 {
				if _, err := t.AddObservation(ctx, set(fmt.Sprintf("%s-%d", id, h), id, noon.Add(time.Duration(-h)*time.Hour))); err != nil {
					return err
				}
			}
		}
		return nil
	}))
	return s, ids
}

// BenchmarkSummaries reads a full ward: the time must not grow with the length
// of stay. The goal is 5 ms.
func BenchmarkSummaries(b *testing.B) {
	for _, days := range []int{3, 365} {
		b.Run(fmt.Sprintf("%ddays", days), func(b *testing.B) {
			s, ids := fullWard(b, days)
			for b.Loop() {
				got, err := s.Summaries(b.Context(), ids)
				if err != nil || len(got) != 40 || len(got["p7"].Recent) != 24 {
					b.Fatal(err, len(got))
				}
			}
		})
	}
}
