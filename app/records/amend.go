package records

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/wardlight/wardlight/app/chart"
	"github.com/wardlight/wardlight/app/vitals"
)

// Amend changes a signed entry: the entry of save replaces the one with its ID,
// which stays on record with the reason and the person who gave it. It is conditional on
// version and fence, audited and idempotent as [Store.Save] is, and raises the
// section's version. [ErrNotFound] if the patient has no such entry,
// [ErrInvalid] without a reason.
func (s *Store) Amend(ctx context.Context, save chart.Save, reason string) (chart.Saved, error) {
	if reason == "" {
		return chart.Saved{}, fmt.Errorf("%w: amendment without reason", ErrInvalid)
	}
	return s.once(ctx, save, reason, func(t *tx, at int64) (int64, error) {
		version, err := t.guard(ctx, save, at)
		if err != nil {
			return 0, err
		}
		return version, t.amend(ctx, save, reason, at)
	})
}

// Amendments lists an entry's amendments, oldest first.
func (s *Store) Amendments(ctx context.Context, entryID string) ([]chart.Amendment, error) {
	var out []chart.Amendment
	rows, err := s.reader.QueryContext(ctx, `SELECT entry, n, section, was, became, reason, by_staff, by_name, at
		FROM amendments WHERE entry = ? ORDER BY n`, entryID)
	err = each(rows, err, func(r *sql.Rows) error {
		var a chart.Amendment
		var was, became []byte
		err := r.Scan(&a.Entry, &a.N, &a.Section, &was, &became, &a.Reason, &a.By, &a.ByName, clock{&a.At})
		if err == nil {
			err = errors.Join(json.Unmarshal(was, &a.Was), json.Unmarshal(became, &a.Became))
		}
		out = append(out, a)
		return err
	})
	return out, away(err)
}

func (t *tx) amend(ctx context.Context, save chart.Save, reason string, at int64) error {
	was, err := t.entry(ctx, save.Patient, save.Section, entryID(save.Entry))
	if err != nil {
		return err
	}
	became, byName := save.Entry, ""
	if n := became.Note; n != nil {
		c := *was.Note // who signed and when stay as they were
		c.Text, byName = n.Text, n.ByName
		became.Note = &c
		_, err = t.exec(ctx, `UPDATE notes SET text = ? WHERE id = ?`, c.Text, c.ID)
	} else {
		o := *became.Observation
		o.Patient = save.Patient
		became.Observation = &o
		err = t.rewriteObservation(ctx, o)
	}
	if err != nil {
		return err
	}
	return t.amended(ctx, chart.Amendment{Section: save.Section, Entry: entryID(save.Entry), Was: was, Became: became,
		Reason: reason, By: save.Staff, ByName: byName, At: time.UnixMicro(at)})
}

// amended writes an amendment down as the entry's next.
func (t *tx) amended(ctx context.Context, a chart.Amendment) error {
	was, err := json.Marshal(a.Was)
	if err != nil {
		return fmt.Errorf("%w: %w", ErrInvalid, err)
	}
	became, err := json.Marshal(a.Became)
	if err != nil {
		return fmt.Errorf("%w: %w", ErrInvalid, err)
	}
	_, err = t.exec(ctx, `INSERT INTO amendments (entry, n, section, was, became, reason, by_staff, by_name, at)
		VALUES (?, (SELECT COALESCE(MAX(n), 0) + 1 FROM amendments WHERE entry = ?), ?, ?, ?, ?, ?, ?, ?)`,
		a.Entry, a.Entry, string(a.Section), string(was), string(became), a.Reason, a.By, a.ByName, a.At.UnixMicro())
	return err
}

// entry reads one entry of a patient's section.
func (t *tx) entry(ctx context.Context, patientID string, section chart.Section, id string) (e chart.Entry, err error) {
	query := `SELECT ` + observationColumns + ` FROM observations o WHERE o.id = ? AND o.patient = ?`
	if section == chart.Notes {
		query = `SELECT ` + noteColumns + ` FROM notes n WHERE n.id = ? AND n.patient = ?`
	}
	rows, err := t.QueryContext(ctx, query, id, patientID)
	err = each(rows, err, func(r *sql.Rows) error {
		if section == chart.Notes {
			n, err := scanNote(r)
			e.Note = &n
			return err
		}
		e.Observation = &vitals.Observation{}
		return scanObservation(r, e.Observation)
	})
	if err == nil && e == (chart.Entry{}) {
		err = fmt.Errorf("entry %s: %w", id, ErrNotFound)
	}
	return e, err
}

// rewriteObservation changes the values of a set; its identity stays.
func (t *tx) rewriteObservation(ctx context.Context, o vitals.Observation) error {
	if err := checkObservation(o); err != nil {
		return err
	}
	remarks, err := keptRemarks(o.Remarks)
	if err != nil {
		return err
	}
	n, err := t.exec(ctx, `UPDATE observations SET received = ?, rr = ?, spo2 = ?, oxygen = ?, sbp = ?, dbp = ?,
		pulse = ?, acvpu = ?, temp = ?, not_done = ?, remarks = ? WHERE id = ?
		AND patient = ?`, must(o.Received, t.at), o.RR, o.SpO2, o.Oxygen,
		o.SBP, o.DBP, o.Pulse, string(o.ACVPU), o.Temp, string(o.NotDone), remarks, o.ID, o.Patient)
	if err == nil && n == 0 {
		err = fmt.Errorf("observation %s: %w", o.ID, ErrNotFound)
	}
	return err
}
