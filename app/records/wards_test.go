package records_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/wardlight/wardlight/app/hl7"
	"github.com/wardlight/wardlight/app/records"
	"github.com/wardlight/wardlight/app/records/recordtest"
	"github.com/wardlight/wardlight/app/ward"
)

// What a feed calls a ward finds what it would find in the list of all: in any script,
// by letters as they are, refused where two sites share the code and none is said. Seen
// red: without the wards of no site.
func TestAFeedFindsWardsAsInTheListOfAll(t *testing.T) {
	recordtest.Each(t, func(t *testing.T, r *recordtest.Record) {
		s, ctx := fresh(t, r), t.Context()
		codes := []string{"ICU", "icu", "İCU", "6N", "６N", "病棟", "Straße", "STRASSE", "4B", "a|b", "nul\x00", "\xff"}
		sites := []string{"", "NORTH", "north", "SOUTH"}
		for n, code := range codes[:9] {
			for m, site := range sites {
				if (n+m)%3 == 0 {
					ok(t, s.PutWard(ctx, ward.Ward{ID: fmt.Sprintf("w%d%d", n, m), Name: code, Site: site, Code: code}))
				}
			}
		}
		all, err := s.Wards(ctx)
		ok(t, err)
		ok(t, s.ImportBatch(ctx, func(ctx context.Context, w hl7.Writer) error {
			for _, code := range codes {
				for _, site := range append(sites, "WEST") {
					want, wanted, wantErr := ward.Select(all, code, site)
					got, found, err := w.FindWard(ctx, code, site)
					if found != wanted || got.ID != want.ID || errors.Is(err, hl7.ErrRefused) != (wantErr != nil) {
						t.Errorf("%q of %q: %+v %v %v, want %+v %v %v", code, site, got, found, err, want, wanted,
							wantErr)
					}
					if err != nil &&
						!strings.Contains(err.Error(), strings.TrimPrefix(wantErr.Error(), ward.ErrSeveral.Error())) {
						t.Errorf("%q of %q: %v, want %v", code, site, err, wantErr)
					}
				}
			}
			return nil
		}))
		if r.Engine == "postgres" {
			return // it chooses by how many wards there are
		}
		// No place costs a look at all wards.
		plan, err := s.Plan(ctx, records.WardsOfCode, "ICU")
		ok(t, err)
		if !slices.ContainsFunc(plan, func(line string) bool { return strings.Contains(line, "wards_of_code") }) {
			t.Errorf("%q", plan)
		}
	})
}

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
