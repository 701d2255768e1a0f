package alert

import "time"

// fresh is for how long a less urgent alert that came later leaves a more urgent one the newest:
// what is said of it must be read before a low one takes its place.
const fresh = time.Minute

// Newest is the open alert that nobody has accepted and that came last, whichever way the list is
// ordered: in a storm the oldest stand first, and what has just come far below them. Of those that
// came within a minute of the last one it is the most urgent, and of several the last. false where
// none is open.
func Newest(cards []Card) (got Card, is bool) {
	var last time.Time
	for n := range cards {
		if c := &cards[n]; c.State == Open && c.Alert.Received.After(last) {
			last = c.Alert.Received
		}
	}
	at := -1
	for n := range cards {
		c := &cards[n]
		if c.State != Open || last.Sub(c.Alert.Received) > fresh {
			continue
		}
		if at < 0 || newer(&c.Alert, &cards[at].Alert) {
			at = n
		}
	}
	if at < 0 {
		return Card{}, false
	}
	return cards[at], true
}

func newer(a, b *Alert) bool {
	if x, y := a.Priority.Rank(), b.Priority.Rank(); x != y {
		return x < y
	}
	return later(a, b)
}

// Folded is the card of another alert of the same patient, as far as it says whose it is.
func (c Card) Folded(a Alert) Card {
	return Card{Alert: a, State: Open, Surname: c.Surname, Given: c.Given, MRN: c.MRN, Born: c.Born, BornIn: c.BornIn,
		Unidentified: c.Unidentified, Unread: c.Unread, Now: c.Now}
}
