package hl7

import (
	"context"
	"errors"
	"time"

	"github.com/wardlight/wardlight/app/patient"
	"github.com/wardlight/wardlight/app/place"
	"github.com/wardlight/wardlight/app/vitals"
	"github.com/wardlight/wardlight/app/ward"
)

// ErrRefused is what a [Writer]'s error wraps if it concerns one message only:
// that message is refused and the import goes on. Any other error ends it.
var ErrRefused = errors.New("hl7: message refused")

// Sink is where messages are brought to: the record.
type Sink interface {
	// ImportBatch runs f in one transaction: all of it is kept, or nothing.
	ImportBatch(ctx context.Context, f func(context.Context, Writer) error) error
}

// Writer is a running transaction of the record.
type Writer interface {
	// Once runs f, and keeps the text it returns with the key, unless the key
	// is there already: then it returns the text that was kept. If f fails,
	// nothing that it wrote is kept.
	Once(ctx context.Context, key string, f func() (string, error)) (kept string, ran bool, err error)
	People
	Places
	Values
	Parking
}

// People are the patients of the record, as an import finds and changes them.
type People interface {
	// Holder finds who has a number of their own ([patient.Identifier.Own]), or
	// reports that nobody has it. A merged patient's finds the survivor.
	Holder(ctx context.Context, i patient.Identifier) (h Holder, found bool, err error)
	// Patient reads a patient by the record's ID; a merged one's finds the survivor.
	Patient(ctx context.Context, id string) (p patient.Summary, found bool, err error)
	PutPatient(ctx context.Context, p patient.Summary) error
	// KeepTold keeps since when what stands of a patient was said, where nothing else
	// of them changed.
	KeepTold(ctx context.Context, patientID string, told patient.Told) error
	// AddIdentifier gives a patient one more number.
	AddIdentifier(ctx context.Context, patientID string, i patient.Identifier) error
	// Renumber makes a patient's numbers former ones, and gives others for them.
	Renumber(ctx context.Context, patientID string, old, now []patient.Identifier) error
	Merge(ctx context.Context, survivor, merged string) error
	// Link notes, or no longer notes, that two records are held for one person's.
	Link(ctx context.Context, a, b string, linked bool) error
}

// Places are the wards and beds of the record, and who is where.
type Places interface {
	// FindWard is the ward that a site means by a code; without a site the only one
	// that has the code. [ErrRefused] if several have.
	FindWard(ctx context.Context, code, site string) (w ward.Ward, found bool, err error)
	// EnsureWard is as FindWard, and makes the ward if there is none.
	EnsureWard(ctx context.Context, code, site string) (ward.Ward, error)
	// EnsureBed is what the ward shows for a bed of a room, and makes the bed if
	// there is none; FindBed does not make it.
	EnsureBed(ctx context.Context, wardID, room, bed string) (name string, err error)
	FindBed(ctx context.Context, wardID, room, bed string) (name string, err error)
	// AddPlaceEvent keeps what was said of where a patient is, and brings the
	// patient to where all that was said leads. The same again changes nothing.
	AddPlaceEvent(ctx context.Context, patientID string, e place.Event) (Placed, error)
}

// Placed is what came of a [place.Event].
type Placed struct {
	Notes  []place.Note // what is odd about the event
	Here   place.Where  // where the patient is now
	Shared bool         // with another patient in the bed
}

// Values are what was measured and reported.
type Values interface {
	AddObservation(ctx context.Context, o vitals.Observation) (revision int64, err error)
	// Observation reads a set by its ID, if it is there.
	Observation(ctx context.Context, id string) (o vitals.Observation, found bool, err error)
	// CorrectObservation replaces the values of the set of the same ID.
	CorrectObservation(ctx context.Context, o vitals.Observation) error
	AddResult(ctx context.Context, r Result) error
}

// Result is one value of a report as it was sent. Results are only added: a
// correction is one more, with its own status.
type Result struct {
	ID      string
	Patient string
	Code    string // OBX-3.1
	Name    string // OBX-3.2
	System  string // OBX-3.3
	Value   string // OBX-5 as text: "<15" stays "<15"
	Unit    string
	Range   string
	Flag    string // OBX-8: H, L, HH, LL, A, ... as sent
	Status  string // OBX-11: F final, P preliminary, C correction, X not obtained
	Taken   time.Time
	// TakenFrom is the field that Taken came from: OBX-14, OBR-7 or MSH-7.
	TakenFrom string
	Received  time.Time
	Source    string // sending application and facility
}
