package staff

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"
	"unicode"

	"github.com/wardlight/wardlight/app/audit"
)

// Emergency is access that a person took ("broke the glass") for a while to one
// ward, in one session. Times are the record's.
type Emergency struct {
	ID                            string
	Session, Staff, Station, Ward string
	Reason                        string // as typed; never in the trail
	Began, Until                  time.Time
	Uses                          int64
	Ended                         time.Time // zero: it runs
	Why                           string    // "time", "sign-out", "session-ended"
	Reviewed                      time.Time
	Reviewer                      string
	Finding                       Finding
	// Left is how long it runs from the moment it was read.
	Left time.Duration
}

// EmergencyLimit is how long emergency access lasts, by the record's clock.
const EmergencyLimit = 60 * time.Minute

// emergencyOpens is what emergency access opens on its ward, whatever the role
// and roster say: what care needs now, nothing of how a ward is run.
var emergencyOpens = []Permission{ViewBoard, ViewChart, EditChart, GiveMedicine, RaiseAlert, AnswerAlert, TakeOverLock}

// opensFor reports whether emergency access lets a role do p: a ward is opened, but what
// takes a registration stays with those who have one.
func opensFor(r Role, p Permission) bool {
	return slices.Contains(emergencyOpens, p) && r.May(BreakGlass) && (p != GiveMedicine || r.May(p))
}

// Finding is what a review came to.
type Finding string

// The findings.
const (
	Justified   Finding = "justified"
	Unjustified Finding = "unjustified"
	Unclear     Finding = "unclear"
)

// Findings lists them all.
func Findings() []Finding { return []Finding{Justified, Unjustified, Unclear} }

// Errors of emergency access.
var (
	// ErrNoReason means emergency access was asked for without a reason.
	ErrNoReason = errors.New("staff: emergency access needs a reason")
	// ErrNoEmergency means none runs for that session on that ward.
	ErrNoEmergency = errors.New("staff: no emergency access")
	// ErrEmergencyRuns means a review came before the end.
	ErrEmergencyRuns = errors.New("staff: emergency access still runs")
	// ErrReviewer means that nobody reviews their own, and only a charge nurse
	// another's.
	ErrReviewer = errors.New("staff: a charge nurse other than the person reviews")
)

// EmergencyRecord keeps emergency access, and audits each step with it or not at
// all. Its clock is the record's own.
type EmergencyRecord interface {
	// BeginEmergency begins one, or returns the one that runs.
	BeginEmergency(ctx context.Context, s Session, ward, reason string, limit time.Duration) (Emergency, error)
	// UseEmergency counts one use; [ErrNoEmergency] if none runs.
	UseEmergency(ctx context.Context, s Session, ward string, p Permission) (Emergency, error)
	// RunningEmergencies lists those of a session.
	RunningEmergencies(ctx context.Context, session string) ([]Emergency, error)
	// EndEmergencies ends those of a session; why is a code.
	EndEmergencies(ctx context.Context, session, why string) error
	// EndOverdueEmergencies ends those whose time is up, whoever began them.
	EndOverdueEmergencies(ctx context.Context) error
}

// running is an emergency as this station knows it.
type running struct {
	Emergency
	ends time.Time // by this process's monotonic clock
}

const longestReason = 500 // characters

// BreakGlass gives the session emergency access to a ward for [EmergencyLimit],
// for a reason that a reviewer will read. Whoever holds no clinical role cannot.
//
// Errors: [ErrNoReason], [ErrNotAllowed], [ErrSessionEnded], or the record's: what
// cannot be written down is not given.
func (s *Service) BreakGlass(ctx context.Context, sess Session, ward, reason string) (Emergency, error) {
	if err := s.Alive(ctx, sess); err != nil {
		return Emergency{}, err
	}
	if s.Emergencies == nil || ward == "" || !sess.Staff.Role.May(BreakGlass) {
		s.note(ctx, audit.Denied, sess.Staff.ID, sess, audit.Refused, string(BreakGlass))
		return Emergency{}, fmt.Errorf("%w: %s on %q", ErrNotAllowed, BreakGlass, ward)
	}
	reason = strings.Join(strings.FieldsFunc(strings.ToValidUTF8(reason, ""), func(r rune) bool {
		return unicode.IsSpace(r) || !unicode.IsPrint(r)
	}), " ")
	if r := []rune(reason); len(r) > longestReason {
		reason = string(r[:longestReason])
	}
	if reason == "" {
		return Emergency{}, ErrNoReason
	}
	e, err := s.Emergencies.BeginEmergency(ctx, sess, ward, reason, EmergencyLimit)
	if err != nil {
		return Emergency{}, err
	}
	s.knows(e)
	return e, nil
}

func (s *Service) knows(e Emergency) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.emergencies[e.Session] == nil {
		s.emergencies[e.Session] = map[string]running{}
	}
	s.emergencies[e.Session][e.Ward] = running{e, time.Now().Add(e.Left)}
}

