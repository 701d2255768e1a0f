package records

import (
	"bytes"
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
)

// chartTables are the tables that an assignment charts in, each with its ID and
// patient columns.
var chartTables = []string{"results", "observations"}

// chartRow is a row of a chart as the table has it, whatever columns that are.
type chartRow map[string]any

// chartRows reads a patient's rows of one table by their ID.
func (t *tx) chartRows(ctx context.Context, table, where, arg string) (map[string]chartRow, error) {
	rows, err := t.QueryContext(ctx, `SELECT * FROM `+table+` WHERE `+where+` = ?`, arg)
	if err != nil {
		return nil, err
	}
	columns, err := rows.Columns()
	if err != nil {
		return nil, err
	}
	out := map[string]chartRow{}
	err = each(rows, nil, func(r *sql.Rows) error {
		values, into := make([]any, len(columns)), make([]any, len(columns))
		for n := range values {
			into[n] = &values[n]
		}
		if err := r.Scan(into...); err != nil {
			return err
		}
		row := chartRow{}
		for n, c := range columns {
			if b, is := values[n].([]byte); is {
				values[n] = string(b)
			}
			row[c] = values[n]
		}
		id, is := row["id"].(string)
		if !is {
			return fmt.Errorf("records: a row of %s has no ID", table)
		}
		out[id] = row
		return nil
	})
	return out, err
}

// kept is a row as the journal holds it; nil is "".
func (r chartRow) kept() (string, error) {
	if r == nil {
		return "", nil
	}
	b, err := json.Marshal(r)
	return string(b), err
}

// readRow reads what kept wrote, with whole numbers whole.
func readRow(text string) (chartRow, error) {
	if text == "" {
		return nil, nil
	}
	var row chartRow
	d := json.NewDecoder(bytes.NewReader([]byte(text)))
	d.UseNumber()
	if err := d.Decode(&row); err != nil {
		return nil, fmt.Errorf("records: what an assignment changed: %w", err)
	}
	for c, v := range row {
		if n, is := v.(json.Number); is {
			if i, err := n.Int64(); err == nil {
				row[c] = i
			} else if f, err := n.Float64(); err == nil {
				row[c] = f
			}
		}
	}
	return row, nil
}

// same reports whether two values of a column are one.
func sameValue(a, b any) bool {
	x, xerr := json.Marshal(a)
	y, yerr := json.Marshal(b)
	return xerr == nil && yerr == nil && bytes.Equal(x, y)
}

// putColumns writes columns of one row.
func (t *tx) putColumns(ctx context.Context, table, id string, values chartRow) error {
	if len(values) == 0 {
		return nil
	}
	names := slices.Sorted(maps.Keys(values))
	args := make([]any, 0, len(names)+1)
	for _, c := range names {
		args = append(args, values[c])
	}
	_, err := t.exec(ctx, `UPDATE `+table+` SET `+strings.Join(names, ` = ?, `)+` = ? WHERE id = ?`, append(args, id)...)
	return err
}

// journal keeps what became of a patient's chart between two looks at it, for
// entry id.
func (t *tx) journal(ctx context.Context, id int64, before, after map[string]map[string]chartRow) (lines int, err error) {
	for _, table := range chartTables {
		for _, row := range slices.Sorted(maps.Keys(after[table])) {
			was, err := before[table][row].kept()
			if err != nil {
				return lines, err
			}
			became, err := after[table][row].kept()
			if err != nil {
				return lines, err
			}
			if was == became {
				continue
			}
			lines++
			if _, err := t.exec(ctx, `INSERT INTO parked_charted (parked, n, kind, row_id, was, became) VALUES (?, ?, ?, ?, ?, ?)`,
				id, lines, table, row, was, became); err != nil {
				return lines, err
			}
		}
	}
	return lines, nil
}

// chartOf is a patient's chart as far as an assignment may change it.
func (t *tx) chartOf(ctx context.Context, patientID string) (map[string]map[string]chartRow, error) {
	out := map[string]map[string]chartRow{}
	for _, table := range chartTables {
		rows, err := t.chartRows(ctx, table, "patient", patientID)
		if err != nil {
			return nil, err
		}
		out[table] = rows
	}
	return out, nil
}
