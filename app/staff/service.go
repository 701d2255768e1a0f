package staff

import (
	"context"
	"crypto/rand"
	"encoding/base64"
	"errors"
	"fmt"
	"log/slog"
	"sync"
	"time"

	"github.com/alexedwards/argon2id"

	"github.com/wardlight/wardlight/app/audit"
	"github.com/wardlight/wardlight/redisx"
)

// Directory knows who works here and their password hashes.
type Directory interface {
	// StaffByID returns a person and the argon2id hash of their password. An
	// unknown ID is an error.
	StaffByID(ctx context.Context, id string) (Staff, string, error)
}

// Auditor writes down what happened.
type Auditor interface {
	Audit(ctx context.Context, e audit.Event) error
}

// Vault keeps one secret by name: the OS keyring.
type Vault interface {
	Get(ctx context.Context, name string) (string, error)
	Set(ctx context.Context, name, secret string) error
	Delete(ctx context.Context, name string) error
}

// Limits of a session and of the time without Redis.
const (
	IdleLimit     = 15 * time.Minute
	AbsoluteLimit = 12 * time.Hour
)

// HashParams are the argon2id parameters for new passwords: 64 MiB, 3 passes.
// A hash carries its own, so raising these does not lock anybody out.
var HashParams = &argon2id.Params{Memory: 64 << 10, Iterations: 3, Parallelism: 4, SaltLength: 16, KeyLength: 32}

// Hash makes the argon2id hash of a password in PHC string form.
func Hash(password string) (string, error) { return argon2id.CreateHash(password, HashParams) }

// decoy is a hash that costs what [Hash] costs to compare, and that no password has: what an
// unknown ID is compared with.
func decoy() string {
	made := make([]byte, HashParams.SaltLength+HashParams.KeyLength)
	_, _ = rand.Read(made) // never fails: crypto/rand ends the program instead
	of := func(b []byte) string { return base64.RawStdEncoding.EncodeToString(b) }
	return fmt.Sprintf("$argon2id$v=19$m=%d,t=%d,p=%d$%s$%s", HashParams.Memory, HashParams.Iterations,
		HashParams.Parallelism, of(made[:HashParams.SaltLength]), of(made[HashParams.SaltLength:]))
}

// Value is what a session holds in Redis beside its person: no secret.
type Value struct {
	Staff   Staff  `json:"staff"`
	Station string `json:"station"`
}

// Service signs people in and out of this station and answers whether a
// session is alive. It is safe for concurrent use.
type Service struct {
	Directory Directory
	Sessions  Sessions
	Throttle  Throttle
	Audit     Auditor
	Vault     Vault // nil: the token lives in memory only
	// Passwords are the hospital's directory; nil: the record keeps hashes. Roster is
	// needed with it.
	Passwords Passwords
	Roster    Roster
	// Emergencies keeps emergency access; nil: nobody can take it.
	Emergencies EmergencyRecord
	// Everybody lists who works here, to tell apart people of one name; nil: nobody is.
	Everybody func(context.Context) ([]Staff, error)
	Station   string
	Logger    *slog.Logger
	Now       func() time.Time // nil: time.Now

	mu        sync.Mutex
	confirmed map[string]time.Time // session ID → when Redis last confirmed it
	// emergencies are those that this station knows of, by session ID and ward.
	emergencies map[string]map[string]running
	kept        map[string]string    // by session ID: see keep
	found       map[string]time.Time // by session ID: when the directory was last asked
	local       LocalThrottle        // while the shared one cannot be asked
	hashing     chan struct{}
	vault       sync.Mutex // guards the token in Vault: it is looked at, then deleted
	once        sync.Once
}

// TokenName is where a station's session lies in the keyring: two stations of
// one OS user do not resume each other's.
func TokenName(station string) string { return "session-token:" + station }

func (s *Service) tokenName() string { return TokenName(s.Station) }

func (s *Service) init() {
	s.once.Do(func() {
		if s.Now == nil {
			s.Now = time.Now
		}
		if s.Logger == nil {
			s.Logger = slog.New(slog.DiscardHandler)
		}
		s.confirmed = map[string]time.Time{}
		s.kept, s.found = map[string]string{}, map[string]time.Time{}
		s.emergencies = map[string]map[string]running{}
		s.hashing = make(chan struct{}, 2) // 64 MiB each
	})
}

