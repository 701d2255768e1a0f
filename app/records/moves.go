package records

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/wardlight/wardlight/app/alert"
	"github.com/wardlight/wardlight/app/audit"
)

// AppendMove takes one step of an alert's life, or refuses it, in one
// transaction with its outbox entry, and returns it as recorded: with its Seq,
// its times and the record's own copy of the alert. [alert.Life] decides.
//
// It is idempotent by Move.ID, and Raised also by the alert's ID; what a person
// says twice is one move. Of all that accept an alert exactly one wins; the
// others, and whoever rejects or escalates after it, get an [*alert.TakenError]
// with the winner's move. After Resolved comes [alert.ErrResolved]; for an alert
// that was never raised [alert.ErrUnknown].
func (s *Store) AppendMove(ctx context.Context, m alert.Move) (alert.Move, error) {
	out, errs := s.AppendMoves(ctx, []alert.Move{m})
	return out[0], errs[0]
}

// AppendMoves is [Store.AppendMove] for many in one transaction, in their order:
// each is taken or refused by itself. While the record is away none is taken.
func (s *Store) AppendMoves(ctx context.Context, moves []alert.Move) ([]alert.Move, []error) {
	out, errs := make([]alert.Move, len(moves)), make([]error, len(moves))
	err := s.write(ctx, func(t *tx) error {
		for n, m := range moves {
			if m.ID == "" || m.Alert.ID == "" {
				errs[n] = fmt.Errorf("%w: alert move without ID", ErrInvalid)
				continue
			}
			got, err := t.appendMove(ctx, storable(m))
			switch {
			case err == nil:
				out[n] = got
			case alert.Refused(err) || errors.Is(err, ErrInvalid):
				// Refused before anything was written: the others stand.
				errs[n] = err
			default:
				return err
			}
		}
		return nil
	})
	if err != nil {
		for n := range errs {
			out[n], errs[n] = alert.Move{}, err
		}
	}
	return out, errs
}

// storable makes the texts of a step such that both engines hold them. An alert
// must be heard whatever bytes another system put into it.
func storable(m alert.Move) alert.Move {
	a := &m.Alert
	for _, s := range []*string{&m.By, &m.ByName, &m.Station, &m.Reason, (*string)(&m.To), &m.ToName, &a.Ward,
		&a.Patient, &a.Bed, &a.Text, &a.Source,
		&a.Sent, (*string)(&a.Holders)} {
		*s = storableText(*s)
	}
	return m
}

// appendMove takes a step as [Store.AppendMove] does: by whoever it names, if they may.
func (t *tx) appendMove(ctx context.Context, m alert.Move) (alert.Move, error) {
	return t.appendIf(ctx, m, t.mayMove)
}

// ownMove takes a step that follows from what the record itself took from a person, by
// another right.
func (t *tx) ownMove(ctx context.Context, m alert.Move) (alert.Move, error) {
	return t.appendIf(ctx, m, func(context.Context, alert.Life, alert.Move, alert.Rule) error { return nil })
}

