package alert

import (
	"maps"
	"slices"
)

// CardsMost bounds how many open cards a view holds, the most urgent ones: no
// screen shows more, and each picture is built anew. The groups count them all.
const CardsMost = 400

// View is an inbox at one moment, as screens need it.
type View struct {
	// Cards are the open alerts and, after them all, those in somebody's hands: of
	// each the most urgent first, then the oldest.
	Cards   []Card
	History []Card // ended, latest first
	Groups  []Group
	Open    int // how many wait for somebody
	High    int // of these
	// Urgent is the most urgent open priority of each patient.
	Urgent map[string]Priority
}

// View builds what screens show.
func (in *Inbox) View() View {
	in.mu.Lock()
	defer in.mu.Unlock()
	v := View{Urgent: map[string]Priority{}}
	var open, taken, ended []*item
	groups := map[string]*gathered{}
	for _, it := range in.alerts {
		switch it.life().Stage {
		case Ended:
			ended = append(ended, it)
			continue
		case InHand:
			taken = append(taken, it)
			continue
		}
		open = append(open, it)
		if it.alert.Priority.Rank() == High.Rank() {
			v.High++
		}
		g := groups[it.alert.Patient]
		if g == nil {
			g = &gathered{Group: Group{Patient: it.alert.Patient, Oldest: it.alert.Received}, top: it}
			groups[it.alert.Patient] = g
		}
		g.add(&it.alert)
		g.all = append(g.all, &it.alert)
		if it.seen[1] == 0 {
			g.Unseen = append(g.Unseen, it.alert.ID)
		}
		if compare(&it.alert, Open, &g.top.alert, Open) < 0 {
			g.top = it
		}
	}
	v.Open = len(open)
	for patient, g := range groups {
		g.Top = in.card(g.top)
		g.Also = also(&g.Top.Alert, g.all)
		if patient != "" {
			v.Urgent[patient] = g.Top.Alert.Priority
		}
		v.Groups = append(v.Groups, g.Group)
	}
	slices.SortFunc(v.Groups, func(a, b Group) int { return compare(&a.Top.Alert, Open, &b.Top.Alert, Open) })
	v.Cards = in.cards(append(urgent(open, CardsMost), urgent(taken, CardsMost)...))
	v.History = in.cards(ended)
	slices.SortStableFunc(v.History, func(a, b Card) int { return b.Ended.Compare(a.Ended) })
	return v
}

type gathered struct {
	Group
	top *item
	all []*Alert
}

// urgent is the n most urgent of the items, in any order.
func urgent(items []*item, n int) []*item {
	if len(items) <= n {
		return items
	}
	// The best n so far stand in best with some candidates; each sort raises the
	// bar, so that soon few pass it.
	best := make([]*item, 0, 2*n)
	var bar *item
	order := func(a, b *item) int { return compare(&a.alert, Open, &b.alert, Open) }
	for _, it := range items {
		if bar != nil && order(it, bar) > 0 {
			continue
		}
		if len(best) == cap(best) {
			slices.SortFunc(best, order)
			best = best[:n]
			bar = best[n-1]
		}
		best = append(best, it)
	}
	slices.SortFunc(best, order)
	return best[:n]
}

func (in *Inbox) cards(items []*item) []Card {
	out := make([]Card, 0, len(items))
	for _, it := range items {
		out = append(out, in.card(it))
	}
	slices.SortFunc(out, func(a, b Card) int { return compare(&a.Alert, a.State, &b.Alert, b.State) })
	return out
}

func (in *Inbox) card(it *item) Card {
	l := it.life()
	c := Card{Alert: it.alert, State: Open, Stage: l.Stage, Turn: l.Turn, Level: l.Level, Late: it.late,
		Ceased: l.Ceased}
	switch l.Stage {
	case Ended:
		c.State, c.Ended, c.EndedBy = EndedByCause, l.Resolved.At, l.Resolved.ByName
	case InHand:
		c.State = TakenInHand
		c.TakerOut = l.Accepted != nil && in.shift.SignedOut(l.Accepted.By)
	}
	if l.Accepted != nil {
		c.TakenBy, c.TakenID, c.TakenAt = l.Accepted.ByName, l.Accepted.By, l.Accepted.At
	} else if l.Back != nil && l.Back.ID == l.OpenedBy {
		c.BackBy = l.Back.ByName
	}
	if l.Update != nil {
		c.Change, c.Changed, c.Said = l.Update.Change, l.Update.At, l.Update.ID
	}
	for _, m := range l.OnWay {
		c.OnWay = append(c.OnWay, OnWay{Staff: m.By, By: m.ByName, Since: m.At})
	}
	for _, r := range l.Rejections {
		c.RejectedIDs, c.RejectedBy = append(c.RejectedIDs, r.By), append(c.RejectedBy, r.ByName)
	}
	if f := l.Forward; f != nil {
		c.ForwardedBy, c.ForwardedTo, c.ForwardedID, c.Comment = f.ByName, f.To.Words(), f.To.Staff(), f.Reason
		if f.ToName != "" {
			c.ForwardedTo = f.ToName
		}
	}
	if c.State != EndedByCause {
		c.Call = in.call(it)
		c.Nurses, c.Asked = in.shift.Nurses[it.alert.Patient], l.Asked
		c.Reach = max(l.Reach(it.alert, in.policy.For(it.alert.Priority)), c.Call.Reach())
		c.Route = c.Call.Route(l.Level, l.Forward != nil)
	}
	c.Unrecorded = it.raised != "" && it.place == 0
	for _, m := range it.moves {
		c.Unrecorded = c.Unrecorded || m.Seq == 0
	}
	if c.State == Open {
		l.Called, l.Shown = since(it.called), since(it.called) // this card is what shows it
		if d, is := in.policy.Due(it.alert, l); is {
			c.NextTo, c.NextAt = c.Call.Next, d.At
		}
	}
	return c
}

// Patients are the record IDs of those whom the alerts are about, each once.
func (in *Inbox) Patients() []string {
	in.mu.Lock()
	defer in.mu.Unlock()
	ids := map[string]bool{}
	for _, it := range in.alerts {
		if it.alert.Patient != "" {
			ids[it.alert.Patient] = true
		}
	}
	return slices.Sorted(maps.Keys(ids))
}

// Cards returns every alert not yet resolved, in the order of [View.Cards].
func (in *Inbox) Cards() []Card {
	return in.all(func(it *item) bool { return it.life().Stage != Ended })
}

// History returns the resolved alerts, latest first.
func (in *Inbox) History() []Card { return in.View().History }

func (in *Inbox) all(keep func(*item) bool) []Card {
	in.mu.Lock()
	defer in.mu.Unlock()
	var items []*item
	for _, it := range in.alerts {
		if keep(it) {
			items = append(items, it)
		}
	}
	return in.cards(items)
}

// Urgent returns the most urgent open priority of each patient.
func (in *Inbox) Urgent() map[string]Priority { return in.View().Urgent }
