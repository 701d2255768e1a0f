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

const alertSetting = "alerts"

// AlertPolicy is how a ward's alerts escalate; the default where nobody set
// anything.
func (s *Store) AlertPolicy(ctx context.Context, ward string) (alert.Policy, error) {
	p, err := policyOf(ctx, s.reader, ward)
	return p, away(err)
}

func (t *tx) alertPolicy(ctx context.Context, ward string) (alert.Policy, error) {
	if p, had := t.policies[ward]; had {
		return p, nil
	}
	p, err := policyOf(ctx, t, ward)
	if err == nil && len(t.policies) < 100 {
		if t.policies == nil {
			t.policies = map[string]alert.Policy{}
		}
		t.policies[ward] = p
	}
	return p, err
}

func policyOf(ctx context.Context, q querier, ward string) (alert.Policy, error) {
	p := alert.DefaultPolicy()
	var version int64
	var value string
	err := q.QueryRowContext(ctx, `SELECT version, value FROM ward_settings WHERE ward = ? AND name = ?
		ORDER BY version DESC LIMIT 1`, ward, alertSetting).Scan(&version, &value)
	if errors.Is(err, sql.ErrNoRows) {
		return p, nil
	}
	if err != nil {
		return p, err
	}
	var set alert.Policy
	if err := json.Unmarshal([]byte(value), &set); err != nil || set.Check() != nil {
		// Written by somebody else: an alert must escalate all the same.
		p.Version = version
		return p, nil
	}
	set.Version = version
	return set, nil
}

// PolicySet is one version of a ward's policy, and who set it when.
type PolicySet struct {
	alert.Policy
	By string
	At time.Time
}

// AlertPolicies lists every version of a ward's policy, the first one first. None
// is ever changed or deleted: it is what was in force, for as long as it was.
func (s *Store) AlertPolicies(ctx context.Context, ward string) ([]PolicySet, error) {
	var out []PolicySet
	rows, err := s.reader.QueryContext(ctx,
		`SELECT version, value, by_staff, at FROM ward_settings WHERE ward = ? AND name = ?
		ORDER BY version`, ward, alertSetting)
	err = each(rows, err, func(r *sql.Rows) error {
		var p PolicySet
		var version int64
		var value string
		if err := r.Scan(&version, &value, &p.By, clock{&p.At}); err != nil {
			return err
		}
		if json.Unmarshal([]byte(value), &p.Policy) != nil || p.Check() != nil {
			p.Policy = alert.DefaultPolicy() // what was in force in its place
		}
		p.Version = version
		out = append(out, p)
		return nil
	})
	return out, away(err)
}

// SetAlertPolicy changes how a ward's alerts escalate from the next step on. The
// policy carries the version it was made from: [ErrKeyReused] if somebody changed
// it meanwhile, [alert.ErrPolicy] if it is not safe. Each version is kept, and the
// change is audited.
func (s *Store) SetAlertPolicy(ctx context.Context, ward string, p alert.Policy, by, station string) error {
	if err := p.Check(); err != nil {
		return err
	}
	return s.write(ctx, func(t *tx) error {
		var have int64
		if err := t.QueryRowContext(ctx,
			`SELECT COALESCE(MAX(version), 0) FROM ward_settings WHERE ward = ? AND name = ?`,
			ward, alertSetting).Scan(&have); err != nil {
			return err
		}
		if have != p.Version {
			return fmt.Errorf("%w: settings of ward %s are at version %d, not %d", ErrKeyReused, ward, have, p.Version)
		}
		p.Version++
		value, err := json.Marshal(p)
		if err != nil {
			return fmt.Errorf("records: policy: %w", err)
		}
		if _, err := t.exec(ctx,
			`INSERT INTO ward_settings (ward, name, version, value, by_staff, at) VALUES (?, ?, ?, ?, ?, ?)`,
			ward, alertSetting, p.Version, string(value), by, t.at.UnixMicro()); err != nil {
			return err
		}
		if err := t.audit(ctx, audit.Event{At: t.at, Actor: by, Station: station, Action: audit.ChangeConfig,
			Object: ward + "/" + alertSetting, Version: p.Version, Outcome: audit.Done}); err != nil {
			return err
		}
		return t.wardChanged(ctx, ward)
	})
}
