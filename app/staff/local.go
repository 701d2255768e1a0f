package staff

import (
	"context"
	"crypto/rand"
	"sync"
	"time"

	"github.com/google/uuid"

	"github.com/wardlight/wardlight/redisx"
)

// Sessions keep who is signed in. [redisx.Sessions] keeps them for all stations;
// [LocalSessions] for a station that has no Redis by its settings.
type Sessions interface {
	Create(ctx context.Context, person string, v Value) (token string, s redisx.Session[Value], err error)
	Check(ctx context.Context, token string) (redisx.Session[Value], error)
	Peek(ctx context.Context, token string) (redisx.Session[Value], error)
	Revoke(ctx context.Context, token string) error
	// List returns the person's live sessions, without moving their idle limits.
	List(ctx context.Context, person string) ([]redisx.Session[Value], error)
}

// LocalSessions are sessions in this process's memory: they end with it. Idle
// and absolute limits run on the monotonic clock. Safe for concurrent use.
type LocalSessions struct {
	mu   sync.Mutex
	live map[string]redisx.Session[Value]
}

// Create implements [Sessions].
func (l *LocalSessions) Create(_ context.Context, person string, v Value) (string, redisx.Session[Value], error) {
	token := rand.Text()
	now := time.Now()
	s := redisx.Session[Value]{ID: uuid.NewString()[:16], Person: person, Value: v, Started: now,
		IdleUntil: now.Add(IdleLimit), Ends: now.Add(AbsoluteLimit)}
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.live == nil {
		l.live = map[string]redisx.Session[Value]{}
	}
	l.live[token] = s
	return token, s, nil
}

// Check implements [Sessions].
func (l *LocalSessions) Check(ctx context.Context, token string) (redisx.Session[Value], error) {
	return l.look(token, true)
}

// Peek implements [Sessions].
func (l *LocalSessions) Peek(ctx context.Context, token string) (redisx.Session[Value], error) {
	return l.look(token, false)
}

func (l *LocalSessions) look(token string, slide bool) (redisx.Session[Value], error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	s, ok := l.live[token]
	now := time.Now()
	if !ok || now.After(s.IdleUntil) || now.After(s.Ends) {
		delete(l.live, token)
		return redisx.Session[Value]{}, redisx.ErrNoSession
	}
	if slide {
		s.IdleUntil = now.Add(IdleLimit)
		l.live[token] = s
	}
	return s, nil
}

// Revoke implements [Sessions].
func (l *LocalSessions) Revoke(_ context.Context, token string) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	delete(l.live, token)
	return nil
}

// List implements [Sessions].
func (l *LocalSessions) List(_ context.Context, person string) ([]redisx.Session[Value], error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	now := time.Now()
	var out []redisx.Session[Value]
	for _, s := range l.live {
		if s.Person == person && now.Before(s.IdleUntil) && now.Before(s.Ends) {
			out = append(out, s)
		}
	}
	return out, nil
}
