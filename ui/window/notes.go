package window

import (
	"strings"
	"sync"

	"github.com/wardlight/wardlight/app/alert"
	"github.com/wardlight/wardlight/app/desktop/notify"
	"github.com/wardlight/wardlight/app/live"
	"github.com/wardlight/wardlight/app/tongue"
	"github.com/wardlight/wardlight/ui/widgets"
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
	answers func() bool                   // who is here can accept what calls them, or nobody is
	warn    func(alertID string, err error)
	called  func(alert.Call) bool           // who is here is called
	call    func(alertID string) alert.Call // whom an alert calls now
	read    func(alert.Alert) alert.Read    // an alert as it says now

	mu     sync.Mutex
	wanted map[string]alert.Read  // as the note says it
	others map[string]alert.Alert // came, but called others
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
		// Who turned it down has seen it; at other stations it still waits for
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

// note words an alert for the desktop. Nothing of the alert's text or source is
// in it; who is the patient's name where the ward wants it, else "". Accept is
// offered to whom it would obey, where it is known what it would accept.
func note(r alert.Read, who string, accept bool) notify.Note {
	a := r.Alert
	n := notify.Note{Key: a.ID, Urgency: notify.Normal,
		Actions: []notify.Action{{Key: "default", Label: tongue.T("Open")}}}
	if accept && r.AsOf != nil {
		n.Actions = append(n.Actions, notify.Action{Key: acceptKey(*r.AsOf), Label: tongue.T("Accept")})
	}
	switch a.Priority {
	case alert.Medium:
		n.Title = tongue.T("Medium alert")
	case alert.Low:
		n.Title, n.Urgency = tongue.T("Low alert"), notify.Low
	case alert.Technical:
		n.Title = tongue.T("Technical alert")
	default:
		n.Title, n.Urgency = tongue.T("High alert"), notify.Critical
	}
	n.Body = tongue.Tf("Ward %s. Open Wardlight.", a.Ward)
	if a.Bed != "" {
		n.Body = tongue.Tf("Bed %s, ward %s. Open Wardlight.", a.Bed, a.Ward)
	}
	if who != "" {
		n.Body = who + ". " + n.Body
	}
	return n
}

// chosen does what was chosen on a notification. The window comes to the front in
// any case; whoever is not signed in does that first.
func (w *Window) chosen() {
	for {
		var c notify.Chosen
		select {
		case <-w.ctx.Done():
			return
		case c = <-w.opt.Notify.Chosen():
		}
		who, signed := w.signed()
		w.gate.Do(func() {
			w.fyne.RequestFocus()
			// Whoever unlocked the station since did not choose it.
			if now, ok := w.signed(); !ok || !signed || now.ID != who.ID || c.Key == "" || c.Ward != w.place().ID {
				return
			}
			if strings.HasPrefix(c.Action, acceptPrefix) {
				w.acceptNoted(c)
				return
			}
			if a, ok := w.find(c.Key); ok {
				w.staysHome()
				w.open(a.Patient)
			}
		})
	}
}

// watchNotify keeps what is known of the desktop's notifications.
func (w *Window) watchNotify() {
	for {
		select {
		case <-w.ctx.Done():
			return
		case s := <-w.opt.Notify.States():
			w.notifying.Store(&s)
			w.mu.Lock()
			p := w.picture
			w.mu.Unlock()
			w.draw(w.prepare(p))
		}
	}
}

// notifyLink says in the foot how it stands with notifications; they are a
// courtesy, so that only what is known is said.
func (w *Window) notifyLink() []widgets.Link {
	s := w.notifying.Load()
	if s == nil {
		return nil
	}
	l := widgets.Link{Name: tongue.T("Notifications"), State: widgets.LinkUp}
	switch s.Kind {
	case notify.OK:
	case notify.DoNotDisturb:
		l.State, l.Text = widgets.LinkSlow, tongue.T("held back by do-not-disturb")
	case notify.Hanging:
		l.State, l.Text = widgets.LinkDown, tongue.T("do not answer")
	case notify.Off:
		l.State, l.Text = widgets.LinkSlow, tongue.T("off")
	default:
		l.State, l.Text = widgets.LinkDown, tongue.T("away")
	}
	return []widgets.Link{l}
}

// patientName is how a note names a patient: from the board.
func (w *Window) patientName(id string) string {
	if id == "" {
		return ""
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	for _, r := range w.picture.Board.Rows {
		if r.Patient == id {
			return r.Surname + ", " + r.Given
		}
	}
	return ""
}
