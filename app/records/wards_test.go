package records_test

import (
	"testing"

	"github.com/wardlight/wardlight/app/records/recordtest"
	"github.com/wardlight/wardlight/app/ward"
)

// The record says of which wards the name alone tells too little, in a list and of one
// alone. Seen red with no ward shared.
func TestTheRecordSaysWhichWardsShareAName(t *testing.T) {
	recordtest.Each(t, func(t *testing.T, r *recordtest.Record) {
		s, ctx := fresh(t, r), t.Context()
		ok(t, s.PutWard(ctx, ward.Ward{ID: "icu-n", Name: "ICU", Site: "NORTH"}))
		ok(t, s.PutWard(ctx, ward.Ward{ID: "icu-s", Name: "ICU", Site: "SOUTH"}))
		all, err := s.Wards(ctx)
		ok(t, err)
		shared := 0
		for _, w := range all {
			if w.Shared {
				shared++
			}
			one, err := s.Ward(ctx, w.ID)
			ok(t, err)
			if one != w || w.Shared != (w.Name == "ICU") {
				t.Errorf("%+v, alone %+v", w, one)
			}
		}
		if shared != 2 {
			t.Errorf("%d of %d share a name", shared, len(all))
		}
	})
}
