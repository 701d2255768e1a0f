package records

import (
	"cmp"
	"slices"
	"strings"

	"github.com/wardlight/wardlight/app/result"
)

// found is a value that is not as it was, under the ID by which the record knows it.
type found struct {
	result.Value
	id string
}

// values finds the values of an item, and returns those of which anything changed.
func (w *charting) values(pool []*kept) (out []found) {
	var versions []result.Result
	for _, k := range pool {
		if k.Void == "" {
			versions = append(versions, k.Result)
		}
	}
	for _, v := range result.Values(versions) {
		f := found{v, known(v)}
		changed := false
		for i, r := range v.Versions {
			k := w.rows[r.ID]
			now := k.Result
			now.ValueID, now.ValueAt, now.Stands, now.Loose = f.id, v.Taken, i == v.Stands, v.Loose
			if !k.fresh && k.ValueID != f.id && !k.ValueAt.Equal(v.Taken) && r.Effect.Changes() {
				w.regrouped(pool)
			}
			if k.fresh || k.changed || now != k.Result {
				changed = true
				k.changed = k.changed || !k.fresh
				k.Result = now
			}
		}
		if changed {
			out = append(out, f)
		}
	}
	return out
}

// regrouped says of what came that a correction which stood for a value of another
// time is one of its value now, or no longer.
func (w *charting) regrouped(pool []*kept) {
	for _, k := range pool {
		if k.fresh {
			w.findings = append(w.findings, result.Finding{Result: k.ID, Kind: result.Regrouped})
			return
		}
	}
}

// known is the ID of a value: that of one of its versions, so that no two values
// have the same; that by which it was known before, if it has it still.
func known(v result.Value) string {
	byArrival := slices.SortedFunc(slices.Values(v.Versions), func(a, b result.Result) int {
		return cmp.Or(cmp.Compare(a.Arrived, b.Arrived), result.Compare(a, b))
	})
	for _, r := range byArrival {
		if r.ValueID == r.ID {
			return r.ID
		}
	}
	return byArrival[0].ID
}

// say tells what was found of the versions that came.
func (w *charting) say(v found) {
	old := slices.ContainsFunc(v.Versions, func(r result.Result) bool { return r.Message == "" })
	for _, r := range v.Versions {
		if !w.rows[r.ID].fresh {
			continue
		}
		kind := result.FindingKind(0)
		switch {
		case v.Found == result.Several:
			kind = result.CorrectsSeveral
		case v.Found == result.Nothing && r.Effect == result.NotObtained:
			kind = result.NotObtainedHere
		case v.Found == result.Nothing:
			kind = result.CorrectsNothing
		case old && r.Sign != "":
			kind = result.OfBefore
		case v.WithdrawnFromAnotherTime(r):
			kind = result.WithdrawsOther
		default:
			continue
		}
		w.findings = append(w.findings, result.Finding{Result: r.ID, Kind: kind})
	}
}

// sign is which sign of a set a value is; "" if none.
func (v found) sign() string {
	for _, r := range v.Versions {
		if r.Sign != "" {
			return string(r.Sign)
		}
	}
	return ""
}

// group is what the value has in common with the others of its set.
func (v found) group() (source, group string) {
	r := v.Versions[0]
	for _, o := range v.Versions {
		if o.Effect == result.Final || o.Effect == result.Preliminary {
			r = o
			break
		}
	}
	return r.Source, r.Group()
}

// said reports whether any version of the value could be read.
func (v found) said() bool {
	return slices.ContainsFunc(v.Versions,
		func(r result.Result) bool { return strings.TrimSpace(result.Text(r)) != "" })
}
