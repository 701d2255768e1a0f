package chart

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/google/uuid"

	"github.com/wardlight/wardlight/app/audit"
	"github.com/wardlight/wardlight/app/patient"
	"github.com/wardlight/wardlight/app/staff"
	"github.com/wardlight/wardlight/app/task"
	"github.com/wardlight/wardlight/app/vitals"
	"github.com/wardlight/wardlight/redisx"
)

// Record keeps charts. Its guards, version and fence in one transaction, are
// what makes overwriting impossible; the lock is courtesy.
type Record interface {
	Save(ctx context.Context, s Save) (Saved, error)
	Sections(ctx context.Context, patientID string) (map[Section]SectionState, error)
	Observations(ctx context.Context, patientID string, since time.Time, limit int) ([]vitals.Observation, error)
	Notes(ctx context.Context, patientID string, limit int) ([]Note, error)
	// TakeDraft gives a person's newest draft of a section to an edit, which goes on with
	// it, and says which others there are, newest first: they stay.
	TakeDraft(ctx context.Context, to Draft, of string) (d Draft, have bool, others []Draft, err error)
	// Drafts lists a person's drafts, newest first. One whose text was saved is none, whoever writes
	// it down late.
	Drafts(ctx context.Context, staffID string) ([]Draft, error)
	// SaveDraft writes a draft down in place of the one that its writer wrote before.
	// [ErrDraftTaken] if that is gone.
	SaveDraft(ctx context.Context, d Draft) error
	// DropDraft forgets the draft of a writer; that of another stays: it was typed
	// elsewhere.
	DropDraft(ctx context.Context, staffID, patientID string, section Section, writer string) error
	Amender
	patient.Encounters
	patient.Problems
	patient.OxygenTargets
	patient.Absent
	Tasks(ctx context.Context, patientID string, limit int) ([]task.Task, error)
	History(ctx context.Context, patientID string, limit int) ([]Change, error)
	// Since lists what saves after a version put into a section or changed in it,
	// oldest save first, each entry as it stands now.
	Since(ctx context.Context, patientID string, section Section, version int64) ([]Entry, error)
}

// Guard says whether a session may do something on a ward.
type Guard interface {
	Require(ctx context.Context, s staff.Session, p staff.Permission, ward string) error
}

// Auditor writes down what a session did that changed nothing in the record.
type Auditor interface {
	Note(ctx context.Context, s staff.Session, e audit.Event)
}

// Desk opens sections for editing, one person at a time. Safe for concurrent
// use.
type Desk struct {
	Record Record
	Guard  Guard
	Audit  Auditor // nil: nobody is told
	// Locks are nil on a station without Redis: sections are then edited
	// unlocked, and the record's version check alone keeps them safe.
	Locks *redisx.Locks
	// Saved is told after a commit, so that caches and boards follow. It must
	// not block.
	Saved  func(patientID string)
	Logger *slog.Logger
	Now    func() time.Time // nil: time.Now

	knowing patient.Gone
	draftOf string // whose draft is gone on with first; "" the newest
}

// GoOn is the desk of a person who chose one of their drafts by its writer: what it opens
// goes on with that one, where it is there still, and else with the newest.
func (d *Desk) GoOn(writer string) *Desk {
	on := *d
	on.draftOf = writer
	return &on
}

// Late is the desk of a person who was told that a patient left, moved or died, and
// who writes all the same: what it opens is a late entry for that patient. Without it
// [Desk.Edit] and its kin answer with a [*patient.GoneError], and so does a save.
func (d *Desk) Late(knowing patient.Gone) *Desk {
	late := *d
	late.knowing = knowing
	return &late
}

// Here is a [*patient.GoneError] for a patient who left the ward, moved or died, unless
// the desk is that of a person who knows it; see [Desk.Late]. [patient.ErrNeverHere] if
// the record never had them on the ward.
func (d *Desk) Here(ctx context.Context, ward, patientID string) error {
	gone, err := d.Record.Gone(ctx, patientID, ward)
	if err != nil {
		return err
	}
	return gone.Unless(d.knowing)
}

func (d *Desk) now() time.Time {
	if d.Now != nil {
		return d.Now().UTC()
	}
	return time.Now().UTC()
}

