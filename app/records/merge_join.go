package records

import (
	"context"
	"slices"

	"github.com/wardlight/wardlight/app/patient"
)

// keptJoin is an allergy of the survivor of which merged said more.
type keptJoin struct {
	Was    patient.Allergy `json:"was"`
	Became patient.Allergy `json:"became"`
}

// joinAllergies gives the survivor's allergies what merged said of the same
// substances: the reactions, and the severity if it is the worse.
func (t *tx) joinAllergies(ctx context.Context, survivor, merged string) (joined []keptJoin, err error) {
	found := map[string]patient.Summary{}
	for _, id := range []string{survivor, merged} {
		if err := summaries(ctx, t, t.d, `= ?`, id, false, found); err != nil {
			return nil, err
		}
	}
	for _, a := range found[survivor].Allergic {
		was := a
		for _, b := range found[merged].Allergic {
			if patient.SameSubstance(a.Substance, b.Substance) {
				a = a.Join(b)
			}
		}
		if a == was {
			continue
		}
		if err := t.putJoined(ctx, survivor, was, a); err != nil {
			return nil, err
		}
		joined = append(joined, keptJoin{was, a})
	}
	return joined, nil
}

// broughtAllergies are the allergies that only merged has.
func (t *tx) broughtAllergies(ctx context.Context, survivor, merged string) (brought []patient.Allergy, err error) {
	found := map[string]patient.Summary{}
	for _, id := range []string{survivor, merged} {
		if err := summaries(ctx, t, t.d, `= ?`, id, false, found); err != nil {
			return nil, err
		}
	}
	for _, a := range found[merged].Allergic {
		same := func(b patient.Allergy) bool { return patient.SameSubstance(a.Substance, b.Substance) }
		if !slices.ContainsFunc(found[survivor].Allergic, same) {
			brought = append(brought, a)
		}
	}
	return brought, nil
}

// partAllergies makes the survivor's allergies again what they were, as far as nobody
// has said anything else of them since.
func (t *tx) partAllergies(ctx context.Context, survivor string, joined []keptJoin) error {
	for _, j := range joined {
		if err := t.putJoined(ctx, survivor, j.Became, j.Was); err != nil {
			return err
		}
	}
	return nil
}

func (t *tx) putJoined(ctx context.Context, id string, was, now patient.Allergy) error {
	_, err := t.exec(ctx, `UPDATE allergies SET reaction = ?, severity = ?, since = ?, type = ?, code = ?, system = ?
		WHERE patient = ? AND substance = ? AND reaction = ? AND severity = ?`,
		now.Reaction, now.Severity, micros(now.Since), now.Type, now.Code, now.System, id, was.Substance, was.Reaction,
		was.Severity)
	return err
}
