package result

import (
	"slices"
	"strings"
	"time"
)

// unit is what surely is one value: versions of one order and source that say the
// same time.
type unit struct {
	key   orderKey
	at    time.Time
	rows  []Result
	found Found
	alone bool // it cannot be told which of several it means
	into  *unit
}

// orderKey is an order by the number that one source gave it.
type orderKey struct{ order, source string }

// unnumbered reports whether it came without the filler's number.
func (k orderKey) unnumbered() bool { return k.order == "" || strings.HasPrefix(k.order, Placer) }

func (u *unit) has(s ...Status) bool {
	return slices.ContainsFunc(u.rows, func(r Result) bool { return slices.Contains(s, r.Effect) })
}

// reading reports whether anything but corrections is there.
func (u *unit) reading() bool { return u.has(Preliminary, Final) }

// stands reports whether it is a reading of its own.
func (u *unit) stands() bool { return u.into == nil && u.reading() }

// first is the status by which the unit's final came, or its first version.
func (u *unit) first() Result {
	all := slices.SortedFunc(slices.Values(u.rows), Compare)
	for _, r := range all {
		if r.Effect == Final {
			return r
		}
	}
	return all[0]
}

// Values parts the versions of one [Result.Item] of one patient into values. What
// a version belongs to is found by its order and its time; where one order has but
// one value, by the order alone; without an order, or where the order has none, by
// the source and the time. Of two sources that use one order's number each is asked
// first for its own; see [acrossSources] for what another may mean. Nothing is
// guessed: what may belong to several stands for itself.
func Values(versions []Result) []Value {
	units := exact(versions)
	own, orders := map[orderKey][]*unit{}, map[string][]*unit{}
	for _, u := range units {
		if u.key.order != "" && !u.alone {
			own[u.key] = append(own[u.key], u)
			orders[u.key.order] = append(orders[u.key.order], u)
		}
	}
	for _, of := range own {
		finalise(of)
	}
	for _, of := range orders {
		acrossSources(of)
	}
	for _, u := range units {
		if u.into == nil && !u.alone && !u.reading() {
			correct(u, own[u.key], orders[u.key.order], units)
		}
	}
	unnumbered(units)
	return values(units)
}

// exact parts versions by order, source and time. Several of one message are several
// readings at one time.
func exact(versions []Result) []*unit {
	type place struct {
		orderKey
		at int64
	}
	at := map[place][]Result{}
	var places []place
	for _, r := range slices.SortedFunc(slices.Values(versions), Compare) {
		if r.Effect == Live || r.Effect == None {
			continue
		}
		p := place{orderKey{r.Order, r.Source}, r.Taken.UnixMicro()}
		if at[p] == nil {
			places = append(places, p)
		}
		at[p] = append(at[p], r)
	}
	var out []*unit
	for _, p := range places {
		out = append(out, slots(p.orderKey, at[p])...)
	}
	return out
}

// slots parts the versions of one order, source and time into the readings of that time:
// as many as a message says there are.
func slots(key orderKey, rows []Result) []*unit {
	messages := map[string][]Result{}
	most := 0
	for _, r := range rows {
		messages[r.Message] = append(messages[r.Message], r)
		most = max(most, len(messages[r.Message]))
	}
	out := make([]*unit, most, most+1)
	for i := range out {
		out[i] = &unit{key: key, at: rows[0].Taken}
	}
	if most == 1 {
		out[0].rows = rows
		return out
	}
	var left []Result
	for _, r := range rows {
		of := messages[r.Message]
		if len(of) < most {
			left = append(left, r)
			continue
		}
		slices.SortFunc(of, func(a, b Result) int { return a.Place - b.Place })
		n := slices.IndexFunc(of, func(o Result) bool { return o.ID == r.ID })
		out[n].rows = append(out[n].rows, r)
	}
	for _, r := range left { // fewer than there are: the value tells, or nothing does
		var same []*unit
		for _, u := range out[:most] {
			if r.Value != "" && slices.ContainsFunc(u.rows, func(o Result) bool { return o.Value == r.Value }) {
				same = append(same, u)
			}
		}
		if len(same) == 1 && r.Effect != Corrected {
			same[0].rows = append(same[0].rows, r)
			continue
		}
		out = append(out, &unit{key: key, at: r.Taken, rows: []Result{r}, alone: true, found: Several})
	}
	return out
}

