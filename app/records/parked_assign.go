package records

import (
	"cmp"
	"context"
	"errors"
	"strconv"

	"github.com/wardlight/wardlight/app/audit"
	"github.com/wardlight/wardlight/app/hl7"
	"github.com/wardlight/wardlight/app/parked"
	"github.com/wardlight/wardlight/app/patient"
)

// Hand is whose decision about a parked message it is, and where it was made.
type Hand struct {
	By      string // staff ID
	Name    string // as alerts and charts show it; "" is By
	Station string
	Reason  string // as typed; kept with the message, and not in the trail
	Account string // under which the program ran; it stands in the trail
}

func (h Hand) shown() string { return cmp.Or(h.Name, h.By) }

// ErrNothingCharted means that nothing of a message can be charted for anybody.
var ErrNothingCharted = errors.New("records: the message holds nothing that can be charted")

// AssignParked brings an entry to the patient who is named by two identifiers, as if
// the message had come for them, and reports who that is and what it charted. It is
// refused by the rules of [parked.Entry.MayAssign] and [parked.Said.Fits], and with
// [parked.ErrNamesAnother] where the message names another; [ErrNotFound] or [ErrAmbiguous] if the number is
// nobody's or several people's.
func (s *Store) AssignParked(ctx context.Context, id int64, said parked.Said, by Hand,
	o hl7.ImportOptions) (who patient.Patient, charted hl7.Charted, err error) {
	err = s.write(ctx, func(t *tx) error {
		e, err := oneParked(ctx, t, id)
		if err == nil {
			err = e.MayAssign()
		}
		if err != nil {
			return err
		}
		if who, err = t.named(ctx, said, o.Authority); err != nil {
			return err
		}
		if charted, err = hl7.Replay(ctx, intake{&Batch{t}}, e, who.ID, o); err != nil {
			return refused(err)
		}
		if charted.OtherName && !said.Although {
			return parked.ErrNamesAnother
		}
		if err = t.touchLate(ctx); err != nil {
			return err
		}
		if charted.Observations == 0 {
			return ErrNothingCharted // else a message would be done with of which nothing is left
		}
		if _, err = t.exec(ctx,
			`UPDATE parked SET state = 'assigned', patient = ?, by_staff = ?, at = ?, why = ? WHERE id = ?`,
			who.ID, by.By, t.at.UnixMicro(), by.Reason, id); err != nil {
			return err
		}
		return t.decided(ctx, e, by, audit.AssignParked, who.ID)
	})
	return who, charted, err
}

// TakeBackParked lets an entry wait again: what was discarded, or what was assigned
// to somebody else's chart. It waits since it came: the patient whose it is has lacked
// it all along. Of the chart it undoes exactly what the assignment did:
// what it added stays as withdrawn, what it changed becomes what it was, unless
// that was changed since.
func (s *Store) TakeBackParked(ctx context.Context, id int64, by Hand) (e parked.Entry, err error) {
	err = s.write(ctx, func(t *tx) error {
		if e, err = oneParked(ctx, t, id); err == nil {
			err = e.MayTakeBack(by.Reason)
		}
		if err != nil {
			return err
		}
		touched := e.Patient
		if e.State == parked.Assigned {
			if touched, err = t.uncharted(ctx, e, by); err != nil {
				return err
			}
		}
		if _, err = t.exec(ctx, `UPDATE parked SET state = 'waiting', patient = NULL, by_staff = ?, at = ?, why = ?,
			since = received, turn = turn + 1, alerted = NULL
			WHERE id = ?`, by.By, t.at.UnixMicro(), by.Reason, id); err != nil {
			return err
		}
		t.waits[e.Ward] = true
		return t.audit(ctx,
			audit.Event{Actor: by.By, Station: by.Station, Action: audit.TakeBackParked, Patient: touched,
				Object: strconv.FormatInt(id, 10), Outcome: audit.Done, Reason: by.Account})
	})
	return e, err
}

// DiscardParked ends an entry that is nobody's, for a reason. It can be taken back
// while its text is kept.
func (s *Store) DiscardParked(ctx context.Context, id int64, by Hand) error {
	return s.write(ctx, func(t *tx) error {
		e, err := oneParked(ctx, t, id)
		if err == nil {
			err = e.MayDiscard(by.Reason)
		}
		if err != nil {
			return err
		}
		if _, err = t.exec(ctx, `UPDATE parked SET state = 'discarded', by_staff = ?, at = ?, why = ? WHERE id = ?`,
			by.By, t.at.UnixMicro(), by.Reason, id); err != nil {
			return err
		}
		return t.decided(ctx, e, by, audit.DiscardParked, "")
	})
}

// decided ends the alerts that e waits, tells the wards and writes the trail.
func (t *tx) decided(ctx context.Context, e parked.Entry, by Hand, what audit.Action, patientID string) error {
	if err := t.endParkedAlerts(ctx, e, by); err != nil {
		return err
	}
	t.waits[e.Ward] = true
	return t.audit(ctx, audit.Event{Actor: by.By, Station: by.Station, Action: what, Patient: patientID,
		Object: strconv.FormatInt(e.ID, 10), Outcome: audit.Done, Reason: by.Account})
}

// uncharted takes what an assignment charted out of the chart again and returns
// whose that is now.
func (t *tx) uncharted(ctx context.Context, e parked.Entry, by Hand) (string, error) {
	who, err := t.survivor(ctx, e.Patient)
	if err != nil {
		return "", err
	}
	_, err = t.takeBack(ctx, who, hl7.PartKey(e.Key, e.Group), "charted for the wrong patient", by.shown())
	return who, err
}
