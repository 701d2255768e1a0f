package chart

import (
	"cmp"
	"slices"
	"strconv"

	"github.com/wardlight/wardlight/app/vitals"
)

// The changes that another system makes, without a person of this house.
const (
	CorrectedValue What = "corrected-value" // Was and Text are before and after
	WithdrewValue  What = "withdrew-value"  // Was is what stood there
	FinalisedValue What = "finalised-value" // Was is the preliminary value
)

// BySource is the reason of an amendment by which a source corrected its own values.
// It is stored.
const BySource = "corrected by the source"

// WithSources adds to a history (newest first) what the sources of a patient's sets
// corrected, withdrew and made final, by the remarks of the sets.
func WithSources(history []Change, sets []vitals.Observation, patientID string) []Change {
	kinds := map[vitals.RemarkKind]What{vitals.Corrected: CorrectedValue, vitals.Withdrawn: WithdrewValue,
		vitals.Finalised: FinalisedValue}
	out := slices.Clone(history)
	for _, o := range sets {
		for _, r := range o.Remarks {
			what, is := kinds[r.Kind]
			if !is {
				continue
			}
			at := r.At
			if at.IsZero() {
				at = o.Received
			}
			c := Change{At: at, Patient: patientID, By: cmp.Or(r.By, o.Source), What: what, Entry: o.ID, Of: r.Of,
				Was: r.Text}
			if v := o.Value(r.Of); v != nil && what != WithdrewValue {
				c.Text = strconv.FormatFloat(*v, 'f', -1, 64)
			}
			out = append(out, c)
		}
	}
	slices.SortStableFunc(out, func(a, b Change) int { return b.At.Compare(a.At) })
	return out
}
