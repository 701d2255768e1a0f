package records

import (
	"context"
	"database/sql"
	"errors"
	"time"
)

// mergePlaces joins where both were and are. A patient who lies in a bed under
// the number that goes away must not vanish from the board.
func (t *tx) mergePlaces(ctx context.Context, survivor, merged string, into, from place) error {
	if into.ward != "" { // merged's time in the house ends here: it was the same person's
		if err := t.moved(ctx, merged, "", "", "", time.Time{}); err != nil {
			return err
		}
	}
	if _, err := t.exec(ctx, `UPDATE encounters SET patient = ? WHERE patient = ?`, survivor, merged); err != nil {
		return err
	}
	if into.ward != "" || from.ward == "" {
		return nil
	}
	_, err := t.exec(ctx, `UPDATE patients SET ward = ?, bed = ?,
			admitted = (SELECT m.admitted FROM patients m WHERE m.id = ?),
			reason = (SELECT m.reason FROM patients m WHERE m.id = ?)
		WHERE id = ?`, orNull(from.ward), orNull(from.bed), merged, merged, survivor)
	return err
}

// unmergePlaces parts where both were and are. Who lies in a bed goes with the time
// in the house that began for them: if that was charted for one who is a patient of
// their own again, the bed, whichever it is by now, is theirs. now is who survives
// today, group whose merges are undone with merged.
func (t *tx) unmergePlaces(ctx context.Context, now, merged string, group []string, was mergeKept) error {
	among, list := t.d.among, t.d.list(group)
	var open string
	err := t.QueryRowContext(ctx, `SELECT id FROM encounters WHERE patient = ? AND discharged IS NULL AND charted_for `+among, now, list).Scan(&open)
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return err
	}
	if _, err := t.exec(ctx, `UPDATE encounters SET patient = ? WHERE patient = ? AND charted_for `+among, merged, now, list); err != nil {
		return err
	}
	here, err := t.place(ctx, now)
	if err != nil {
		return err
	}
	switch {
	case open != "":
		if _, err := t.exec(ctx, `UPDATE patients SET ward = NULL, bed = NULL, admitted = ?, reason = ? WHERE id = ?`,
			was.Admitted, was.Reason, now); err != nil {
			return err
		}
		if _, err := t.exec(ctx, `UPDATE patients SET ward = ?, bed = ? WHERE id = ?`, orNull(here.ward), orNull(here.bed), merged); err != nil {
			return err
		}
		return t.wardChanged(ctx, here.ward)
	case was.Closed == "":
		return nil
	}
	// The merge had ended merged's own time in the house: it goes on.
	if _, err := t.exec(ctx, `UPDATE encounters SET discharged = NULL WHERE id = ? AND patient = ?`, was.Closed, merged); err != nil {
		return err
	}
	if _, err := t.exec(ctx, `UPDATE stays SET until = NULL WHERE encounter = ? AND n = (SELECT MAX(s.n) FROM stays s WHERE s.encounter = ?)`,
		was.Closed, was.Closed); err != nil {
		return err
	}
	bed := was.Bed
	if bed != "" {
		var who string
		switch err := t.QueryRowContext(ctx, `SELECT id FROM patients WHERE ward = ? AND bed = ?`, was.Ward, bed).Scan(&who); {
		case err == nil: // somebody lies there by now
			bed = ""
		case !errors.Is(err, sql.ErrNoRows):
			return err
		}
	}
	if _, err := t.exec(ctx, `UPDATE patients SET ward = ?, bed = ? WHERE id = ?`, orNull(was.Ward), orNull(bed), merged); err != nil {
		return err
	}
	if bed != was.Bed {
		if err := t.moved(ctx, merged, was.Ward, "", "", time.Time{}); err != nil {
			return err
		}
	}
	return t.wardChanged(ctx, was.Ward)
}