// SignIn checks a staff ID and password and starts a session. The same work is
// done, and the same error returned, for a wrong password, an unknown ID and a
// person who no longer works here.
//
// Errors: [ErrBadCredentials], [*WaitError] (unwraps to [ErrTooManyTries]),
// [ErrSessionsAway], or the directory's own.
func (s *Service) SignIn(ctx context.Context, id, password string) (Session, error) {
	s.init()
	id = s.fold(id)
	wait, err := s.Throttle.Try(ctx, id)
	if err != nil {
		s.note(ctx, audit.SignIn, id, Session{}, audit.Failed, "sessions-away")
		return Session{}, fmt.Errorf("%w: %w", ErrSessionsAway, err)
	}
	if wait > 0 {
		s.note(ctx, audit.SignIn, id, Session{}, audit.Refused, "throttled")
		return Session{}, &WaitError{Wait: wait}
	}
	person, err := s.check(ctx, id, password)
	if errors.Is(err, ErrBadCredentials) {
		s.note(ctx, audit.SignIn, id, Session{}, audit.Refused, "credentials")
		return Session{}, err
	}
	if err != nil {
		s.note(ctx, audit.SignIn, id, Session{}, audit.Failed, "directory-away")
		return Session{}, err
	}
	_ = s.Throttle.Clear(ctx, id)
	if s.Everybody != nil {
		if all, err := s.Everybody(ctx); err == nil { // else they are called as they always were
			person.Known = person.among(all)
		}
	}
	token, rs, err := s.Sessions.Create(ctx, person.ID, Value{Staff: person, Station: s.Station})
	if err != nil {
		s.note(ctx, audit.SignIn, id, Session{}, audit.Failed, "sessions-away")
		return Session{}, fmt.Errorf("%w: %w", ErrSessionsAway, err)
	}
	sess := s.session(token, rs)
	s.saw(sess.ID)
	s.keep(sess, password)
	s.remember(ctx, token)
	s.note(ctx, audit.SignIn, person.ID, sess, audit.Done, "")
	return sess, nil
}

// check compares a password. An unknown person costs the same hash.
func (s *Service) check(ctx context.Context, id, password string) (Staff, error) {
	if s.Passwords != nil {
		return s.ask(ctx, id, password)
	}
	person, hash, err := s.Directory.StaffByID(ctx, id)
	known := err == nil && person.Active && hash != ""
	if err != nil && !errors.Is(err, ErrUnknownStaff) {
		return Staff{}, fmt.Errorf("staff: directory: %w", err)
	}
	if !known {
		hash = decoy()
	}
	select {
	case s.hashing <- struct{}{}:
		defer func() { <-s.hashing }()
	case <-ctx.Done():
		return Staff{}, ctx.Err()
	}
	match, err := argon2id.ComparePasswordAndHash(password, hash)
	if err != nil || !match || !known {
		return Staff{}, ErrBadCredentials
	}
	return person, nil
}

// remember keeps the token for a restart. A keyring that will not take it costs
// the resume, not the sign-in.
func (s *Service) remember(ctx context.Context, token string) {
	if s.Vault == nil {
		return
	}
	s.vault.Lock()
	defer s.vault.Unlock()
	if err := s.Vault.Set(ctx, s.tokenName(), token); err != nil {
		s.Logger.Warn("keyring did not take the session; a restart will ask for a full sign-in", "err", err)
	}
}

// forget drops a session's token from the vault. The name is the station's: a sign-out that waited
// finds there the token of whoever signed in since, and leaves it.
func (s *Service) forget(ctx context.Context, token string) {
	if s.Vault == nil {
		return
	}
	s.vault.Lock()
	defer s.vault.Unlock()
	if kept, err := s.Vault.Get(ctx, s.tokenName()); err == nil && kept == token {
		_ = s.Vault.Delete(ctx, s.tokenName())
	}
}

