package result

// acrossSources joins the one preliminary of an order to its one final, if two sources
// sent them: the sending application got another name. Where either has more to say of
// the order, two sources use one number by chance: then both values stay.
//
// A correction or withdrawal of another source is matched in [correct], if that source
// has no reading of its own under the number. That a source obtained no value says
// nothing of another's.
func acrossSources(order []*unit) {
	var open, finals []*unit
	for _, u := range order {
		switch {
		case !u.reading():
		case u.has(Final) && u.has(Preliminary), u.into != nil:
			return
		case u.has(Final):
			finals = append(finals, u)
		default:
			open = append(open, u)
		}
	}
	if len(open) != 1 || len(finals) != 1 || open[0].key.source == finals[0].key.source {
		return
	}
	if !surelyBefore(finals[0].first(), open[0].first()) {
		open[0].into = finals[0]
	}
}

// ofItsTime are those readings of an order that say a unit's own time, if there are
// any; else all of the order.
func ofItsTime(u *unit, order []*unit) []*unit {
	var same []*unit
	for _, o := range order {
		if o.stands() && o.at.Equal(u.at) {
			same = append(same, o)
		}
	}
	if len(same) > 0 {
		return same
	}
	return order
}
