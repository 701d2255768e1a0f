package window

import (
	"cmp"
	"context"
	"slices"
	"time"

	"github.com/wardlight/wardlight/app/alert"
	"github.com/wardlight/wardlight/app/live"
	"github.com/wardlight/wardlight/app/staff"
	"github.com/wardlight/wardlight/app/tongue"
	"github.com/wardlight/wardlight/ui/ask"
	"github.com/wardlight/wardlight/ui/screen/alerts"
	"github.com/wardlight/wardlight/ui/shell"
	"github.com/wardlight/wardlight/ui/spots"
	"github.com/wardlight/wardlight/ui/widgets"
	"github.com/wardlight/wardlight/ui/words"
)

// cards are the alert column of a picture for a session.
func (w *Window) cards(p live.Picture, s staff.Session) alerts.View {
	v := alerts.View{Now: p.Board.Built, Station: w.opt.Station.Name, Silent: w.silent()}
	may, together := w.answers(s), w.together(p.Cards, s)
	storm := p.Open >= alert.StormFrom
	me, role := s.Staff.ID, s.Staff.Role
	own := map[string]bool{} // patients of the person signed in
	for _, r := range p.Board.Rows {
		own[r.Patient] = r.Patient != "" && r.Has(me)
	}
	yours := func(c alert.Card) bool { return c.Call.Names(me) || own[c.Alert.Patient] || c.ForwardedID == me }
	// What is accepted together stands once, on the patient's most urgent card.
	card := func(c alert.Card) widgets.Alert {
		a := widgets.Alert{Card: c, May: may(c), Mine: c.State == alert.TakenInHand && c.TakenID == me, Yours: yours(c),
			OnMyWay: slices.ContainsFunc(c.OnWay, func(o alert.OnWay) bool { return o.Staff == me })}
		if c.State == alert.Open && a.May.Accept {
			a.All = together[c.Alert.Patient]
			delete(together, c.Alert.Patient)
		}
		return a
	}
	v.Waiting = p.Open
	if storm {
		for _, g := range p.Groups {
			a := card(g.Top)
			if a.More = g.Count - 1; a.All > 0 && g.Count > a.All {
				a.All = min(g.Count, alert.TogetherMost)
			}
			v.Open = append(v.Open, a)
		}
	}
	for _, c := range p.Cards {
		a := card(c)
		if !storm || c.State != alert.Open {
			v.Open = append(v.Open, a)
		}
		// Mine is what I have in hand, of my patients, and what calls me by name or
		// as the charge nurse; what calls everyone is nobody's in particular.
		called := c.State == alert.Open && (yours(c) || c.Call.Charge && role == staff.ChargeNurse)
		if a.Mine || called {
			v.Mine = append(v.Mine, a)
		}
	}
	if s.Staff.Role == staff.ChargeNurse {
		for _, n := range p.Ill() {
			v.Open = append(v.Open, widgets.Alert{Card: stationCard(n)})
		}
	}
	for _, c := range p.History {
		v.History = append(v.History, widgets.Alert{Card: c})
	}
	if p.Links.Deaf() {
		v.DeafSince, v.DeafNext = p.Links.Since, tongue.T("Tell the charge nurse and watch the patients themselves.")
	}
	return v
}

func (w *Window) find(alertID string) (alert.Alert, bool) {
	c, ok := w.findCard(alertID)
	return c.Alert, ok
}

func (w *Window) findCard(alertID string) (alert.Card, bool) {
	w.mu.Lock()
	defer w.mu.Unlock()
	for _, c := range w.picture.Cards {
		if c.Alert.ID == alertID {
			return c, true
		}
	}
	for _, g := range w.picture.Groups {
		if g.Top.Alert.ID == alertID {
			return g.Top, true
		}
	}
	return alert.Card{}, false
}

func (w *Window) accept(alertID string) { w.answered(alertID, w.accepts) }

func (w *Window) accepts(ctx context.Context, s staff.Session, a alert.Read) error {
	_, err := w.opt.Station.Line.Accept(ctx, s, a)
	return err
}

func (w *Window) reject(alertID string) {
	c, a, ok := w.answersCard(alertID)
	if !ok {
		return
	}
	do := func(reason string) {
		w.move(a, c, func(ctx context.Context, s staff.Session, a alert.Read) error {
			_, err := w.opt.Station.Line.Reject(ctx, s, a, reason)
			return err
		})
	}
	a.askOfCard(&c, func() shell.Dialog {
		return ask.TurnDown(c, do, func() { w.alerts.Answered(alertID) })
	})
}

// stationCard tells the charge nurse of a station where alerts may go unheard.
func stationCard(n live.Neighbour) alert.Card {
	text := tongue.Tf("%s has not answered since %s. Alerts may not be heard there: send somebody to look.", n.Station,
		tongue.Here(n.Heard).Format("15:04:05"))
	switch {
	case n.Deaf:
	case n.Mute != "":
		text = tongue.Tf("%s makes no sound: %s", n.Station, tongue.T(n.Mute))
	default:
		text = tongue.Tf("%s shows alerts late. Do not rely on it; tell IT.", n.Station)
	}
	return alert.Card{State: alert.Open, Route: tongue.Tf("Station %s", n.Station),
		Alert: alert.Alert{ID: "station:" + n.Station,
			Priority: alert.Technical, Text: text, Raised: n.Since, Received: n.Since}}
}

// shown reports to the alert path which alerts stand on this screen now. The
// column is on every screen, so what it lists is shown.
func (w *Window) shown(f frame) {
	w.mu.Lock()
	lw := w.live
	w.mu.Unlock()
	if lw == nil {
		return
	}
	var ids []string
	for _, a := range f.alerts.Open {
		ids = append(ids, a.Alert.ID)
	}
	if f.picture.Open >= alert.StormFrom {
		for _, g := range f.picture.Groups {
			ids = append(ids, g.Unseen...) // its card counts them
		}
	}
	spots.Painted(w.gate.Do, ids)
	now := time.Now().UTC()
	w.background(func() {
		for _, id := range ids {
			lw.Proof().Shown(id, now)
		}
	})
}