// finalise joins the one preliminary of an order to the final of another time that
// it can only mean.
func finalise(of []*unit) {
	var open, finals []*unit
	for _, u := range of {
		switch {
		case u.has(Preliminary) && !u.has(Final):
			open = append(open, u)
		case u.has(Final) && !u.has(Preliminary):
			finals = append(finals, u)
		}
	}
	if len(open) != 1 {
		return
	}
	since := open[0].first()
	finals = slices.DeleteFunc(finals, func(u *unit) bool {
		return surelyBefore(u.first(), since) || otherOrderTime(u.first(), since)
	})
	if len(finals) > 0 {
		open[0].into = slices.MinFunc(finals, func(a, b *unit) int { return Compare(a.first(), b.first()) })
	}
}

// otherOrderTime reports whether two versions say different times of their order
// (OBR-7): a monitor that keeps one order number has measured twice.
func otherOrderTime(a, b Result) bool {
	return !a.OrderAt.IsZero() && !b.OrderAt.IsZero() && !a.OrderAt.Equal(b.OrderAt)
}

// correct finds what a unit of corrections alone corrects: in its own source's order,
// else in the order of that number of whoever sent it, else, under whatever number, at
// its time.
func correct(u *unit, own, order, all []*unit) {
	of := own
	if !slices.ContainsFunc(own, (*unit).stands) && u.has(Corrected, Withdrawn, Confirmed) &&
		slices.ContainsFunc(order, (*unit).stands) {
		of = ofItsTime(u, order)
	}
	var readings, corrections []*unit
	for _, o := range of {
		switch {
		case o == u || o.into != nil:
		case o.reading():
			readings = append(readings, o)
		case o.has(Corrected):
			corrections = append(corrections, o)
		}
	}
	if len(readings) == 0 && !u.has(Corrected) {
		readings = corrections // all that is known of the order
	}
	if len(readings) == 1 && u.means(readings[0]) {
		u.into = readings[0]
		return
	}
	if len(readings) > 1 {
		u.found = Several
		return
	}
	if len(readings) == 1 {
		u.found = Nothing
		return
	}
	for _, o := range all {
		if o != u && o.key.source == u.key.source && o.key.order != u.key.order && o.reading() && o.at.Equal(u.at) {
			readings = append(readings, root(o))
		}
	}
	switch len(readings) {
	case 0:
		u.found = Nothing
	case 1:
		u.into = readings[0]
	default:
		u.found = Several
	}
}

// means reports whether a unit of another time speaks of the order's one reading.
// A sensor that gives nothing at its next time says nothing of the value before:
// that X is of the time it says.
func (u *unit) means(reading *unit) bool {
	if u.has(Corrected, Withdrawn, Confirmed) {
		return true
	}
	for _, x := range u.rows {
		if !x.timed() || x.OrderAt.IsZero() {
			return true
		}
		if slices.ContainsFunc(reading.rows, func(r Result) bool { return r.OrderAt.Equal(x.OrderAt) }) {
			return true
		}
	}
	return false
}

// unnumbered joins a preliminary and a final of one time of which one came without
// the filler's number of the order.
func unnumbered(units []*unit) {
	for _, p := range units {
		if p.into != nil || p.alone || !p.has(Preliminary) || p.has(Final) {
			continue
		}
		var finals []*unit
		for _, f := range units {
			if f != p && f.into == nil && !f.alone && f.has(Final) && !f.has(Preliminary) && f.at.Equal(p.at) &&
				f.key.source == p.key.source && f.key.unnumbered() != p.key.unnumbered() {
				finals = append(finals, f)
			}
		}
		if len(finals) == 1 {
			p.into = finals[0]
		}
	}
}

func root(u *unit) *unit {
	for u.into != nil {
		u = u.into
	}
	return u
}

func values(units []*unit) []Value {
	joined := map[*unit][]*unit{}
	for _, u := range units {
		joined[root(u)] = append(joined[root(u)], u)
	}
	var out []Value
	for _, u := range units {
		of := joined[u]
		if of == nil {
			continue
		}
		var rows []Result
		for _, o := range of {
			rows = append(rows, o.rows...)
		}
		if len(rows) == 0 {
			continue
		}
		v := Together(rows)
		v.Found = u.found
		v.Loose = len(of) > 1 || !u.has(Final) || u.alone
		out = append(out, v)
	}
	return out
}
