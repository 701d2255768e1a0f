package staff

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/alexedwards/argon2id"
)

// Passwords are kept elsewhere: by the hospital's directory. What it says of a
// person counts; the record keeps a copy, because charts name people for decades.
type Passwords interface {
	// Verify says who has this ID and password. [ErrBadCredentials] covers all
	// that the person could get wrong; any other error means that the directory
	// cannot be asked.
	Verify(ctx context.Context, id, password string) (Staff, error)
	// Find says who has this ID now; [ErrUnknownStaff] if nobody has.
	Find(ctx context.Context, id string) (Staff, error)
}

// Roster keeps people in the record.
type Roster interface {
	PutStaff(ctx context.Context, p Staff, hash string) error
}

// ErrDirectoryAway means that a password cannot be looked at now.
var ErrDirectoryAway = errors.New("staff: the directory cannot be asked now")

const (
	// RefuseAfter is how long a refusal of the directory's takes at least, whatever
	// was wrong: how long the directory itself took tells who it knows.
	RefuseAfter = 600 * time.Millisecond
	// findEvery is how often the directory is asked whether a session's person
	// still works here.
	findEvery = time.Minute
)

// fold makes an ID one: a directory does not tell large letters from small ones,
// and guesses must not count apart for that.
func (s *Service) fold(id string) string {
	if s.Passwords == nil {
		return id
	}
	return strings.ToLower(strings.TrimSpace(id))
}

// ask has the directory look at a password, and copies into the record what it
// says of the person. Whoever is inactive in the record stays out.
func (s *Service) ask(ctx context.Context, id, password string) (Staff, error) {
	began := time.Now()
	who, err := s.Passwords.Verify(ctx, id, password)
	if err == nil {
		who, err = s.enlist(ctx, who)
	}
	switch {
	case err == nil:
		return who, nil
	case !errors.Is(err, ErrBadCredentials):
		return Staff{}, fmt.Errorf("%w: %w", ErrDirectoryAway, err)
	}
	wait := time.NewTimer(RefuseAfter - time.Since(began))
	defer wait.Stop()
	select {
	case <-wait.C:
	case <-ctx.Done():
	}
	return Staff{}, ErrBadCredentials
}

// enlist copies a person into the record if it says something else.
func (s *Service) enlist(ctx context.Context, who Staff) (Staff, error) {
	had, _, err := s.Directory.StaffByID(ctx, who.ID)
	known := err == nil
	switch {
	case err != nil && !errors.Is(err, ErrUnknownStaff):
		return who, err
	case known && !had.Active:
		return who, ErrBadCredentials
	case known && len(who.Wards) == 0:
		who.Wards = had.Wards // the directory says nothing of wards
	}
	if known && had.Role == who.Role && had.Surname == who.Surname && had.Given == who.Given &&
		sameWards(had.Wards, who.Wards) {
		return who, nil
	}
	return who, s.Roster.PutStaff(ctx, who, "")
}

func sameWards(a, b []string) bool {
	in := map[string]bool{}
	for _, w := range a {
		in[w] = true
	}
	for _, w := range b {
		if !in[w] {
			return false
		}
	}
	return len(in) == len(b)
}

// keep remembers, for the session's life and in this process's memory alone, a
// hash of the password that opened it: a directory that is away must not keep a
// nurse from the station that she only locked.
func (s *Service) keep(sess Session, password string) {
	if s.Passwords == nil {
		return
	}
	if hash, err := Hash(password); err == nil {
		s.mu.Lock()
		s.kept[sess.ID] = hash
		s.mu.Unlock()
	}
}

// prove looks at the password of a session that is locked.
func (s *Service) prove(ctx context.Context, sess Session, password string) error {
	_, err := s.check(ctx, sess.Staff.ID, password)
	if err == nil || !errors.Is(err, ErrDirectoryAway) {
		return err
	}
	s.mu.Lock()
	hash := s.kept[sess.ID]
	s.mu.Unlock()
	if hash == "" {
		return err
	}
	if match, cmp := argon2id.ComparePasswordAndHash(password, hash); cmp != nil || !match {
		return ErrBadCredentials
	}
	return nil
}

// leftDirectory asks, once a minute, whether the directory still has the person
// as who they signed in. A directory that is away changes nothing.
func (s *Service) leftDirectory(ctx context.Context, sess Session) bool {
	if s.Passwords == nil {
		return false
	}
	s.mu.Lock()
	due := time.Since(s.found[sess.ID]) >= findEvery
	if due {
		s.found[sess.ID] = time.Now()
	}
	s.mu.Unlock()
	if !due {
		return false
	}
	now, err := s.Passwords.Find(ctx, sess.Staff.ID)
	if errors.Is(err, ErrUnknownStaff) {
		return true
	}
	return err == nil && (!now.Active || now.Role != sess.Staff.Role)
}
