package patient

import (
	"context"
	"time"
)

// Problem is a diagnosis or complaint on a patient's list. Times are UTC.
type Problem struct {
	ID       string    `json:"id"`
	Patient  string    `json:"patient"`
	Code     string    `json:"code,omitempty"`   // as coded by System, or empty
	System   string    `json:"system,omitempty"` // ICD-10, SNOMED CT, ...
	Text     string    `json:"text"`
	Onset    time.Time `json:"onset,omitzero"`    // zero if not known
	Noted    time.Time `json:"noted"`             // zero means now
	By       string    `json:"by,omitempty"`      // staff ID
	ByName   string    `json:"byName,omitempty"`  // as shown
	Resolved time.Time `json:"resolved,omitzero"` // zero while it lasts

	ResolvedBy string `json:"resolvedBy,omitempty"` // staff ID; "" if another system said so
}

// Active reports whether the problem lasts.
func (p Problem) Active() bool { return p.Resolved.IsZero() }

// Problems keeps patients' problem lists.
type Problems interface {
	// PutProblem adds a problem, or changes the one with its ID (as when it is
	// resolved).
	PutProblem(ctx context.Context, p Problem) error
	// NoteProblem adds a problem in a person's name. The same ID again changes
	// nothing.
	NoteProblem(ctx context.Context, p Problem, by Signed) error
	// ResolveProblem ends a problem in a person's name. For a patient who was merged it is the survivor's. The
	// same again changes nothing. Errors: [ErrEnded], [ErrNotInChart].
	ResolveProblem(ctx context.Context, patientID, id string, by Signed) error
	// Problems lists a patient's problems, the newest first.
	Problems(ctx context.Context, patientID string) ([]Problem, error)
}
