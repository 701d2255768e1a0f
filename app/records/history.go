package records

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"slices"

	"github.com/wardlight/wardlight/app/chart"
	"github.com/wardlight/wardlight/app/patient"
	"github.com/wardlight/wardlight/app/staff"
	"github.com/wardlight/wardlight/app/task"
)

// History lists what people changed in a patient's chart, newest first, at most
// limit: sets they charted, notes, amendments with their reasons, tasks they
// closed. What devices sent is not among it.
func (s *Store) History(ctx context.Context, patientID string, limit int) ([]chart.Change, error) {
	var out []chart.Change
	who := shortName
	read := func(query string, scan func(*sql.Rows, *chart.Change) error, args ...any) error {
		rows, err := s.reader.QueryContext(ctx, query, append(args, limit)...)
		return each(rows, err, func(r *sql.Rows) error {
			c := chart.Change{Patient: patientID}
			err := scan(r, &c)
			out = append(out, c)
			return err
		})
	}
	err := errors.Join(
		read(`SELECT written, by_name, id, text FROM notes WHERE patient = ? ORDER BY written DESC, id DESC LIMIT ?`,
			func(r *sql.Rows, c *chart.Change) error {
				c.What = chart.Wrote
				return r.Scan(clock{&c.At}, &c.By, &c.Entry, &c.Text)
			}, patientID),
		read(`SELECT o.received, o.by_staff, s.surname, s.given, o.id FROM observations o
			LEFT JOIN staff s ON s.id = o.by_staff
			WHERE o.patient = ? AND o.by_staff <> '' ORDER BY o.taken DESC, o.id DESC LIMIT ?`,
			func(r *sql.Rows, c *chart.Change) error {
				var p staff.Staff
				c.What = chart.Charted
				err := r.Scan(clock{&c.At}, &c.By, text{&p.Surname}, text{&p.Given}, &c.Entry)
				c.By = who(c.By, p)
				return err
			}, patientID),
		read(`SELECT a.at, a.by_staff, s.surname, s.given, a.entry, a.section, a.was, a.became, a.reason, a.by_name
			FROM amendments a LEFT JOIN staff s ON s.id = a.by_staff
			WHERE a.entry IN (SELECT n.id FROM notes n WHERE n.patient = ?) OR a.entry IN (SELECT o.id
			FROM observations o WHERE o.patient = ?)
			ORDER BY a.at DESC, a.entry, a.n DESC LIMIT ?`, scanAmended(who), patientID, patientID),
		read(`SELECT k.closed, k.closed_by, s.surname, s.given, k.id, k.text, k.outcome, k.reason
			FROM tasks k LEFT JOIN staff s ON s.id = k.closed_by
			WHERE k.patient = ? AND k.closed IS NOT NULL ORDER BY k.closed DESC, k.id LIMIT ?`,
			scanClosed(who), patientID),
		// What was taken back stands in two lines: what was said, and that it was an error.
		read(`SELECT b.closed, b.closed_by, s.surname, s.given, k.id, k.text, b.outcome, b.said
			FROM task_backs b JOIN tasks k ON k.id = b.task LEFT JOIN staff s ON s.id = b.closed_by
			WHERE k.patient = ? ORDER BY b.closed DESC, k.id, b.n DESC LIMIT ?`, scanClosed(who), patientID),
		read(`SELECT b.at, b.by_staff, s.surname, s.given, k.id, k.text, b.reason
			FROM task_backs b JOIN tasks k ON k.id = b.task LEFT JOIN staff s ON s.id = b.by_staff
			WHERE k.patient = ? ORDER BY b.at DESC, k.id, b.n DESC LIMIT ?`,
			func(r *sql.Rows, c *chart.Change) error {
				var p staff.Staff
				err := r.Scan(clock{&c.At}, &c.By, text{&p.Surname}, text{&p.Given}, &c.Entry, &c.Text, &c.Reason)
				c.By, c.What = who(c.By, p), chart.TookBackTask
				return err
			}, patientID),
		read(`SELECT o.recorded, o.by_staff, s.surname, s.given, o.id, o.prescriber, o.low, o.high
			FROM oxygen_targets o LEFT JOIN staff s ON s.id = o.by_staff WHERE o.patient = ?
			ORDER BY o.recorded DESC, o.id LIMIT ?`,
			func(r *sql.Rows, c *chart.Change) error {
				var p staff.Staff
				var o patient.OxygenTarget
				err := r.Scan(clock{&c.At}, &c.By, text{&p.Surname}, text{&p.Given}, &c.Entry, &o.Prescriber, &o.Low,
					&o.High)
				c.By, c.What, c.Text = who(c.By, p), chart.SetScale2, o.Range()+", "+o.Prescriber
				return err
			}, patientID),
		read(`SELECT o.ended, o.ended_by, s.surname, s.given, o.id, o.reason
			FROM oxygen_targets o LEFT JOIN staff s ON s.id = o.ended_by WHERE o.patient = ? AND o.ended IS NOT NULL
			ORDER BY o.ended DESC, o.id LIMIT ?`,
			func(r *sql.Rows, c *chart.Change) error {
				var p staff.Staff
				err := r.Scan(clock{&c.At}, &c.By, text{&p.Surname}, text{&p.Given}, &c.Entry, &c.Reason)
				c.By, c.What = who(c.By, p), chart.EndedScale2
				return err
			}, patientID),
		read(`SELECT b.noted, b.by_staff, s.surname, s.given, b.id, b.text
			FROM problems b LEFT JOIN staff s ON s.id = b.by_staff WHERE b.patient = ? AND b.by_staff <> ''
			ORDER BY b.noted DESC, b.id LIMIT ?`,
			func(r *sql.Rows, c *chart.Change) error {
				var p staff.Staff
				err := r.Scan(clock{&c.At}, &c.By, text{&p.Surname}, text{&p.Given}, &c.Entry, &c.Text)
				c.By, c.What = who(c.By, p), chart.NotedProblem
				return err
			}, patientID),
		read(`SELECT b.resolved, b.resolved_by, s.surname, s.given, b.id, b.text
			FROM problems b LEFT JOIN staff s ON s.id = b.resolved_by
			WHERE b.patient = ? AND b.resolved IS NOT NULL AND b.resolved_by <> ''
			ORDER BY b.resolved DESC, b.id LIMIT ?`,
			func(r *sql.Rows, c *chart.Change) error {
				var p staff.Staff
				err := r.Scan(clock{&c.At}, &c.By, text{&p.Surname}, text{&p.Given}, &c.Entry, &c.Text)
				c.By, c.What = who(c.By, p), chart.ResolvedProblem
				return err
			}, patientID),
	)
	if err != nil {
		return nil, away(err)
	}
	slices.SortStableFunc(out, func(a, b chart.Change) int { return b.At.Compare(a.At) })
	return out[:min(len(out), limit)], nil
}

