package records

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"github.com/wardlight/wardlight/app/patient"
)

// ending is how something in a chart was ended before, if it was. by is "" where another system did.
type ending struct {
	done     bool
	by       string
	replaced bool // another came in its place
}

// repeatedBy answers a person who ends it once more: nil if they ended it themselves, else [patient.ErrEnded]. Whoever
// put something in its place has not ended it yet: why they do so now stands nowhere.
func (e ending) repeatedBy(staff, id string) error {
	if e.by == staff && !e.replaced {
		return nil
	}
	return fmt.Errorf("%s: %w", id, patient.ErrEnded)
}

// endsIn is a table of what a person ends in a chart, and its columns that say by whom and when it was.
type endsIn struct{ table, by, at string }

// ending finds something in a patient's chart by its ID, and how it was ended. who is the patient, or whom they were
// merged into: what was charted for them is there now. What is not in that chart is a [patient.ErrNotInChart].
func (t *tx) ending(ctx context.Context, in endsIn, patientID, id string) (who string, was ending, err error) {
	if who, err = t.survivor(ctx, patientID); err != nil {
		return "", was, err
	}
	of := ""
	err = t.QueryRowContext(ctx,
		`SELECT patient, `+in.at+` IS NOT NULL, `+in.by+` FROM `+in.table+` WHERE id = ?`, id).
		Scan(&of, &was.done, text{&was.by})
	if errors.Is(err, sql.ErrNoRows) || err == nil && of != who {
		err = fmt.Errorf("%s %s: %w", in.table, id, patient.ErrNotInChart)
	}
	return who, was, err
}
