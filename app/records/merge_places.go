package records

import (
	"context"
)

// mergePlaces joins what was said of where two records' patient was: it was one
// person, who is where all of it leads. merged is in no bed any more.
func (t *tx) mergePlaces(ctx context.Context, survivor, merged string) error {
	return t.movePlaces(ctx, merged, survivor, "")
}

// splitPlaces undoes [tx.mergePlaces]: what was said of merged is merged's again.
func (t *tx) splitPlaces(ctx context.Context, survivor, merged string) error {
	return t.movePlaces(ctx, survivor, merged, merged)
}

// movePlaces gives what was said of one patient to another; charted_for, unless it
// is empty, says of what alone.
func (t *tx) movePlaces(ctx context.Context, from, to, chartedFor string) error {
	for _, id := range []string{from, to} { // a place from before there were events
		if _, err := t.placeEvents(ctx, id); err != nil {
			return err
		}
	}
	clear(t.places)
	for _, step := range []string{
		`UPDATE place_events SET patient = ? WHERE patient = ? AND (charted_for = ? OR CAST(? AS TEXT) = '')`,
		`UPDATE encounters SET patient = ? WHERE patient = ? AND NOT folded AND (charted_for = ? OR CAST(? AS TEXT) = '')`,
	} {
		if _, err := t.exec(ctx, step, to, from, chartedFor, chartedFor); err != nil {
			return err
		}
	}
	// The flags of both hold: which visit decides is no readmission.
	if _, err := t.exec(ctx, `UPDATE patients SET visit = '' WHERE id IN (?, ?)`, from, to); err != nil {
		return err
	}
	for _, id := range []string{from, to} {
		if _, err := t.settle(ctx, id); err != nil {
			return err
		}
	}
	return nil
}
