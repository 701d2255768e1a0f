package records

import (
	"context"

	"github.com/wardlight/wardlight/app/place"
)

// mergePlaces joins what was said of where two records' patient was: it was one
// person, who is where all of it leads. merged is in no bed any more.
func (t *tx) mergePlaces(ctx context.Context, survivor, merged string) error {
	return t.movePlaces(ctx, merged, survivor, nil)
}

// splitPlaces undoes [tx.mergePlaces]: what was said of merged, and of those who had been
// merged into it, is merged's again.
// A stay that began for one of them goes with all that was said since the merge; own
// are the events that the survivor had then.
func (t *tx) splitPlaces(ctx context.Context, survivor, merged string, group, own []string) error {
	events, err := t.placeEvents(ctx, survivor)
	if err != nil {
		return err
	}
	if h := place.Fold(events); h.Current >= 0 {
		began := h.Visits[h.Current].Began
		if _, err := t.exec(ctx,
			`UPDATE place_events SET charted_for = ? WHERE patient = ? AND at >= (SELECT b.at FROM place_events b
			WHERE b.id = ? AND b.charted_for `+t.d.among+`) AND NOT charted_for `+t.d.among+` AND NOT id `+t.d.among,
			merged, survivor, began, t.d.list(group), t.d.list(group), t.d.list(own)); err != nil {
			return err
		}
	}
	return t.movePlaces(ctx, survivor, merged, group)
}

// movePlaces gives what was said of one patient to another; chartedFor, unless it is
// empty, says of whom alone.
func (t *tx) movePlaces(ctx context.Context, from, to string, chartedFor []string) error {
	for _, id := range []string{from, to} { // a place from before there were events
		if _, err := t.placeEvents(ctx, id); err != nil {
			return err
		}
	}
	clear(t.places)
	among, args := ``, []any{to, from}
	if len(chartedFor) > 0 {
		among, args = ` AND charted_for `+t.d.among, append(args, t.d.list(chartedFor))
	}
	for _, step := range []string{
		`UPDATE place_events SET patient = ? WHERE patient = ?` + among,
		`UPDATE encounters SET patient = ? WHERE patient = ? AND NOT folded` + among,
	} {
		if _, err := t.exec(ctx, step, args...); err != nil {
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