// Editing is one open edit session. Draft saves and Save may be called from any
// goroutine; one waits for the other.
type Editing struct {
	Patient  string
	Ward     string
	Section  Section
	Version  int64 // the section's version when it was opened
	Draft    Draft // what this person had typed before, if anything
	HasDraft bool
	// Others are more of this person's drafts of the section, typed at other stations and
	// not saved, newest first. They stay until each was gone on with.
	Others []Draft
	// Unlocked means no lease could be had because Redis is away: another
	// station may be editing too, and the later save will meet a conflict.
	Unlocked bool
	// Beside means that no lease was asked for: this is a set of its own, whoever else
	// is charting.
	Beside bool

	id      string // of this edit, as the writer of its draft
	desk    *Desk
	session staff.Session
	lease   *redisx.Lease
	lost    chan struct{}
	begun   atomic.Bool // and not ended: for the audit

	// work is held by whatever writes or drops the draft, and by a save: a text that was
	// saved must not be written down as a draft behind it.
	work sync.Mutex
	over bool              // saved or discarded; guarded by work
	kept bool              // its draft is in the record, as far as is known here; guarded by work
	was  map[string]string // that draft as it was written last; guarded by work
	last time.Time         // when that was, by whichever station's clock; guarded by work

	mu      sync.Mutex
	from    int64        // see From: a draft is written down while a conflict is decided
	knowing patient.Gone // what the person knows of a patient who left, moved or died
	key     string
	typedAt time.Time         // when this text was begun; zero while there is none
	sent    map[string]string // as it was sent last; nil: not yet
	tried   bool              // another text was sent with this key
	taken   time.Time         // of the set that was sent last
	apart   *Draft            // what stands at the station that went on; nil: none, or told
}

// Edit opens a section. If another holds it the error is a [*HeldError] that
// names them; for a patient who left, moved or died see [Desk.Late].
func (d *Desk) Edit(ctx context.Context, s staff.Session, ward, patientID string, section Section) (*Editing, error) {
	if err := d.Guard.Require(ctx, s, staff.EditChart, ward); err != nil {
		return nil, err
	}
	return d.open(ctx, s, ward, patientID, section, nil, false)
}

// Await opens a section as soon as it is this session's turn: whoever waits stands in
// a line, first come first served, until ctx ends. What it returns is held like
// any other edit; without Redis there is no line, and it opens at once.
func (d *Desk) Await(ctx context.Context, s staff.Session, ward, patientID string, section Section) (*Editing, error) {
	if err := d.Guard.Require(ctx, s, staff.EditChart, ward); err != nil {
		return nil, err
	}
	return d.open(ctx, s, ward, patientID, section, nil, true)
}

// TakeOver opens a section that another holds. Their lease ends; what they typed stays their draft, and they are told
// by whom it was taken and why: without a reason it is an [ErrNoReason]. from is the fence of whom the person saw hold
// it, 0 for nobody: if somebody else does by now it is a [*HeldError] that names them.
func (d *Desk) TakeOver(ctx context.Context, s staff.Session, ward, patientID string, section Section,
	from uint64, reason string) (*Editing, error) {
	if err := d.Guard.Require(ctx, s, staff.TakeOverLock, ward); err != nil {
		return nil, err
	}
	if reason = strings.TrimSpace(reason); reason == "" {
		return nil, ErrNoReason
	}
	return d.open(ctx, s, ward, patientID, section, &takeOver{from, reason}, false)
}

// takeOver says from whom a section is taken, by the fence, and why.
type takeOver struct {
	from   uint64
	reason string
}

func (d *Desk) open(ctx context.Context, s staff.Session, ward, patientID string, section Section, over *takeOver,
	wait bool) (*Editing, error) {
	e := d.editing(s, ward, patientID, section)
	begin := audit.EditBegin
	if over != nil {
		begin = audit.TakeOver // what was typed as the reason is in the lock, not here
	}
	if !wait { // whoever waits writes nothing yet
		if err := d.Here(ctx, ward, patientID); err != nil {
			return nil, err
		}
	}
	if err := e.lock(ctx, over, wait); err != nil {
		reason := ""
		if errors.Is(err, ErrHeld) {
			reason = "held"
		}
		e.note(ctx, begin, audit.Refused, reason)
		return nil, err
	}
	reason := ""
	if e.Unlocked {
		reason = "without-lease"
	}
	return e.start(ctx, begin, reason)
}

func (d *Desk) editing(s staff.Session, ward, patientID string, section Section) *Editing {
	return &Editing{id: uuid.NewString(), Patient: patientID, Ward: ward, Section: section, desk: d, session: s,
		key:  uuid.NewString(),
		lost: make(chan struct{}), knowing: d.knowing}
}

// start reads what the edit starts from. The version is read under the lease: nobody
// who honours it writes between.
func (e *Editing) start(ctx context.Context, begin audit.Action, reason string) (*Editing, error) {
	sections, err := e.desk.Record.Sections(ctx, e.Patient)
	if err == nil {
		e.Version = sections[e.Section].Version
		e.Rebase(e.Version)
		e.Draft, e.HasDraft, e.Others, err = e.desk.Record.TakeDraft(ctx, Draft{Staff: e.session.Staff.ID,
			Patient: e.Patient, Section: e.Section, Writer: e.id, Station: e.session.Station}, e.desk.draftOf)
	}
	if err != nil {
		e.Close(ctx)
		return nil, err
	}
	e.resume()
	e.note(ctx, begin, audit.Done, reason)
	e.begun.Store(true)
	return e, nil
}