// answersCard is a card that the person who is signed in wants to answer, as it stands on the
// screen, and their act: what the station knows and has not drawn yet nobody has read. Where there
// is none, nothing is on its way, and the card may be asked again. UI goroutine only.
func (w *Window) answersCard(alertID string) (alert.Card, act, bool) {
	a, ok := w.begins(staff.AnswerAlert, "")
	if !ok {
		w.alerts.Answered(alertID)
		return alert.Card{}, a, false
	}
	c, drawn := w.alerts.Reading(alertID)
	_, found := w.findCard(alertID)
	if found = found && drawn; !found { // it went while she was asked, or while the station was locked
		w.sayHere(words.For(alert.ErrUnknown), saidFor)
		w.alerts.Answered(alertID)
	}
	return c, a, found
}

// giveBack gives up what the person who is signed in has, or asks why a charge nurse takes it
// from another.
func (w *Window) giveBack(alertID string) {
	c, a, ok := w.answersCard(alertID)
	if !ok {
		return
	}
	back := func(reason string) {
		w.move(a, c, func(ctx context.Context, s staff.Session, a alert.Read) error {
			_, err := w.opt.Station.Line.TakeBack(ctx, s, a, reason)
			return err
		})
	}
	if c.TakenID == a.by.Staff.ID {
		back("")
		return
	}
	a.askOfCard(&c, func() shell.Dialog { return ask.TakeBack(c, back) })
}

func (w *Window) end(alertID string) {
	c, a, ok := w.answersCard(alertID)
	if !ok {
		return
	}
	do := func(reason string) {
		w.move(a, c, func(ctx context.Context, s staff.Session, a alert.Read) error {
			_, err := w.opt.Station.Line.End(ctx, s, a, reason)
			return err
		})
	}
	a.askOfCard(&c, func() shell.Dialog { return ask.End(c, a.by.Staff.ID, do) })
}

// forward asks to whom, then what to tell them.
func (w *Window) forward(alertID string) {
	c, a, ok := w.answersCard(alertID)
	if !ok {
		return
	}
	w.off(func(ctx context.Context) {
		people, err := w.opt.Station.Colleagues(ctx, c.Alert.Ward)
		if err != nil {
			w.sayTo(a.by, words.For(err))
		}
		choices := []shell.Choice{{Text: tongue.T("The charge nurse"),
			Do: func() { w.forwardTo(a, c, alert.ChargeNurse, "") }},
			{Text: tongue.T("Everyone on the ward"), Do: func() { w.forwardTo(a, c, alert.Everyone, "") }}}
		titled, out := staff.Apart(people, staff.Titled), w.signedOut(c.Alert.Ward, people)
		var absent []shell.Choice
		for _, p := range people {
			choice := shell.Choice{Text: titled[p.ID],
				Do: func() { w.forwardTo(a, c, alert.Person(p.ID), staff.Lasting(p, people)) }}
			switch {
			case p.ID == a.by.Staff.ID:
			case out[p.ID]:
				choice.Text = tongue.Tf("%s, not signed in on this ward", choice.Text)
				absent = append(absent, choice)
			default:
				choices = append(choices, choice)
			}
		}
		a.askLater(ask.ForwardTo(c, append(choices, absent...)))
	})
}

// signedOut are those of some people who are known to be signed in at no station of a ward, by staff ID.
// Of another ward than the one on the screen it is not known.
func (w *Window) signedOut(wardID string, people []staff.Staff) map[string]bool {
	w.mu.Lock()
	lw := w.live
	w.mu.Unlock()
	if lw == nil || lw.ID != wardID {
		return nil
	}
	ids := make([]string, len(people))
	for i, p := range people {
		ids[i] = p.ID
	}
	return lw.SignedOut(ids)
}

// forwardTo asks what to tell whom an alert is forwarded to. UI goroutine only.
func (w *Window) forwardTo(a act, c alert.Card, to alert.Target, name string) {
	do := func(comment string) {
		w.move(a, c, func(ctx context.Context, s staff.Session, a alert.Read) error {
			_, err := w.opt.Station.Line.Forward(ctx, s, a, to, name, comment)
			return err
		})
	}
	a.askOfCard(&c, func() shell.Dialog { return ask.Forward(c, cmp.Or(name, to.Words()), do) })
}

// answered takes a step with an alert, for the person who is signed in, at once.
func (w *Window) answered(alertID string, step func(context.Context, staff.Session, alert.Read) error) {
	if c, a, ok := w.answersCard(alertID); ok {
		w.move(a, c, step)
	}
}

// move takes a step with an alert as the person who began the act read it, however long they were
// asked about it: what it says by now they may not have read.
func (w *Window) move(a act, c alert.Card, step func(context.Context, staff.Session, alert.Read) error) {
	w.off(func(ctx context.Context) {
		if err := step(ctx, a.by, c.Read()); err != nil {
			w.sayOf(a, c, words.For(err))
			w.gate.Do(func() { w.alerts.Answered(c.Alert.ID) })
			w.ended(a.by, err)
		}
	})
}

// sayOf says something about an alert: whose it is, and what it says.
func (w *Window) sayOf(a act, c alert.Card, m words.Message) {
	w.sayTo(a.by, words.About(c, m))
}

// onMove tells ear and desktop.
func (w *Window) onMove(m alert.Move, backlog bool) {
	w.ringer.move(m, backlog)
	w.notes.move(m, backlog)
}
