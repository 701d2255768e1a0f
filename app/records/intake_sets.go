package records

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"slices"

	"github.com/google/uuid"

	"github.com/wardlight/wardlight/app/chart"
	"github.com/wardlight/wardlight/app/result"
	"github.com/wardlight/wardlight/app/vitals"
)

// setSpace makes IDs of sets from those of their first values.
var setSpace = uuid.MustParse("0b0f0f3c-3d53-5d0a-9a7e-6b3f5c1f8e74")

// place finds the set that a value is charted in: its own, if it still fits; one
// of the same order and source; one that holds the same sign of the same moment;
// else a new one.
func (w *charting) place(ctx context.Context, v found) error {
	sign, set := v.sign(), ""
	var was []string
	for _, r := range v.Versions {
		if id := w.rows[r.ID].SetID; id != "" && !slices.Contains(was, id) {
			was = append(was, id)
			if !w.whole[id] && !w.made[id] {
				w.whole[id] = true
				if err := w.load(ctx, `r.set_id = ? AND r.patient = ?`, id, w.patient); err != nil {
					return err
				}
			}
		}
	}
	if sign != "" && v.Timed && v.said() {
		sets := w.sets()
		own, near := slices.Clone(was), near(sets, v, sign)
		if slices.ContainsFunc(own, func(id string) bool { return shared(sets[id], v) }) {
			near = append(own, near...)
		} else { // alone in its set, it may join the others of its order
			near = append(near, own...)
		}
		for _, id := range near {
			if fits(sets[id], v, sign) {
				set = id
				break
			}
		}
		if set == "" {
			var err error
			if set, err = w.newSet(ctx, v); err != nil {
				return err
			}
		}
	}
	for _, r := range v.Versions {
		if k := w.rows[r.ID]; k.SetID != set {
			k.SetID, k.changed = set, k.changed || !k.fresh
		}
	}
	for _, id := range append(was, set) {
		w.rebuild(id)
	}
	return nil
}

// gather joins what is left alone in a set, after others have moved, to the set
// of its order that it fits in.
func (w *charting) gather(ctx context.Context) error {
	for i := 0; i < len(w.again); i++ {
		var of []result.Result
		alone := true
		for _, k := range w.rows {
			if k.SetID == w.again[i] && k.Void == "" {
				of = append(of, k.Result)
				alone = alone && k.ValueID == of[0].ValueID
			}
		}
		if len(of) == 0 || !alone || w.made[w.again[i]] {
			continue
		}
		if err := w.place(ctx, found{result.Together(of), of[0].ValueID}); err != nil {
			return err
		}
	}
	return nil
}

// newSet is a set that is not there yet. A value that was charted elsewhere before
// may have given its name to that set.
func (w *charting) newSet(ctx context.Context, v found) (string, error) {
	for n := 0; ; n++ {
		id := uuid.NewSHA1(setSpace, fmt.Appendf(nil, "%s|%s|%d", w.patient, v.id, n)).String()
		taken := slices.ContainsFunc(slices.Collect(maps.Values(w.rows)), func(k *kept) bool { return k.SetID == id })
		if !taken && !w.rows[v.id].fresh {
			var err error
			if _, taken, err = w.t.observation(ctx, id); err != nil {
				return "", err
			}
		}
		if !taken {
			w.made[id] = true
			return id, nil
		}
	}
}

// set makes a set anew from the values that belong to it.
func (w *charting) set(ctx context.Context, id string) error {
	members, old, found, err := w.members(ctx, id)
	if err != nil {
		return err
	}
	byValue := map[string][]result.Result{}
	var values []result.Value
	for _, r := range members {
		byValue[r.ValueID] = append(byValue[r.ValueID], r)
	}
	for _, value := range slices.Sorted(maps.Keys(byValue)) {
		values = append(values, result.Together(byValue[value]))
	}
	base := old
	if !found {
		if len(members) == 0 {
			return nil
		}
		first := slices.MinFunc(members,
			func(a, b result.Result) int { return cmp.Or(a.ValueAt.Compare(b.ValueAt), cmp.Compare(a.ID, b.ID)) })
		base = vitals.Observation{ID: id, Patient: w.patient, Taken: first.ValueAt, Received: first.Received,
			Source: first.Source, Scale2: w.scale2}
	}
	now := result.Set(base, values)
	if found {
		if err := w.persons(ctx, old, &now, values); err != nil {
			return err
		}
	}
	if now.SBP != nil && now.DBP != nil && *now.DBP > *now.SBP &&
		!(alike(now.SBP, old.SBP) && alike(now.DBP, old.DBP)) {
		w.findings = append(w.findings, result.Finding{Result: members[0].ID, Kind: result.DiastolicAbove})
	}
	switch empty := !now.Measured() && len(now.Remarks) == 0; {
	case !found && !empty:
		_, err = w.t.insertObservation(ctx, now)
	case found && empty && len(members) == 0 && old.By == "":
		// Its values are charted in another set: they were measured at another time.
		// What a person has amended stays, with what they wrote and why.
		var gone int64
		gone, err = w.t.exec(ctx, `DELETE FROM observations WHERE id = ?
			AND NOT EXISTS (SELECT 1 FROM amendments a WHERE a.entry = ? AND a.by_staff <> '')`, id, id)
		if err == nil && gone == 0 {
			err = w.t.rechart(ctx, old, now, w.whyOf(members, now))
		}
	case found:
		err = w.t.rechart(ctx, old, now, w.whyOf(members, now))
	}
	return err
}

// whyOf is why a set is charted anew: by its source, or because somebody took back
// values of it just now.
func (w *charting) whyOf(members []result.Result, now vitals.Observation) chart.Amendment {
	for _, r := range members {
		if r.Void != "" && r.VoidAt.Equal(w.t.at) {
			return chart.Amendment{Reason: r.Void, ByName: r.VoidBy}
		}
	}
	return chart.Amendment{Reason: chart.BySource, ByName: now.Source}
}

// members reads the versions of a set's values, and the set as it is if it is there.
func (w *charting) members(ctx context.Context,
	id string) (of []result.Result, old vitals.Observation, found bool, err error) {
	if w.made[id] {
		for _, k := range w.rows {
			if k.SetID == id {
				of = append(of, k.Result)
			}
		}
		return of, old, false, nil
	}
	if of, err = w.t.results(ctx, `r.set_id = ? AND r.patient = ?`, id, w.patient); err == nil {
		old, found, err = w.t.observation(ctx, id)
	}
	return of, old, found, err
}
