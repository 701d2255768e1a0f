package staff

import (
	"context"
	"fmt"
	"slices"
)

// AlsoAt names the other stations at which the person of a session is signed in now, locked or not, in
// the order of their names. [ErrSessionsAway] if that cannot be known.
func (s *Service) AlsoAt(ctx context.Context, sess Session) ([]string, error) {
	all, err := s.Sessions.List(ctx, sess.Staff.ID)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrSessionsAway, err)
	}
	var out []string
	for _, other := range all {
		if at := other.Value.Station; other.ID != sess.ID && at != "" && at != sess.Station {
			out = append(out, at)
		}
	}
	slices.Sort(out)
	return slices.Compact(out), nil
}
