package records

import (
	"context"
	"fmt"
	"time"
)

// TakeBack implements [hl7.Values].
func (in intake) TakeBack(ctx context.Context, patientID, message, reason, by string) (int, error) {
	return in.t.takeBack(ctx, patientID, message, reason, by)
}

// takeBack takes back all that a message charted for a patient, see [hl7.Values].
func (t *tx) takeBack(ctx context.Context, patientID, message, reason, by string) (int, error) {
	if reason == "" || message == "" {
		return 0, fmt.Errorf("%w: results taken back without reason or message", ErrInvalid)
	}
	w, err := t.charting(ctx, patientID)
	if err != nil {
		return 0, err
	}
	all, err := t.results(ctx, `r.patient = ? AND r.message = ? AND r.void = ''`, w.patient, message)
	if err != nil {
		return 0, err
	}
	var times []time.Time
	for _, r := range all {
		times = append(times, r.Taken)
	}
	if err := w.around(ctx, times); err != nil {
		return 0, err
	}
	for _, r := range all {
		k := w.hold(r)
		k.Void, k.VoidBy, k.VoidAt, k.Stands, k.Loose = reason, by, t.at, false, false
		k.changed = true
		w.touched = append(w.touched, k)
		w.rebuild(k.SetID)
	}
	return len(all), w.settle(ctx)
}
