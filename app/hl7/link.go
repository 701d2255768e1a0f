package hl7

import (
	"context"
	"errors"
	"strings"
)

// parkedFor tells a parking for one reason from all others.
func parkedFor(err error, reason string) (*ParkError, bool) {
	e, is := errors.AsType[*ParkError](err)
	return e, is && strings.HasPrefix(e.Reason, reason)
}

// link is A24 and A37: two records that the sender holds for one person's, or no
// longer. They stay apart, each with its own chart; each shows the other's number.
func (p *mapping) link(ctx context.Context, linked bool) error {
	var ids []string
	err := p.pairs(ctx, func(one *mapping, ctx context.Context) error {
		h, err := one.patientOf(ctx, one.m.First("PID"), linked)
		if err != nil {
			return err
		}
		s, changed, err := one.describe(ctx, h)
		if err == nil && changed {
			err = one.PutPatient(ctx, s)
		}
		if err != nil {
			return err
		}
		ids = append(ids, h.Patient.ID)
		return nil
	})
	if err != nil {
		return err
	}
	if len(ids) != 2 {
		return refusef("%d patients are linked, not two", len(ids))
	}
	if ids[0] == ids[1] {
		p.warnf("both numbers are of one patient: there is nothing to link")
		return nil
	}
	return p.Link(ctx, ids[0], ids[1], linked)
}
