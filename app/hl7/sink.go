package hl7

import (
	"context"
	"errors"
	"time"

	"github.com/wardlight/wardlight/app/patient"
	"github.com/wardlight/wardlight/app/place"
	"github.com/wardlight/wardlight/app/result"
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
	// Once runs f, and keeps the text it returns with the message's origin, unless
	// its key is there already: then it returns the text that was kept. If f fails,
	// nothing that it wrote is kept.
	Once(ctx context.Context, o Origin, f func() (string, error)) (kept string, ran bool, err error)
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
	// Elsewhere lists the other authorities by whose count somebody has the same digits
	// as an own number.
	Elsewhere(ctx context.Context, i patient.Identifier) (authorities []string, err error)
	// Parted reports whether a person undid a merge of two patients, who that was, and
	// when, whichever of the two was to survive.
	Parted(ctx context.Context, a, b string) (by string, at time.Time, parted bool, err error)
	// Patient reads a patient by the record's ID; a merged one's finds the survivor.
	Patient(ctx context.Context, id string) (p patient.Summary, found bool, err error)
	PutPatient(ctx context.Context, p patient.Summary) error
	// KeepTold keeps since when what stands of a patient was said, where nothing else
	// of them changed.
	KeepTold(ctx context.Context, patientID string, told patient.Told) error
	// ReactMerged keeps what was said of allergies by the number of a merged record
	// with that record, and with those that stood for it before the one that does now.
	// It shows when the merge is undone.
	ReactMerged(ctx context.Context, merged string, at time.Time, said patient.Allergies) error
	// AddIdentifier gives a patient one more number.
	AddIdentifier(ctx context.Context, patientID string, i patient.Identifier) error
	// Renumber makes a patient's numbers former ones, and gives others for them, as of
	// a time. late: a newer change of one of them is known, and stands.
	Renumber(ctx context.Context, patientID string, old, now []patient.Identifier, at time.Time) (late bool, err error)
	Merge(ctx context.Context, survivor, merged string) error
	// TellUnlike tells the wards of two patients that they are about to be merged,
	// although neither name nor date of birth says that they are one.
	TellUnlike(ctx context.Context, survivor, merged string) error
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
	// there is none; FindBed does not make it. No name: no room is said, and several
	// rooms have such a bed.
	EnsureBed(ctx context.Context, wardID, room, bed string) (name string, err error)
	FindBed(ctx context.Context, wardID, room, bed string) (name string, err error)
	// AddPlaceEvent keeps what was said of where a patient is, and brings the
	// patient to where all that was said leads. The same again changes nothing.
	AddPlaceEvent(ctx context.Context, patientID string, e place.Event) (Placed, error)
	// InBed is how many patients lie in a bed.
	InBed(ctx context.Context, at place.Where) (int, error)
}

// Placed is what came of a [place.Event].
type Placed struct {
	Notes []place.Note // what is odd about the event
	Here  place.Where  // where the patient is now
}

// Values are what was measured and reported.
type Values interface {
	// Chart keeps what one message says of one patient, finds which values that
	// makes with all that was said before ([result.Values]), and charts them. The
	// same version again changes nothing; one that was taken back counts again.
	Chart(ctx context.Context, c result.Charting) ([]result.Finding, error)
	// TakeBack takes back all that a part of a message (its [PartKey]) charted for a patient who
	// was not the one it meant, and charts anew what is left. by is who said so, as
	// shown. It returns how many versions that were; again, it is none.
	TakeBack(ctx context.Context, patientID, message, reason, by string) (int, error)
}