// Resume finds the session that a crash or restart left behind. The caller must
// show it locked: the person proves themselves by [Service.Unlock].
func (s *Service) Resume(ctx context.Context) (Session, error) {
	s.init()
	if s.Vault == nil {
		return Session{}, ErrSessionEnded
	}
	token, err := s.Vault.Get(ctx, s.tokenName())
	if err != nil {
		return Session{}, fmt.Errorf("%w: %w", ErrSessionEnded, err)
	}
	rs, err := s.Sessions.Peek(ctx, token)
	if errors.Is(err, redisx.ErrNoSession) {
		s.forget(ctx, token)
		return Session{}, ErrSessionEnded
	}
	if err != nil {
		return Session{}, fmt.Errorf("%w: %w", ErrSessionsAway, err)
	}
	sess := s.session(token, rs)
	s.RecallEmergency(ctx, sess)
	return sess, nil
}

// Unlock proves that the person at a locked station is the session's own.
func (s *Service) Unlock(ctx context.Context, sess Session, password string) error {
	s.init()
	id := sess.Staff.ID
	wait, err := s.Throttle.Try(ctx, id)
	if err != nil { // Redis is away: who works here may go on, guessing still may not
		wait, _ = s.local.Try(ctx, id)
	}
	if wait > 0 {
		s.note(ctx, audit.Unlock, id, sess, audit.Refused, "throttled")
		return &WaitError{Wait: wait}
	}
	if err := s.prove(ctx, sess, password); err != nil {
		if errors.Is(err, ErrBadCredentials) {
			s.note(ctx, audit.Unlock, id, sess, audit.Refused, "credentials")
		}
		return err
	}
	if err := s.Alive(ctx, sess); err != nil {
		s.note(ctx, audit.Unlock, id, sess, audit.Refused, "session-ended")
		return err
	}
	_ = s.Throttle.Clear(ctx, id)
	_ = s.local.Clear(ctx, id)
	s.note(ctx, audit.Unlock, id, sess, audit.Done, "")
	return nil
}

// Locked audits that the station was covered.
func (s *Service) Locked(ctx context.Context, sess Session) {
	s.Note(ctx, sess, audit.Event{Action: audit.Lock})
}

// Alive confirms the session and slides its idle limit. While Redis is away a
// session counts as alive for as long as its idle limit allows since it was
// last confirmed here: a nurse mid-chart is not thrown out by a broken link.
func (s *Service) Alive(ctx context.Context, sess Session) error {
	s.init()
	_, err := s.Sessions.Check(ctx, sess.Token)
	switch {
	case err == nil:
		s.saw(sess.ID)
		return nil
	case errors.Is(err, redisx.ErrNoSession):
		return ErrSessionEnded
	}
	return s.grace(sess, err)
}

// grace answers for a session that Redis cannot answer for.
func (s *Service) grace(sess Session, cause error) error {
	s.mu.Lock()
	last, ok := s.confirmed[sess.ID]
	s.mu.Unlock()
	now := s.Now()
	if ok && now.Sub(last) < IdleLimit && now.Before(sess.Ends) {
		return nil
	}
	return fmt.Errorf("%w: %w", ErrSessionsAway, cause)
}

// Require is asked before every operation: is the session alive, may the role,
// on this ward (empty: any), or does emergency access open it? A refusal is
// audited, and so is each use of emergency access.
func (s *Service) Require(ctx context.Context, sess Session, p Permission, ward string) error {
	if err := s.Alive(ctx, sess); err != nil {
		return err
	}
	if sess.Staff.Role.May(p) && (ward == "" || sess.Staff.Works(ward)) || s.emergency(ctx, sess, p, ward) {
		return nil
	}
	s.note(ctx, audit.Denied, sess.Staff.ID, sess, audit.Refused, string(p))
	return fmt.Errorf("%w: %s on %q", ErrNotAllowed, p, ward)
}

// SignOut ends the session everywhere.
func (s *Service) SignOut(ctx context.Context, sess Session) error {
	s.init()
	s.forget(ctx, sess.Token)
	s.endEmergency(ctx, sess, "sign-out")
	s.mu.Lock()
	delete(s.confirmed, sess.ID)
	delete(s.kept, sess.ID)
	delete(s.found, sess.ID)
	s.mu.Unlock()
	err := s.Sessions.Revoke(ctx, sess.Token)
	s.note(ctx, audit.SignOut, sess.Staff.ID, sess, audit.Done, "")
	if err != nil {
		return fmt.Errorf("%w: %w", ErrSessionsAway, err)
	}
	return nil
}

