package window

import (
	"slices"

	"github.com/wardlight/wardlight/app/alert"
	"github.com/wardlight/wardlight/app/live"
	"github.com/wardlight/wardlight/app/staff"
	"github.com/wardlight/wardlight/app/tongue"
	"github.com/wardlight/wardlight/ui/screen/alerts"
	"github.com/wardlight/wardlight/ui/widgets"
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
			Declined: slices.Contains(c.RejectedIDs, me),
			OnMyWay:  slices.ContainsFunc(c.OnWay, func(o alert.OnWay) bool { return o.Staff == me })}
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
			a.Also = g.Also
			if a.More = g.Count - 1; a.All > 0 && g.Count > a.All {
				a.All = min(g.Count, alert.TogetherMost)
			}
			v.Open = append(v.Open, a)
		}
	}
	var held []widgets.Alert // in somebody's hand: below all that waits
	for _, c := range p.Cards {
		a := card(c)
		switch {
		case c.State != alert.Open:
			held = append(held, a)
		case !storm:
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
	v.Open = append(v.Open, held...)
	for _, c := range p.History {
		v.History = append(v.History, widgets.Alert{Card: c})
	}
	if p.Links.Deaf() {
		v.DeafSince, v.DeafNext = p.Links.Since, tongue.T("Tell the charge nurse and watch the patients themselves.")
	}
	return v
}

// find is an alert of the ward on the screen; false if its list does not have it.
func (w *Window) find(alertID string) (alert.Alert, bool) {
	c, ok := w.findCard(alertID)
	return c.Alert, ok
}

// findCard is [Window.find] of its card.
func (w *Window) findCard(alertID string) (alert.Card, bool) {
	w.mu.Lock()
	defer w.mu.Unlock()
	for _, c := range w.glass.picture.Cards {
		if c.Alert.ID == alertID {
			return c, true
		}
	}
	for _, g := range w.glass.picture.Groups {
		if g.Top.Alert.ID == alertID {
			return g.Top, true
		}
	}
	return alert.Card{}, false
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

// read is an alert as it says now; of one that the ward's list does not know, nothing can be read.
func (w *Window) read(a alert.Alert) alert.Read {
	lw := w.followed()
	if lw != nil {
		if r, known := lw.Read(a.ID); known {
			return r
		}
	}
	return alert.Read{Alert: a}
}
