package alert

import (
	"context"
	"errors"
	"fmt"
	"sync/atomic"
	"time"

	"github.com/google/uuid"

	"github.com/wardlight/wardlight/app/staff"
)

// Record takes moves and decides who wins.
type Record interface {
	// AppendMove commits a move and returns it with its place. The same move ID
	// again returns the first one. A second accept is a [*TakenError].
	AppendMove(ctx context.Context, m Move) (Move, error)
}

// Guard says whether a session may do something on a ward.
type Guard interface {
	// Alive is nil while the session lives.
	Alive(ctx context.Context, s staff.Session) error
	Require(ctx context.Context, s staff.Session, p staff.Permission, ward string) error
	// ByEmergency reports whether the session may by emergency access to the ward,
	// and has the use written down.
	ByEmergency(ctx context.Context, s staff.Session, p staff.Permission, ward string) bool
}

// Line is how a station, or a machine, moves alerts. Safe for concurrent use.
type Line struct {
	Record Record
	Guard  Guard
	// Committed is told of every move the record took, so that it is relayed at
	// once. It must not block.
	Committed func(Move)
	// Calls is whom an alert calls now by who is signed in, and the staff IDs of
	// those of them who are there and may accept it; none: not known.
	Calls func(a Alert) (Call, []string)
	// Unrecorded carries a raised alert to the stations while the record is
	// away: law 2, either of the two alone gets it on the screen. nil: none.
	Unrecorded func(ctx context.Context, m Move) error
	Station    string
	Now        func() time.Time // nil: time.Now

	group  group
	hanged atomic.Int64 // when the record last gave no answer to Raise, Unix ns
}

const (
	// raisePatience is how long a new alert waits for the record before the stream
	// carries it as well, raiseHaste how long while the record gave no answer within
	// hastyFor: a record that hangs must hold up one alert, not one after the other.
	// The record has until raiseLimit to take it all the same.
	raisePatience = time.Second
	raiseHaste    = 250 * time.Millisecond
	hastyFor      = 2 * time.Second
	raiseLimit    = 5 * time.Second
)

func (l *Line) now() time.Time {
	if l.Now != nil {
		return l.Now().UTC()
	}
	return time.Now().UTC()
}

// Raise commits a new alert. An empty ID gets a new one; the same ID again is
// the same alert. It is for machines: a person's right is checked by the
// caller.
func (l *Line) Raise(ctx context.Context, a Alert) (Move, error) { return l.Say(ctx, a, "") }

// Say is [Line.Raise] for a source that may say more of the same alert later: said
// names what it says now, so that the same said again is one move, and another is
// an update.
func (l *Line) Say(ctx context.Context, a Alert, said string) (Move, error) {
	if a.ID == "" {
		a.ID = uuid.NewString()
	}
	a.Received = l.now()
	if a.Raised.IsZero() {
		a.Raised = a.Received
	}
	id := "raised:" + a.ID
	if said != "" {
		id = "said:" + said + ":" + a.ID
	}
	m := Move{ID: id, Kind: Raised, Alert: a, Station: l.Station, At: a.Received}
	if l.Unrecorded == nil {
		return l.append(ctx, m)
	}
	recorded := l.appendLong(ctx, m)
	timer := time.NewTimer(l.patience(ctx))
	defer timer.Stop()
	var streamed chan error
	var errs []error
	for {
		select {
		case <-ctx.Done():
			return m, errors.Join(append(errs, ctx.Err())...)
		case a := <-recorded:
			if a.err == nil || Refused(a.err) {
				return a.move, a.err
			}
			recorded, errs = nil, append(errs, a.err)
		case <-timer.C:
			l.hanged.Store(time.Now().UnixNano())
		case err := <-streamed:
			if err == nil {
				return m, nil
			}
			errs = append(errs, err)
		}
		switch {
		case streamed == nil:
			streamed = make(chan error, 1)
			go func() { streamed <- l.Unrecorded(ctx, m) }()
		case len(errs) == 2: // neither the one nor the other
			return m, errors.Join(errs...)
		}
	}
}

// patience is how long the record may take before the stream is used as well.
func (l *Line) patience(ctx context.Context) time.Duration {
	patience := raisePatience
	if time.Since(time.Unix(0, l.hanged.Load())) < hastyFor {
		patience = raiseHaste
	}
	if end, is := ctx.Deadline(); is {
		patience = min(patience, time.Until(end)/2) // some of it is for the other way
	}
	return patience
}

type answer struct {
	move Move
	err  error
}

// appendLong brings a move to the record, with more time than the caller may have:
// a transaction that is cut short is only begun again.
func (l *Line) appendLong(ctx context.Context, m Move) chan answer {
	answered := make(chan answer, 1)
	go func() {
		call, cancel := context.WithTimeout(context.WithoutCancel(ctx), raiseLimit)
		defer cancel()
		got, err := l.append(call, m)
		answered <- answer{got, err}
	}()
	return answered
}

// Resolve ends an alert because its cause ended.
func (l *Line) Resolve(ctx context.Context, a Alert, reason string) (Move, error) {
	return l.append(ctx,
		Move{ID: "resolved:" + a.ID, Kind: Resolved, Alert: a, Reason: reason, Station: l.Station, At: l.now()})
}