// emergency reports whether emergency access lets the session do p, and has the
// use written down. While the record is away the time that this station last
// knew of runs on: the trail is told later.
func (s *Service) emergency(ctx context.Context, sess Session, p Permission, ward string) bool {
	if s.Emergencies == nil || ward == "" || !opensFor(sess.Staff.Role, p) {
		return false
	}
	e, err := s.Emergencies.UseEmergency(ctx, sess, ward, p)
	if err == nil {
		s.knows(e)
		return true
	}
	if errors.Is(err, ErrNoEmergency) {
		s.mu.Lock()
		delete(s.emergencies[sess.ID], ward)
		s.mu.Unlock()
		return false
	}
	for _, e := range s.Emergency(sess) {
		if e.Ward == ward {
			s.Note(ctx, sess, audit.Event{Action: audit.BreakGlassUse, Object: e.ID, Reason: string(p)})
			return true
		}
	}
	return false
}

// ByEmergency reports whether emergency access to the ward lets the session do p,
// and has the use written down: for what neither role nor roster allow, where a
// refusal came from elsewhere than [Service.Require].
func (s *Service) ByEmergency(ctx context.Context, sess Session, p Permission, ward string) bool {
	s.init()
	return s.emergency(ctx, sess, p, ward)
}

// Emergency lists the emergency access that runs for the session, as this station
// knows it, without asking anybody: for what the screen shows.
func (s *Service) Emergency(sess Session) []Emergency {
	s.mu.Lock()
	defer s.mu.Unlock()
	var out []Emergency
	for _, ward := range slices.Sorted(maps.Keys(s.emergencies[sess.ID])) {
		e := s.emergencies[sess.ID][ward]
		if e.Left = time.Until(e.ends); e.Left > 0 {
			out = append(out, e.Emergency)
		}
	}
	return out
}

// May says without asking anybody whether [Service.Require] would allow p on the
// ward, for what the screen offers. It decides nothing.
func (s *Service) May(sess Session, p Permission, ward string) bool {
	if sess.Staff.Role.May(p) && sess.Staff.Works(ward) {
		return true
	}
	return opensFor(sess.Staff.Role, p) &&
		slices.ContainsFunc(s.Emergency(sess), func(e Emergency) bool { return e.Ward == ward })
}

// RecallEmergency reads from the record what runs for the session: after a
// restart this station knows of nothing.
func (s *Service) RecallEmergency(ctx context.Context, sess Session) {
	if s.Emergencies == nil {
		return
	}
	list, err := s.Emergencies.RunningEmergencies(ctx, sess.ID)
	if err != nil {
		return // asked again by each use
	}
	for _, e := range list {
		s.knows(e)
	}
}

// followEmergency looks after what runs here: what ended in the record ends on
// the screen, and what ended by the clock is written down.
func (s *Service) followEmergency(ctx context.Context, sess Session) {
	s.mu.Lock()
	had := maps.Clone(s.emergencies[sess.ID])
	s.mu.Unlock()
	if len(had) == 0 || s.Emergencies == nil {
		return
	}
	list, err := s.Emergencies.RunningEmergencies(ctx, sess.ID)
	if err != nil {
		return
	}
	s.mu.Lock()
	for ward, e := range had {
		is := func(r Emergency) bool { return r.ID == e.ID }
		if s.emergencies[sess.ID][ward].ID == e.ID && !slices.ContainsFunc(list, is) {
			delete(s.emergencies[sess.ID], ward)
		}
	}
	left := len(s.emergencies[sess.ID])
	s.mu.Unlock()
	if left < len(had) {
		if err := s.Emergencies.EndOverdueEmergencies(ctx); err != nil {
			s.Logger.Warn("the end of emergency access was not written down", "err", err)
		}
	}
}

// endEmergency ends what runs for a session that is over. Where the record is
// away, the session's end alone ends it, and its line follows when its time is up.
func (s *Service) endEmergency(ctx context.Context, sess Session, why string) {
	s.mu.Lock()
	_, had := s.emergencies[sess.ID]
	delete(s.emergencies, sess.ID)
	s.mu.Unlock()
	if !had || s.Emergencies == nil {
		return
	}
	if err := s.Emergencies.EndEmergencies(ctx, sess.ID, why); err != nil {
		s.Logger.Warn("the end of emergency access was not written down", "err", err)
	}
}

// emergencySweep is how often a station looks for emergency access whose time is
// up: the stations that gave it may be off.
const emergencySweep = time.Minute

// SweepEmergencies writes down the ends that nobody wrote, until ctx ends.
func (s *Service) SweepEmergencies(ctx context.Context) {
	s.init()
	if s.Emergencies == nil {
		return
	}
	again := time.NewTicker(emergencySweep)
	defer again.Stop()
	for {
		if err := s.Emergencies.EndOverdueEmergencies(ctx); err != nil && ctx.Err() == nil {
			s.Logger.Warn("emergency access that ended could not be looked for", "err", err)
		}
		select {
		case <-again.C:
		case <-ctx.Done():
			return
		}
	}
}
