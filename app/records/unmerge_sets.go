package records

import (
	"context"
	"slices"
	"time"
)

// partSets gives each of two patients who were one the values that are theirs. While
// they were one, a value may have been charted in a set that is the other's now: it
// must not stand there, nor count there.
func (t *tx) partSets(ctx context.Context, patients ...string) error {
	for _, id := range patients {
		astray, err := t.results(ctx, `r.patient = ? AND r.set_id <> '' AND EXISTS
			(SELECT 1 FROM observations o WHERE o.id = r.set_id AND o.patient <> r.patient)`, id)
		if err != nil {
			return err
		}
		if len(astray) == 0 {
			continue
		}
		w, err := t.charting(ctx, id)
		if err != nil {
			return err
		}
		var times []time.Time
		var sets []string
		for _, r := range astray {
			times = append(times, r.Taken)
			if !slices.Contains(sets, r.SetID) {
				sets = append(sets, r.SetID)
			}
		}
		if err := w.around(ctx, times); err != nil {
			return err
		}
		for _, r := range astray {
			k := w.hold(r)
			k.SetID, k.changed = "", true
			w.touched = append(w.touched, k)
		}
		if err := w.settle(ctx); err != nil {
			return err
		}
		for _, set := range sets {
			o, found, err := t.observation(ctx, set)
			if err != nil {
				return err
			}
			if !found {
				continue
			}
			other, err := t.charting(ctx, o.Patient)
			if err != nil {
				return err
			}
			if err := other.set(ctx, set); err != nil {
				return err
			}
		}
	}
	return nil
}
