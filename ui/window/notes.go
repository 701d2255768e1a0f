package window

import (
	"sync"

	"github.com/wardlight/wardlight/app/alert"
	"github.com/wardlight/wardlight/app/desktop/notify"
	"github.com/wardlight/wardlight/app/live"
)

// notes are the desktop notifications of a ward's alerts. A note names the bed at
// most, as the desktop may be seen by anybody; a ward may ask for names, which are
// then shown while somebody is signed in and the station is not locked.
type notes struct {
	queue   *notify.Queue // nil: none
	station string
	names   bool
	who     func(patientID string) string // "OKOYE, Ada"; "" if not known
	open    func() bool                   // somebody is signed in and looks
	answers func() bool                   // the person here can accept what calls them, or nobody is
	warn    func(alertID string, err error)
	called  func(alert.Call) bool           // the person here is called
	call    func(alertID string) alert.Call // whom an alert calls now
	read    func(alert.Alert) alert.Read    // an alert as it says now

	mu     sync.Mutex
	wanted map[string]alert.Read  // as the note says it
	others map[string]alert.Alert // came, but called others
}

// newNotes are those of the ward that a window follows.
func (w *Window) newNotes() *notes {
	return &notes{queue: w.opt.Notify, station: w.opt.Station.Name, names: w.opt.Names, who: w.patientName,
		wanted: map[string]alert.Read{}, others: map[string]alert.Alert{}, called: w.called, call: w.call, read: w.read,
		answers: func() bool {
			id, role := w.here()
			return id == "" || alert.RightsTo(role, alert.ForwardedTo, alert.ToEveryone).Accept
		},
		open: func() bool { _, ok := w.signed(); return ok },
		warn: func(id string, err error) { w.opt.Logger.Warn("a notification was not taken", "alert", id, "err", err) }}
}

// move pops up what is new and takes away what somebody acted on.
func (n *notes) move(m alert.Move, backlog bool) {
	if n.queue == nil {
		return
	}
	switch m.Kind {
	case alert.Updated:
		if m.Change.Rises() && !backlog && n.called(n.call(m.Alert.ID)) {
			n.want(m.Alert)
		}
	case alert.Raised, alert.Escalated, alert.TakenBack, alert.Forwarded: // somebody is wanted, again
		switch {
		case backlog:
		case n.called(n.call(m.Alert.ID)):
			n.want(m.Alert)
		default:
			n.mu.Lock()
			n.others[m.Alert.ID] = m.Alert
			n.mu.Unlock()
		}
	case alert.Accepted, alert.Resolved:
		n.drop(m.Alert)
	case alert.Rejected:
		// Whoever turned it down has seen it; at other stations it still waits for
		// somebody.
		if m.Station == n.station {
			n.drop(m.Alert)
		}
	}
}

// picture pops up what came for others and calls who is here now: the nurse went,
// or signed in here. What is up stays up.
func (n *notes) picture(p live.Picture) {
	if n.queue == nil {
		return
	}
	for _, c := range p.Cards {
		n.mu.Lock()
		a, waits := n.others[c.Alert.ID]
		n.mu.Unlock()
		if waits && c.State == alert.Open && n.called(c.Call) {
			n.want(a)
		}
	}
}

// want pops up an alert as it says now.
func (n *notes) want(a alert.Alert) {
	r := n.read(a)
	n.mu.Lock()
	n.wanted[a.ID] = r
	delete(n.others, a.ID)
	n.mu.Unlock()
	who := ""
	if n.names && n.open() {
		who = n.who(a.Patient)
	}
	if err := n.queue.Want(a.Ward, note(r, who, n.answers())); err != nil {
		n.warn(a.ID, err)
	}
}

// drop takes an alert's note away.
func (n *notes) drop(a alert.Alert) {
	n.mu.Lock()
	delete(n.wanted, a.ID)
	delete(n.others, a.ID)
	n.mu.Unlock()
	n.queue.Drop(a.Ward, a.ID)
}

// all lists what is wanted.
func (n *notes) all() (out []alert.Alert) {
	n.mu.Lock()
	defer n.mu.Unlock()
	for _, r := range n.wanted {
		out = append(out, r.Alert)
	}
	return out
}

// reword puts every note into words again: the station was locked or opened.
func (n *notes) reword() {
	if n.queue == nil || !n.names {
		return
	}
	for _, a := range n.all() {
		n.want(a)
	}
}

// turn takes every note away: another ward is shown.
func (n *notes) turn() {
	if n.queue == nil {
		return
	}
	for _, a := range n.all() {
		n.drop(a)
	}
	n.mu.Lock()
	clear(n.others)
	n.mu.Unlock()
}

// said is an alert as the note says it whose Accept has a key; false for a note that was replaced
// or taken away since.
func (n *notes) said(alertID, key string) (alert.Read, bool) {
	n.mu.Lock()
	defer n.mu.Unlock()
	r, up := n.wanted[alertID]
	return r, up && r.AsOf != nil && acceptKey(*r.AsOf) == key
}
