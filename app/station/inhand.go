package station

import (
	"cmp"
	"context"
	"slices"

	"github.com/wardlight/wardlight/app/alert"
)

// InHand are the alerts that a person has in hand, on whichever ward, as the record has them: the one
// taken first is first. The cards name their patients, with where they lie by now; one who cannot be
// read just now is marked so.
func (s *Station) InHand(ctx context.Context, staffID string) ([]alert.Card, error) {
	moves, err := s.opt.Record.OpenMoves(ctx, "")
	if err != nil {
		return nil, err
	}
	lives, of := map[string]alert.Life{}, map[string]alert.Alert{}
	for _, m := range moves {
		lives[m.Alert.ID], of[m.Alert.ID] = lives[m.Alert.ID].With(m), m.Alert
	}
	var out []alert.Card
	for id, l := range lives {
		if l.Stage == alert.InHand && l.Accepted.By == staffID {
			out = append(out, s.cardInHand(ctx, of[id], l))
		}
	}
	slices.SortFunc(out, func(a, b alert.Card) int {
		return cmp.Or(a.TakenAt.Compare(b.TakenAt), cmp.Compare(a.Alert.ID, b.Alert.ID))
	})
	return out, nil
}

// cardInHand is the card of an alert that somebody has in hand.
func (s *Station) cardInHand(ctx context.Context, a alert.Alert, l alert.Life) alert.Card {
	c := alert.Card{Alert: a, State: alert.TakenInHand, Stage: l.Stage, Turn: l.Turn, Level: l.Level, Ceased: l.Ceased,
		TakenBy: l.Accepted.ByName, TakenID: l.Accepted.By, TakenAt: l.Accepted.At}
	c.Now = alert.Whereabouts{Moved: true, Ward: s.wardName(ctx, a.Ward), Bed: a.Bed}
	if a.Patient == "" {
		return c
	}
	k, err := s.Reader.Get(ctx, a.Patient)
	if err != nil {
		c.Unidentified, c.Unread = true, true
		return c
	}
	p := k.Summary.Patient
	c.Surname, c.Given, c.MRN, c.Born, c.BornIn = p.Surname, p.Given, p.MRN, p.Born, p.BornIn
	if k.Summary.Ward == "" {
		c.Now = alert.Whereabouts{Moved: true, Off: true}
	} else {
		c.Now.Ward, c.Now.Bed = s.wardName(ctx, k.Summary.Ward), k.Summary.Bed
	}
	return c
}

// wardName is what a ward is called; its ID if the record cannot say.
func (s *Station) wardName(ctx context.Context, id string) string {
	wards, _ := s.opt.Record.Wards(ctx)
	for _, w := range wards {
		if w.ID == id {
			return w.Title()
		}
	}
	return id
}
