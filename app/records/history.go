package records

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"slices"

	"github.com/wardlight/wardlight/app/chart"
	"github.com/wardlight/wardlight/app/patient"
	"github.com/wardlight/wardlight/app/task"
)

// History lists what people changed in a patient's chart, newest first, at most
// limit: sets they charted, notes, amendments with their reasons, tasks they
// closed. What devices sent is not among it.
func (s *Store) History(ctx context.Context, patientID string, limit int) ([]chart.Change, error) {
	var out []chart.Change
	people, id := named{}, ""
	var by []string // who did each of out, by ID; "" for a machine: the row has its name
	who := func(staff string) string {
		people.add(staff)
		id = staff
		return staff
	}
	read := func(query string, scan func(*sql.Rows, *chart.Change) error, args ...any) error {
		rows, err := s.reader.QueryContext(ctx, query, append(args, limit)...)
		return each(rows, err, func(r *sql.Rows) error {
			c := chart.Change{Patient: patientID}
			id = ""
			err := scan(r, &c)
			out, by = append(out, c), append(by, id)
			return err
		})
	}
	err := errors.Join(
		read(`SELECT written, by_name, id, text FROM notes WHERE patient = ? ORDER BY written DESC, id DESC LIMIT ?`,
			func(r *sql.Rows, c *chart.Change) error {
				c.What = chart.Wrote
				return r.Scan(clock{&c.At}, &c.By, &c.Entry, &c.Text)
			}, patientID),
		read(`SELECT o.received, o.by_staff, o.id FROM observations o
			WHERE o.patient = ? AND o.by_staff <> '' ORDER BY o.taken DESC, o.id DESC LIMIT ?`,
			func(r *sql.Rows, c *chart.Change) error {
				c.What = chart.Charted
				err := r.Scan(clock{&c.At}, &c.By, &c.Entry)
				c.By = who(c.By)
				return err
			}, patientID),
		read(`SELECT a.at, a.by_staff, a.entry, a.section, a.was, a.became, a.reason, a.by_name
			FROM amendments a
			WHERE a.entry IN (SELECT n.id FROM notes n WHERE n.patient = ?) OR a.entry IN (SELECT o.id
			FROM observations o WHERE o.patient = ?)
			ORDER BY a.at DESC, a.entry, a.n DESC LIMIT ?`, scanAmended(who), patientID, patientID),
		read(`SELECT k.closed, k.closed_by, k.id, k.text, k.kind, k.outcome, k.reason
			FROM tasks k
			WHERE k.patient = ? AND k.closed IS NOT NULL ORDER BY k.closed DESC, k.id LIMIT ?`,
			scanClosed(who), patientID),
		// What was taken back stands in two lines: what was said, and that it was an error.
		read(`SELECT b.closed, b.closed_by, k.id, k.text, k.kind, b.outcome, b.said
			FROM task_backs b JOIN tasks k ON k.id = b.task
			WHERE k.patient = ? ORDER BY b.closed DESC, k.id, b.n DESC LIMIT ?`, scanClosed(who), patientID),
		read(`SELECT b.at, b.by_staff, k.id, k.text, b.reason
			FROM task_backs b JOIN tasks k ON k.id = b.task
			WHERE k.patient = ? ORDER BY b.at DESC, k.id, b.n DESC LIMIT ?`,
			func(r *sql.Rows, c *chart.Change) error {
				err := r.Scan(clock{&c.At}, &c.By, &c.Entry, &c.Text, &c.Reason)
				c.By, c.What = who(c.By), chart.TookBackTask
				return err
			}, patientID),
		read(`SELECT o.recorded, o.by_staff, o.id, o.prescriber, o.low, o.high
			FROM oxygen_targets o WHERE o.patient = ?
			ORDER BY o.recorded DESC, o.id LIMIT ?`,
			func(r *sql.Rows, c *chart.Change) error {
				var o patient.OxygenTarget
				err := r.Scan(clock{&c.At}, &c.By, &c.Entry, &o.Prescriber, &o.Low, &o.High)
				c.By, c.What, c.Text = who(c.By), chart.SetScale2, o.Range()+", "+o.Prescriber
				return err
			}, patientID),
		read(`SELECT o.ended, o.ended_by, o.id, o.reason
			FROM oxygen_targets o WHERE o.patient = ? AND o.ended IS NOT NULL
			ORDER BY o.ended DESC, o.id LIMIT ?`,
			func(r *sql.Rows, c *chart.Change) error {
				err := r.Scan(clock{&c.At}, &c.By, &c.Entry, &c.Reason)
				c.By, c.What = who(c.By), chart.EndedScale2
				return err
			}, patientID),
		read(`SELECT b.noted, b.by_staff, b.id, b.text
			FROM problems b WHERE b.patient = ? AND b.by_staff <> ''
			ORDER BY b.noted DESC, b.id LIMIT ?`,
			func(r *sql.Rows, c *chart.Change) error {
				err := r.Scan(clock{&c.At}, &c.By, &c.Entry, &c.Text)
				c.By, c.What = who(c.By), chart.NotedProblem
				return err
			}, patientID),
		read(`SELECT b.resolved, b.resolved_by, b.id, b.text
			FROM problems b
			WHERE b.patient = ? AND b.resolved IS NOT NULL AND b.resolved_by <> ''
			ORDER BY b.resolved DESC, b.id LIMIT ?`,
			func(r *sql.Rows, c *chart.Change) error {
				err := r.Scan(clock{&c.At}, &c.By, &c.Entry, &c.Text)
				c.By, c.What = who(c.By), chart.ResolvedProblem
				return err
			}, patientID),
	)
	if err != nil {
		return nil, away(err)
	}
	call, err := people.called(ctx, s.reader)
	if err != nil {
		return nil, away(err)
	}
	for n, id := range by {
		if id != "" {
			out[n].By = call(id)
		}
	}
	slices.SortStableFunc(out, func(a, b chart.Change) int { return b.At.Compare(a.At) })
	return out[:min(len(out), limit)], nil
}

func scanClosed(who func(string) string) func(*sql.Rows, *chart.Change) error {
	return func(r *sql.Rows, c *chart.Change) error {
		var kind task.Kind
		var outcome task.Outcome
		err := r.Scan(clock{&c.At}, &c.By, &c.Entry, &c.Text, &kind, &outcome, &c.Reason)
		c.By, c.What, c.Medicine = who(c.By), chart.DidTask, kind == task.Medicine
		if outcome == task.Omitted {
			c.What = chart.OmittedTask
		}
		return err
	}
}

func scanAmended(who func(string) string) func(*sql.Rows, *chart.Change) error {
	return func(r *sql.Rows, c *chart.Change) error {
		var section chart.Section
		var was, became []byte
		var name string
		if err := r.Scan(clock{&c.At}, &c.By, &c.Entry, &section, &was, &became,
			&c.Reason, text{&name}); err != nil {
			return err
		}
		byMachine := c.By == ""
		c.By, c.What = who(c.By), chart.AmendedSet
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
