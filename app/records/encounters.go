package records

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"reflect"
	"time"

	"github.com/google/uuid"

	"github.com/wardlight/wardlight/app/patient"
	"github.com/wardlight/wardlight/app/place"
)

// Encounters lists a patient's encounters, oldest first; those of merged
// records are among them. They follow from what was said of where the patient
// was, by [Store.PutPatient], [Store.Discharge] and an import.
func (s *Store) Encounters(ctx context.Context, patientID string) ([]patient.Encounter, error) {
	out, err := encounters(ctx, s.reader, patientID, false)
	return out, away(err)
}

// encounters reads a patient's encounters, or those alone that follow from place
// events.
func encounters(ctx context.Context, q querier, patientID string, folded bool) (out []patient.Encounter, err error) {
	rows, err := q.QueryContext(ctx,
		`SELECT e.id, e.patient, e.visit, e.class, e.admitted, e.discharged, e.ended, e.reason, e.pregnant, e.flags,
			s.ward, s.bed, s.room, s.since, s.until
		FROM encounters e JOIN stays s ON s.encounter = e.id WHERE e.patient = ? AND (e.folded OR ?)
		ORDER BY e.admitted, e.id, s.n`, patientID, !folded)
	err = each(rows, err, func(r *sql.Rows) error {
		var e patient.Encounter
		var s patient.Stay
		var flags string
		err := r.Scan(&e.ID, &e.Patient, &e.Visit, &e.Class, clock{&e.Admitted}, clock{&e.Discharged}, &e.Ended,
			&e.Reason, &e.Pregnant, &flags,
			&s.Ward, &s.Bed, &s.Room, clock{&s.Since}, clock{&s.Until})
		if n := len(out); n == 0 || out[n-1].ID != e.ID {
			if flags != "" && err == nil {
				err = json.Unmarshal([]byte(flags), &e.Flags)
			}
			out = append(out, e)
		}
		last := &out[len(out)-1]
		last.Stays = append(last.Stays, s)
		return err
	})
	return out, err
}

// putEncounters writes the encounters that a history comes to, as far as they
// differ from those that are there. A visit that never led to a ward is none.
func (t *tx) putEncounters(ctx context.Context, patientID string, h place.History) error {
	had, err := encounters(ctx, t, patientID, true)
	if err != nil {
		return err
	}
	is := map[string]patient.Encounter{}
	for _, e := range had {
		is[e.ID] = e
	}
	var write []patient.Encounter
	for n, v := range h.Visits {
		if len(v.Stays) == 0 {
			continue
		}
		e, err := t.encounter(ctx, patientID, v)
		if err != nil {
			return err
		}
		if n != h.Current && e.Discharged.IsZero() {
			e.Discharged = v.Stays[len(v.Stays)-1].Since // one is open at most
			if until := v.Stays[len(v.Stays)-1].Until; !until.IsZero() {
				e.Discharged = until
			}
		}
		if old, there := is[e.ID]; !there || !reflect.DeepEqual(old, e) {
			write = append(write, e)
		} else {
			delete(is, e.ID)
		}
	}
	for _, e := range write {
		delete(is, e.ID)
		if err := t.dropEncounter(ctx, e.ID); err != nil {
			return err
		}
	}
	for id := range is {
		if err := t.dropEncounter(ctx, id); err != nil {
			return err
		}
	}
	for _, e := range write {
		if err := t.insertEncounter(ctx, e); err != nil {
			return err
		}
	}
	return nil
}

// encounterSpace makes encounters' IDs of what tells visits apart.
var encounterSpace = uuid.MustParse("0f4cf3d4-9a55-5a0e-8a3e-5b7d0f6f9d11")

func (t *tx) encounter(ctx context.Context, patientID string, v place.Visit) (patient.Encounter, error) {
	e := patient.Encounter{ID: uuid.NewSHA1(encounterSpace, []byte(patientID+"\x00"+v.Key)).String(),
		Patient: patientID,
		Visit:   v.Number.Value, Class: v.Class, Admitted: micro(v.Admitted), Discharged: micro(v.Ended),
		Reason: v.Reason, Pregnant: v.Pregnant}
	if v.End != place.Discharged {
		e.Ended = patient.Ending(v.End)
	}
	for _, s := range v.Stays {
		e.Stays = append(e.Stays,
			patient.Stay{Ward: s.Ward, Bed: s.Bed, Room: s.Room, Since: micro(s.Since), Until: micro(s.Until)})
	}
	if v.End == place.Open {
		return e, nil
	}
	var err error
	e.Flags, err = t.visitFlags(ctx, v.Events)
	return e, err
}

// micro is a time as the record holds it.
func micro(t time.Time) time.Time {
	if t.IsZero() {
		return time.Time{}
	}
	return time.UnixMicro(t.UnixMicro()).UTC()
}

func (t *tx) dropEncounter(ctx context.Context, id string) error {
	if _, err := t.exec(ctx, `DELETE FROM stays WHERE encounter = ?`, id); err != nil {
		return err
	}
	_, err := t.exec(ctx, `DELETE FROM encounters WHERE id = ?`, id)
	return err
}

func (t *tx) insertEncounter(ctx context.Context, e patient.Encounter) error {
	flags := ""
	if len(e.Flags) > 0 {
		b, err := json.Marshal(e.Flags)
		if err != nil {
			return err
		}
		flags = string(b)
	}
	if _, err := t.exec(ctx,
		`INSERT INTO encounters (id, patient, charted_for,
			folded, visit, class, admitted, discharged, ended, reason, pregnant, flags)
		VALUES (?, ?, ?, TRUE, ?, ?, ?, ?, ?, ?, ?, ?)`, e.ID,
		e.Patient, e.Patient, e.Visit, e.Class, e.Admitted.UnixMicro(), micros(e.Discharged),
		string(e.Ended), e.Reason, e.Pregnant, flags); err != nil {
		return fmt.Errorf("encounter of %s: %w", e.Patient, err)
	}
	for n, s := range e.Stays {
		if _, err := t.exec(ctx,
			`INSERT INTO stays (encounter, n, ward, bed, room, since, until) VALUES (?, ?, ?, ?, ?, ?, ?)`,
			e.ID, n+1, s.Ward, s.Bed, s.Room, s.Since.UnixMicro(), micros(s.Until)); err != nil {
			return err
		}
	}
	return nil
}
