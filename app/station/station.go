// Package station is a nursing station without its window: the services of app
// wired together over one record and, where there is one, one Redis. Programs
// and tests start the same station.
package station

import (
	"context"
	"errors"
	"log/slog"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/wardlight/wardlight/app/alert"
	"github.com/wardlight/wardlight/app/chart"
	"github.com/wardlight/wardlight/app/live"
	"github.com/wardlight/wardlight/app/outbox"
	"github.com/wardlight/wardlight/app/parked"
	"github.com/wardlight/wardlight/app/patient"
	"github.com/wardlight/wardlight/app/staff"
	"github.com/wardlight/wardlight/app/task"
	"github.com/wardlight/wardlight/app/ward"
	"github.com/wardlight/wardlight/redisx"
)

// Record is the system of record as a station needs it.
type Record interface {
	live.Record
	live.ClockRecord
	outbox.RelayLog
	chart.Record
	staff.Directory
	staff.Auditor
	staff.EmergencyRecord
	patient.Loader
	ward.AssignmentRecord
	task.Record
	Wards(ctx context.Context) ([]ward.Ward, error)
	SetAlertPolicy(ctx context.Context, ward string, p alert.Policy, by, station string) error
	AllStaff(ctx context.Context) ([]staff.Staff, error)
	FindPatient(ctx context.Context, mrn string) (patient.Patient, error)
	ParkedRecord
}

// Options say what a station stands on.
type Options struct {
	Name   string // "WS-4B-1"; shown to others beside the person
	Record Record
	Client *redisx.Client // nil: no Redis; alerts are then read from the record
	Vault  staff.Vault    // nil: sessions do not outlive the program
	// NotFound says whether an error of the record means that there is none.
	NotFound func(error) bool
	Logger   *slog.Logger
	// Program is what runs here: `wardctl doctor` compares all stations' by it.
	Program live.Program
	// Zone is the site's: where a time without an offset is read; nil: the computer's.
	Zone *time.Location
	// Parked are the site's settings of what waits to be assigned.
	Parked parked.Limits
}

// Station holds the services. Safe for concurrent use.
type Station struct {
	Name   string
	Staff  *staff.Service
	Reader *patient.Reader
	Line   *alert.Line
	// Allocation is who looks after whom.
	Allocation *ward.Allocation
	Tasks      *task.Desk
	// Titles is what all wards are called.
	Titles *ward.Titles

	opt      Options
	receiver *alert.Receiver
	duties   *live.Duties
	clock    *live.Clock

	mu    sync.Mutex
	wards map[string]*live.Ward // the newest picture of each ward
	desks map[string]*chart.Desk
	locks map[string]*redisx.Locks
}

// GCPercent is how much a station's memory may grow between two collections, for
// [runtime/debug.SetGCPercent] at the start of its program: after a storm of
// alerts it stays half as big, for a little more work of a machine that has
// nothing else to do.
const GCPercent = 40

// ErrNoRedis means an operation needs Redis and this station has none.
var ErrNoRedis = errors.New("station: no Redis configured")

// New wires a station. It does not dial.
func New(o Options) *Station {
	if o.Logger == nil {
		o.Logger = slog.New(slog.DiscardHandler)
	}
	s := &Station{Name: o.Name, opt: o, desks: map[string]*chart.Desk{}, locks: map[string]*redisx.Locks{},
		Reader: patient.NewReader(o.Client, o.Record), Titles: &ward.Titles{Read: o.Record.Wards}}
	s.Staff = &staff.Service{Directory: o.Record, Audit: o.Record, Vault: o.Vault, Station: o.Name, Logger: o.Logger,
		Emergencies: o.Record, Everybody: o.Record.AllStaff}
	s.Staff.Sessions, s.Staff.Throttle = &staff.LocalSessions{}, &staff.LocalThrottle{}
	s.Line = &alert.Line{Record: o.Record, Guard: s.Staff, Station: o.Name, Calls: s.calls}
	s.wards = map[string]*live.Ward{}
	s.clock = &live.Clock{Record: o.Record, Client: o.Client, Station: o.Name, Logger: o.Logger, Life: s.life}
	s.Allocation = &ward.Allocation{Record: o.Record, Guard: s.Staff, Changed: func(id string) { s.changed(id) }}
	s.Tasks = &task.Desk{Record: o.Record, Guard: s.Staff, Changed: func(id string) { s.changed(id) }}
	if o.Client != nil {
		s.Staff.Sessions = redisx.NewSessions[staff.Value](o.Client,
			redisx.SessionOptions{Idle: staff.IdleLimit, Absolute: staff.AbsoluteLimit})
		s.Staff.Throttle = staff.NewSharedThrottle(o.Client, o.Name)
		s.receiver = &alert.Receiver{Line: s.Line, Find: finder{o}, Logger: o.Logger, Zone: o.Zone}
		s.duties = &live.Duties{Station: o.Name, Client: o.Client, Log: o.Record, Reader: s.Reader,
			Receiver: s.receiver, Clock: s.clock, Logger: o.Logger}
		s.clock.Committed = s.duties.Committed
		s.Line.Committed = func(alert.Move) { s.duties.Committed() }
		s.Line.Unrecorded = s.duties.Unrecorded
	}
	return s
}

// Run does what the station owes all others, signed in or not: relay the
// record's changes, take in foreign alerts. It returns when ctx ends.
func (s *Station) Run(ctx context.Context) {
	var group sync.WaitGroup
	defer group.Wait()
	group.Go(func() { s.clock.Run(ctx) })
	group.Go(func() { s.Staff.SweepEmergencies(ctx) })
	group.Go(func() { s.watchParked(ctx) })
	if s.duties == nil {
		return
	}
	wards, err := s.opt.Record.Wards(ctx)
	if err != nil {
		s.opt.Logger.Warn("wards could not be read", "err", err)
	}
	for _, w := range wards {
		s.duties.Wards = append(s.duties.Wards, w.ID)
	}
	if len(s.duties.Wards) == 0 {
		s.duties.Receiver = nil // nothing to listen to yet
	}
	s.duties.Run(ctx)
}

