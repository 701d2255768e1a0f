package records_test

import (
	"errors"
	"testing"
	"time"

	"github.com/wardlight/wardlight/app/records"
	"github.com/wardlight/wardlight/app/records/recordtest"
	"github.com/wardlight/wardlight/app/ward"
)

// A record that held places before it held what was said of them goes on from
// there. Seen red: without firstPlace the discharge finds no visit, and the patient
// stays on the board.
func TestPlaceFromBeforeEvents(t *testing.T) {
	recordtest.Each(t, func(t *testing.T, r *recordtest.Record) {
		s := fresh(t, r)
		ctx := t.Context()
		ok(t, r.Exec(t, `DELETE FROM place_events`))
		ok(t, r.Exec(t, `UPDATE encounters SET folded = FALSE`))
		ok(t, r.Exec(t, `UPDATE patients SET visit = ''`))
		ok(t, s.PutPatient(ctx, person("p1", "02")))
		all, err := s.Encounters(ctx, "p1")
		ok(t, err)
		if len(all) != 1 || len(all[0].Stays) != 2 || all[0].Stays[1].Bed != "02" || all[0].Reason != "Pneumonia" ||
			!all[0].Admitted.Equal(noon.Add(-48*time.Hour)) {
			t.Fatalf("%+v", all)
		}
		ok(t, s.Discharge(ctx, "p1"))
		if all, err = s.Encounters(ctx, "p1"); err != nil || len(all) != 1 || all[0].Discharged.IsZero() {
			t.Fatalf("%+v %v", all, err)
		}
		if here, err := s.WardPatients(ctx, "4B"); err != nil || len(here) != 0 {
			t.Fatalf("%v %v", here, err)
		}
	})
}

func TestBedsListWhoHasNone(t *testing.T) {
	recordtest.Each(t, func(t *testing.T, r *recordtest.Record) {
		s := fresh(t, r)
		ctx := t.Context()
		p := person("p2", "")
		p.Room = "R12"
		ok(t, s.PutPatient(ctx, p))
		beds, err := s.Beds(ctx, "4B")
		ok(t, err)
		if beds[0].Patient != "p2" || beds[0].Name != "" || beds[0].Room != "R12" || beds[1].Patient != "p1" {
			t.Fatalf("%+v", beds)
		}
		if err := s.PutPatient(ctx, person("p3", "no such bed")); !errors.Is(err, records.ErrNotFound) {
			t.Fatal(err)
		}
		if err := s.PutWard(ctx, ward.Ward{ID: "other", Code: "4B", Site: "Northside"}); !errors.Is(err,
			records.ErrInvalid) {
			t.Fatal(err)
		}
	})
}
