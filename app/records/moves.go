package records

import (
	"context"
	"database/sql"
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
	for _, s := range []*string{&m.By, &m.ByName, &m.Station, &m.Reason, (*string)(&m.To), &m.ToName, &a.Ward, &a.Patient, &a.Bed, &a.Text, &a.Source,
		&a.Sent, (*string)(&a.Holders)} {
		*s = storableText(*s)
	}
	return m
}

func (t *tx) appendMove(ctx context.Context, m alert.Move) (alert.Move, error) {
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

// raise takes a new alert, or what is said anew of one that is there: an update
// of it, or a further alert where that is not possible. What says nothing new is
// answered with the move that raised it, or the one that ended it.
func (t *tx) raise(ctx context.Context, m alert.Move) (alert.Move, error) {
	if had, err := oneMove(ctx, t, `m.id = ?`, m.ID); !errors.Is(err, ErrNotFound) {
		return had, err
	}
	root, _ := alert.Root(m.Alert.ID)
	var again int
	err := t.QueryRowContext(ctx, `SELECT again FROM alerts WHERE id = ?`, root).Scan(&again)
	switch {
	case errors.Is(err, sql.ErrNoRows) && m.Kind == alert.Raised:
		return t.insertRaised(ctx, m)
	case errors.Is(err, sql.ErrNoRows):
		return m, fmt.Errorf("alert %s: %w", m.Alert.ID, alert.ErrUnknown)
	case err != nil:
		return m, err
	}
	newest := alert.Nth(root, max(again, 1))
	life, had, err := t.life(ctx, newest)
	if err != nil {
		return m, err
	}
	if m.Alert.Patient != "" {
		switch who, err := t.survivorOnce(ctx, m.Alert.Patient); {
		case err == nil:
			m.Alert.Patient = who
		case !errors.Is(err, ErrNotFound):
			return m, err
		}
	}
	m.Change = nil
	next, new := life.Again(had, m)
	switch {
	case !new && life.Stage == alert.Ended && life.Resolved != nil:
		return oneMove(ctx, t, `m.id = ?`, life.Resolved.ID)
	case !new:
		return oneMove(ctx, t, `m.alert = ? AND m.kind = 'raised'`, newest)
	case next.Kind == alert.Updated:
		return t.update(ctx, next, life)
	}
	_, n := alert.Root(next.Alert.ID)
	if _, err := t.exec(ctx, `UPDATE alerts SET again = ? WHERE id = ?`, n, root); err != nil {
		return m, err
	}
	return t.insertRaised(ctx, next)
}

// insertRaised writes an alert and the move that raises it.
func (t *tx) insertRaised(ctx context.Context, m alert.Move) (alert.Move, error) {
	policy, err := t.alertPolicy(ctx, m.Alert.Ward)
	if err != nil {
		return m, err
	}
	if m, err = t.insertAlert(ctx, m, policy); err != nil {
		return m, err
	}
	return m, t.insertMove(ctx, &m)
}

// update writes what a source said anew of an alert.
func (t *tx) update(ctx context.Context, m alert.Move, life alert.Life) (alert.Move, error) {
	policy, err := t.alertPolicy(ctx, m.Alert.Ward)
	if err != nil {
		return m, err
	}
	if m.At.After(t.at) {
		m.At = t.at // no clock that runs ahead may hold an escalation back
	}
	rules := policy.For(m.Alert.Priority).Rules()
	m = life.Settle(m, rules)
	if life, err = life.Next(m, rules); err != nil {
		return m, fmt.Errorf("alert %s: %w", m.Alert.ID, err)
	}
	a := m.Alert
	if _, err := t.exec(ctx, `UPDATE alerts SET patient = ?, bed = ?, priority = ?, text = ?, sent = ?, holders = ? WHERE id = ?`,
		a.Patient, a.Bed, string(a.Priority), a.Text, a.Sent, string(a.Holders), a.ID); err != nil {
		return m, err
	}
	if err := t.insertMove(ctx, &m); err != nil {
		return m, err
	}
	return m, t.setDue(ctx, a, life, policy, m)
}

// insertAlert writes a new alert, and when it escalates first, and returns it as
// it is kept.
func (t *tx) insertAlert(ctx context.Context, m alert.Move, policy alert.Policy) (alert.Move, error) {
	a := &m.Alert
	if !a.Priority.Known() {
		a.Priority = alert.High // what is not understood must not hide
	}
	if a.Received.After(t.at) {
		a.Received = t.at // no clock that runs ahead may hold an escalation back
	}
	a.Received = time.UnixMicro(must(a.Received, t.at)).UTC()
	a.Raised = time.UnixMicro(must(a.Raised, a.Received)).UTC()
	if a.Raised.After(a.Received) {
		a.Raised = a.Received // nothing is "0 s ago" for an hour
	}
	if a.Patient != "" {
		switch who, err := t.survivorOnce(ctx, a.Patient); {
		case err == nil:
			a.Patient = who
		case !errors.Is(err, ErrNotFound): // an unknown patient's alert is heard all the same
			return m, err
		}
	}
	columns, values := `id, ward, patient, bed, priority, text, source, raised, received, sent, holders`,
		`?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?`
	args := []any{a.ID, a.Ward, a.Patient, a.Bed, string(a.Priority), a.Text, a.Source, a.Raised.UnixMicro(), a.Received.UnixMicro(),
		a.Sent, string(a.Holders)}
	life := alert.Life{}.With(m)
	if d, is := policy.Due(*a, life); is {
		columns += `, due_turn, due_level, due_reason, due`
		values += `, ?, ?, ?, ` + t.d.micros + ` + ?`
		args = append(args, d.Turn, d.Level, d.Reason, t.dueIn(d, life).Microseconds())
	}
	_, err := t.exec(ctx, `INSERT INTO alerts (`+columns+`) VALUES (`+values+`)`, args...)
	return m, err
}

// survivorOnce is survivor, asked once for each patient: nobody is merged in a
// transaction that takes moves.
func (t *tx) survivorOnce(ctx context.Context, patientID string) (string, error) {
	if who, had := t.survivors[patientID]; had {
		return who, nil
	}
	who, err := t.survivor(ctx, patientID)
	if err == nil && len(t.survivors) < 1000 {
		if t.survivors == nil {
			t.survivors = map[string]string{}
		}
		t.survivors[patientID] = who
	}
	return who, err
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
	if _, err = t.exec(ctx, `INSERT INTO moves (seq, id, alert, kind, by_staff, by_name, station, reason, at, turn, level, target, target_name, change)
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
	return t.audit(ctx, audit.Event{At: m.At, Actor: m.By, Station: m.Station, Session: m.Session, Action: moveActions[m.Kind],
		Patient: m.Alert.Patient, Object: m.Alert.ID, Version: m.Seq, Outcome: audit.Done})
}

var moveActions = map[alert.MoveKind]audit.Action{
	alert.Raised: audit.RaiseAlert, alert.Updated: audit.RaiseAlert, alert.Accepted: audit.AcceptAlert, alert.Rejected: audit.RejectAlert,
	alert.Escalated: audit.EscalateAlert, alert.Resolved: audit.ResolveAlert, alert.TakenBack: audit.TakeBackAlert,
	alert.Forwarded: audit.ForwardAlert, alert.Ceased: audit.ResolveAlert,
}

const moveColumns = `m.seq, m.id, m.kind, m.by_staff, m.by_name, m.station, m.reason, m.at, m.turn, m.level, m.target, m.target_name,
	m.change, ` + alertColumns

const alertColumns = `a.id, a.ward, a.patient, a.bed, a.priority, a.text, a.source, a.raised, a.received, a.sent, a.holders`

// alertFields is where the alertColumns go.
func alertFields(a *alert.Alert) []any {
	return []any{&a.ID, &a.Ward, &a.Patient, &a.Bed, &a.Priority, &a.Text, &a.Source, clock{&a.Raised}, clock{&a.Received}, &a.Sent, &a.Holders}
}

func scanMove(scan func(...any) error) (m alert.Move, err error) {
	var change string
	err = scan(append([]any{&m.Seq, &m.ID, &m.Kind, &m.By, &m.ByName, &m.Station, &m.Reason, clock{&m.At}, &m.Turn, &m.Level, &m.To, &m.ToName,
		&change}, alertFields(&m.Alert)...)...)
	if err == nil && change != "" {
		err = json.Unmarshal([]byte(change), &m.Change)
	}
	return m, err
}

func oneMove(ctx context.Context, q querier, where string, args ...any) (alert.Move, error) {
	m, err := scanMove(q.QueryRowContext(ctx, `SELECT `+moveColumns+`
		FROM moves m JOIN alerts a ON a.id = m.alert WHERE `+where, args...).Scan)
	if errors.Is(err, sql.ErrNoRows) {
		return m, fmt.Errorf("alert move: %w", ErrNotFound)
	}
	return m, err
}

// MoveByID reads one step; [ErrNotFound] if it was never taken.
func (s *Store) MoveByID(ctx context.Context, id string) (alert.Move, error) {
	m, err := oneMove(ctx, s.reader, `m.id = ?`, id)
	return m, away(err)
}

const (
	openMoves = `FROM moves m JOIN alerts a ON a.id = m.alert WHERE a.resolved = FALSE` // as the index alerts_open says it
	inOrder   = ` ORDER BY m.seq`
)

// MovesAfter lists steps after seq in order, at most limit; ward "" is all.
func (s *Store) MovesAfter(ctx context.Context, ward string, seq int64, limit int) ([]alert.Move, error) {
	const after = `FROM moves m JOIN alerts a ON a.id = m.alert WHERE m.seq > ?`
	if ward == "" {
		return s.moves(ctx, after+inOrder+` LIMIT ?`, seq, limit)
	}
	return s.moves(ctx, after+` AND a.ward = ?`+inOrder+` LIMIT ?`, seq, ward, limit)
}

// OpenMoves lists every step of the alerts that are not resolved, in order;
// ward "" is all.
func (s *Store) OpenMoves(ctx context.Context, ward string) ([]alert.Move, error) {
	if ward == "" {
		return s.moves(ctx, openMoves+inOrder)
	}
	return s.moves(ctx, openMoves+` AND a.ward = ?`+inOrder, ward)
}

func (s *Store) moves(ctx context.Context, from string, args ...any) ([]alert.Move, error) {
	var out []alert.Move
	rows, err := s.reader.QueryContext(ctx, `SELECT `+moveColumns+` `+from, args...)
	err = each(rows, err, func(r *sql.Rows) error {
		m, err := scanMove(r.Scan)
		out = append(out, m)
		return err
	})
	return out, away(err)
}