func (t *tx) appendIf(ctx context.Context, m alert.Move,
	may func(context.Context, alert.Life, alert.Move, alert.Rule) error) (alert.Move, error) {
	if m.At.IsZero() {
		m.At = t.at
	}
	m.At = time.UnixMicro(m.At.UnixMicro()).UTC()
	if m.Kind.Sighting() {
		return m, fmt.Errorf("%w: %s is no move of the record", ErrInvalid, m.Kind)
	}
	if m.Kind == alert.Raised || m.Kind == alert.Updated {
		return t.raise(ctx, m)
	}
	life, a, err := t.life(ctx, m.Alert.ID)
	if err != nil {
		return m, err
	}
	policy, err := t.alertPolicy(ctx, a.Ward)
	if err != nil {
		return m, err
	}
	m.Alert = a
	before := life
	rules := policy.For(a.Priority).Rules()
	m = life.Settle(m, rules)
	if m.Kind == alert.Escalated {
		m.To = policy.For(a.Priority).At(m.Level) // the path as it is now, whoever fires
	}
	if m.By != "" && m.Turn+life.Rises > 0 {
		// The same person's same step in another turn, or when the alert has become
		// more urgent, is another step.
		m.ID = fmt.Sprintf("%s:%d", m.ID, m.Turn+life.Rises)
	}
	if had, err := oneMove(ctx, t, `m.id = ?`, m.ID); !errors.Is(err, ErrNotFound) {
		return had, err
	}
	if had, again := life.Repeats(m); again {
		had.Alert = a
		return had, nil
	}
	if life, err = life.Next(m, rules); err != nil {
		if errors.Is(err, alert.ErrUnknownMove) {
			err = fmt.Errorf("%w: %w", ErrInvalid, err)
		}
		return m, fmt.Errorf("alert %s: %w", a.ID, err)
	}
	if err := may(ctx, before, m, policy.For(a.Priority)); err != nil {
		return m, err
	}
	m.Claim = nil // it is used, not kept
	if err := t.insertMove(ctx, &m); err != nil {
		return m, err
	}
	if then, is := life.Follows(m, policy, a); is {
		then.Station = m.Station
		if err := t.insertMove(ctx, &then); err != nil {
			return m, err
		}
		life = life.With(then)
	}
	return m, t.setDue(ctx, a, life, policy, m)
}

// insertMove numbers and writes a step, its outbox entry and its audit row.
func (t *tx) insertMove(ctx context.Context, m *alert.Move) (err error) {
	if m.Seq, err = t.nextSeq(ctx); err != nil {
		return err
	}
	change := ""
	if m.Change != nil {
		b, err := json.Marshal(m.Change)
		if err != nil {
			return fmt.Errorf("records: alert move: %w", err)
		}
		change = string(b)
	}
	if _, err = t.exec(ctx,
		`INSERT INTO moves (seq, id, alert, kind, by_staff,
			by_name, station, reason, at, turn, level, target, target_name, change)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
		m.Seq, m.ID, m.Alert.ID, string(m.Kind), m.By, m.ByName, m.Station, m.Reason, m.At.UnixMicro(), m.Turn, m.Level,
		string(m.To), m.ToName, change); err != nil {
		return err
	}
	if m.Kind == alert.Resolved {
		if _, err = t.exec(ctx, `UPDATE alerts SET resolved = TRUE WHERE id = ?`, m.Alert.ID); err != nil {
			return err
		}
	}
	payload, err := json.Marshal(m)
	if err != nil {
		return fmt.Errorf("records: alert move: %w", err)
	}
	if err = t.insertChange(ctx, Change{Seq: m.Seq, Kind: ChangeAlert, Ward: m.Alert.Ward,
		Patient: m.Alert.Patient, Payload: payload}); err != nil {
		return err
	}
	if m.By == "" {
		return nil // a machine's step is in moves already
	}
	return t.audit(ctx, audit.Event{At: m.At, Actor: m.By, Station: m.Station, Session: m.Session,
		Action:  moveActions[m.Kind],
		Patient: m.Alert.Patient, Object: m.Alert.ID, Version: m.Seq, Outcome: audit.Done})
}

var moveActions = map[alert.MoveKind]audit.Action{
	alert.Raised: audit.RaiseAlert, alert.Updated: audit.RaiseAlert, alert.Accepted: audit.AcceptAlert,
	alert.Rejected:  audit.RejectAlert,
	alert.Escalated: audit.EscalateAlert, alert.Resolved: audit.ResolveAlert, alert.TakenBack: audit.TakeBackAlert,
	alert.Forwarded: audit.ForwardAlert, alert.OnMyWay: audit.OnWayToAlert, alert.NotComing: audit.NotComingToAlert,
	alert.Ceased: audit.ResolveAlert,
}

const (
	// as the index alerts_open says it
	openMoves = `FROM moves m JOIN alerts a ON a.id = m.alert WHERE a.resolved = FALSE`
	inOrder   = ` ORDER BY m.seq`
)
