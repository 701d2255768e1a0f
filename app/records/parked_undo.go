package records

import (
	"context"
	"fmt"
	"strconv"

	"github.com/wardlight/wardlight/app/parked"
	"github.com/wardlight/wardlight/app/vitals"
)

// unchart takes one row that an assignment added or changed out of the chart. A row
// that it added stays as withdrawn, under another ID: the same value may be charted
// again, for this patient or another.
func (t *tx) unchart(ctx context.Context, e parked.Entry, table, id string, was, became chartRow, by Hand) error {
	rows, err := t.chartRows(ctx, table, "id", id)
	if err != nil {
		return err
	}
	now := rows[id]
	if now == nil {
		return fmt.Errorf("row %s of %s: %w", id, table, ErrNotFound)
	}
	put := chartRow{}
	if was == nil {
		put["id"] = fmt.Sprintf("%s~%d.%d", id, e.ID, e.Turn)
	} else {
		for column, v := range was {
			if column != "patient" && !sameValue(v, became[column]) && sameValue(now[column], became[column]) {
				put[column] = v
			}
		}
	}
	switch {
	case table == "observations":
		if err := t.withdrawSigns(now, was, put, by); err != nil {
			return err
		}
		if was == nil {
			// What was amended is never rewritten: the withdrawn set gets a copy.
			if _, err := t.exec(ctx, `INSERT INTO amendments (entry, n, section, was, became, reason, by_staff, by_name, at)
				SELECT CAST(? AS TEXT), n, section, was, became, reason, by_staff, by_name, at FROM amendments WHERE entry = ?`,
				put["id"], id); err != nil {
				return err
			}
		}
	case was == nil:
		put["status"] = "W"
	}
	return t.putColumns(ctx, table, id, put)
}

// signColumns are the columns of a set that hold what was measured.
var signColumns = []struct {
	column string
	of     vitals.Quantity
}{
	{"rr", vitals.RespirationRate}, {"spo2", vitals.OxygenSaturation}, {"oxygen", vitals.OxygenDevice}, {"sbp", vitals.SystolicPressure},
	{"dbp", vitals.DiastolicPressure}, {"pulse", vitals.PulseRate}, {"temp", vitals.BodyTemperature}, {"acvpu", vitals.ConsciousLevel},
}

// withdrawSigns makes put hold a set without what the assignment brought, and the
// remarks that say so. now is the set as it is, was as it was before; nil: there
// was none, and all of it goes, also what was amended since.
func (t *tx) withdrawSigns(now, was, put chartRow, by Hand) error {
	kept, _ := now["remarks"].(string)
	if before, is := put["remarks"].(string); is {
		kept = before
	}
	remarks, err := readRemarks(kept)
	if err != nil {
		return err
	}
	for _, s := range signColumns {
		if was == nil {
			put[s.column] = nil
			if s.column == "acvpu" {
				put[s.column] = ""
			}
		}
		if _, goes := put[s.column]; !goes {
			continue
		}
		if text := signText(s.column, now[s.column]); text != "" {
			remarks = append(remarks, vitals.Remark{Kind: vitals.Withdrawn, Of: s.of, Text: text, At: t.at, By: by.By})
		}
	}
	put["remarks"], err = keptRemarks(remarks)
	return err
}

// signText is a column's value as a remark says it; "" is none.
func signText(column string, v any) string {
	if column == "oxygen" {
		switch v {
		case true, int64(1):
			return "oxygen"
		case false, int64(0):
			return "air"
		}
		return ""
	}
	switch v := v.(type) {
	case float64:
		return strconv.FormatFloat(v, 'f', -1, 64)
	case int64:
		return strconv.FormatInt(v, 10)
	case string:
		return v
	}
	return ""
}
