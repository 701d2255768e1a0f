package alert

import (
	"context"
	"slices"
	"sync"

	"github.com/wardlight/wardlight/app/staff"
)

// TogetherMost bounds how many alerts are accepted at once: what a person can be
// asked about in one question.
const TogetherMost = 200

// AcceptAll takes several alerts of a ward in hand: those that the person read, as
// they read them. Each is a move of its own, decided and audited by itself, so that
// one that somebody else has, that ended or that says more by now keeps none of the
// others. The errors stand in the order of the alerts; nil is accepted.
func (l *Line) AcceptAll(ctx context.Context, s staff.Session, list []Read) []error {
	errs := make([]error, len(list))
	var group sync.WaitGroup
	room := make(chan struct{}, groupMost) // they share transactions: see group
	for n, r := range list {
		room <- struct{}{}
		group.Go(func() {
			defer func() { <-room }()
			_, errs[n] = l.Accept(ctx, s, r)
		})
	}
	group.Wait()
	return errs
}

// Of lists the open cards of one patient, or of no known patient for "", the most
// urgent first; at most [TogetherMost].
func (in *Inbox) Of(patient string) []Card {
	out := in.all(func(it *item) bool { return it.alert.Patient == patient && it.life().Stage.Open() })
	return out[:min(len(out), TogetherMost)]
}

// Together says of the open alerts of one patient how many a person may accept at
// once, having read them: fewer than two are no question of all. Alerts of no known
// patient are only a charge nurse's to accept together: nothing says that they are
// one person's.
func Together(cards []Card, who staff.Staff, emergency bool) []Card {
	out := slices.DeleteFunc(slices.Clone(cards), func(c Card) bool {
		return !c.May(who, emergency).Accept || c.Alert.Patient == "" && who.Role != staff.ChargeNurse
	})
	if len(out) < 2 {
		return nil
	}
	return out
}

// Taken counts what [Line.AcceptAll] took, and returns why the others
// were not: a failure before a refusal.
func Taken(errs []error) (taken int, first error) {
	for _, err := range errs {
		switch {
		case err == nil:
			taken++
		case first == nil || Refused(first) && !Refused(err):
			first = err
		}
	}
	return taken, first
}