// Wards lists the wards of the record.
func (s *Station) Wards(ctx context.Context) ([]ward.Ward, error) { return s.opt.Record.Wards(ctx) }

// Desk opens sections of a ward's charts.
func (s *Station) Desk(wardID string) *chart.Desk {
	s.mu.Lock()
	defer s.mu.Unlock()
	if d := s.desks[wardID]; d != nil {
		return d
	}
	d := &chart.Desk{Record: s.opt.Record, Guard: s.Staff, Logger: s.opt.Logger}
	d.Audit = s.Staff
	if c := s.opt.Client; c != nil {
		d.Locks = redisx.NewLocks(c, redisx.LockOptions{Topic: wardID})
		s.locks[wardID] = d.Locks
		d.Saved = s.changed
	}
	s.desks[wardID] = d
	return d
}

// changed tells the ward that a patient changed in the record.
func (s *Station) changed(patientID string) {
	if s.duties == nil {
		return
	}
	go func() {
		// The change is committed, whatever becomes of the screen: the refresh
		// belongs to nobody's context.
		ctx, cancel := context.WithTimeout(context.Background(), 2*time.Second)
		defer cancel()
		_ = s.Reader.Refresh(ctx, patientID)
		s.duties.Committed()
	}()
}

// Ward makes the live picture of a ward; the caller sets its callbacks and runs
// it.
func (s *Station) Ward(wardID string) *live.Ward {
	desk := s.Desk(wardID)
	s.mu.Lock()
	defer s.mu.Unlock()
	w := &live.Ward{ID: wardID, Record: s.opt.Record, Reader: s.Reader, Desk: desk, Station: s.Name,
		Program: s.opt.Program, Clock: s.clock, Titles: s.Titles,
		Client: s.opt.Client, Locks: s.locks[wardID], Logger: s.opt.Logger}
	s.wards[wardID] = w
	return w
}

// calls is whom an alert calls now, and who of them could accept it, as far as this
// station knows; nobody: it shows another ward.
func (s *Station) calls(a alert.Alert) (alert.Call, []string) {
	s.mu.Lock()
	w := s.wards[a.Ward]
	s.mu.Unlock()
	if w == nil {
		return alert.Call{}, nil
	}
	return w.Calls(a.ID)
}

// life is where an alert stands in this station's picture of its ward.
func (s *Station) life(wardID, alertID string) (alert.Life, bool) {
	s.mu.Lock()
	w := s.wards[wardID]
	s.mu.Unlock()
	if w == nil {
		return alert.Life{}, false
	}
	return w.Life(alertID)
}

// AlertPolicy is how a ward's alerts escalate.
func (s *Station) AlertPolicy(ctx context.Context, wardID string) (alert.Policy, error) {
	return s.opt.Record.AlertPolicy(ctx, wardID)
}

// SetAlertPolicy changes how a ward's alerts escalate, in a person's name. The
// policy is one that AlertPolicy returned, changed.
func (s *Station) SetAlertPolicy(ctx context.Context, by staff.Session, wardID string, p alert.Policy) error {
	if err := s.Staff.Require(ctx, by, staff.RunWard, wardID); err != nil {
		return err
	}
	return s.opt.Record.SetAlertPolicy(ctx, wardID, p, by.Staff.ID, s.Name)
}

// Colleagues lists who works on a ward and may answer its alerts: to whom one can
// forward.
func (s *Station) Colleagues(ctx context.Context, wardID string) ([]staff.Staff, error) {
	all, err := s.opt.Record.AllStaff(ctx)
	if err != nil {
		return nil, err
	}
	return slices.DeleteFunc(all, func(p staff.Staff) bool {
		return !p.Active || !p.Works(wardID) || !alert.RightsTo(p.Role, alert.ForwardedTo, alert.ToNurse).Accept
	}), nil
}

// finder looks patients up for alerts that name them by number or bed.
type finder struct{ o Options }

func (f finder) ByMRN(ctx context.Context, mrn string) (alert.Found, error) {
	p, err := f.o.Record.FindPatient(ctx, strings.ReplaceAll(mrn, " ", ""))
	switch {
	case err == nil:
	case errors.Is(err, patient.ErrShared):
		return alert.Found{Holders: alert.Several}, nil
	case f.o.NotFound != nil && f.o.NotFound(err):
		return alert.Found{Holders: alert.Nobody}, nil
	default:
		return alert.Found{}, err
	}
	sums, err := f.o.Record.Summaries(ctx, []string{p.ID})
	return alert.Found{Patient: p.ID, Bed: sums[p.ID].Bed, Holders: alert.One}, err
}

func (f finder) ByBed(ctx context.Context, wardID, bed string) (patients []string, err error) {
	beds, err := f.o.Record.Beds(ctx, wardID)
	lie := func(same func(name string) bool) (named bool) {
		for _, b := range beds {
			if !same(b.Name) {
				continue
			}
			named = true
			if b.Patient != "" && !slices.Contains(patients, b.Patient) {
				patients = append(patients, b.Patient)
			}
		}
		return named
	}
	if !lie(func(name string) bool { return name == bed }) {
		lie(func(name string) bool {
			return strings.EqualFold(strings.TrimLeft(name, "0"), strings.TrimLeft(bed, "0"))
		})
	}
	return patients, err
}
