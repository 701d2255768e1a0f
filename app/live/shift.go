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
	s := alert.Shift{Known: true, Nurses: make(map[string][]alert.Nurse, len(nurses)),
		Here: w.stations.here(w.Station, now)}
	for patient, list := range nurses {
		for _, n := range list {
			s.Nurses[patient] = append(s.Nurses[patient], alert.Nurse{ID: n.ID, Name: n.Name})
		}
	}
	// This station knows best who is here.
	if a := w.answerTo("", false); a.Here != "" && a.Mute == "" {
		s.Here[a.Here] = a.Role
	}
	return s
}

// here are who would notice an alert, by the answers of the stations but one.
func (t *table) here(but string, now time.Time) map[string]staff.Role {
	t.mu.Lock()
	defer t.mu.Unlock()
	out := map[string]staff.Role{}
	for name, s := range t.seen {
		if name != but && s.Here != "" && s.Mute == "" && !s.Behind && t.newest.Sub(s.at) <= nearFor &&
			now.Sub(s.got) <= nearFor {
			out[s.Here] = s.Role
		}
	}
	return out
}
