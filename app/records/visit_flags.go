package records

import (
	"context"
	"database/sql"
	"encoding/json"
	"slices"

	"github.com/wardlight/wardlight/app/patient"
	"github.com/wardlight/wardlight/app/place"
)

// The flags of a visit that is over are kept with one of its events. The history and
// the patient whose older visit goes on read them by the same rule.

// keepVisitFlags keeps a patient's flags with the visit that an event is of, instead
// of what was kept of that visit before: what was taken away since must not be there
// again.
func (t *tx) keepVisitFlags(ctx context.Context, patientID, event string, h place.History) error {
	had, err := t.flags(ctx, patientID)
	if err != nil {
		return err
	}
	kept := ""
	if len(had) > 0 {
		b, err := json.Marshal(had)
		if err != nil {
			return err
		}
		kept = string(b)
	}
	if v := h.Of(event); v != nil {
		_, err := t.exec(ctx, `UPDATE place_events SET flags = '' WHERE flags <> '' AND id `+t.d.among,
			t.d.list(v.Events))
		if err != nil {
			return err
		}
	}
	_, err = t.exec(ctx, `UPDATE place_events SET flags = ? WHERE id = ?`, kept, event)
	return err
}

// visitFlags are the flags that were kept with a visit's events. Two visits that turn
// out to be one have those of both.
func (t *tx) visitFlags(ctx context.Context, events []string) (out []patient.Flag, err error) {
	kept := map[string][]patient.Flag{}
	rows, err := t.QueryContext(ctx, `SELECT id, flags FROM place_events WHERE flags <> '' AND id `+t.d.among,
		t.d.list(events))
	err = each(rows, err, func(r *sql.Rows) error {
		var id, flags string
		if err := r.Scan(&id, &flags); err != nil {
			return err
		}
		var list []patient.Flag
		err := json.Unmarshal([]byte(flags), &list)
		kept[id] = list
		return err
	})
	for _, id := range events {
		for _, f := range kept[id] {
			if !slices.Contains(out, f) {
				out = append(out, f)
			}
		}
	}
	return out, err
}

// flags are those that a patient has now.
func (t *tx) flags(ctx context.Context, patientID string) (out []patient.Flag, err error) {
	rows, err := t.QueryContext(ctx, `SELECT kind, text FROM flags WHERE patient = ? ORDER BY pos`, patientID)
	err = each(rows, err, func(r *sql.Rows) error {
		var f patient.Flag
		err := r.Scan(&f.Kind, &f.Text)
		out = append(out, f)
		return err
	})
	return out, err
}