// note audits a step of this edit.
func (e *Editing) note(ctx context.Context, a audit.Action, outcome audit.Outcome, reason string) {
	if e.desk.Audit != nil {
		e.desk.Audit.Note(ctx, e.session, audit.Event{Action: a, Patient: e.Patient, Object: string(e.Section),
			Version: e.From(), Outcome: outcome, Reason: reason})
	}
}

func (e *Editing) lock(ctx context.Context, over *takeOver, wait bool) (err error) {
	d, s := e.desk, e.session
	if d.Locks == nil {
		e.Unlocked = true
		return nil
	}
	who := redisx.Holder{Owner: s.Staff.ID, Name: s.Staff.Short(), Session: s.ID, Station: s.Station}
	switch {
	case over != nil:
		who.Reason = over.reason
		e.lease, err = d.Locks.TakeOverFrom(ctx, e.Patient, string(e.Section), over.from, who)
	case wait:
		e.lease, err = d.Locks.Await(ctx, e.Patient, string(e.Section), who)
	default:
		e.lease, err = d.Locks.Acquire(ctx, e.Patient, string(e.Section), who)
	}
	var held *redisx.HeldError
	switch {
	case err == nil:
		go func() { <-e.lease.Done(); close(e.lost) }()
		return nil
	case errors.As(err, &held):
		return &HeldError{Holder: fromRedis(held.Holder)}
	case errors.Is(err, redisx.ErrDown), errors.Is(err, redisx.ErrLoading), errors.Is(err, redisx.ErrReadOnly):
		e.Unlocked = true
		return nil
	}
	return fmt.Errorf("chart: lock: %w", err)
}

func fromRedis(h redisx.Holder) Holder {
	return Holder{Staff: h.Owner, Name: h.Name, Station: h.Station, Session: h.Session, Since: h.Since, Fence: h.Fence,
		Reason: h.Reason}
}

// Lost closes when the lease ended, for whatever reason, also by Close. The
// editor stops at once; what was typed is kept as a draft.
func (e *Editing) Lost() <-chan struct{} { return e.lost }

// Asked gets a value when somebody joins or leaves the line for this section; nil
// without a lease.
func (e *Editing) Asked() <-chan struct{} {
	if e.lease == nil {
		return nil
	}
	return e.lease.Asked()
}

// Why says how the lease ended, in an error of this package; nil while it
// holds.
func (e *Editing) Why() error {
	if e.lease == nil {
		return nil
	}
	err := e.lease.Err()
	var over *redisx.TakenOverError
	if errors.As(err, &over) {
		return &TakenOverError{By: fromRedis(over.By)}
	}
	if err != nil {
		return fmt.Errorf("%w: %w", ErrLeaseLost, err)
	}
	return nil
}

// Close frees the section and keeps the draft. It may be called again.
func (e *Editing) Close(ctx context.Context) {
	if e.begun.CompareAndSwap(true, false) {
		e.note(context.WithoutCancel(ctx), audit.EditEnd, audit.Done, "")
	}
	if e.lease == nil {
		return
	}
	release, cancel := context.WithTimeout(context.WithoutCancel(ctx), 2*time.Second)
	defer cancel()
	if err := e.lease.Release(release); err != nil && !errors.Is(err, redisx.ErrLost) &&
		!errors.Is(err, redisx.ErrReleased) && e.desk.Logger != nil {
		e.desk.Logger.Warn("a lease could not be given back; it runs out by itself", "err", err)
	}
}

// Waiting says who stands in line for a section, the first first.
func (d *Desk) Waiting(ctx context.Context, patientID string, section Section) ([]Holder, error) {
	if d.Locks == nil {
		return nil, nil
	}
	line, err := d.Locks.Line(ctx, patientID, string(section))
	out := make([]Holder, len(line))
	for i, h := range line {
		out[i] = fromRedis(h)
	}
	return out, err
}

// Holders says who edits the sections of these patients, in one round trip.
func (d *Desk) Holders(ctx context.Context, patients []string) (map[string]map[Section]Holder, error) {
	out := map[string]map[Section]Holder{}
	if d.Locks == nil {
		return out, nil
	}
	var refs []redisx.Ref
	for _, p := range patients {
		for _, s := range []Section{Observations, Notes} {
			refs = append(refs, redisx.Ref{Group: p, Name: string(s)})
		}
	}
	held, err := d.Locks.Holders(ctx, refs)
	for ref, h := range held {
		if out[ref.Group] == nil {
			out[ref.Group] = map[Section]Holder{}
		}
		out[ref.Group][Section(ref.Name)] = fromRedis(h)
	}
	return out, err
}