// Accept takes an alert in hand. Exactly one person wins, whatever the number
// of stations; the others get a [*TakenError] that names the winner.
func (l *Line) Accept(ctx context.Context, s staff.Session, a Read) (Move, error) {
	return l.moved(ctx, s, l.personal(Accepted, s, a, ""))
}

// Reject turns an alert down with a reason; others may still accept it. Once all
// who are called and there have, it escalates in the same moment.
func (l *Line) Reject(ctx context.Context, s staff.Session, a Read, reason string) (Move, error) {
	m := l.personal(Rejected, s, a, reason)
	if l.Calls != nil {
		_, m.Called = l.Calls(a.Alert)
	}
	return l.moved(ctx, s, m)
}

// OnMyWay says that somebody is going there who may not accept. It quiets nothing:
// the alert stays open, and its clock runs on.
func (l *Line) OnMyWay(ctx context.Context, s staff.Session, a Read) (Move, error) {
	m := l.personal(OnMyWay, s, a, "")
	m.ID += ":" + uuid.NewString() // it may be taken back, and said again
	return l.moved(ctx, s, m)
}

// NotComing takes back that somebody is on the way: only they can.
func (l *Line) NotComing(ctx context.Context, s staff.Session, a Read) (Move, error) {
	m := l.personal(NotComing, s, a, "")
	m.ID += ":" + uuid.NewString()
	return l.moved(ctx, s, m)
}

// TakeBack gives up an alert that was accepted: it is open again, for everybody
// to see, and its clock starts anew. Another's needs a reason, and the right to answer on its ward. One's own
// (no reason) can be given back as long as the session lives, whatever the role and the wards are by now: an
// alert never rests in a hand that cannot let go.
func (l *Line) TakeBack(ctx context.Context, s staff.Session, a Read, reason string) (Move, error) {
	m := l.personal(TakenBack, s, a, reason)
	if m.Reason != "" {
		return l.moved(ctx, s, m)
	}
	if err := l.Guard.Alive(ctx, s); err != nil {
		return Move{}, err
	}
	return l.append(ctx, l.claimed(s, m))
}

// Forward asks another person or role to answer, with a comment. An open alert's
// clock runs on; one that was accepted is open again until somebody accepts it.
func (l *Line) Forward(ctx context.Context, s staff.Session, a Read, to Target, toName, comment string) (Move, error) {
	m := l.personal(Forwarded, s, a, comment)
	m.ID += ":" + uuid.NewString() // it may be forwarded again, to the same
	m.To, m.ToName = to, Clean(toName, maxWord)
	return l.moved(ctx, s, m)
}

// End ends an alert by a person's word. Who does not hold it says why.
func (l *Line) End(ctx context.Context, s staff.Session, a Read, reason string) (Move, error) {
	return l.moved(ctx, s, l.personal(Resolved, s, a, reason))
}

// moved brings a person's step to the record, which decides by [RightsTo]: the
// guard says that the session lives and may answer alerts of the ward at all.
// Emergency access is used only where nothing else lets the person answer.
//
// Errors: the guard's, [*NotCalledError], those of [Life], or the record's.
func (l *Line) moved(ctx context.Context, s staff.Session, m Move) (Move, error) {
	if err := l.Guard.Require(ctx, s, staff.AnswerAlert, m.Alert.Ward); err != nil {
		return Move{}, err
	}
	got, err := l.append(ctx, l.claimed(s, m))
	if errors.Is(err, ErrNotCalled) && l.emergency(ctx, s, m) {
		m = l.claimed(s, m)
		m.Claim.Emergency = true
		return l.append(ctx, m)
	}
	return got, err
}

// claimed is the step with what this station knows of the person who takes it. Whoever does
// not work on the ward came in by emergency access.
func (l *Line) claimed(s staff.Session, m Move) Move {
	m.Claim = &Claim{Ward: m.Alert.Ward, Emergency: !s.Staff.Works(m.Alert.Ward), AsOf: m.Claim.asOf()}
	if l.Calls != nil {
		call, _ := l.Calls(m.Alert)
		m.Claim.Reach = call.Reach()
	}
	return m
}

// emergency uses emergency access for a step that it would allow.
func (l *Line) emergency(ctx context.Context, s staff.Session, m Move) bool {
	return s.Staff.Works(m.Alert.Ward) && RightsTo(s.Staff.Role, InEmergency, ToNurse).Allow(m.Kind) &&
		l.Guard.ByEmergency(ctx, s, staff.AnswerAlert, m.Alert.Ward)
}

// personal makes a person's move. Its ID names person and alert, so a double
// tap, or a retry after a lost reply, is one move.
func (l *Line) personal(kind MoveKind, s staff.Session, a Read, reason string) Move {
	return Move{ID: fmt.Sprintf("%s:%s:%s", kind, a.Alert.ID, s.Staff.ID), Kind: kind, Alert: a.Alert, By: s.Staff.ID,
		ByName: s.Staff.Short(), Station: s.Station, Session: s.ID, Reason: Clean(reason, MaxText), At: l.now(),
		Claim: &Claim{AsOf: a.AsOf}}
}

func (l *Line) append(ctx context.Context, m Move) (Move, error) {
	got, err := l.group.append(ctx, l.Record, m)
	if err == nil && l.Committed != nil {
		l.Committed(got)
	}
	return got, err
}