func scanClosed(who func(string, staff.Staff) string) func(*sql.Rows, *chart.Change) error {
	return func(r *sql.Rows, c *chart.Change) error {
		var p staff.Staff
		var outcome task.Outcome
		err := r.Scan(clock{&c.At}, &c.By, text{&p.Surname}, text{&p.Given}, &c.Entry, &c.Text, &outcome, &c.Reason)
		c.By, c.What = who(c.By, p), chart.DidTask
		if outcome == task.Omitted {
			c.What = chart.OmittedTask
		}
		return err
	}
}

func scanAmended(who func(string, staff.Staff) string) func(*sql.Rows, *chart.Change) error {
	return func(r *sql.Rows, c *chart.Change) error {
		var p staff.Staff
		var section chart.Section
		var was, became []byte
		var name string
		if err := r.Scan(clock{&c.At}, &c.By, text{&p.Surname}, text{&p.Given}, &c.Entry, &section, &was, &became,
			&c.Reason, text{&name}); err != nil {
			return err
		}
		byMachine := c.By == ""
		c.By, c.What = who(c.By, p), chart.AmendedSet
		if section != chart.Notes {
			switch {
			case byMachine && c.Reason == chart.BySource:
				c.By, c.What = name, chart.SourceAmendedSet
			case byMachine:
				c.By, c.What = name, chart.TookBackSet
			}
			return nil
		}
		var before, after chart.Entry
		if err := errors.Join(json.Unmarshal(was, &before), json.Unmarshal(became, &after)); err != nil {
			return err
		}
		c.What = chart.AmendedNote
		if before.Note != nil && after.Note != nil {
			c.Was, c.Text = before.Note.Text, after.Note.Text
		}
		return nil
	}
}
