package station

import (
	"cmp"
	"context"
	"slices"

	"github.com/wardlight/wardlight/app/alert"
	"github.com/wardlight/wardlight/app/staff"
)

// InHand are the alerts that the person of a session has in hand, on whichever ward, as the record has
// them: the one taken first is first. The cards name their wards and their patients, with where they
// lie by now; one who cannot be read just now is marked so, and so is one on a ward whose charts the
// person may not see any more. Errors: the record's.
func (s *Station) InHand(ctx context.Context, by staff.Session) ([]alert.Card, error) {
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
		if l.Stage == alert.InHand && l.Accepted.By == by.Staff.ID {
			out = append(out, s.cardInHand(ctx, by, of[id], l))
		}
	}
	slices.SortFunc(out, func(a, b alert.Card) int {
		return cmp.Or(a.TakenAt.Compare(b.TakenAt), cmp.Compare(a.Alert.ID, b.Alert.ID))
	})
	return out, nil
}

// cardInHand is the card of an alert that somebody has in hand, as far as they may read it.
func (s *Station) cardInHand(ctx context.Context, by staff.Session, a alert.Alert, l alert.Life) alert.Card {
	c := alert.Card{Alert: a, State: alert.TakenInHand, Stage: l.Stage, Turn: l.Turn, Level: l.Level, Ceased: l.Ceased,
		TakenBy: l.Accepted.ByName, TakenID: l.Accepted.By, TakenAt: l.Accepted.At, WardName: s.Titles.Of(ctx, a.Ward)}
	may := func(wardID string) bool { return s.Staff.May(by, staff.ViewChart, wardID) }
	if a.Patient == "" {
		c.Withheld = !may(a.Ward)
		return c
	}
	k, err := s.Reader.Get(ctx, a.Patient)
	if err != nil {
		c.Unidentified, c.Unread, c.Withheld = true, true, !may(a.Ward)
		return c
	}
	on := k.Summary.Ward
	if !may(cmp.Or(on, a.Ward)) {
		c.Withheld = true
		return c
	}
	other := ""
	if on != a.Ward {
		other = s.Titles.Of(ctx, on)
	}
	return c.Identified(k.Summary, other)
}