func (s *Service) saw(id string) {
	s.mu.Lock()
	s.confirmed[id] = s.Now()
	s.mu.Unlock()
}

func (s *Service) session(token string, rs redisx.Session[Value]) Session {
	return Session{Token: token, ID: rs.ID, Staff: rs.Value.Staff, Station: rs.Value.Station, Started: rs.Started,
		Ends: rs.Ends}
}

func (s *Service) note(ctx context.Context, action audit.Action, who string, sess Session, outcome audit.Outcome,
	reason string) {
	err := s.Audit.Audit(ctx,
		audit.Event{At: s.Now().UTC(), Actor: who, Role: string(sess.Staff.Role), Station: s.Station,
			Session: sess.ID, Action: action, Outcome: outcome, Reason: reason})
	if err != nil {
		s.Logger.Error("audit", "action", action, "err", err)
	}
}

// ErrUnknownStaff is what a Directory wraps when it knows no such ID.
var ErrUnknownStaff = errors.New("staff: unknown")

// WaitError says how long sign-in must wait.
type WaitError struct{ Wait time.Duration }

// Error implements error.
func (e *WaitError) Error() string { return "staff: too many tries, wait " + e.Wait.String() }

// Unwrap makes errors.Is(err, ErrTooManyTries) hold.
func (e *WaitError) Unwrap() error { return ErrTooManyTries }

// StillOn asks whether the session is alive without sliding its idle limit: a
// window that looks is not a person who works. While Redis is away the answer
// is that of [Service.Alive].
func (s *Service) StillOn(ctx context.Context, sess Session) error {
	s.init()
	_, err := s.Sessions.Peek(ctx, sess.Token)
	if errors.Is(err, redisx.ErrNoSession) {
		s.forgive(sess)
		s.endEmergency(ctx, sess, "session-ended")
		return ErrSessionEnded
	}
	if s.changed(ctx, sess) || s.leftDirectory(ctx, sess) {
		_ = s.Sessions.Revoke(ctx, sess.Token) // Redis may be away: here it is over all the same
		s.forgive(sess)
		s.endEmergency(ctx, sess, "session-ended")
		return ErrSessionEnded
	}
	s.followEmergency(ctx, sess)
	if err == nil {
		return nil
	}
	return s.grace(sess, err)
}

// changed asks the directory whether the person still works here, as what they
// signed in: whoever is disabled, or gets another role, signs in anew. A
// directory that is away changes nothing.
func (s *Service) changed(ctx context.Context, sess Session) bool {
	now, _, err := s.Directory.StaffByID(ctx, sess.Staff.ID)
	if errors.Is(err, ErrUnknownStaff) {
		return true
	}
	return err == nil && (!now.Active || now.Role != sess.Staff.Role)
}

// forgive takes away the grace of a session that was ended.
func (s *Service) forgive(sess Session) {
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.confirmed, sess.ID)
	delete(s.kept, sess.ID)
	delete(s.found, sess.ID)
}

// Viewed audits that a chart was opened.
func (s *Service) Viewed(ctx context.Context, sess Session, patientID string) {
	s.Note(ctx, sess, audit.Event{Action: audit.ViewChart, Patient: patientID})
}

// ViewedBoard audits that a ward's board was opened.
func (s *Service) ViewedBoard(ctx context.Context, sess Session, wardID string) {
	s.Note(ctx, sess, audit.Event{Action: audit.ViewBoard, Object: wardID})
}

// Note audits what a person looked at, or asked for, in their session's name: e
// says what; who, from where and when are filled in, and [audit.Done] if it
// names no outcome. It is for what does not change the record: a change is
// audited in its own transaction.
func (s *Service) Note(ctx context.Context, sess Session, e audit.Event) {
	s.init()
	e.At, e.Actor, e.Role, e.Station, e.Session = s.Now().UTC(), sess.Staff.ID, string(sess.Staff.Role),
		s.Station, sess.ID
	if e.Outcome == "" {
		e.Outcome = audit.Done
	}
	if err := s.Audit.Audit(ctx, e); err != nil {
		s.Logger.Error("audit", "action", e.Action, "err", err)
	}
}
