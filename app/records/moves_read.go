package records

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"

	"github.com/wardlight/wardlight/app/alert"
)

const moveColumns = `m.seq, m.id, m.kind, m.by_staff, m.by_name, m.station, m.reason, m.at, m.turn, m.level, m.target, m.target_name,
	m.change, ` + alertColumns

const alertColumns = `a.id, a.ward, a.patient, a.bed, a.priority, a.text, a.source, a.raised, a.received, a.sent, a.holders`

// alertFields is where the alertColumns go.
func alertFields(a *alert.Alert) []any {
	return []any{&a.ID, &a.Ward, &a.Patient, &a.Bed, &a.Priority, &a.Text, &a.Source, clock{&a.Raised},
		clock{&a.Received}, &a.Sent, &a.Holders}
}

func scanMove(scan func(...any) error) (m alert.Move, err error) {
	var change string
	err = scan(append([]any{&m.Seq, &m.ID, &m.Kind, &m.By, &m.ByName, &m.Station, &m.Reason, clock{&m.At}, &m.Turn,
		&m.Level, &m.To, &m.ToName,
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
