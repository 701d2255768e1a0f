package live

import (
	"time"

	"github.com/wardlight/wardlight/app/alert"
	"github.com/wardlight/wardlight/app/staff"
)

const (
	// nearFor is after how long without an answer nobody counts as being at a
	// station, by either clock: one beat, the second that a late answer takes, and
	// two for the way.
	nearFor = BeatEvery + 3*time.Second
	// nursesFor is how long the shift's assignments are trusted that were read last.
	nursesFor = 3 * readEvery
)

// Moved tells the ward's other stations at once that somebody signed in or out
// here, or that the sound changed. It does not block.
func (w *Ward) Moved() {
	w.prepare()
	nudge(w.moved)
	w.meet(time.Now())
	nudge(w.redraw)
}

// Call is whom an alert of this ward calls now.
func (w *Ward) Call(alertID string) alert.Call {
	w.prepare()
	return w.inbox.Call(alertID)
}

// Calls is whom an alert of this ward calls now, and the staff IDs of those of them
// who are there and may accept it; all who could, where nobody knows who is there.
func (w *Ward) Calls(alertID string) (alert.Call, []string) {
	w.prepare()
	c, who, known := w.inbox.Calls(alertID)
	if !known {
		who = w.Present()
	}
	return c, who
}

// SignedOut reports which of some people, by staff ID, are known to be signed in at no station of the
// ward; none where sign-ins are not known.
func (w *Ward) SignedOut(ids []string) map[string]bool {
	w.prepare()
	s, out := w.shift(time.Now()), map[string]bool{}
	for _, id := range ids {
		if s.SignedOut(id) {
			out[id] = true
		}
	}
	return out
}

// Read is an alert of this ward as it says now; false for one that is not known here.
func (w *Ward) Read(alertID string) (alert.Read, bool) {
	w.prepare()
	return w.inbox.Read(alertID)
}

// Of lists the open alerts of one patient, or of no known patient for "": see
// [alert.Inbox.Of]. The cards name nobody.
func (w *Ward) Of(patient string) []alert.Card {
	w.prepare()
	return w.inbox.Of(patient)
}

// meet says to the inbox who could be called now.
func (w *Ward) meet(now time.Time) { w.inbox.SetShift(w.shift(now)) }

// shift is who could be called now. It is not known while beats or the record
// stay away: somebody may have signed in or out, or been given a patient, unheard.
func (w *Ward) shift(now time.Time) alert.Shift {
	w.mu.Lock()
	nurses, read, links := w.nurses, w.nursesRead, w.links
	w.mu.Unlock()
	if w.Client == nil || !links.Hearing || now.Sub(links.Beat) > silentFor || now.Sub(read) > nursesFor {
		return alert.Shift{}
	}
	s := alert.Shift{Known: true, Nurses: make(map[string][]alert.Nurse, len(nurses))}
	s.Here, s.Away = w.stations.here(w.Station, now)
	for patient, list := range nurses {
		for _, n := range list {
			s.Nurses[patient] = append(s.Nurses[patient], alert.Nurse{ID: n.ID, Name: n.Name})
		}
	}
	// This station knows best who is here.
	a := w.answerTo("", false)
	if a.Here != "" && a.Mute == "" {
		s.Here[a.Here] = a.Role
	}
	notice(s.Away, a)
	for id := range s.Here {
		delete(s.Away, id)
	}
	return s
}

// notice notes why those would not notice an alert who are signed in at a station that says a
// of itself: the reason of several stations that says most.
func notice(away map[string]alert.Away, a Answer) {
	add := func(id string, role staff.Role, why alert.Unheard) {
		if id != "" && why > away[id].Why {
			away[id] = alert.Away{Role: role, Why: why}
		}
	}
	switch {
	case a.Mute != "":
		add(a.Here, a.Role, alert.Soundless)
	case a.Behind:
		add(a.Here, a.Role, alert.Behind)
	}
	add(a.Locked, a.LockedRole, alert.Locked)
}

// here are those who would notice an alert, by the answers of the stations but one, and
// those who are signed in and would not.
func (t *table) here(but string, now time.Time) (here map[string]staff.Role, away map[string]alert.Away) {
	t.mu.Lock()
	defer t.mu.Unlock()
	here, away = map[string]staff.Role{}, map[string]alert.Away{}
	for name, s := range t.seen {
		near := t.newest.Sub(s.at) <= nearFor && now.Sub(s.got) <= nearFor
		switch {
		case name == but:
		case near && s.Here != "" && s.Mute == "" && !s.Behind:
			here[s.Here] = s.Role
		case near:
			notice(away, s.Answer)
		case s.Here != "" && now.Sub(s.got) <= staff.IdleLimit && away[s.Here].Why < alert.Unanswering:
			away[s.Here] = alert.Away{Role: s.Role, Why: alert.Unanswering}
		}
	}
	return here, away
}
